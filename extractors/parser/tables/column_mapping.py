"""Tables of a decree: which of them hold indicators or activities, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from extractors.model.page import Cell, Line, Table, TableRow
from extractors.model.passage import EMPTY_PASSAGE, Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

TableFamily = Literal["indicators", "activities"]
TABLE_FAMILIES: tuple[TableFamily, ...] = ("indicators", "activities")
ACTIVITY_CATEGORIES = ("facilitation", "coordination", "recommendation")

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"\w+")
_MAX_HEADER_ROWS = 3
"""Header rows. A header cell over several columns has a second line below it, seldom a third."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What one column holds: a field, or ``extra`` under its printed title."""

    field: str
    title: str
    likeness: float = 1.0
    year: int | None = None
    source: Passage = EMPTY_PASSAGE
    """The title where it is printed."""


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
        for row in rows:
            if not any(row):
                continue
            if _is_repeated_header(row, self.titles) or _is_column_numbering(row):
                _drop_titles(row, self.columns, ledger)
                continue
            if is_first_row and self.rows:
                self.page_breaks.add(len(self.rows))
            is_first_row = False
            self.rows.append(row)


def open_grid(table: Table, ledger: WordLedger) -> tuple[TableGrid, list[Line]] | None:
    """The grid that a table with a header begins, and what stands in it above the header."""
    best: tuple[float, int, int, TableFamily, list[MappedColumn]] | None = None
    for start in range(min(4, len(table.rows))):
        for depth in range(1, _MAX_HEADER_ROWS + 1):
            header = table.rows[start : start + depth]
            if len(header) < depth or any(not _is_header_row(row) for row in header[1:]):
                break
            for family in TABLE_FAMILIES:
                columns = _map_columns(header, family)
                score = _score_header(columns, family)
                score += depth / 100 - start / 10 if score else 0
                if score > 0 and (best is None or score > best[0]):
                    best = (score, start, depth, family, columns)
    if best is None:
        return None
    _, start, depth, family, columns = best
    header = table.rows[start : start + depth]
    for column in columns:
        if column.field == "extra" and vocabulary_matcher.find_column_title(column.title, family) is None:
            message = f"A column that no known title names is kept under `extra`: “{column.title}”"
            ledger.add_note("unknown-column", message)
    grid = TableGrid(
        family, columns, [[row[i].text.text for row in header if row[i]] for i in range(len(columns))]
    )
    for row in header:
        _drop_titles(row, columns, ledger)
    grid.append_rows(table.rows[start + depth :], ledger)
    return grid, list(flatten_table(Table(table.rows[:start])))


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


def _row_number(row: TableRow, column: int) -> str:
    return ocr_digits.repair_digits(row[column].text.text).strip(" ().")


def has_same_header(first_grid: TableGrid, second_grid: TableGrid) -> bool:
    """Have two grids the same columns?"""
    return [c.field for c in first_grid.columns] == [c.field for c in second_grid.columns]


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
        add_text = ledger.add_furniture if column.field == "extra" else ledger.add_form_text
        add_text(*(line.text for line in cell.lines))


def _is_header_row(row: TableRow) -> bool:
    """Do its cells hold words of column titles, or years, and nothing else?

    A row of few cells must be made of such words alone: it could as well be the rest of a list.
    """
    cells = [cell.text.text for cell in row if cell]
    share = 1.0 if len(cells) < 3 else 0.5
    return (
        bool(cells) and all(_is_title_cell(cell, share) for cell in cells) and not _is_column_numbering(row)
    )


def _is_title_cell(text: str, share: float) -> bool:
    if _YEAR.fullmatch(ocr_digits.repair_digits(text.strip())):
        return True
    title_words = [word.lower() for word in _WORD.findall(text)]
    if not title_words or len(text) >= 90 or list_items.find_marker(text) is not None:
        return False
    return sum(map(vocabulary_matcher.is_title_word, title_words)) >= share * len(title_words)


def _map_columns(header: Sequence[TableRow], family: TableFamily) -> list[MappedColumn]:
    columns: list[MappedColumn] = []
    last_title = ""
    for i in range(len(header[0])):
        if header[0][i] or not header[0][i].covered:
            last_title = header[0][i].text.text
        titles = [row[i].text.text for row in header if row[i]]
        spanning = last_title if header[0][i].covered else ""
        left_column = columns[-1] if columns else None
        column = _map_column(titles, spanning, family, left_column)
        source = Passage.join(" ", (row[i].text for row in header if row[i]))
        columns.append(replace(column, source=source) if source else column)
    return _number_duplicate_titles(columns)


