"""Reading a printed formula: the steps in their order, and what they leave of the confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.formulas import (
    cleaning,
    divisions,
    latex,
    legends,
    named,
    operators,
    sections,
    stacked,
    statements,
)
from pipeline.formulas.brackets import UnreadableError, group
from pipeline.formulas.expression import Expression, Number, Operation, Quantity, linear, quantities
from pipeline.formulas.grammar import express
from pipeline.formulas.knowledge import knowledge
from pipeline.formulas.layout import resolve
from pipeline.formulas.tokens import is_sum_word, lex

NOTHING = "nothing is printed"
LONGEST_NUMBER = 30
"""Signs of a number; nobody counts so far."""
_LONG = re.compile(rf"[0-9.,]{{{LONGEST_NUMBER}}}")
_EXPLANATION = "Keterangan"
LONGEST_CODE = 6
"""Letters of an operand that beside resolved codes is taken for one whose meaning is lost."""
_ODD = re.compile(r"(?<![<>≥≤])=|\s:\s|[^\W\d]\s?/\s?\d")
_LOST = re.compile(r"\s/\s|100%$")
"""Signs within the operand of a calculation that may well have been its operators."""
MAX_PRINTED = 8_000  # characters: ten times the longest formula seen
_CODE = re.compile(r"[a-z]\d{0,2}|[lisoz]{2}")
"""An operand that is a code, or a measured value of which a scanner left letters alone."""
_WORD = re.compile(r"[^\W\d_]+")
_BLANK_RESULT = re.compile(r"=[\s.…_]*%?\s*$")
_LISTED = re.compile(r"^(?:[-–•]|[a-z][.)]|[0-9]{1,2}[.)])\s+[^\W\d_]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a printed formula.

    `raw` is the print with white space folded, `cleaned` what was parsed, `expression` the linear syntax or
    None, `confidence` from 0 to 1, `repairs` the steps that were not plain reading, `reason` why nothing
    could be read.
    """

    raw: str
    cleaned: str
    expression: str | None
    confidence: float
    repairs: tuple[str, ...]
    reason: str | None

    @property
    def empty(self) -> bool:
        """Whether nothing is printed at all: an empty cell, a dash, `nihil`."""
        return self.reason == NOTHING


UNEXPLAINED = "code without meaning"


def read(printed: str, legend: str = "") -> Reading:
    """Read a printed formula; never raises. Line breaks count: a stacked fraction is known by them.

    ``legend`` is a text beside it, an explanation in another column, in which its codes may be defined.
    """
    reading = _read(printed)
    if legend and UNEXPLAINED in reading.repairs and len(legend) <= MAX_PRINTED:
        explained = _read(f"{printed}\n{_EXPLANATION}:\n{legend}")
        if explained.expression is not None and UNEXPLAINED not in explained.repairs:
            return replace(explained, raw=reading.raw)
    return reading


def _read(printed: str) -> Reading:
    raw = cleaning.fold(printed)
    if len(raw) > MAX_PRINTED:
        return Reading(raw, "", None, 0.0, (), f"longer than {MAX_PRINTED} characters")
    repairs: list[str] = []
    cleaned = ""
    try:
        cleaned = _clean(printed, repairs)
        expression = _express(cleaned, repairs)
    except (UnreadableError, latex.LatexError) as error:
        return Reading(raw, cleaned, None, 0.0, _once(repairs), str(error))
    confidence = _confidence(repairs)
    return Reading(raw, cleaned, linear(expression), confidence, _once(repairs), None)


def _clean(printed: str, repairs: list[str]) -> str:
    text = cleaning.alphabet(printed)
    if latex.is_latex(text):
        text, made = latex.plain(text)
        repairs += made
    else:
        text = text.replace("\\", "/")
    text, mended = cleaning.mend(text)
    repairs += mended
    return text


