"""The tables of a record: their columns, header cells and body cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from samples.formulas import PAGE, parse
from samples.paper.grid import Grid, HeadCell
from samples.paper.lines import barred, paragraph
from samples.printing.parts import numbered
from samples.printing.tables import headers, years
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samples.paper.grid import Lines
    from samples.paper.lines import Align, Line
    from samples.paper.looks import Look
    from samples.printing.dress import Record
    from samples.printing.tables import Indicator

WEIGHTS = {
    "number": 24, "objective": 92, "name": 104, "unit": 44, "targets": 36, "explanation": 92,
    "formula": 160, "data_sources": 84, "responsible": 84, "extra": 52,
}  # fmt: skip
ANNEX_WEIGHTS = (24, 110, 140, 120, 110)
CENTERED = {"number", "unit", "targets"}


@dataclass(frozen=True)
class Column:
    """A column of indicators: the field it shows, its header, a second header below it or a year."""

    field: str
    header: str
    second: str = ""


def columns(indicators: Sequence[Indicator], look: Look) -> list[Column]:
    """Return the columns of a look; those that no indicator fills are left out, but for the main ones."""
    required_fields = {"objective", "name", "formula"}
    group = set(look.header_group.get("fields", ()))
    table_columns: list[Column] = []
    for field, header in headers(look.form).items():
        if field == "targets":
            table_columns += [Column(field, header, str(year)) for year in years(indicators)]
        elif field in required_fields or any(indicator[field] for indicator in indicators):
            over = look.header_group["text"] if field in group else ""
            table_columns.append(Column(field, over or header, header if over else ""))
    extras = dict.fromkeys(name for indicator in indicators for name in indicator["extra"])
    return [*table_columns, *(Column("extra", name) for name in extras)]


def indicator_grid(indicators: Sequence[Indicator], look: Look, measure: float) -> Grid:
    """Return the table of indicators; objectives are merged over the rows that share them."""
    table_columns = columns(indicators, look)
    widths = _scaled([WEIGHTS[column.field] for column in table_columns], measure)
    body = []
    above: str | None = None
    for position, indicator in enumerate(indicators):
        shared = position > 0 and indicator["objective"] == above
        above = indicator["objective"]
        barring = look.formulas[position % len(look.formulas)] in {"bar", "sumbar"}
        body.append(
            [
                _covered(look)
                if shared and column.field == "objective"
                else tuple(_cell(indicator, column, look, width - 2 * look.gap - 1, barring))
                for column, width in zip(table_columns, widths, strict=True)
            ]
        )
    return Grid(widths, list(_head(table_columns, widths, look)), body)


def annex_grids(record: Record, look: Look, measure: float) -> Iterator[tuple[str, Grid]]:
    """Yield heading and table of each category of activities; shared evidence is a merged cell."""
    form = words("printing")["annex"]
    widths = _scaled(ANNEX_WEIGHTS, measure)
    for category in form["order"]:
        rows = [row for row in record["activities"] if row["category"] == category]
        if rows:
            table_columns = [Column("annex", header) for header in form[category]["columns"]]
            head = list(_head(table_columns, widths, replace(look, column_numbers=True)))
            yield form[category]["heading"], Grid(widths, head, _activities(rows, look, widths))


def _activities(rows: list[Indicator], look: Look, widths: Sequence[float]) -> list[list[Lines | None]]:
    body: list[list[Lines | None]] = []
    above = None
    for row in rows:
        texts: list[list[str]] = [[f"{row['number']}."], [row["name"]]]
        texts += [_numbered(row[field]) for field in ("activities", "outputs", "evidence")]
        cells: list[Lines | None] = [
            tuple(_items(items, look, width - 2 * look.gap - 1))
            for items, width in zip(texts, widths, strict=True)
        ]
        if row["evidence"] == above:
            cells[-1] = _covered(look)
        above = row["evidence"]
        body.append(cells)
    return body


def _covered(look: Look) -> Lines | None:
    """Return what stands below a cell that several rows share."""
    return None if look.merged else ()


def _cell(indicator: Indicator, column: Column, look: Look, width: float, barring: bool) -> list[Line]:
    """Return the lines of one cell."""
    value: Any = indicator[column.field]
    if column.field == "targets":
        value = next((t["value"] for t in value if str(t["year"]) == column.second), None)
    elif column.field == "extra":
        value = value.get(column.header)
    elif column.field == "formula":
        return [*_formula(value, look, width, barring), *_explanation(indicator, look, width)]
    if value is None or value == []:
        return []
    if isinstance(value, list):
        mark = numbered if look.column_numbers else _dashed
        return _items(list(mark(value)) if len(value) > 1 else value, look, width)
    dot = "." if column.field == "number" and headers(look.form)["number"].endswith(".") else ""
    align: Align = "center" if column.field in CENTERED else "left"
    return paragraph(f"{value}{dot}", width, look.cell_style, align)


def _formula(formula: dict[str, str] | None, look: Look, width: float, barring: bool) -> list[Line]:
    if formula is None:
        return []
    if barring:
        return barred(parse(formula["raw"]), width, look.cell_style, PAGE)
    return [line for text in formula["raw"].split("\n") for line in paragraph(text, width, look.cell_style)]


def _explanation(indicator: Indicator, look: Look, width: float) -> list[Line]:
    """Return what has no column of its own stands below the formula under an underlined label."""
    if not indicator["explanation"] or "explanation" in headers(look.form):
        return []
    label = replace(look.cell_style, underlined=True)
    return [
        *paragraph(f"{words('printing')['explanation']} :", width, label),
        *paragraph(indicator["explanation"], width, look.cell_style),
    ]


def _items(items: Sequence[str], look: Look, width: float) -> list[Line]:
    """Return lines of list items, hanging behind their marks; a single one stands bare."""
    lines: list[Line] = []
    for item in items:
        mark, blank, rest = item.partition(" ") if len(items) > 1 else ("", "", item)
        hang = 1.4 * look.cell_size if mark else 0
        lines += paragraph(rest if blank or not mark else item, width, look.cell_style, "left", mark, hang)
    return lines


def _dashed(items: Sequence[str]) -> list[str]:
    return [f"- {item}" for item in items]


def _numbered(items: Sequence[str]) -> list[str]:
    return list(numbered(items)) if len(items) > 1 else list(items)


def _head(shown: Sequence[Column], widths: Sequence[float], look: Look) -> Iterator[HeadCell]:
    """Yield header cells; neighbours under one header are joined, then a row of column numbers, if any."""
    style = replace(look.cell_style, bold=True)
    rows = 2 if any(column.second for column in shown) else 1
    place = 0
    while place < len(shown):
        column = shown[place]
        group = [c for c in shown[place:] if column.second and c.second and c.header == column.header]
        count = max(1, len(group))
        width = sum(widths[place : place + count]) - 2 * look.gap
        top = tuple(paragraph(column.header, width, style, "center"))
        yield HeadCell(top, 0, place, 1 if group else rows, count)
        for shift, below in enumerate(group):
            lines = paragraph(below.second, widths[place + shift] - 2 * look.gap, style, "center")
            yield HeadCell(tuple(lines), 1, place + shift)
        place += count
    if look.column_numbers:
        for number, width in enumerate(widths):
            lines = paragraph(str(number + 1), width - 2 * look.gap, look.cell_style, "center")
            yield HeadCell(tuple(lines), rows, number)


def _scaled(weights: Sequence[float], measure: float) -> list[float]:
    return [weight * measure / sum(weights) for weight in weights]
