"""Tables of a decree: which of them hold indicators or activities, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.model.page import Cell, Line, Table, TableRow
from extractors.model.passage import Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import cell_evidence, column_assignment, framed_tables, header_rows
from extractors.parser.tables.cell_evidence import ACTIVITY_CATEGORIES
from extractors.parser.tables.column_assignment import MappedColumn
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

TableFamily = Literal["indicators", "activities"]
TABLE_FAMILIES: tuple[TableFamily, ...] = ("indicators", "activities")
LEAST_SHARE = 0.5
"""Share of a column's cells that have to be units or formulas, where the column above is one of them."""
SHORTEST_SHIFTED_TEXT = 6
"""Characters of a text that may stand too far to the left; a shorter one numbers its row."""
MOST_ROWS_ABOVE_HEADER = 4
"""First rows of a table among which its header is looked for."""


@dataclass(slots=True)
class TableGrid:
    """A table of the decree, put together from its parts on several pages, without its headers."""

    family: TableFamily
    columns: list[MappedColumn]
    titles: list[list[str]]
    """The header's printed titles by column, for telling repeated headers from rows."""
    rows: list[TableRow] = field(default_factory=list)
    page_breaks: set[int] = field(default_factory=set)
    """Indices of rows that are the first behind a page break."""

    @property
    def category(self) -> str:
        """Of an activities table: facilitation, coordination or recommendation."""
        return next(column.field for column in self.columns if column.field in ACTIVITY_CATEGORIES)

    def append_rows(self, rows: Sequence[TableRow], ledger: WordLedger) -> None:
        """Take the rows of a part; repeated headers and rows of column numbers are furniture."""
        is_first_row = True
        for row in _deal_row_numbers(rows, self.columns):
            if not any(row):
                continue
            if _is_repeated_header(row, self.titles) or header_rows.is_column_numbering(row):
                _drop_titles(row, self.columns, ledger)
                continue
            if is_first_row and self.rows:
                self.page_breaks.add(len(self.rows))
            is_first_row = False
            row = header_rows.strip_column_numbers(row, ledger)
            self.rows.append(_restore_spanned_places(row, self.columns))


def open_grid(table: Table, ledger: WordLedger) -> tuple[TableGrid, list[Line]] | None:
    """The grid that a table with a header begins, and what stands in it above the header."""
    best: tuple[float, int, int, TableFamily, list[MappedColumn]] | None = None
    form_rows = framed_tables.count_form_rows(table.rows)
    for start in range(form_rows, min(form_rows + MOST_ROWS_ABOVE_HEADER, len(table.rows))):
        for depth in header_rows.count_header_rows(table.rows[start:]):
            titles = header_rows.read_column_titles(table.rows[start : start + depth])
            for family in TABLE_FAMILIES:
                columns = column_assignment.assign_columns(titles, table.rows[start + depth :], family)
                score = column_assignment.score_assignment(columns, titles, family)
                score += depth / 100 - start / 10 if score else 0
                if score > 0 and (best is None or score > best[0]):
                    best = (score, start, depth, family, columns)
        if best is not None and all(column.is_known for column in best[4]):
            break  # every title is known: no later row explains more
    if best is None:
        return None
    _, start, depth, family, columns = best
    header = table.rows[start : start + depth]
    for column in columns:
        if not column.is_known:
            message = f"A column that no known title names is kept under `extra`: “{column.title}”"
            ledger.add_note("unknown-column", message)
    grid = TableGrid(
        family, columns, [[row[i].text.text for row in header if row[i]] for i in range(len(columns))]
    )
    for row in header:
        _drop_titles(row, columns, ledger)
    grid.append_rows(table.rows[start + depth :], ledger)
    return grid, list(flatten_table(Table(table.rows[:start])))


def open_untitled_grid(table: Table, ledger: WordLedger) -> TableGrid | None:
    """The grid of a table without a row of titles whose cells are indicators; its columns are noted."""
    columns = column_assignment.assign_untitled_columns(table.rows, table.width)
    if columns is None:
        return None
    fields = ", ".join(column.field for column in columns)
    message = f"The table has no row of titles; its columns are known by their cells alone, as {fields}."
    ledger.add_note("untitled-table", message)
    grid = TableGrid("indicators", columns, [[] for _ in columns])
    grid.append_rows(table.rows, ledger)
    return grid


def continues_grid(grid: TableGrid, table: Table) -> bool:
    """Is a table without a header of its own the next part of a grid?

    It is as wide, and where the grid numbers its rows, its first row goes on with them: with the next
    number, or with none (the rest of a row that a page cut).
    """
    first_row = next((row for row in table.rows if any(row)), None)
    if first_row is None or table.width != len(grid.columns):
        return False
    column = next((i for i, column in enumerate(grid.columns) if column.field == "number"), None)
    if column is None:
        return True
    numbers = [int(n) for row in grid.rows if (n := _row_number(row, column)).isdigit()]
    number = _row_number(first_row, column)
    return not number or (number.isdigit() and (not numbers or int(number) in (numbers[-1], numbers[-1] + 1)))


