"""Evaluating a formula on the figures of one kecamatan after the other, each step told."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline.computing.figures import LONGEST, DataError
from pipeline.computing.scales import scales
from pipeline.formulas import Number, Operation, Quantity, parse, quantities
from pipeline.words import align

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.computing.figures import Figures
    from pipeline.computing.scales import Scale
    from pipeline.formulas import Expression
    from pipeline.linking import Definition

HUNDRED = 100
PLACES = 4
"""Decimal places that are told."""
MOST_TOLD = 3
"""Cells beyond the titles, or lines of one kecamatan, that are told."""


@dataclass
class Result:
    """What the formula gives for one kecamatan."""

    line: int
    """Line of the data."""
    kecamatan: str
    value: Fraction | None = None
    """None where a problem stands in the way."""
    band: str | None = None
    steps: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What is missing or impossible."""


class _ImpossibleError(Exception):
    """The value cannot be had; the problem says why."""


def computed(definition: Definition, figures: Figures) -> Iterator[Result]:
    """The definition's value for each row of figures.

    Raises:
        DataError: the definition has no formula, or the figures lack a quantity of it.
    """
    if definition.formula is None:
        raise DataError(f"{definition.id} has no formula; its definition says: “{definition.formula_reason}”")
    expression = parse(definition.formula)
    scale = scales().get(definition.id)
    columns, elements = _columns(expression, figures, scale)
    totals, twice = figures.totals(), figures.twice()
    for line, cells in figures.rows:
        result = Result(line, cells[figures.name].strip())
        if line in totals:
            called, side = totals[line]
            result.problems.append(f"“{called}” sums up the rows {side} and is no kecamatan: not computed")
            yield result
            continue
        if line in twice:
            every = _and(map(str, twice[line][:MOST_TOLD]))
            result.problems.append(f"“{result.kecamatan}” stands in lines {every}")
        try:
            _check_beyond(figures, line, result)
            known = dict(zip(columns, _figures(figures, cells, list(columns.values()), result), strict=True))
            if elements and scale:
                known[scale.quantity] = _mean(figures, cells, elements, scale, result)
            _evaluate(expression, known, result)
            _judge(expression, known, scale, result)
        except _ImpossibleError as stop:
            result.problems += filter(None, [str(stop)])
        yield result


def _columns(
    expression: Expression, figures: Figures, scale: Scale | None
) -> tuple[dict[str, int], list[int]]:
    """The column of each quantity; those of the elements, where these stand for a quantity."""
    columns: dict[str, int] = {}
    for words in dict.fromkeys(quantity.words for quantity in quantities(expression)):
        column = _column(words, figures)
        if column is not None:
            columns[words] = column
            continue
        elements = _elements(figures, scale) if scale and words == scale.quantity else []
        if not elements:
            titles = ", ".join(f"“{title}”" for title in figures.titles)
            raise DataError(f"the data has no column for “{words}”; it has {titles}")
        return {other: column for other, column in columns.items() if other != words}, elements
    return columns, []


def _column(words: str, figures: Figures) -> int | None:
    """The one column whose title means the quantity."""
    found = [
        column
        for column, title in enumerate(figures.titles)
        if column != figures.name and title and align(words, title).same
    ]
    exact = [column for column in found if figures.titles[column].casefold() == words.casefold()]
    if len(exact or found) > 1:
        titles = " and ".join(f"“{figures.titles[column]}”" for column in exact or found)
        raise DataError(f"the columns {titles} both mean “{words}”: leave one out")
    return (exact or found)[0] if found else None


def _elements(figures: Figures, scale: Scale) -> list[int]:
    """The columns of all elements, by code or name; none where there is none of them.

    Raises:
        DataError: only some of them are there.
    """
    folded = [title.casefold() for title in figures.titles]
    columns: list[int] = []
    lacking = []
    for code, name in scale.elements:
        own = [
            column
            for column, title in enumerate(folded)
            if title == code.casefold()
            or title.startswith((f"{code.casefold()} ", f"{code.casefold()}."))
            or align(name, figures.titles[column]).same
        ]
        columns += own[:1]
        lacking += [] if own else [code]
    if columns and lacking:
        raise DataError(f"the data lacks the elements {', '.join(lacking)} of “{scale.quantity}”")
    return columns


def _check_beyond(figures: Figures, line: int, result: Result) -> None:
    """Tell cells beyond the titles; in a text a figure may have been torn and all behind it moved."""
    cells = figures.beyond.get(line)
    if not cells:
        return
    problem = f"beyond the titles stands {_and(f'“{cell[:LONGEST]}”' for cell in cells[:MOST_TOLD])}"
    if not figures.typed:
        raise _ImpossibleError(f"{problem}: a figure may stand under another's title, not computed")
    result.problems.append(f"{problem}: not used")


