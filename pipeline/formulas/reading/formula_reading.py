"""What the reader makes of a print: the expression, what it repaired, and what it left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOTHING_PRINTED = "nothing is printed"


class UnreadableError(ValueError):
    """The formula cannot be read; the message says why."""


class Repair(StrEnum):
    """A step that was not plain reading; each costs confidence, as the table of the reader says."""

    LABEL_REPAIRED = "label repaired"
    SUMS_IN_OPERAND = "sums within an operand"
    LEFT_SIDE_DROPPED = "left side dropped"
    NAME_DROPPED = "name before the formula dropped"
    LEAD_DROPPED = "words before the formula dropped"
    RESULT_DROPPED = "result dropped"
    MEASURED_VALUE_DROPPED = "measured value dropped"
    SENTENCE_DROPPED = "sentence dropped"
    ALTERNATIVE_DROPPED = "alternative dropped"
    CODES_RESOLVED = "codes resolved"
    STATEMENTS_JOINED = "statements joined"
    VALUES_NAMED = "values replaced by their names"
    CODE_UNEXPLAINED = "code without meaning"
    TORN_WORD_JOINED = "torn word joined"
    OPERATOR_WORD_REPAIRED = "operator word repaired"
    OPERATOR_UNBRACKETED = "brackets around an operator dropped"
    SUM_WORD_REPAIRED = "sum word repaired"
    BRACKET_CLOSED = "bracket closed"
    BRACKET_OPENED = "bracket opened"
    BRACE_CLOSED = "brace closed"
    COMMAND_DROPPED = "unknown command dropped"
    RULE_AS_FRACTION = "rule read as fraction"
    LINES_AS_FRACTION = "lines read as fraction"
    SIDES_AS_FRACTION = "named sides read as fraction"
    FRACTIONS_IN_LINES = "several fractions in lines"
    WEIGHT_IN_BRACKETS = "weight in brackets"
    WEIGHT_BEFORE_QUANTITY = "weight before a quantity"
    PLAIN_LINES_AS_FRACTION = "lines without sum words read as fraction"
    SUMS_AS_FRACTION = "sums side by side read as fraction"
    GROUPS_AS_FRACTION = "groups side by side read as fraction"
    WORDS_AFTER_GROUP_DROPPED = "words after a group dropped"
    DOUBLED_DENOMINATOR_DROPPED = "doubled denominator dropped"
    MULTIPLIER_MOVED = "multiplier moved behind the denominator"
    FACTORS_JOINED = "factors joined to the denominator"
    SLASH_AS_DIVISION = "slash between words read as division"
    COLON_AS_DIVISION = "colon read as division"
    COMPARISON_AS_DIVISION = "comparison read as division"
    WORD_AS_DIVISION = "word between two counts read as division"
    DANGLING_OPERATOR_DROPPED = "dangling operator dropped"
    REPEATED_OPERATOR_DROPPED = "repeated operator dropped"
    FULL_STOP_DROPPED = "full stop within a formula dropped"
    STRAY_MARK_DROPPED = "stray mark dropped"
    SUM_OF_BRACKET = "sum of a bracket"
    MEAN_OF_LIST = "mean of a list"
    DOUBTFUL_WORDS = "doubtful words"
    TAIL_DROPPED = "tail dropped"
    TIMES_LOST = "multiplication sign lost"
    SLASH_REPAIRED = "slash repaired"
    SPOKEN_ORDER = "words read in their order"
    SUM_BESIDE_DIVISION = "sum beside a division"
    DASH_AS_MINUS = "dash at a line's start read as minus"
    TEXT_BREAKS_OFF = "text breaks off"
    DANGLING_DASH_DROPPED = "dangling dash dropped"
    SIGN_IN_OPERAND = "sign left in an operand"
    STRUCTURE_IN_OPERAND = "words of a formula left in an operand"
    SINGLE_OPERAND = "only one operand is left"
    UNCERTAIN_NUMBER = "comma of thousands or decimals"
    UNUSUAL_MULTIPLIER = "unusual multiplier"
    DIFFERENCE_OF_EQUALS = "difference of equals"
    CONSTANT_OVER_QUANTITY = "constant over a quantity"
    PROSE = "running text read as one quantity"
    UNEVEN_OPERANDS = "only one side of a division counts"
    STATEMENT_UNUSED = "another calculation left out"
    OTHER_READING = "another reading is nearly as likely"
    HUNDRED_PERCENT = "hundred percent"
    PERCENT_SIGN = "percent sign"
    HUNDRED = "hundred"
    FIGURE = "figure"


class OmissionKind(StrEnum):
    """What a part of the print is that is no part of the expression."""

    LABEL = "label"
    UNIT = "unit"
    FOOTNOTE = "footnote"
    TARGET = "target"
    MEASURED_VALUE = "measured value"
    EXPLANATION = "explanation"
    RESULT_NAME = "name of the result"


@dataclass(frozen=True, slots=True)
class Omission:
    """A part of the print that the expression leaves out."""

    kind: OmissionKind
    text: str


def describe_omission(kind: OmissionKind, printed: str) -> Omission:
    """Return the omission of a printed part, without the signs and brackets that set it apart."""
    text = " ".join(printed.split()).strip("=:,; ")
    if text.startswith("(") and text.find(")") == len(text) - 1:
        text = text[1:-1].strip("=: ")
    return Omission(kind, text)


@dataclass(frozen=True, slots=True)
class FormulaReading:
    """What was made of a printed formula.

    `raw` is the print with white space folded, `cleaned` what was parsed, `expression` the linear syntax or
    None, `confidence` from 0 to 1, `repairs` the steps that were not plain reading, `reason` why nothing
    could be read, `omissions` what the expression leaves out.
    """

    raw: str
    cleaned: str
    expression: str | None
    confidence: float
    repairs: tuple[Repair, ...]
    reason: str | None
    omissions: tuple[Omission, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed at all: an empty cell, a dash, `nihil`."""
        return self.reason == NOTHING_PRINTED


def distinct_repairs(repairs: tuple[Repair, ...] | list[Repair]) -> tuple[Repair, ...]:
    """Return each repair once, in their order."""
    return tuple(dict.fromkeys(repairs))