def _number_duplicate_titles(columns: list[MappedColumn]) -> list[MappedColumn]:
    """Columns of the record's ``extra`` with titles of their own, where two are printed alike."""
    title_counts: dict[str, int] = {}
    numbered_columns: list[MappedColumn] = []
    for left_column, column in pairwise([None, *columns]):
        assert column is not None
        if column.field == "extra" and not (
            left_column is not None and left_column.title == column.title == ""
        ):
            title_counts[column.title] = title_counts.get(column.title, 0) + 1
            if title_counts[column.title] > 1:
                column = replace(column, title=f"{column.title} ({title_counts[column.title]})")
        numbered_columns.append(column)
    return numbered_columns


def _map_column(
    titles: list[str], spanning_title: str, family: TableFamily, left_column: MappedColumn | None
) -> MappedColumn:
    """What a column means by its titles, by the title that spans it, or by its neighbour."""
    if not titles and left_column is not None:
        return replace(left_column)
    parts = ([spanning_title] if spanning_title else []) + titles
    title = " ".join(titles).strip()
    year = _YEAR.search(ocr_digits.repair_digits(title))
    candidates = dict.fromkeys((" ".join(parts), title, *reversed(titles)))  # the first of equals counts
    title_matches = [
        t for text in candidates if (t := vocabulary_matcher.find_column_title(_YEAR.sub("", text), family))
    ]
    best = max(title_matches, key=lambda t: t.likeness, default=None)
    under_target = year is not None and (
        not _YEAR.sub("", ocr_digits.repair_digits(title)).strip()
        or (best is not None and best.field == "target")
    )
    if family == "indicators" and under_target and year:
        return MappedColumn("target", title, 1.0, int(year.group(1)))
    if best is None:
        return MappedColumn("extra", title)
    return MappedColumn(best.field, title, best.likeness)


def _score_header(columns: list[MappedColumn], family: TableFamily) -> float:
    """How much a header explains; 0 where it is none."""
    likeness_by_field = {column.field: column.likeness for column in columns if column.field != "extra"}
    if family == "indicators":
        core = likeness_by_field.keys() & {
            "objective",
            "formula",
            "formula_or_explanation",
            "explanation",
            "target",
            "data_sources",
            "responsible",
        }
        is_complete = "name" in likeness_by_field and bool(core)
    else:
        is_complete = (
            bool(likeness_by_field.keys() & set(ACTIVITY_CATEGORIES)) and len(likeness_by_field) >= 2
        )
    return sum(likeness_by_field.values()) if is_complete else 0.0


def _is_repeated_header(row: TableRow, titles: list[list[str]]) -> bool:
    """Is a row the header printed again?"""
    cells = [(cell.text.text, titles[i]) for i, cell in enumerate(row) if cell and i < len(titles)]
    similar_count = sum(
        any(vocabulary_matcher.is_similar_text(text, title) for title in column_titles)
        for text, column_titles in cells
    )
    return len(cells) >= 2 and similar_count * 2 > len(cells)


def _is_column_numbering(row: TableRow) -> bool:
    """Is it the row that numbers the columns (``1 2 3 4``, a number damaged, lost or out of order)?"""
    cells = {i: ocr_digits.repair_digits(cell.text.text).strip(" ().") for i, cell in enumerate(row) if cell}
    numbers = {i: int(text) for i, text in cells.items() if text.isdigit()}
    if len(numbers) < 3 or any(len(text) > 2 for text in cells.values()):
        return False
    if len(set(numbers.values())) < len(numbers) or max(numbers.values()) > len(row) + 1:
        return False
    in_place = sum(number == i + 1 for i, number in numbers.items())
    return len(numbers) == len(cells) >= len(row) - 1 or 2 * in_place > len(numbers)


def column_cells(row: TableRow, columns: list[MappedColumn], name: str) -> list[Cell]:
    """The cells of a row in the columns of one field."""
    return [cell for cell, column in zip(row, columns, strict=False) if column.field == name]
