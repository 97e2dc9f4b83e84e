"""Whether an expression is what a decree can mean: operands that are debris, that hold words of a formula."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.formulas.expression.linear_syntax import (
    Expression,
    Number,
    Operation,
    Quantity,
    iter_quantities,
)
from pipeline.formulas.reading.formula_reading import Repair, UnreadableError
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.structure.operand_parser import CODE_MARK
from pipeline.formulas.reading.tokens.formula_tokenizer import is_counting_word, is_sum_word

LONGEST_CODE = 6
"""Letters of an operand that beside resolved codes is taken for one whose meaning is lost."""
LONGEST_QUANTITY = 16
"""Words of a plain name; a longer one that counts nothing is running text."""
_ODD_SIGN = re.compile(
    r"(?<![<>≥≤])=|\s[:x×]\s|[^\W\d_]\s?/\s?\d(?!\d{3})|[*#^|;]|[^\W\d_]{2}\d{2}|[^\W\d_]{4}\.\s"
    r"|\b\d+\)|\(\s*\d*\s*\)|(?<!tahun )\([a-z]\d?\)"
)
_UNIT = re.compile(r"\([a-z]\d?\)")
"""A letter in brackets: behind several operands it is their unit."""
_BARE_RATIO = re.compile(r"[^\W\d_]{3,}/[^\W\d_]{3,}")
"""Two words and a slash, `nilai/responden`: in a calculation it may well divide."""
_LOST_OPERATOR = re.compile(r"\s/\s|100%$")
_LOST_CODE = re.compile(r"[a-z]\d{0,2}|[lisoz]{2}|[a-z]-1")
"""An operand that is a code, or a measured value of which a scanner left letters alone."""
_WORD = re.compile(r"[^\W\d_]+")
_SCALE = Decimal(100)
_IDLE_MULTIPLIERS = frozenset({Decimal(1), Decimal(10)})


def expand_mean(expression: Expression) -> tuple[Expression, list[Repair]]:
    """Return `rata-rata dari a, b, dan c` as a sum over its number of terms, if the items are of one kind."""
    vocabulary = reading_vocabulary()
    if not isinstance(expression, Quantity) or not (match := vocabulary.mean.fullmatch(expression.words)):
        return expression, []
    items = [words for item in vocabulary.list_joints.split(match[1]) if (words := " ".join(item.split()))]
    if (
        len(items) < 2
        or len({item.split()[0] for item in items}) > 1
        or min(len(item.split()) for item in items) < 2
    ):
        return expression, []
    total: Expression = Quantity(items[0])
    for item in items[1:]:
        total = Operation("+", total, Quantity(item))
    return Operation("/", total, Number(Decimal(len(items)))), [Repair.MEAN_OF_LIST]


def check_operands(expression: Expression, defines_codes: bool) -> list[Repair]:
    """Return the doubts about an expression whose codes are resolved.

    Raises:
        UnreadableError: an operand is debris, names nothing or is a code alone; nothing but numbers is left.
    """
    operands = tuple(iter_quantities(expression))
    if isinstance(expression, Quantity) and len(expression.words) == 1:
        raise UnreadableError("a code without meaning")
    if isinstance(expression, Number):
        raise UnreadableError("only a multiplier is printed")
    if isinstance(expression, Operation) and not operands:
        raise UnreadableError("only numbers are left")
    if isinstance(expression, Quantity) and _is_column(expression):
        raise UnreadableError("a code without meaning")
    _check_zero(expression)
    doubts: list[Repair] = []
    for quantity in operands:
        doubts += _check_words(quantity)
    codes_only = (
        isinstance(expression, Operation) and len(operands) > 1 and all(map(_is_short_operand, operands))
    )
    has_lost_code = defines_codes and any(map(_is_short_operand, operands))
    has_column = any(map(_is_column, operands))
    has_lost_code = has_lost_code or any(_LOST_CODE.fullmatch(operand.words) for operand in operands)
    if codes_only or has_lost_code or has_column:
        doubts.append(Repair.CODE_UNEXPLAINED)
    return doubts


def _check_zero(expression: Expression) -> None:
    if isinstance(expression, Operation):
        if expression.operator == "/" and isinstance(expression.right, Number) and not expression.right.value:
            raise UnreadableError("division by zero")
        _check_zero(expression.left)
        _check_zero(expression.right)


def _is_column(quantity: Quantity) -> bool:
    """Return whether an operand is `kolom 4`."""
    word, _, number = quantity.words.replace(".", "").partition(" ")
    return word in reading_vocabulary().table.column_words and number.strip("()").isdigit()


def _is_short_operand(quantity: Quantity) -> bool:
    return " " not in quantity.words and len(quantity.words) <= LONGEST_CODE


def _check_words(quantity: Quantity) -> list[Repair]:
    """Return the doubts about one operand's words; debris is refused."""
    words = _WORD.findall(quantity.words)
    if not words:
        raise UnreadableError("an operand without words")
    if all(map(is_sum_word, words)):
        raise UnreadableError("an operand names nothing")
    lengths = list(map(len, words))
    letters = sum(lengths)
    long = sum(length for length in lengths if length > 2)
    if letters > 1 and long * 2 < letters and len(words) > 1:
        raise UnreadableError("an operand is debris")
    doubts = [Repair.DOUBTFUL_WORDS] if long * 4 < letters * 3 and len(words) > 2 else []
    connectives = reading_vocabulary().table.connectives
    if words[-1].lower() in connectives and not (len(words) > 1 and words[-2].lower() in connectives):
        doubts.append(Repair.TEXT_BREAKS_OFF)
    return doubts


