"""Evaluate a formula on the figures of each kecamatan and record every step."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from pipeline.calculation.scales import load_scales
from pipeline.calculation.tabular_data import MAX_FIGURE_LENGTH
from pipeline.errors import DataError
from pipeline.formulas import Number, Operation, Quantity, iter_quantities, parse_expression
from pipeline.language import align_names
from pipeline.language.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.calculation.scales import ScoreScale
    from pipeline.calculation.tabular_data import FigureTable
    from pipeline.formulas import Expression
    from pipeline.linking import Definition

HUNDRED = 100
DECIMAL_PLACES = 4
"""Decimal places of a number in a step."""
MAX_LISTED = 3
"""Number of untitled cells, or lines of one kecamatan, that a problem lists."""


@dataclass
class ComputedValue:
    """The result of the formula for one kecamatan."""

    line: int
    """Line of the data."""
    kecamatan: str
    value: Fraction | None = None
    """None if a problem prevents the calculation."""
    band: str | None = None
    steps: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What is missing or impossible."""


class _ImpossibleError(Exception):
    """The value cannot be computed; the message, if any, is the problem."""


def compute_definition(definition: Definition, figures: FigureTable) -> Iterator[ComputedValue]:
    """Yield the definition's value for each row of figures.

    Raises:
        DataError: the definition has no formula, or the figures lack a quantity of it.
    """
    if definition.formula is None:
        raise DataError(f"{definition.id} has no formula; its definition says: “{definition.formula_reason}”")
    expression = parse_expression(definition.formula)
    scale = load_scales().get(definition.id)
    columns, elements = _map_columns(expression, figures, scale)
    totals, repeated_offices = figures.find_totals(), figures.find_repeated_offices()
    for line, cells in figures.rows:
        result = ComputedValue(line, cells[figures.name_column].strip())
        if line in totals:
            row_name, side = totals[line]
            result.problems.append(
                f"“{row_name}” is the sum of the rows {side}, not a kecamatan: not computed"
            )
            yield result
            continue
        if line in repeated_offices:
            line_list = _join_with_and(map(str, repeated_offices[line][:MAX_LISTED]))
            result.problems.append(f"“{result.kecamatan}” is in lines {line_list}")
        try:
            _check_untitled_cells(figures, line, result)
            figures_by_quantity = dict(
                zip(columns, _read_figures(figures, cells, list(columns.values()), result), strict=True)
            )
            if elements and scale:
                figures_by_quantity[scale.quantity] = _element_mean(figures, cells, elements, scale, result)
            _evaluate_expression(expression, figures_by_quantity, result)
            _check_plausibility(expression, figures_by_quantity, scale, result)
        except _ImpossibleError as problem:
            result.problems += filter(None, [str(problem)])
        yield result


def _map_columns(
    expression: Expression, figures: FigureTable, scale: ScoreScale | None
) -> tuple[dict[str, int], list[int]]:
    """Return the column of each quantity, and those of the elements if these replace a quantity."""
    columns: dict[str, int] = {}
    for words in dict.fromkeys(quantity.words for quantity in iter_quantities(expression)):
        column = _find_column(words, figures)
        if column is not None:
            columns[words] = column
            continue
        elements = _element_columns(figures, scale) if scale and words == scale.quantity else []
        if not elements:
            titles = ", ".join(f"“{title}”" for title in figures.titles)
            raise DataError(f"the data has no column for “{words}”; it has {titles}")
        return {
            other_words: column for other_words, column in columns.items() if other_words != words
        }, elements
    return columns, []


def _find_column(words: str, figures: FigureTable) -> int | None:
    """Return the column whose title means the quantity; None if there is none."""
    candidates = [
        column
        for column, title in enumerate(figures.titles)
        if column != figures.name_column and title and align_names(words, title).same
    ]
    exact = [column for column in candidates if figures.titles[column].casefold() == words.casefold()]
    if len(exact or candidates) > 1:
        titles = " and ".join(f"“{figures.titles[column]}”" for column in exact or candidates)
        raise DataError(f"the columns {titles} both mean “{words}”: remove one of them")
    return (exact or candidates)[0] if candidates else None


def _element_columns(figures: FigureTable, scale: ScoreScale) -> list[int]:
    """Return the columns of all elements, by code or name; empty if there are none.

    Raises:
        DataError: only some of them are there.
    """
    folded = [title.casefold() for title in figures.titles]
    columns: list[int] = []
    missing_codes = []
    for code, name in scale.elements:
        matching_columns = [
            column
            for column, title in enumerate(folded)
            if title == code.casefold()
            or title.startswith((f"{code.casefold()} ", f"{code.casefold()}."))
            or align_names(name, figures.titles[column]).same
        ]
        columns += matching_columns[:1]
        missing_codes += [] if matching_columns else [code]
    if columns and missing_codes:
        raise DataError(f"the data lacks the elements {', '.join(missing_codes)} of “{scale.quantity}”")
    return columns


def _check_untitled_cells(figures: FigureTable, line: int, result: ComputedValue) -> None:
    """Report cells without a title: in a text, a separator inside a figure may have moved the cells."""
    cells = figures.untitled_cells.get(line)
    if not cells:
        return
    quoted_cells = _join_with_and(f"“{cell[:MAX_FIGURE_LENGTH]}”" for cell in cells[:MAX_LISTED])
    problem = f"{quoted_cells}: beyond the columns with a title"
    if not figures.is_typed:
        raise _ImpossibleError(f"{problem}; figures may be in the wrong column: not computed")
    result.problems.append(f"{problem}, not used")


