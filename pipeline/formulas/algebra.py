"""Formulas as quotients of polynomials over their quantities, with exact coefficients.

A factor of a hundred, a thousand … stands apart as the *scale*, so that a lost `x 100%` is seen for itself;
`100%` and `100` are the same scale, as the unit of the result is percent in both. Any other percentage is a
weight: `40%` is `0.4`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline.formulas.expression import Expression, FormulaError, Number, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TERMS = 2_000
_SCALES = frozenset({100, 1000, 10_000, 100_000, 1_000_000})

Monomial = tuple[tuple[int, int], ...]
"""Symbols and their powers, sorted by symbol."""
Polynomial = dict[Monomial, Fraction]

ONE: Polynomial = {(): Fraction(1)}


@dataclass(frozen=True)
class Ratio:
    """scale × above / below; `below` is never zero."""

    scale: Fraction
    above: Polynomial
    below: Polynomial

    @property
    def constant(self) -> bool:
        """Whether the value does not depend on any quantity."""
        lead = next(iter(self.below))
        factor = self.above.get(lead, Fraction(0)) / self.below[lead]
        return self.above == scaled(self.below, factor)


def ratio(expression: Expression, symbols: Mapping[str, int]) -> Ratio:
    """The expression over the given symbols. Raises FormulaError on division by zero or beyond the bounds."""
    if isinstance(expression, Number):
        value = Fraction(expression.value)
        if value in _SCALES:
            return Ratio(value, ONE, ONE)
        if expression.percent:  # a weight: 40% is 0.4
            value /= 100
        return Ratio(Fraction(1), {(): value} if value else {}, ONE)
    if not isinstance(expression, Operation):
        return Ratio(Fraction(1), {((symbols[expression.words], 1),): Fraction(1)}, ONE)
    left, right = ratio(expression.left, symbols), ratio(expression.right, symbols)
    if expression.operator == "*":
        return Ratio(left.scale * right.scale, times(left.above, right.above), times(left.below, right.below))
    if expression.operator == "/":
        if not right.above or not right.scale:
            raise FormulaError("division by zero")
        return Ratio(left.scale / right.scale, times(left.above, right.below), times(left.below, right.above))
    return _sum(left, right, 1 if expression.operator == "+" else -1)


def equal(left: Ratio, right: Ratio) -> bool:
    """Whether both have the same value whatever the quantities are."""
    return scaled(times(left.above, right.below), left.scale) == scaled(
        times(right.above, left.below), right.scale
    )


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product; raises FormulaError beyond the bounds."""
    if left == ONE:
        return right
    if right == ONE:
        return left
    if len(left) * len(right) > MAX_TERMS:
        raise FormulaError("too large to compare")
    product: Polynomial = {}
    for one, a in left.items():
        for other, b in right.items():
            powers = Counter(dict(one))
            powers.update(dict(other))
            monomial = tuple(sorted(powers.items()))
            product[monomial] = product.get(monomial, Fraction(0)) + a * b
    return {monomial: value for monomial, value in product.items() if value}


def scaled(polynomial: Polynomial, factor: Fraction) -> Polynomial:
    """The polynomial times a constant."""
    if factor == 1:
        return polynomial
    return {monomial: value * factor for monomial, value in polynomial.items()} if factor else {}


def plus(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum."""
    total = dict(left)
    for monomial, value in right.items():
        total[monomial] = total.get(monomial, Fraction(0)) + value
    return {monomial: value for monomial, value in total.items() if value}


def common(polynomial: Polynomial) -> Counter[int]:
    """The symbols, with their powers, that every term holds."""
    shared: Counter[int] | None = None
    for monomial in polynomial:
        shared = Counter(dict(monomial)) if shared is None else shared & Counter(dict(monomial))
    return shared or Counter()


def without(polynomial: Polynomial, factors: Counter[int]) -> Polynomial:
    """The polynomial divided by factors that every term holds."""
    return {
        tuple(sorted((Counter(dict(monomial)) - factors).items())): value
        for monomial, value in polynomial.items()
    }


def cancelled(value: Ratio) -> Ratio:
    """The ratio without the factors that both sides share."""
    shared = common(value.above) & common(value.below)
    if not shared:
        return value
    return Ratio(value.scale, without(value.above, shared), without(value.below, shared))


def content(polynomial: Polynomial) -> Fraction:
    """The constant that all terms share, positive; 1 for sums of plain quantities."""
    values = list(polynomial.values())
    if set(values) <= {1}:  # as in nearly all formulas
        return Fraction(1)
    from math import gcd, lcm

    return Fraction(gcd(*(abs(v.numerator) for v in values)), lcm(*(v.denominator for v in values)))


def _sum(left: Ratio, right: Ratio, sign: int) -> Ratio:
    """Both over one denominator; the scale stays apart where both have the same."""
    scale = left.scale if left.scale == right.scale else Fraction(1)
    a = scaled(left.above, left.scale / scale)
    b = scaled(right.above, sign * right.scale / scale)
    if left.below == right.below:
        return Ratio(scale, plus(a, b), left.below)
    return Ratio(scale, plus(times(a, right.below), times(b, left.below)), times(left.below, right.below))