def _and(parts: Iterable[str]) -> str:
    return " and ".join(parts)


def _figure(figures: Figures, cells: tuple[str, ...], column: int) -> Fraction:
    title = figures.titles[column]
    try:
        value = figures.number(cells[column])
    except ValueError as error:
        raise _ImpossibleError(f"{title}: {error}") from None
    if value is None:
        raise _ImpossibleError(f"“{title}” is missing")
    if value < 0:
        raise _ImpossibleError(f"{title}: {told(value)} is less than nothing")
    return value


def _figures(figures: Figures, cells: tuple[str, ...], columns: list[int], result: Result) -> list[Fraction]:
    """The figures of several columns; every one that cannot be had is told before the row is given up."""
    found = []
    for column in columns:
        try:
            found.append(_figure(figures, cells, column))
        except _ImpossibleError as stop:
            result.problems.append(str(stop))
    if len(found) < len(columns):
        raise _ImpossibleError
    return found


def _mean(
    figures: Figures, cells: tuple[str, ...], columns: list[int], scale: Scale, result: Result
) -> Fraction:
    """The weighted mean of the element scores."""
    scores = _figures(figures, cells, columns, result)
    low, high = scale.scale
    outside = [
        f"{figures.titles[column]}: {told(score)} is outside the scale {low:g} to {high:g}"
        for score, column in zip(scores, columns, strict=True)
        if not low <= score <= high
    ]
    if outside:
        result.problems += outside
        raise _ImpossibleError
    mean = sum(scores, Fraction(0)) / len(scores)
    result.steps.append(
        f"{scale.quantity} = ({' + '.join(map(told, scores))}) × 1/{len(scores)} = {told(mean)}"
    )
    return mean


def _evaluate(expression: Expression, known: Mapping[str, Fraction], result: Result) -> None:
    result.steps += [f"{words} = {told(value)}" for words, value in known.items()]
    result.value = _value(expression, known)
    result.steps.append(f"{_filled(expression, known)} = {told(result.value)}")


def _value(expression: Expression, known: Mapping[str, Fraction]) -> Fraction:
    """The value; ``100%`` counts as a hundred, as the unit is percent, ``40%`` as a weight of 0.4."""
    if isinstance(expression, Quantity):
        return known[expression.words]
    if isinstance(expression, Number):
        weighs = expression.percent and expression.value != HUNDRED
        return Fraction(expression.value) / (HUNDRED if weighs else 1)
    left, right = _value(expression.left, known), _value(expression.right, known)
    if expression.operator == "/":
        if not right:
            raise _ImpossibleError(f"the denominator is 0: {_filled(expression, known)}")
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[expression.operator]


def _judge(
    expression: Expression, known: Mapping[str, Fraction], scale: Scale | None, result: Result
) -> None:
    """Impossible values are told, and the band of one that has bands."""
    assert result.value is not None
    if scale is not None:
        low, high = scale.range
        if not low <= result.value <= high:
            result.problems.append(f"{told(result.value)} is outside {low:g} to {high:g}")
        elif band := scale.band(result.value):
            result.band = f"{band.name} ({band.id})"
    for part in _shares(expression):
        above, below = _value(part.left, known), _value(part.right, known)
        if above > below:
            result.problems.append(f"the part ({told(above)}) is larger than the whole ({told(below)})")


def _shares(expression: Expression) -> Iterator[Operation]:
    """The quotients of counts in a formula of a percentage: a part over its whole."""
    if not isinstance(expression, Operation):
        return
    if expression.operator == "*" and isinstance(expression.right, Number) and expression.right.percent:
        inner = expression.left
        if isinstance(inner, Operation) and inner.operator == "/" and _counts(inner):
            yield inner


def _counts(quotient: Operation) -> bool:
    """Is it nothing but counts (``jumlah …``), so that the part cannot exceed the whole?"""
    return all(quantity.words.startswith("jumlah ") for quantity in quantities(quotient))


def _filled(expression: Expression, known: Mapping[str, Fraction]) -> str:
    """The formula with figures in the place of its quantities."""
    if isinstance(expression, Quantity):
        return told(known[expression.words])
    if isinstance(expression, Number):
        return str(expression)
    sides = []
    for side in (expression.left, expression.right):
        filled = _filled(side, known)
        loose = isinstance(side, Operation) and (
            (side.operator in "+-" and expression.operator in "*/")
            or (side is expression.right and expression.operator in "-/")
        )
        sides.append(f"({filled})" if loose else filled)
    return f"{sides[0]} {expression.operator} {sides[1]}"


def told(value: Fraction) -> str:
    """A number as people write it, rounded."""
    return f"{round(float(value), PLACES):.{PLACES}f}".rstrip("0").rstrip(".")