def fits_grid(grid: TableGrid, table: Table) -> bool:
    """Return whether the cells of a table without titles are what the columns of a grid hold."""
    if not continues_grid(grid, table) or grid.family != "indicators":
        return False
    fits: list[bool] = []
    for i, column in enumerate(grid.columns):
        texts = [row[i].text.text for row in table.rows if row[i]]
        if column.field in column_assignment.VALUE_FIELDS and texts:
            fits.append(2 * sum(map(cell_evidence.is_value, texts)) > len(texts))
        elif column.field in ("unit", "formula") and texts:
            fits.append(cell_evidence.describe_column(texts).get(column.field, 0.0) >= LEAST_SHARE)
    return bool(fits) and all(fits)


def _row_number(row: TableRow, column: int) -> str:
    return ocr_digits.repair_digits(row[column].text.text).strip(" ().")


def has_same_header(first_grid: TableGrid, second_grid: TableGrid) -> bool:
    """Have two grids the same columns?"""
    if first_grid.family != second_grid.family:
        return False
    if first_grid.family == "activities" and first_grid.category != second_grid.category:
        return False
    if [column.field for column in first_grid.columns] == [column.field for column in second_grid.columns]:
        return True
    pairs = list(zip(first_grid.columns, second_grid.columns, strict=False))
    return len(first_grid.columns) == len(second_grid.columns) and all(
        vocabulary_matcher.is_similar_text(first.title, second.title)
        for first, second in pairs
        if first.title
    )


def flatten_table(table: Table) -> Iterator[Line]:
    """A table that is layout only, as lines: each row's cells side by side, further lines below."""
    for row in table.rows:
        cells = [cell.lines for cell in row if cell]
        if not cells:
            continue
        first_line = Passage.join(" ", (lines[0].text for lines in cells))
        yield Line(first_line, bullet=cells[0][0].bullet, heading=cells[0][0].heading)
        yield from (line for lines in cells for line in lines[1:])


def _drop_titles(row: TableRow, columns: Sequence[MappedColumn], ledger: WordLedger) -> None:
    """A row of titles is furniture; a word that no title has is noted. Titles of ``extra`` are its keys."""
    for cell, column in zip(row, columns, strict=False):
        add_text = (
            ledger.add_form_text if column.is_known and column.field != "extra" else ledger.add_furniture
        )
        add_text(*(line.text for line in cell.lines))


def _is_repeated_header(row: TableRow, titles: list[list[str]]) -> bool:
    """Is a row the header printed again?"""
    cells = [(cell.text.text, titles[i]) for i, cell in enumerate(row) if cell and i < len(titles)]
    similar_count = sum(
        any(vocabulary_matcher.is_similar_text(text, title) for title in column_titles)
        for text, column_titles in cells
    )
    return len(cells) >= 2 and similar_count * 2 > len(cells)


def _deal_row_numbers(rows: Sequence[TableRow], columns: Sequence[MappedColumn]) -> list[TableRow]:
    """Return the rows, numbers that stand in one cell over as many rows dealt to these.

    So they are where the column of numbers has no walls between its rows.
    """
    dealt_rows = list(rows)
    column = next((i for i, column in enumerate(columns) if column.field == "number"), None)
    for index, row in enumerate(rows if column is not None else ()):
        lines = row[column].lines if column is not None and column < len(row) else ()
        below = rows[index + 1 : index + len(lines)]
        numbers = [ocr_digits.repair_digits(line.text.text).strip(" ().") for line in lines]
        if column is None or len(lines) < 2 or not all(number.isdigit() for number in numbers):
            continue
        first = int(numbers[0])
        is_sequence = [int(number) for number in numbers] == list(range(first, first + len(lines)))
        if is_sequence and len(below) == len(lines) - 1 and all(lower[column].covered for lower in below):
            for offset, line in enumerate(lines):
                cells = list(dealt_rows[index + offset])
                cells[column] = Cell((line,))
                dealt_rows[index + offset] = tuple(cells)
    return dealt_rows


def _restore_spanned_places(row: TableRow, columns: Sequence[MappedColumn]) -> TableRow:
    """Return a row that begins too far to the left, because cells that span it are printed once, above.

    Known where the row's first cell is no number, in a column of numbers, and as many places are left at
    its end as have to be filled before it.
    """
    if len(columns) != len(row) or columns[0].field != "number" or not row[0] or any(c.covered for c in row):
        return row
    missing = next((i for i, cell in enumerate(reversed(row)) if cell), 0)
    names = [i for i, column in enumerate(columns) if column.field == "name"]
    is_mark = len(_row_number(row, 0)) < SHORTEST_SHIFTED_TEXT
    if is_mark or not names or missing != names[0] or len(row) - missing < 2:
        return row
    return tuple(Cell(covered=True) for _ in range(missing)) + row[: len(row) - missing]


def column_cells(row: TableRow, columns: list[MappedColumn], name: str) -> list[Cell]:
    """The cells of a row in the columns of one field."""
    return [cell for cell, column in zip(row, columns, strict=False) if column.field == name]
