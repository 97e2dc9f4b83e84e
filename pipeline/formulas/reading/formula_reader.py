"""Reading a printed formula: the steps in their order, and what they leave of the confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.formulas.expression.linear_syntax import (
    Expression,
    Number,
    Operation,
    Quantity,
    format_expression,
    iter_quantities,
)
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary
from pipeline.formulas.reading.structure.bracket_groups import UnreadableError, group_brackets
from pipeline.formulas.reading.structure.formula_grammar import build_expression
from pipeline.formulas.reading.structure.fraction_layout import resolve_layout
from pipeline.formulas.reading.text import (
    code_legends,
    formula_cleanup,
    formula_sections,
    labelled_fractions,
    latex_reader,
    stacked_fractions,
)
from pipeline.formulas.reading.tokens import division_signs, equation_sides, operator_tokens
from pipeline.formulas.reading.tokens.formula_tokenizer import is_sum_word, tokenize_formula

NOTHING_PRINTED = "nothing is printed"
LONGEST_NUMBER = 30
"""Signs of a number; nobody counts so far."""
_LONG_NUMBER = re.compile(rf"[0-9.,]{{{LONGEST_NUMBER}}}")
_EXPLANATION_LABEL = "Keterangan"
LONGEST_CODE = 6
"""Letters of an operand that beside resolved codes is taken for one whose meaning is lost."""
_ODD_SIGN = re.compile(r"(?<![<>≥≤])=|\s:\s|[^\W\d]\s?/\s?\d")
_LOST_OPERATOR = re.compile(r"\s/\s|100%$")
"""Signs within the operand of a calculation that may well have been its operators."""
MAX_PRINTED = 8_000  # characters: ten times the longest formula seen
_LOST_CODE = re.compile(r"[a-z]\d{0,2}|[lisoz]{2}")
"""An operand that is a code, or a measured value of which a scanner left letters alone."""
_WORD = re.compile(r"[^\W\d_]+")
_BLANK_RESULT = re.compile(r"=[\s.…_]*%?\s*$")
_LIST_ITEM = re.compile(r"^(?:[-–•]|[a-z][.)]|[0-9]{1,2}[.)])\s+[^\W\d_]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FormulaReading:
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
    def is_empty(self) -> bool:
        """Whether nothing is printed at all: an empty cell, a dash, `nihil`."""
        return self.reason == NOTHING_PRINTED


UNEXPLAINED = "code without meaning"


def read_formula(printed: str, legend: str = "") -> FormulaReading:
    """Read a printed formula; never raises. Line breaks count: a stacked fraction is known by them.

    ``legend`` is a text beside it, an explanation in another column, in which its codes may be defined.
    """
    reading = _read_print(printed)
    if legend and UNEXPLAINED in reading.repairs and len(legend) <= MAX_PRINTED:
        explained_reading = _read_print(f"{printed}\n{_EXPLANATION_LABEL}:\n{legend}")
        if explained_reading.expression is not None and UNEXPLAINED not in explained_reading.repairs:
            return replace(explained_reading, raw=reading.raw)
    return reading


def _read_print(printed: str) -> FormulaReading:
    raw = formula_cleanup.fold_whitespace(printed)
    if len(raw) > MAX_PRINTED:
        return FormulaReading(raw, "", None, 0.0, (), f"longer than {MAX_PRINTED} characters")
    repairs: list[str] = []
    cleaned = ""
    try:
        cleaned = _clean_print(printed, repairs)
        expression = _parse_print(cleaned, repairs)
    except (UnreadableError, latex_reader.LatexError) as error:
        return FormulaReading(raw, cleaned, None, 0.0, _distinct_repairs(repairs), str(error))
    confidence = _reading_confidence(repairs)
    return FormulaReading(
        raw, cleaned, format_expression(expression), confidence, _distinct_repairs(repairs), None
    )


def _clean_print(printed: str, repairs: list[str]) -> str:
    text = formula_cleanup.normalize_alphabet(printed)
    if latex_reader.is_latex(text):
        text, latex_repairs = latex_reader.latex_to_text(text)
        repairs += latex_repairs
    else:
        text = text.replace("\\", "/")
    text, damage_repairs = formula_cleanup.repair_damage(text)
    repairs += damage_repairs
    return text


def _parse_print(cleaned: str, repairs: list[str]) -> Expression:
    if not _WORD.search(cleaned) and not any(character.isdigit() for character in cleaned):
        raise UnreadableError(
            NOTHING_PRINTED if not cleaned.strip(" -–—._…\n") else "no words and no numbers"
        )
    if cleaned.strip(" .").lower() in reading_vocabulary().nothing:
        raise UnreadableError(NOTHING_PRINTED)
    cleaned = stacked_fractions.flatten_summed_fractions(cleaned, repairs)
    cleaned = labelled_fractions.join_labelled_sides(_BLANK_RESULT.sub("", cleaned), repairs)
    cell_sections = formula_sections.split_sections(cleaned)
    formula_text = cell_sections.formula if cell_sections.legend.words else cleaned
    if "\n" in formula_text and len(_LIST_ITEM.findall(formula_text)) > 1:
        raise UnreadableError("several formulas are listed")
    repairs += cell_sections.repairs
    codes = dict(cell_sections.legend.words)
    tokens = tokenize_formula(cell_sections.formula, codes)
    if _LONG_NUMBER.search(cell_sections.formula) and any(
        token.kind == "number" and len(token.text) > LONGEST_NUMBER for token in tokens
    ):
        raise UnreadableError("a number is too long")
    tokens = operator_tokens.mark_operators(tokens, repairs)
    tokens = equation_sides.select_statement(tokens, cell_sections.formula, codes, repairs)
    tokens = division_signs.resolve_divisions(tokens, repairs)
    parts = resolve_layout(group_brackets(tokens, repairs), cell_sections.formula, repairs)
    if not parts:
        raise UnreadableError("nothing is left to read")
    expression = _decode_codes(build_expression(parts), codes, cell_sections.legend.printed, repairs)
    if isinstance(expression, Quantity) and len(expression.words) == 1:
        raise UnreadableError("a code without meaning")
    if isinstance(expression, Number) and expression.percent:
        raise UnreadableError("only a multiplier is printed")
    expression = _expand_mean(expression, repairs)
    operands = tuple(iter_quantities(expression))
    if isinstance(expression, Operation) and not operands:
        raise UnreadableError("only numbers are left")
    _check_zero(expression)
    _check_words(operands, repairs)
    _check_sense(expression, operands, repairs)
    return expression


def _decode_codes(
    expression: Expression, codes: dict[str, str], printed: dict[str, str], repairs: list[str]
) -> Expression:
    """Put the words in the place of codes; `∑ A` counts what `A` is, if all operands are codes."""
    if not codes:
        _doubt_codes(expression, codes, repairs)
        return expression
    operand_codes = [_bare_code(quantity.words) for quantity in iter_quantities(expression)]
    codes_only = all(code in codes for code in operand_codes)

    def decode_part(part: Expression) -> Expression:
        if isinstance(part, Operation):
            return Operation(part.operator, decode_part(part.left), decode_part(part.right))
        if not isinstance(part, Quantity):
            return part
        code = part.words if part.words in codes else _bare_code(part.words) if codes_only else ""
        words = _operand_words(codes[code]) if code else ""
        if words:
            adds_sum_word = code != part.words and not is_sum_word(words.split()[0])
            return Quantity(f"{reading_vocabulary().sum_word} {words}" if adds_sum_word else words)
        return Quantity(code_legends.restore_codes(part.words, printed))

    if any(
        code_legends.is_code_letter(operand.words[0]) and operand.words not in codes
        for operand in iter_quantities(expression)
    ):
        repairs.append("sign left in an operand")  # `JKTdibagi JKS`
    decoded_expression = decode_part(expression)
    _doubt_codes(decoded_expression, codes, repairs)
    return decoded_expression


def _doubt_codes(expression: Expression, codes: dict[str, str], repairs: list[str]) -> None:
    """Say that an operand is a code whose meaning is lost."""
    operands = tuple(iter_quantities(expression))
    has_lost_code = codes and any(map(_is_short_operand, operands))
    codes_only = (
        isinstance(expression, Operation) and len(operands) > 1 and all(map(_is_short_operand, operands))
    )
    if has_lost_code or codes_only or any(map(_is_lost_code, operands)):
        repairs.append(UNEXPLAINED)


def _bare_code(words: str) -> str:
    """The code that a quantity is, the sum word before it left out."""
    return words.removeprefix(f"{reading_vocabulary().sum_word} ")


def _is_short_operand(quantity: Quantity) -> bool:
    """Whether an operand is one short word, as codes are."""
    return " " not in quantity.words and len(quantity.words) <= LONGEST_CODE


def _is_lost_code(quantity: Quantity) -> bool:
    """Whether an operand is a code whose meaning is lost: one letter, one with its index, or worn figures."""
    return _LOST_CODE.fullmatch(quantity.words) is not None


def _operand_words(printed: str) -> str:
    """A legend's words as a quantity's: lower case, ∑ as the sum word."""
    words = printed.replace("∑", f" {reading_vocabulary().sum_word} ").replace('"', "")
    return " ".join(words.lower().split()).strip(" .,;:")


def _expand_mean(expression: Expression, repairs: list[str]) -> Expression:
    """`rata-rata dari a, b, dan c` as a sum over its number of terms, where the items are of one kind."""
    vocabulary = reading_vocabulary()
    if not isinstance(expression, Quantity) or not (match := vocabulary.mean.fullmatch(expression.words)):
        return expression
    items = [words for item in vocabulary.list_joints.split(match[1]) if (words := " ".join(item.split()))]
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
        if words[-1].lower() in reading_vocabulary().connectives:
            repairs.append("text breaks off")


def _check_sense(expression: Expression, operands: tuple[Quantity, ...], repairs: list[str]) -> None:
    """Doubt what no decree means: readings that come about where a sign was lost or taken for another."""
    texts = [quantity.words for quantity in operands]
    texts_with_signs = [text for text in texts if "=" in text or ":" in text or "/" in text or "%" in text]
    if any(map(_ODD_SIGN.search, texts_with_signs)):
        repairs.append("sign left in an operand")
    if not isinstance(expression, Operation):
        return
    if any(map(_LOST_OPERATOR.search, texts_with_signs)):
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


def _distinct_repairs(repairs: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(repairs))


def _reading_confidence(repairs: list[str]) -> float:
    trust = 1.0
    for repair in _distinct_repairs(repairs):
        trust *= reading_vocabulary().confidence[repair]
    return round(trust, 3)
