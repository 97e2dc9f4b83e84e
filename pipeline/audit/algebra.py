"""Questions that rules ask of a parsed formula: is it a ratio, is it ×100%, what stands above and below."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.formulas.expression import Number, Operation, Quantity, linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.formulas.expression import Expression

HUNDRED = 100
MOST_TERMS = 12
"""A mean has at most so many terms; a larger number below the line is something else."""
SHORT = 5
"""Letters of a code that is an abbreviation of its quantity (``JKT``)."""
_LETTER = re.compile(r"[a-z]\d{0,2}(?:-1)?")


def walk(expression: Expression) -> Iterator[Expression]:
    """Every part of an expression, itself first."""
    yield expression
    if isinstance(expression, Operation):
        yield from walk(expression.left)
        yield from walk(expression.right)


def words(expression: Expression) -> str:
    """The words of all its quantities, in printed order."""
    return " ".join(part.words for part in walk(expression) if isinstance(part, Quantity))


def has_hundred(expression: Expression) -> bool:
    """Whether ×100% (or ×100, or /100) stands anywhere in it."""
    return any(isinstance(part, Number) and part.value == HUNDRED for part in walk(expression))


def is_ratio(expression: Expression) -> bool:
    """Whether it divides by something counted, and not by a number alone."""
    return any(
        isinstance(part, Operation) and part.operator == "/" and words(part.right) != ""
        for part in walk(expression)
    )


def factors(expression: Expression, below: bool = False) -> Iterator[tuple[Expression, bool]]:
    """The factors of a product or quotient, each with whether it stands below the line."""
    if isinstance(expression, Operation) and expression.operator in "*/":
        yield from factors(expression.left, below)
        yield from factors(expression.right, below ^ (expression.operator == "/"))
    else:
        yield expression, below


def sides(expression: Expression) -> tuple[Counter[str], Counter[str]]:
    """Factors above and below the line, as text in the linear syntax; numbers are left out."""
    above: Counter[str] = Counter()
    under: Counter[str] = Counter()
    for factor, below in factors(expression):
        if not isinstance(factor, Number):
            (under if below else above)[linear(factor)] += 1
    return above, under


def denominators(expression: Expression) -> tuple[Expression, ...]:
    """What it divides by, in printed order; numbers alone are left out, and each stands once."""
    found = (
        part.right
        for part in walk(expression)
        if isinstance(part, Operation) and part.operator == "/" and words(part.right)
    )
    return tuple(dict.fromkeys(found))


def codes(expression: Expression, name: str) -> list[str]:
    """Its operands that are codes: a letter, or abbreviations throughout; words of the name are none."""
    if not isinstance(expression, Operation):
        return []
    operands = [part.words for part in walk(expression) if isinstance(part, Quantity)]
    named = name.lower().split()
    short = [word for word in operands if " " not in word and len(word) <= SHORT and word not in named]
    abbreviations = len(operands) > 1 and len(short) == len(operands)
    return list(dict.fromkeys(word for word in short if abbreviations or _LETTER.fullmatch(word)))


def numerator_terms(expression: Expression) -> list[str]:
    """The words above the line; where a sum stands there, those of each of its terms."""
    above = [factor for factor, below in factors(expression) if not below and words(factor)]
    if len(above) == 1 and isinstance(above[0], Operation) and above[0].operator == "+":
        return [term for side in (above[0].left, above[0].right) for term in numerator_terms(side)]
    return [" ".join(words(factor) for factor in above)]


class Mean(NamedTuple):
    """A sum that is divided by a bare number."""

    terms: int
    divisor: int


def mean_of(expression: Expression) -> Mean | None:
    """The first sum of counted terms over a whole number (alone, or times one quantity); None without one."""
    for part in walk(expression):
        if not isinstance(part, Operation) or part.operator != "/":
            continue
        above = [f for f, below in factors(part.left) if not below and words(f)]
        below = list(factors(part.right))
        numbers = [
            f.value for f, under in below if isinstance(f, Number) and not under and f.value != HUNDRED
        ]
        terms = _terms(above[0]) if len(above) == 1 else 1
        whole = len(numbers) == 1 and numbers[0] == int(numbers[0]) and 1 < numbers[0] <= MOST_TERMS
        if terms > 1 and whole:
            return Mean(terms, int(numbers[0]))
    return None


def _terms(expression: Expression) -> int:
    """How many terms a sum has; anything else is one."""
    if isinstance(expression, Operation) and expression.operator == "+":
        return _terms(expression.left) + _terms(expression.right)
    return 1


def fraction(expression: Expression) -> tuple[Quantity, Quantity] | None:
    """Numerator and denominator of a plain fraction of two quantities, whatever number multiplies it."""
    counted = [(factor, below) for factor, below in factors(expression) if not isinstance(factor, Number)]
    above = [factor for factor, below in counted if not below]
    under = [factor for factor, below in counted if below]
    if len(above) == len(under) == 1 and isinstance(above[0], Quantity) and isinstance(under[0], Quantity):
        return above[0], under[0]
    return None
