"""Comparing a decree's formula with a definition's: algebra over quantities matched by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.formulas import algebra, differences
from pipeline.formulas.differences import Difference
from pipeline.formulas.expression import (
    Expression,
    FormulaError,
    Number,
    Operation,
    Quantity,
    computes,
    parse,
    quantities,
)
from pipeline.formulas.matching import Symbols, match
from pipeline.formulas.reader import read

Verdict = Literal["equivalent", "differs", "absent", "unreadable"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a decree's formula, and where it differs each difference against the definition."""

    verdict: Verdict
    differences: tuple[Difference, ...] = ()


def compare(definition: str, decree: str | None) -> Comparison:
    """Compare two formulas in the linear syntax.

    `absent` where the decree has none, or only names a thing against a definition that computes (its own
    numerator is more than a name: then the denominator is missing);
    `unreadable` where the decree's text is no formula. Raises FormulaError if the definition is none.
    """
    ours = parse(definition)
    if decree is None or not decree.strip():
        return Comparison("absent")
    try:
        theirs = parse(decree)
    except FormulaError:
        return Comparison("unreadable")
    symbols = match(ours, theirs)
    if computes(ours) and not computes(theirs) and not _is_part(theirs, ours, symbols):
        return Comparison("absent")
    wanted = algebra.ratio(ours, symbols.definition)
    try:
        printed = algebra.ratio(theirs, symbols.decree)
        if algebra.equal(wanted, printed):
            return Comparison("equivalent")
        return Comparison("differs", differences.name(wanted, printed, symbols.words))
    except FormulaError:
        return Comparison("unreadable")


def _is_part(decree: Expression, definition: Expression, symbols: Symbols) -> bool:
    """Whether the decree's one quantity is what the definition divides or adds up: the rest is lost."""
    if not isinstance(decree, Quantity):
        return False
    while isinstance(definition, Operation) and definition.operator in "*/":
        number = isinstance(definition.left, Number)
        definition = definition.right if number and definition.operator == "*" else definition.left
    terms = {symbols.definition[quantity.words] for quantity in quantities(definition)}
    return symbols.decree[decree.words] in terms


def compare_printed(definition: str, printed: str | None) -> Comparison:
    """Compare a definition with a formula as a decree prints it; the print is read first."""
    reading = read(printed or "")
    if reading.expression is not None:
        return compare(definition, reading.expression)
    parse(definition)
    return Comparison("absent" if reading.empty else "unreadable")
