"""A sheet as lines and tables: rows that belong together by blank rows, borders and the columns they use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.errors import ReadError, ReadStatus
from extractors.model.office_address import SheetAddress
from extractors.model.page import COVERED_CELL, EMPTY_CELL, Block, Cell, Line, Table
from extractors.model.passage import Passage, PrintedPlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.sheet.workbook import CellPlace, MergedRange, Sheet

_MAX_SIGNATURE_GAP = 8
"""Blank rows that a signature leaves between a post and a name."""

_MAX_COVERED_CELLS = 2_000_000


@dataclass(slots=True)
class _RowGroup:
    """Rows that are one table, or lines."""

    rows: list[int]
    bordered: bool = False

    def columns(self, grid: _VisibleGrid) -> set[int]:
        """Return the columns with text in any row."""
        return {column for row in self.rows for column in grid.columns_by_row.get(row, ())}


@dataclass(slots=True)
class _VisibleGrid:
    """The cells of a sheet that are shown, by row."""

    sheet: Sheet
    columns_by_row: dict[int, list[int]] = field(default_factory=dict)
    """Columns with text, in order."""
    covering: dict[CellPlace, MergedRange] = field(default_factory=dict)
    """Of each cell within a merged one, but the first: the range. Rows and columns without text left out."""
    joined_rows: set[int] = field(default_factory=set)
    """Rows from which a merged cell reaches into the next one with text."""
    merged_rows: set[int] = field(default_factory=set)
    """Rows that a cell over several rows lies in."""

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> _VisibleGrid:
        """Return the shown cells."""
        grid = cls(sheet)
        rows, columns = (
            (sorted(set(numbers)) for numbers in zip(*sheet.texts, strict=True)) if sheet.texts else ([], [])
        )
        for merged_range in sheet.merged_ranges:
            covered_rows = _numbers_between(rows, merged_range.top, merged_range.bottom)
            covered_columns = _numbers_between(columns, merged_range.left, merged_range.right)
            grid._add_merged_range(merged_range, covered_rows, covered_columns)
        for row, column in sorted(sheet.texts):
            if grid.is_shown((row, column)):
                grid.columns_by_row.setdefault(row, []).append(column)
        return grid

    def is_shown(self, place: CellPlace) -> bool:
        """Return whether the text of a cell is seen."""
        row, column = place
        is_hidden = row in self.sheet.hidden_rows or column in self.sheet.hidden_columns
        return not is_hidden and place not in self.covering

    def is_bordered(self, row: int) -> bool:
        """Return whether a row is drawn as part of a table: two of its cells have borders."""
        columns = self.columns_by_row.get(row, [])
        bordered = sum((row, column) in self.sheet.bordered_cells for column in columns)
        return bordered >= 2 or (len(columns) == bordered == 1 and self._has_bordered_neighbour(row))

    def _has_bordered_neighbour(self, row: int) -> bool:
        [column] = self.columns_by_row[row]
        return any((row, column + step) in self.sheet.bordered_cells for step in (-1, 1))

    def _add_merged_range(
        self, merged_range: MergedRange, covered_rows: list[int], covered_columns: list[int]
    ) -> None:
        if len(self.covering) + len(covered_rows) * len(covered_columns) > _MAX_COVERED_CELLS:
            raise ReadError(
                ReadStatus.TOO_LARGE,
                "The sheet merges more cells than any decree has.",
                "Save the table with the indicators alone to a new workbook and give that.",
            )
        anchor = (merged_range.top, merged_range.left)
        for row in covered_rows:
            self.covering.update(((row, column), merged_range) for column in covered_columns)
        self.covering.pop(anchor, None)
        if merged_range.top < merged_range.bottom:
            self.merged_rows.update(covered_rows)
            if anchor in self.sheet.texts:
                self.joined_rows.update(covered_rows[:-1])


def _numbers_between(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def hidden_texts(sheet: Sheet) -> Passage:
    """Return the texts of hidden rows and columns, and of cells that a merged one covers."""
    grid = _VisibleGrid.from_sheet(sheet)
    hidden_places = [p for p in sorted(sheet.texts) if sheet.is_hidden or not grid.is_shown(p)]
    return Passage.join(" ", (_cell_passage(sheet, place) for place in hidden_places))


def _cell_passage(sheet: Sheet, place: CellPlace) -> Passage:
    address = SheetAddress(sheet.name, *place)
    return Passage.from_text(sheet.texts[place], PrintedPlace(address=address)).fold_whitespace()


def read_sheet_blocks(sheet: Sheet) -> list[Block]:
    """Return the lines and tables of a sheet."""
    grid = _VisibleGrid.from_sheet(sheet)
    blocks: list[Block] = []
    last_row = 0
    for group in _join_signature_rows(_group_rows(grid), grid):
        has_gap = not blocks or group.rows[0] > last_row + 1
        for block in _group_blocks(group, grid):
            if isinstance(block, Line) and has_gap:
                block = Line(block.text, block.bullet, block.heading, gap=True)
            blocks.append(block)
            has_gap = False
        last_row = group.rows[-1]
    return blocks


def _group_rows(grid: _VisibleGrid) -> list[_RowGroup]:
    """Return the rows with text in groups, parted by blank rows and where borders begin or end."""
    groups: list[_RowGroup] = []
    rows = list(grid.columns_by_row)
    for previous_row, row in pairwise([None, *rows]):
        assert row is not None
        bordered = grid.is_bordered(row)
        goes_on = previous_row is not None and (
            previous_row in grid.joined_rows
            or (row == previous_row + 1 and bordered == groups[-1].bordered)
            or (bordered and groups[-1].bordered and _are_rows_bordered(grid, previous_row, row))
        )
        if goes_on:
            groups[-1].rows.append(row)
        else:
            groups.append(_RowGroup([row], bordered))
    return groups


def _are_rows_bordered(grid: _VisibleGrid, above: int, below: int) -> bool:
    """Return whether the rows between two rows, or those hidden there, are empty rows of the same table."""
    column = grid.columns_by_row[below][0]
    return all(
        row in grid.sheet.hidden_rows or (row, column) in grid.sheet.bordered_cells
        for row in range(above + 1, below)
    )


def _join_signature_rows(groups: list[_RowGroup], grid: _VisibleGrid) -> list[_RowGroup]:
    """Return the groups, those joined that stand side by side in the same columns: signatures."""
    joined_groups: list[_RowGroup] = []
    for group in groups:
        above = joined_groups[-1] if joined_groups else None
        if (
            above is not None
            and not above.bordered
            and not group.bordered
            and group.rows[0] - above.rows[-1] <= _MAX_SIGNATURE_GAP
            and len(above.columns(grid)) == 2
            and group.columns(grid) <= above.columns(grid)
            and any(len(grid.columns_by_row[row]) == 2 for row in (*above.rows, *group.rows))
        ):
            above.rows += group.rows
        else:
            joined_groups.append(group)
    return joined_groups


def _group_blocks(group: _RowGroup, grid: _VisibleGrid) -> Iterator[Block]:
    """Yield a table with the lines above and below it."""
    columns = sorted(group.columns(grid))
    first, last = 0, len(group.rows)
    if len(columns) == 1:
        last = 0
    else:
        while first < last and _is_line(group.rows[first], columns, grid):
            first += 1
        while last > first and not group.bordered and _is_line(group.rows[last - 1], columns, grid):
            last -= 1
    lines_below = group.rows[max(first, last) :]
    for row in group.rows[:first]:
        yield from _row_lines(row, grid)
    if first < last:
        yield _build_table(group.rows[first:last], grid)
    for row in lines_below:
        yield from _row_lines(row, grid)


def _is_line(row: int, columns: list[int], grid: _VisibleGrid) -> bool:
    """Return whether a row holds one text, in the first column: a title, no part of a table."""
    row_columns = grid.columns_by_row[row]
    return len(row_columns) == 1 and row_columns[0] == columns[0] and row not in grid.merged_rows


def _row_lines(row: int, grid: _VisibleGrid) -> Iterator[Line]:
    for column in grid.columns_by_row[row]:
        heading = (row, column) in grid.sheet.bold_cells
        for line in _cell_lines(grid.sheet, (row, column)):
            yield Line(line.text, heading=heading)


def _build_table(rows: list[int], grid: _VisibleGrid) -> Table:
    columns = sorted({column for row in rows for column in grid.columns_by_row[row]})
    row_set, column_set = set(rows), set(columns)
    table_rows = []
    for row in rows:
        cells: list[Cell] = []
        for column in columns:
            merged_range = grid.covering.get((row, column))
            if (row, column) in grid.sheet.texts and grid.is_shown((row, column)):
                cells.append(Cell(_cell_lines(grid.sheet, (row, column))))
            elif merged_range and merged_range.top in row_set and merged_range.left in column_set:
                cells.append(COVERED_CELL)
            else:
                cells.append(EMPTY_CELL)
        table_rows.append(tuple(cells))
    return Table(tuple(table_rows))


def _cell_lines(sheet: Sheet, place: CellPlace) -> tuple[Line, ...]:
    """Return the lines of a cell, as its text is broken."""
    printed_place = PrintedPlace(address=SheetAddress(sheet.name, *place))
    passages = (
        Passage.from_text(text, printed_place).fold_whitespace() for text in sheet.texts[place].splitlines()
    )
    return tuple(Line(passage, own_paragraph=True) for passage in passages if passage)
