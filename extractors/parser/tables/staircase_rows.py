"""Tables in which goals, objectives and programmes stand on rows of their own, each with its indicators."""

from __future__ import annotations

from extractors.model.page import TableRow
from extractors.parser.tables.column_assignment import MappedColumn
from extractors.parser.tables.column_mapping import TableGrid

_LEVEL_BY_FIELD = {"goal": "tujuan", "objective": "sasaran"}


def find_row_levels(grid: TableGrid) -> list[str | None]:
    """Return the level of planning of each row by the one column of a level that it fills.

    All are ``None`` where a row fills columns of two levels: there they say what its indicator is part of.
    """
    level_columns = {i: level for i, column in enumerate(grid.columns) if (level := _column_level(column))}
    levels = [_row_level(row, level_columns) for row in grid.rows]
    is_staircase = "" not in levels and len({level for level in levels if level}) > 1
    return levels if is_staircase else [None] * len(levels)


def _column_level(column: MappedColumn) -> str | None:
    return _LEVEL_BY_FIELD.get(column.field) or (column.level if column.field == "extra" else None)


def _row_level(row: TableRow, level_columns: dict[int, str]) -> str | None:
    """The level of the one filled column, ``None`` where none is filled, an empty text where several are."""
    filled = {level for i, level in level_columns.items() if i < len(row) and (row[i] or row[i].covered)}
    if len(filled) > 1:
        return ""
    return next(iter(filled), None)
