"""Annex tables of several kinds of activities in one grid: where one kind ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model.page import Table, TableRow
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import cell_evidence, framed_tables
from extractors.parser.tables.cell_evidence import ACTIVITY_CATEGORIES
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import ocr_digits


def split_by_category(grid: TableGrid, ledger: WordLedger) -> list[TableGrid]:
    """Return a grid of activities by kind.

    Another kind begins below a heading across the table that names it, or where the rows are numbered from
    one again and the names of all of them begin with its word.
    """
    parts: list[TableGrid] = []
    category = grid.category
    for start, end in _find_runs(grid):
        rows = grid.rows[start:end]
        heading = _heading_category(rows[0])
        if heading is not None:
            ledger.add_form_text(rows[0][0].text)
            start, rows = start + 1, rows[1:]
        category = heading or (_common_category(rows, grid) if parts else None) or category
        page_breaks = {index - start for index in grid.page_breaks if start <= index < end}
        columns = [
            replace(column, field=category) if column.field in ACTIVITY_CATEGORIES else column
            for column in grid.columns
        ]
        parts.append(replace(grid, columns=columns, rows=rows, page_breaks=page_breaks))
    return parts


def continues_with_category(grid: TableGrid, table: Table) -> bool:
    """Return whether a table without titles is another kind of activities below those of a grid."""
    if grid.family != "activities" or table.width != len(grid.columns):
        return False
    first_row = next((row for row in table.rows if any(row)), ())
    return _starts_numbering(first_row, grid) and _common_category(table.rows, grid) is not None


def _find_runs(grid: TableGrid) -> list[tuple[int, int]]:
    """The stretches of rows between headings and restarts of the numbering."""
    starts = [0] + [
        index
        for index in range(1, len(grid.rows))
        if _heading_category(grid.rows[index])
        or (_starts_numbering(grid.rows[index], grid) and not _heading_category(grid.rows[index - 1]))
    ]
    return list(zip(starts, [*starts[1:], len(grid.rows)], strict=True)) if grid.rows else []


def _starts_numbering(row: TableRow, grid: TableGrid) -> bool:
    return any(
        column.field == "number" and ocr_digits.repair_digits(cell.text.text).strip(" ().") == "1"
        for cell, column in zip(row, grid.columns, strict=False)
    )


def _heading_category(row: TableRow) -> str | None:
    """The kind that a row across the table names (``B. Jenis Koordinasi``)."""
    return cell_evidence.find_activity_category(row[0].text.text) if framed_tables.is_across(row) else None


def _common_category(rows: Sequence[TableRow], grid: TableGrid) -> str | None:
    """The kind with whose word the names of all rows begin; nothing where they do not agree."""
    place = next(i for i, column in enumerate(grid.columns) if column.field in ACTIVITY_CATEGORIES)
    names = [row[place].text.text for row in rows if place < len(row) and row[place]]
    categories = {cell_evidence.find_activity_category(name) for name in names}
    return categories.pop() if len(categories) == 1 else None