def _express(cleaned: str, repairs: list[str]) -> Expression:
    if not _WORD.search(cleaned) and not any(character.isdigit() for character in cleaned):
        raise UnreadableError(NOTHING if not cleaned.strip(" -–—._…\n") else "no words and no numbers")
    if cleaned.strip(" .").lower() in knowledge().nothing:
        raise UnreadableError(NOTHING)
    cleaned = stacked.summed(cleaned, repairs)
    cleaned = named.sides(_BLANK_RESULT.sub("", cleaned), repairs)
    found = sections.split(cleaned)
    whole = found.formula if found.legend.words else cleaned
    if "\n" in whole and len(_LISTED.findall(whole)) > 1:
        raise UnreadableError("several formulas are listed")
    repairs += found.repairs
    codes = dict(found.legend.words)
    tokens = lex(found.formula, codes)
    if _LONG.search(found.formula) and any(
        token.kind == "number" and len(token.text) > LONGEST_NUMBER for token in tokens
    ):
        raise UnreadableError("a number is too long")
    tokens = operators.find(tokens, repairs)
    tokens = statements.choose(tokens, found.formula, codes, repairs)
    tokens = divisions.settle(tokens, repairs)
    parts = resolve(group(tokens, repairs), found.formula, repairs)
    if not parts:
        raise UnreadableError("nothing is left to read")
    expression = _decode(express(parts), codes, found.legend.printed, repairs)
    if isinstance(expression, Quantity) and len(expression.words) == 1:
        raise UnreadableError("a code without meaning")
    if isinstance(expression, Number) and expression.percent:
        raise UnreadableError("only a multiplier is printed")
    expression = _mean(expression, repairs)
    operands = tuple(quantities(expression))
    if isinstance(expression, Operation) and not operands:
        raise UnreadableError("only numbers are left")
    _check_zero(expression)
    _check_words(operands, repairs)
    _check_sense(expression, operands, repairs)
    return expression


def _decode(
    expression: Expression, codes: dict[str, str], printed: dict[str, str], repairs: list[str]
) -> Expression:
    """Put the words in the place of codes; `∑ A` counts what `A` is, if all operands are codes."""
    if not codes:
        _doubt_codes(expression, codes, repairs)
        return expression
    named = [_code(quantity.words) for quantity in quantities(expression)]
    counted = all(code in codes for code in named)

    def decoded(part: Expression) -> Expression:
        if isinstance(part, Operation):
            return Operation(part.operator, decoded(part.left), decoded(part.right))
        if not isinstance(part, Quantity):
            return part
        code = part.words if part.words in codes else _code(part.words) if counted else ""
        words = _operand_words(codes[code]) if code else ""
        if words:
            summed = code != part.words and not is_sum_word(words.split()[0])
            return Quantity(f"{knowledge().sum_word} {words}" if summed else words)
        return Quantity(legends.restored(part.words, printed))

    if any(
        legends.is_letter(operand.words[0]) and operand.words not in codes
        for operand in quantities(expression)
    ):
        repairs.append("sign left in an operand")  # `JKTdibagi JKS`
    out = decoded(expression)
    _doubt_codes(out, codes, repairs)
    return out


def _doubt_codes(expression: Expression, codes: dict[str, str], repairs: list[str]) -> None:
    """Say that an operand is a code whose meaning is lost."""
    operands = tuple(quantities(expression))
    lost = codes and any(map(_is_short, operands))
    alone = isinstance(expression, Operation) and len(operands) > 1 and all(map(_is_short, operands))
    if lost or alone or any(map(_is_code, operands)):
        repairs.append(UNEXPLAINED)


def _code(words: str) -> str:
    """The code that a quantity is, the sum word before it left out."""
    return words.removeprefix(f"{knowledge().sum_word} ")


def _is_short(quantity: Quantity) -> bool:
    """Whether an operand is one short word, as codes are."""
    return " " not in quantity.words and len(quantity.words) <= LONGEST_CODE