def _join_with_and(parts: Iterable[str]) -> str:
    return " and ".join(parts)


def _read_figure(figures: FigureTable, cells: tuple[str, ...], column: int) -> Fraction:
    title = figures.titles[column]
    try:
        value = figures.parse_number(cells[column])
    except ValueError as error:
        raise _ImpossibleError(f"{title}: {error}") from None
    if value is None:
        raise _ImpossibleError(f"“{title}” is missing")
    if value < 0:
        raise _ImpossibleError(f"{title}: {format_value(value)} is negative")
    return value


def _read_figures(
    figures: FigureTable, cells: tuple[str, ...], columns: list[int], result: ComputedValue
) -> list[Fraction]:
    """Return the figures of several columns; report every unusable one before the row is given up."""
    values = []
    for column in columns:
        try:
            values.append(_read_figure(figures, cells, column))
        except _ImpossibleError as problem:
            result.problems.append(str(problem))
    if len(values) < len(columns):
        raise _ImpossibleError
    return values


def _element_mean(
    figures: FigureTable, cells: tuple[str, ...], columns: list[int], scale: ScoreScale, result: ComputedValue
) -> Fraction:
    """Return the mean of the element scores, which all have the same weight."""
    scores = _read_figures(figures, cells, columns, result)
    low, high = scale.scale
    scores_outside = [
        f"{figures.titles[column]}: {format_value(score)} is outside the scale {low:g} to {high:g}"
        for score, column in zip(scores, columns, strict=True)
        if not low <= score <= high
    ]
    if scores_outside:
        result.problems += scores_outside
        raise _ImpossibleError
    mean = sum(scores, Fraction(0)) / len(scores)
    result.steps.append(
        f"{scale.quantity} = ({' + '.join(map(format_value, scores))}) "
        f"× 1/{len(scores)} = {format_value(mean)}"
    )
    return mean


def _evaluate_expression(
    expression: Expression, figures_by_quantity: Mapping[str, Fraction], result: ComputedValue
) -> None:
    result.steps += [f"{words} = {format_value(value)}" for words, value in figures_by_quantity.items()]
    result.value = _expression_value(expression, figures_by_quantity)
    result.steps.append(
        f"{_format_with_figures(expression, figures_by_quantity)} = {format_value(result.value)}"
    )


def _expression_value(expression: Expression, figures_by_quantity: Mapping[str, Fraction]) -> Fraction:
    """Return the value; ``100%`` is 100, since the unit is percent, and ``40%`` is a weight of 0.4."""
    if isinstance(expression, Quantity):
        return figures_by_quantity[expression.words]
    if isinstance(expression, Number):
        is_weight = expression.percent and expression.value != HUNDRED
        return Fraction(expression.value) / (HUNDRED if is_weight else 1)
    left, right = (
        _expression_value(expression.left, figures_by_quantity),
        _expression_value(expression.right, figures_by_quantity),
    )
    if expression.operator == "/":
        if not right:
            raise _ImpossibleError(
                f"the denominator is 0: {_format_with_figures(expression, figures_by_quantity)}"
            )
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[expression.operator]


def _check_plausibility(
    expression: Expression,
    figures_by_quantity: Mapping[str, Fraction],
    scale: ScoreScale | None,
    result: ComputedValue,
) -> None:
    """Report impossible values, and set the band of a value on a scale."""
    assert result.value is not None
    if scale is not None:
        low, high = scale.range
        if not low <= result.value <= high:
            result.problems.append(f"{format_value(result.value)} is outside {low:g} to {high:g}")
        elif band := scale.find_band(result.value):
            result.band = f"{band.name} ({band.id})"
    for part in _iter_shares(expression):
        above, below = (
            _expression_value(part.left, figures_by_quantity),
            _expression_value(part.right, figures_by_quantity),
        )
        if above > below:
            result.problems.append(
                f"the part ({format_value(above)}) is larger than the whole ({format_value(below)})"
            )


def _iter_shares(expression: Expression) -> Iterator[Operation]:
    """Yield the quotients of counts in the formula of a percentage: a part over its whole."""
    if not isinstance(expression, Operation):
        return
    if expression.operator == "*" and isinstance(expression.right, Number) and expression.right.percent:
        inner = expression.left
        if isinstance(inner, Operation) and inner.operator == "/" and _is_ratio_of_counts(inner):
            yield inner


def _is_ratio_of_counts(quotient: Operation) -> bool:
    """Return whether all quantities are counts, so that the part cannot exceed the whole."""
    count_word = load_lexicon().grammar.count
    return all(quantity.words.startswith(f"{count_word} ") for quantity in iter_quantities(quotient))


def _format_with_figures(expression: Expression, figures_by_quantity: Mapping[str, Fraction]) -> str:
    """Return the formula with figures in place of its quantities."""
    if isinstance(expression, Quantity):
        return format_value(figures_by_quantity[expression.words])
    if isinstance(expression, Number):
        return str(expression)
    sides = []
    for side in (expression.left, expression.right):
        side_text = _format_with_figures(side, figures_by_quantity)
        needs_brackets = isinstance(side, Operation) and (
            (side.operator in "+-" and expression.operator in "*/")
            or (side is expression.right and expression.operator in "-/")
        )
        sides.append(f"({side_text})" if needs_brackets else side_text)
    return f"{sides[0]} {expression.operator} {sides[1]}"


def format_value(value: Fraction) -> str:
    """Return a rounded number without trailing zeros."""
    return f"{round(float(value), DECIMAL_PLACES):.{DECIMAL_PLACES}f}".rstrip("0").rstrip(".")
