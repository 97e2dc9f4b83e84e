"""The header of a table: which rows it has, and the titles of each column on all its levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.model.page import TableRow
from extractors.model.passage import Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import list_items, title_cues
from extractors.parser.vocabulary import ocr_digits

MOST_HEADER_ROWS = 4
"""Rows of a header: titles over several columns, those below them, and a row that numbers the columns."""
LONGEST_SUBTITLE = 90
"""Characters of a title on the second level or below."""

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
LEAST_COLUMN_MARKS = 3
"""Cells of a row that begin with the number of their column, from which it is read as glued to them."""
_COLUMN_MARK = re.compile(r"\s*\((\d{1,2})\)(?=\s|$)")
_WORD = re.compile(r"\w+")
_SHORT_TITLE = re.compile(r"(?:[IVX]{1,4}|(?:TW|Tw)\.?\s?[IV1-4]{1,3}|K|Rp\.?|%)")


@dataclass(frozen=True, slots=True)
class ColumnTitles:
    """The titles of one column from the top level down."""

    titles: tuple[Passage, ...]
    spanning: int = 0
    """How many of them stand over other columns, too."""

    @property
    def own_title(self) -> str:
        """The titles that stand over this column alone, in one text."""
        return " ".join(title.text for title in self.titles[self.spanning :]).strip()

    @property
    def spanning_title(self) -> str:
        """The titles over several columns, in one text."""
        return " ".join(title.text for title in self.titles[: self.spanning]).strip()

    @property
    def full_title(self) -> str:
        """All titles in one text."""
        return " ".join(title.text for title in self.titles).strip()

    @property
    def source(self) -> Passage:
        """Where the titles are printed."""
        return Passage.join(" ", self.titles)


def read_column_titles(header: Sequence[TableRow]) -> list[ColumnTitles]:
    """Return the titles of each column; rows that only number the columns have none."""
    rows = [i for i, row in enumerate(header) if not is_column_numbering(row)]
    owners = _find_title_owners(header)
    width = len(header[0])
    columns: list[ColumnTitles] = []
    for column in range(width):
        path = [owner for i in rows if (owner := owners[i][column]) is not None and owner[0] in rows]
        path = list(dict.fromkeys(path))
        spans = [
            any(owners[i][other] == owner for i in rows for other in range(width) if other != column)
            for owner in path
        ]
        columns.append(ColumnTitles(tuple(header[i][k].text for i, k in path), sum(spans)))
    return columns


def count_header_rows(rows: Sequence[TableRow]) -> list[int]:
    """Return how many rows a header that begins with the first row may have, the fewest first."""
    depths = [1] if rows else []
    for depth in range(2, min(MOST_HEADER_ROWS, len(rows)) + 1):
        row = rows[depth - 1]
        if _is_title_row(row) or _is_below_spanning_titles(rows[:depth]):
            depths.append(depth)
        elif not is_column_numbering(row):
            break
    return depths


def is_column_numbering(row: TableRow) -> bool:
    """Return whether a row numbers the columns (``1 2 3 4``, a number damaged, lost or out of order)."""
    cells = {i: ocr_digits.repair_digits(cell.text.text).strip(" ().") for i, cell in enumerate(row) if cell}
    numbers = {i: int(text) for i, text in cells.items() if text.isdigit()}
    if len(numbers) < 3 or any(len(text) > 2 for text in cells.values()):
        return False
    values = list(numbers.values())
    if len(values) == len(cells) and values == sorted(set(values)) and values[-1] <= 2 * len(row) + 2:
        return True
    if len(set(values)) < len(numbers) or max(values) > len(row) + 1:
        return False
    in_place = sum(number == i + 1 for i, number in numbers.items())
    return len(numbers) == len(cells) >= len(row) - 1 or 2 * in_place > len(numbers)


def strip_column_numbers(row: TableRow, ledger: WordLedger) -> TableRow:
    """Return a row without the numbers of the columns, where these were read as one with the row below."""
    marks = [_COLUMN_MARK.match(cell.text.text) for cell in row]
    marked = [i for i, mark in enumerate(marks) if mark and int(mark.group(1)) == i + 1]
    if len(marked) < LEAST_COLUMN_MARKS or 2 * len(marked) <= sum(map(bool, row)):
        return row
    cells = list(row)
    for i in marked:
        first_line, *further_lines = row[i].lines
        if (mark := _COLUMN_MARK.match(first_line.text.text)) is None:
            continue
        ledger.add_furniture(first_line.text[: mark.end()])
        rest = replace(first_line, text=first_line.text[mark.end() :].strip())
        cells[i] = replace(row[i], lines=(rest, *further_lines) if rest.text else tuple(further_lines))
    return tuple(cells)


def _find_title_owners(header: Sequence[TableRow]) -> list[list[tuple[int, int] | None]]:
    """The cell (row, column) whose text stands over each place of a header.

    A covered place belongs to the cell above it, or to its left where both stand under one title that the
    left one divides.
    """
    owners: list[list[tuple[int, int] | None]] = []
    for i, row in enumerate(header):
        above = owners[-1] if owners else None
        places: list[tuple[int, int] | None] = []
        for k, cell in enumerate(row):
            left = places[k - 1] if k else None
            if cell:
                places.append((i, k))
            elif above is None:
                places.append(left if cell.covered or _is_spanned(header, k) else None)
            elif not cell.covered:
                places.append(None)
            elif k and above[k] == above[k - 1] and left != above[k - 1]:
                places.append(left)
            else:
                places.append(above[k])
        owners.append(places)
    return owners


def _is_spanned(header: Sequence[TableRow], column: int) -> bool:
    """Is an empty place of the first row under the title to its left, as its own subtitle says?

    Formats without merged cells print a spanning title once and leave the places beside it empty.
    """
    return column > 0 and len(header) > 1 and bool(header[1][column]) and bool(header[1][column - 1])


def _is_below_spanning_titles(rows: Sequence[TableRow]) -> bool:
    """Does the last row stand only under titles that span several columns?"""
    above = _find_title_owners(rows)[-2]
    has_subtitles = False
    for k, cell in enumerate(rows[-1]):
        if cell:
            owner = above[k]
            if owner is None or above.count(owner) < 2 or len(cell.text.text) > LONGEST_SUBTITLE:
                return False
            has_subtitles = True
        elif not cell.covered:
            return False
    return has_subtitles


def _is_title_row(row: TableRow) -> bool:
    """Do its cells hold words of column titles, or years, and nothing else?

    A row of few cells must be made of such words alone: it could as well be the rest of a list.
    """
    cells = [cell.text.text for cell in row if cell]
    least_share = 1.0 if len(cells) < 3 else 0.5
    return (
        bool(cells)
        and all(_is_title_cell(text, least_share) for text in cells)
        and not is_column_numbering(row)
    )


def _is_title_cell(text: str, least_share: float) -> bool:
    if YEAR.fullmatch(ocr_digits.repair_digits(text.strip())) or _SHORT_TITLE.fullmatch(text.strip()):
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    if not words or len(text) >= LONGEST_SUBTITLE or list_items.find_marker(text) is not None:
        return False
    return sum(map(title_cues.is_title_word, words)) >= least_share * len(words)