def _is_code(quantity: Quantity) -> bool:
    """Whether an operand is a code whose meaning is lost: one letter, one with its index, or worn figures."""
    return _CODE.fullmatch(quantity.words) is not None


def _operand_words(printed: str) -> str:
    """A legend's words as a quantity's: lower case, ∑ as the sum word."""
    words = printed.replace("∑", f" {knowledge().sum_word} ").replace('"', "")
    return " ".join(words.lower().split()).strip(" .,;:")


def _mean(expression: Expression, repairs: list[str]) -> Expression:
    """`rata-rata dari a, b, dan c` as a sum over its number of terms, where the items are of one kind."""
    known = knowledge()
    if not isinstance(expression, Quantity) or not (match := known.mean.fullmatch(expression.words)):
        return expression
    items = [words for item in known.list_joints.split(match[1]) if (words := " ".join(item.split()))]
    if (
        len(items) < 2
        or len({item.split()[0] for item in items}) > 1
        or min(len(item.split()) for item in items) < 2
    ):
        return expression
    repairs.append("mean of a list")
    total: Expression = Quantity(items[0])
    for item in items[1:]:
        total = Operation("+", total, Quantity(item))
    return Operation("/", total, Number(Decimal(len(items))))


def _check_zero(expression: Expression) -> None:
    """Refuse a division by a printed zero."""
    if isinstance(expression, Operation):
        if expression.operator == "/" and isinstance(expression.right, Number) and not expression.right.value:
            raise UnreadableError("division by zero")
        _check_zero(expression.left)
        _check_zero(expression.right)


def _check_words(operands: tuple[Quantity, ...], repairs: list[str]) -> None:
    """Refuse operands that are debris, doubt those that look torn."""
    for quantity in operands:
        words = _WORD.findall(quantity.words)
        if not words:
            raise UnreadableError("an operand without words")
        lengths = list(map(len, words))
        letters = sum(lengths)
        long = sum([length for length in lengths if length > 2])
        if all(map(is_sum_word, words)):
            raise UnreadableError("an operand names nothing")
        if letters > 1 and long * 2 < letters and len(words) > 1:
            raise UnreadableError("an operand is debris")
        if long * 4 < letters * 3 and len(words) > 2:
            repairs.append("doubtful words")
        if words[-1].lower() in knowledge().connectives:
            repairs.append("text breaks off")


def _check_sense(expression: Expression, operands: tuple[Quantity, ...], repairs: list[str]) -> None:
    """Doubt what no decree means: readings that come about where a sign was lost or taken for another."""
    texts = [quantity.words for quantity in operands]
    signed = [text for text in texts if "=" in text or ":" in text or "/" in text or "%" in text]
    if any(map(_ODD.search, signed)):
        repairs.append("sign left in an operand")
    if not isinstance(expression, Operation):
        return
    if any(map(_LOST.search, signed)):
        repairs.append("sign left in an operand")
    if any(sum(map(is_sum_word, text.split())) > 1 for text in texts):
        repairs.append("sums within an operand")
    left, right = expression.left, expression.right
    if expression.operator == "*" and isinstance(left, Quantity) and "left side dropped" in repairs:
        repairs.append("only one operand is left")
    if expression.operator == "*" and isinstance(right, Number) and right.percent and right.value != 100:
        repairs.append("unusual multiplier")
    _check_parts(expression, repairs)


def _check_parts(expression: Expression, repairs: list[str]) -> None:
    if not isinstance(expression, Operation):
        return
    left, right = expression.left, expression.right
    if expression.operator == "-" and left == right:
        repairs.append("difference of equals")
    if expression.operator == "/" and isinstance(left, Number) and isinstance(right, Quantity):
        repairs.append("constant over a quantity")
    _check_parts(left, repairs)
    _check_parts(right, repairs)


def _once(repairs: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(repairs))


def _confidence(repairs: list[str]) -> float:
    trust = 1.0
    for repair in _once(repairs):
        trust *= knowledge().confidence[repair]
    return round(trust, 3)
