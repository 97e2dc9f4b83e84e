"""Comparing a decree's formula with a definition's: algebra over quantities matched by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.errors import FormulaError
from pipeline.formulas.comparison import formula_differences as differences
from pipeline.formulas.comparison import polynomial_algebra
from pipeline.formulas.comparison.formula_differences import FormulaDifference
from pipeline.formulas.comparison.quantity_matching import QuantitySymbols, match_quantities
from pipeline.formulas.expression.linear_syntax import (
    Expression,
    Number,
    Operation,
    Quantity,
    is_calculation,
    iter_quantities,
    parse_expression,
)
from pipeline.formulas.reading.formula_reader import read_formula

Verdict = Literal["equivalent", "differs", "absent", "unreadable"]


@dataclass(frozen=True, slots=True)
class FormulaComparison:
    """The verdict on a decree's formula, and where it differs each difference against the definition."""

    verdict: Verdict
    differences: tuple[FormulaDifference, ...] = ()


def compare_formulas(definition: str, decree: str | None) -> FormulaComparison:
    """Compare two formulas in the linear syntax.

    `absent` where the decree has none, or only names a thing against a definition that computes (its own
    numerator is more than a name: then the denominator is missing);
    `unreadable` where the decree's text is no formula. Raises FormulaError if the definition is none.
    """
    definition_expression = parse_expression(definition)
    if decree is None or not decree.strip():
        return FormulaComparison("absent")
    try:
        decree_expression = parse_expression(decree)
    except FormulaError:
        return FormulaComparison("unreadable")
    symbols = match_quantities(definition_expression, decree_expression)
    if (
        is_calculation(definition_expression)
        and not is_calculation(decree_expression)
        and not _is_lost_part(decree_expression, definition_expression, symbols)
    ):
        return FormulaComparison("absent")
    definition_ratio = polynomial_algebra.to_ratio(definition_expression, symbols.definition)
    try:
        decree_ratio = polynomial_algebra.to_ratio(decree_expression, symbols.decree)
        if polynomial_algebra.ratios_equal(definition_ratio, decree_ratio):
            return FormulaComparison("equivalent")
        return FormulaComparison(
            "differs", differences.name_differences(definition_ratio, decree_ratio, symbols.words)
        )
    except FormulaError:
        return FormulaComparison("unreadable")


def _is_lost_part(decree: Expression, definition: Expression, symbols: QuantitySymbols) -> bool:
    """Whether the decree's one quantity is what the definition divides or adds up: the rest is lost."""
    if not isinstance(decree, Quantity):
        return False
    while isinstance(definition, Operation) and definition.operator in "*/":
        number = isinstance(definition.left, Number)
        definition = definition.right if number and definition.operator == "*" else definition.left
    terms = {symbols.definition[quantity.words] for quantity in iter_quantities(definition)}
    return symbols.decree[decree.words] in terms


def compare_printed_formula(definition: str, printed: str | None) -> FormulaComparison:
    """Compare a definition with a formula as a decree prints it; the print is read first."""
    reading = read_formula(printed or "")
    if reading.expression is not None:
        return compare_formulas(definition, reading.expression)
    parse_expression(definition)
    return FormulaComparison("absent" if reading.is_empty else "unreadable")