def find_doubts(expression: Expression, repairs: tuple[Repair, ...]) -> list[Repair]:
    """Return the doubts about what no decree means: a sign was lost, or taken for another."""
    doubts: list[Repair] = []
    operands = [quantity.words for quantity in iter_quantities(expression)]
    texts = [text for text in operands if not text.startswith(CODE_MARK)]
    units = {
        unit for text in texts for unit in _UNIT.findall(text) if sum(unit in other for other in texts) > 1
    }
    if any(
        _has_odd_sign(_UNIT.sub(lambda unit: "" if unit.group() in units else unit.group(), text))
        for text in texts
    ):
        doubts.append(Repair.SIGN_IN_OPERAND)
    if any(map(_has_structure, texts)):
        doubts.append(Repair.STRUCTURE_IN_OPERAND)
    if not isinstance(expression, Operation):
        return doubts + ([Repair.PROSE] if any(map(_is_prose, texts)) else [])
    if any(map(_LOST_OPERATOR.search, texts)) or any(map(_BARE_RATIO.fullmatch, texts)):
        doubts.append(Repair.SIGN_IN_OPERAND)
    if any(sum(map(is_counting_word, text.split())) > 1 for text in texts):
        doubts.append(Repair.SUMS_IN_OPERAND)
    left, right = expression.left, expression.right
    scaled = expression.operator == "*" and isinstance(left, Quantity) and left.words in texts
    if (
        scaled
        and isinstance(right, Number)
        and (right.value == _SCALE or Repair.LEFT_SIDE_DROPPED in repairs)
    ):
        doubts.append(Repair.SINGLE_OPERAND)
    if (
        expression.operator == "*"
        and isinstance(right, Number)
        and (
            _is_unusual(right)
            or (isinstance(left, Operation) and (left.operator, left.right) == ("*", right))
        )
    ):
        doubts.append(Repair.UNUSUAL_MULTIPLIER)
    return doubts + _doubt_parts(expression)


def _has_odd_sign(text: str) -> bool:
    return _ODD_SIGN.search(text) is not None or text.count("(") != text.count(")")


