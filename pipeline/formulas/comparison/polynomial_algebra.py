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

from pipeline.errors import FormulaError
from pipeline.formulas.expression.linear_syntax import Expression, Number, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TERMS = 2_000
_SCALE_FACTORS = frozenset({100, 1000, 10_000, 100_000, 1_000_000})

Monomial = tuple[tuple[int, int], ...]
"""Symbols and their powers, sorted by symbol."""
Polynomial = dict[Monomial, Fraction]

ONE: Polynomial = {(): Fraction(1)}


@dataclass(frozen=True)
class PolynomialRatio:
    """scale × above / below; `below` is never zero."""

    scale: Fraction
    numerator: Polynomial
    denominator: Polynomial

    @property
    def is_constant(self) -> bool:
        """Whether the value does not depend on any quantity."""
        lead = next(iter(self.denominator))
        factor = self.numerator.get(lead, Fraction(0)) / self.denominator[lead]
        return self.numerator == scale_polynomial(self.denominator, factor)


def to_ratio(expression: Expression, symbols: Mapping[str, int]) -> PolynomialRatio:
    """The expression over the given symbols. Raises FormulaError on division by zero or beyond the bounds."""
    if isinstance(expression, Number):
        value = Fraction(expression.value)
        if value in _SCALE_FACTORS:
            return PolynomialRatio(value, ONE, ONE)
        if expression.percent:  # a weight: 40% is 0.4
            value /= 100
        return PolynomialRatio(Fraction(1), {(): value} if value else {}, ONE)
    if not isinstance(expression, Operation):
        return PolynomialRatio(Fraction(1), {((symbols[expression.words], 1),): Fraction(1)}, ONE)
    left, right = to_ratio(expression.left, symbols), to_ratio(expression.right, symbols)
    if expression.operator == "*":
        return PolynomialRatio(
            left.scale * right.scale,
            multiply_polynomials(left.numerator, right.numerator),
            multiply_polynomials(left.denominator, right.denominator),
        )
    if expression.operator == "/":
        if not right.numerator or not right.scale:
            raise FormulaError("division by zero")
        return PolynomialRatio(
            left.scale / right.scale,
            multiply_polynomials(left.numerator, right.denominator),
            multiply_polynomials(left.denominator, right.numerator),
        )
    return _add_ratios(left, right, 1 if expression.operator == "+" else -1)


def ratios_equal(left: PolynomialRatio, right: PolynomialRatio) -> bool:
    """Whether both have the same value whatever the quantities are."""
    return scale_polynomial(
        multiply_polynomials(left.numerator, right.denominator), left.scale
    ) == scale_polynomial(multiply_polynomials(right.numerator, left.denominator), right.scale)


def multiply_polynomials(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product; raises FormulaError beyond the bounds."""
    if left == ONE:
        return right
    if right == ONE:
        return left
    if len(left) * len(right) > MAX_TERMS:
        raise FormulaError("too large to compare")
    product: Polynomial = {}
    for left_monomial, a in left.items():
        for right_monomial, b in right.items():
            powers = Counter(dict(left_monomial))
            powers.update(dict(right_monomial))
            monomial = tuple(sorted(powers.items()))
            product[monomial] = product.get(monomial, Fraction(0)) + a * b
    return {monomial: value for monomial, value in product.items() if value}


def scale_polynomial(polynomial: Polynomial, factor: Fraction) -> Polynomial:
    """The polynomial times a constant."""
    if factor == 1:
        return polynomial
    return {monomial: value * factor for monomial, value in polynomial.items()} if factor else {}


def add_polynomials(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum."""
    total = dict(left)
    for monomial, value in right.items():
        total[monomial] = total.get(monomial, Fraction(0)) + value
    return {monomial: value for monomial, value in total.items() if value}


def common_factors(polynomial: Polynomial) -> Counter[int]:
    """The symbols, with their powers, that every term holds."""
    shared_powers: Counter[int] | None = None
    for monomial in polynomial:
        shared_powers = (
            Counter(dict(monomial)) if shared_powers is None else shared_powers & Counter(dict(monomial))
        )
    return shared_powers or Counter()


def remove_factors(polynomial: Polynomial, factors: Counter[int]) -> Polynomial:
    """The polynomial divided by factors that every term holds."""
    return {
        tuple(sorted((Counter(dict(monomial)) - factors).items())): value
        for monomial, value in polynomial.items()
    }


def cancel_factors(value: PolynomialRatio) -> PolynomialRatio:
    """The ratio without the factors that both sides share."""
    shared_powers = common_factors(value.numerator) & common_factors(value.denominator)
    if not shared_powers:
        return value
    return PolynomialRatio(
        value.scale,
        remove_factors(value.numerator, shared_powers),
        remove_factors(value.denominator, shared_powers),
    )


def polynomial_content(polynomial: Polynomial) -> Fraction:
    """The constant that all terms share, positive; 1 for sums of plain quantities."""
    values = list(polynomial.values())
    if set(values) <= {1}:  # as in nearly all formulas
        return Fraction(1)
    from math import gcd, lcm

    return Fraction(gcd(*(abs(v.numerator) for v in values)), lcm(*(v.denominator for v in values)))


def _add_ratios(left: PolynomialRatio, right: PolynomialRatio, sign: int) -> PolynomialRatio:
    """Both over one denominator; the scale stays apart where both have the same."""
    scale = left.scale if left.scale == right.scale else Fraction(1)
    a = scale_polynomial(left.numerator, left.scale / scale)
    b = scale_polynomial(right.numerator, sign * right.scale / scale)
    if left.denominator == right.denominator:
        return PolynomialRatio(scale, add_polynomials(a, b), left.denominator)
    return PolynomialRatio(
        scale,
        add_polynomials(
            multiply_polynomials(a, right.denominator), multiply_polynomials(b, left.denominator)
        ),
        multiply_polynomials(left.denominator, right.denominator),
    )
