"""Questions that rules ask of a parsed formula: is it a ratio, is it ×100%, what stands above and below."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.formulas.expression.linear_syntax import Number, Operation, Quantity, format_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas.expression.linear_syntax import Expression

HUNDRED = 100
MAX_MEAN_TERMS = 12
"""A mean has at most so many terms; a larger number below the line is something else."""
MAX_CODE_LETTERS = 5
"""Letters of a code that is an abbreviation of its quantity (``JKT``)."""
_LETTER_CODE = re.compile(r"[a-z]\d{0,2}(?:-1)?")


def walk_parts(expression: Expression) -> Iterator[Expression]:
    """Every part of an expression, itself first."""
    yield expression
    if isinstance(expression, Operation):
        yield from walk_parts(expression.left)
        yield from walk_parts(expression.right)


def quantity_words(expression: Expression) -> str:
    """The words of all its quantities, in printed order."""
    return " ".join(part.words for part in walk_parts(expression) if isinstance(part, Quantity))


def has_hundred(expression: Expression) -> bool:
    """Whether ×100% (or ×100, or /100) stands anywhere in it."""
    return any(isinstance(part, Number) and part.value == HUNDRED for part in walk_parts(expression))


def is_ratio(expression: Expression) -> bool:
    """Whether it divides by something counted, and not by a number alone."""
    return any(
        isinstance(part, Operation) and part.operator == "/" and quantity_words(part.right) != ""
        for part in walk_parts(expression)
    )


def split_factors(expression: Expression, is_below: bool = False) -> Iterator[tuple[Expression, bool]]:
    """The factors of a product or quotient, each with whether it stands below the line."""
    if isinstance(expression, Operation) and expression.operator in "*/":
        yield from split_factors(expression.left, is_below)
        yield from split_factors(expression.right, is_below ^ (expression.operator == "/"))
    else:
        yield expression, is_below


def fraction_sides(expression: Expression) -> tuple[Counter[str], Counter[str]]:
    """Factors above and below the line, as text in the linear syntax; numbers are left out."""
    numerator: Counter[str] = Counter()
    denominator: Counter[str] = Counter()
    for factor, is_below in split_factors(expression):
        if not isinstance(factor, Number):
            (denominator if is_below else numerator)[format_expression(factor)] += 1
    return numerator, denominator


def find_denominators(expression: Expression) -> tuple[Expression, ...]:
    """What it divides by, in printed order; numbers alone are left out, and each stands once."""
    divisors = (
        part.right
        for part in walk_parts(expression)
        if isinstance(part, Operation) and part.operator == "/" and quantity_words(part.right)
    )
    return tuple(dict.fromkeys(divisors))


def find_codes(expression: Expression, name: str) -> list[str]:
    """Its operands that are codes: a letter, or abbreviations throughout; words of the name are none."""
    if not isinstance(expression, Operation):
        return []
    operands = [part.words for part in walk_parts(expression) if isinstance(part, Quantity)]
    name_words = name.lower().split()
    short_operands = [
        word
        for word in operands
        if " " not in word and len(word) <= MAX_CODE_LETTERS and word not in name_words
    ]
    abbreviations = len(operands) > 1 and len(short_operands) == len(operands)
    return list(
        dict.fromkeys(word for word in short_operands if abbreviations or _LETTER_CODE.fullmatch(word))
    )


def numerator_terms(expression: Expression) -> list[str]:
    """The words above the line; where a sum stands there, those of each of its terms."""
    numerator = [
        factor for factor, is_below in split_factors(expression) if not is_below and quantity_words(factor)
    ]
    if len(numerator) == 1 and isinstance(numerator[0], Operation) and numerator[0].operator == "+":
        return [term for side in (numerator[0].left, numerator[0].right) for term in numerator_terms(side)]
    return [" ".join(quantity_words(factor) for factor in numerator)]


class FormulaMean(NamedTuple):
    """A sum that is divided by a bare number."""

    terms: int
    divisor: int


def find_mean(expression: Expression) -> FormulaMean | None:
    """The first sum of counted terms over a whole number (alone, or times one quantity); None without one."""
    for part in walk_parts(expression):
        if not isinstance(part, Operation) or part.operator != "/":
            continue
        numerator = [
            f for f, denominator in split_factors(part.left) if not denominator and quantity_words(f)
        ]
        denominator = list(split_factors(part.right))
        numbers = [
            f.value for f, under in denominator if isinstance(f, Number) and not under and f.value != HUNDRED
        ]
        terms = _count_terms(numerator[0]) if len(numerator) == 1 else 1
        is_term_count = (
            len(numbers) == 1 and numbers[0] == int(numbers[0]) and 1 < numbers[0] <= MAX_MEAN_TERMS
        )
        if terms > 1 and is_term_count:
            return FormulaMean(terms, int(numbers[0]))
    return None


def _count_terms(expression: Expression) -> int:
    """How many terms a sum has; anything else is one."""
    if isinstance(expression, Operation) and expression.operator == "+":
        return _count_terms(expression.left) + _count_terms(expression.right)
    return 1


def plain_fraction(expression: Expression) -> tuple[Quantity, Quantity] | None:
    """Numerator and denominator of a plain fraction of two quantities, whatever number multiplies it."""
    quantities = [
        (factor, is_below) for factor, is_below in split_factors(expression) if not isinstance(factor, Number)
    ]
    numerators = [factor for factor, is_below in quantities if not is_below]
    denominators = [factor for factor, is_below in quantities if is_below]
    if (
        len(numerators) == len(denominators) == 1
        and isinstance(numerators[0], Quantity)
        and isinstance(denominators[0], Quantity)
    ):
        return numerators[0], denominators[0]
    return None


def divides_sum_once(expression: Expression | None, name: str) -> bool:
    """Return whether a mean of shares adds several counts and divides them by their base only once.

    Without *rata-rata* in the name the counts may be parts of one whole (*desa maju dan mandiri*).
    """
    if expression is None or not load_lexicon().means.occurs_in(name) or find_mean(expression):
        return False
    for part in walk_parts(expression):
        if isinstance(part, Operation) and part.operator == "/" and isinstance(part.right, Quantity):
            counted = [f for f, is_below in split_factors(part.left) if not is_below and quantity_words(f)]
            base = part.right.words.split()[-1:]
            terms = numerator_terms(counted[0]) if len(counted) == 1 and _count_terms(counted[0]) > 1 else []
            if terms and all(base[0] in term.split() for term in terms):
                return not _has_whole_factor(expression)
    return False


def _has_whole_factor(expression: Expression) -> bool:
    """Return whether any small whole number multiplies or divides: the number of terms, however written."""
    return any(
        isinstance(part, Number) and part.value != HUNDRED and 1 < part.value <= MAX_MEAN_TERMS
        for part in walk_parts(expression)
    )