def _has_structure(text: str) -> bool:
    """Return whether a quantity holds words that belong to the formula around it."""
    vocabulary = reading_vocabulary()
    words = text.split()
    if len(words) > 1 and word_skeleton(words[0]) in vocabulary.weak_divisions | vocabulary.lead_words:
        return True
    for at, word in enumerate(words):
        is_unit = word.startswith("(") and word.endswith(")")  # `anggaran (Rp)`
        skeleton = word_skeleton(word if is_unit else word.strip("(),"))
        if skeleton in vocabulary.structure_words and (at or word not in vocabulary.table.heads):
            return True
        after = words[at + 1] if at + 1 < len(words) else ""
        if word.endswith(",") and after and is_counting_word(after) and not is_counting_word(words[0]):
            return True
        if at and skeleton in vocabulary.weak_divisions and after and is_counting_word(after):
            return True
    return False


def _is_prose(text: str) -> bool:
    vocabulary = reading_vocabulary().table
    words = text.split()
    counts = is_counting_word(words[0]) or words[0] in vocabulary.heads | vocabulary.results
    return len(words) > LONGEST_QUANTITY * (1 + counts)


def _is_unusual(multiplier: Number) -> bool:
    """Return whether no decree multiplies by a number: a share other than the whole, one, ten."""
    return (multiplier.percent and multiplier.value != _SCALE) or multiplier.value in _IDLE_MULTIPLIERS


def _names_operand(words: str) -> bool:
    """Return whether words begin as an operand does: with a count or another head."""
    first = words.split()[0]
    vocabulary = reading_vocabulary().table
    return is_counting_word(first) or first in vocabulary.heads | vocabulary.results


def _is_percentage(expression: Expression) -> bool:
    """Return whether an expression is multiplied by a percentage."""
    if not isinstance(expression, Operation) or expression.operator != "*":
        return False
    return isinstance(expression.right, Number) and expression.right.percent


def _scales_counted(expression: Operation) -> bool:
    """Return whether a count of times stands between a division and its scale: `a / b x 3 x 100%`.

    It may well belong to the denominator.
    """
    counted = expression.left
    if not (_is_percentage(expression) and isinstance(counted, Operation) and counted.operator == "*"):
        return False
    divided, count = counted.left, counted.right
    is_count = isinstance(count, Number) and not count.percent and count.value > 1
    return is_count and isinstance(divided, Operation) and divided.operator == "/"


def _divides_twice(expression: Operation) -> bool:
    """Return whether two quantities divide one after the other: `a / b / c`."""
    left = expression.left
    if expression.operator != "/" or not isinstance(left, Operation) or left.operator != "/":
        return False
    return isinstance(left.right, Quantity) and isinstance(expression.right, Quantity)


def _doubt_parts(expression: Expression) -> list[Repair]:
    if not isinstance(expression, Operation):
        return []
    left, right = expression.left, expression.right
    doubts = _doubt_parts(left) + _doubt_parts(right)
    if (
        expression.operator in "+-"
        and isinstance(left, Number)
        and not left.percent
        and _is_percentage(right)
    ):
        doubts.append(Repair.SUM_BESIDE_DIVISION)  # `1 - a / b x 100%`
    if _scales_counted(expression) or _divides_twice(expression):
        doubts.append(Repair.OTHER_READING)
    if expression.operator == "-" and left == right:
        doubts.append(Repair.DIFFERENCE_OF_EQUALS)
    if expression.operator == "/" and isinstance(left, Quantity) and isinstance(right, Quantity):
        counts = is_counting_word(right.words.split()[0]) and CODE_MARK not in left.words
        if counts and not _names_operand(left.words):
            doubts.append(Repair.UNEVEN_OPERANDS)
    if expression.operator == "/" and isinstance(left, Number) and isinstance(right, Quantity):
        doubts.append(Repair.CONSTANT_OVER_QUANTITY)
    return doubts
