"""Tables of a decree: which of them hold indicators or activities, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from extractors.page import Cell, Line, Row, Table
from extractors.parse import digits, items, vocabulary
from extractors.parse.draft import Ledger
from extractors.passage import NOTHING, Passage

Family = Literal["indicators", "activities"]
FAMILIES: tuple[Family, ...] = ("indicators", "activities")
CATEGORIES = ("facilitation", "coordination", "recommendation")

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WORD = re.compile(r"\w+")
_DEEPEST = 3
"""Header rows. A header cell over several columns has a second line below it, seldom a third."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds: a field, or ``extra`` under its printed title."""

    field: str
    title: str
    likeness: float = 1.0
    year: int | None = None
    source: Passage = NOTHING
    """The title where it is printed."""


@dataclass(slots=True)
class Grid:
    """A table of the decree, put together from its parts on several pages, without its headers."""

    family: Family
    columns: list[Column]
    titles: list[list[str]]
    """The header's printed titles by column, for telling repeated headers from rows."""
    rows: list[Row] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    """Indices of rows that are the first behind a page break."""

    @property
    def category(self) -> str:
        """Of an activities table: facilitation, coordination or recommendation."""
        return next(column.field for column in self.columns if column.field in CATEGORIES)

    def extend(self, rows: Sequence[Row], ledger: Ledger) -> None:
        """Take the rows of a part; repeated headers and rows of column numbers are furniture."""
        first = True
        for row in rows:
            if not any(row):
                continue
            if _repeats(row, self.titles) or _numbers_columns(row):
                _drop_titles(row, self.columns, ledger)
                continue
            if first and self.rows:
                self.breaks.add(len(self.rows))
            first = False
            self.rows.append(row)


def open_grid(table: Table, ledger: Ledger) -> tuple[Grid, list[Line]] | None:
    """The grid that a table with a header begins, and what stands in it above the header."""
    best: tuple[float, int, int, Family, list[Column]] | None = None
    for start in range(min(4, len(table.rows))):
        for depth in range(1, _DEEPEST + 1):
            header = table.rows[start : start + depth]
            if len(header) < depth or any(not _is_header_row(row) for row in header[1:]):
                break
            for family in FAMILIES:
                columns = _columns(header, family)
                score = _score(columns, family)
                score += depth / 100 - start / 10 if score else 0
                if score > 0 and (best is None or score > best[0]):
                    best = (score, start, depth, family, columns)
    if best is None:
        return None
    _, start, depth, family, columns = best
    header = table.rows[start : start + depth]
    for column in columns:
        if column.field == "extra" and vocabulary.find_title(column.title, family) is None:
            message = f"A column that no known title names is kept under `extra`: “{column.title}”"
            ledger.doubt("unknown-column", message)
    grid = Grid(
        family, columns, [[row[i].text.text for row in header if row[i]] for i in range(len(columns))]
    )
    for row in header:
        _drop_titles(row, columns, ledger)
    grid.extend(table.rows[start + depth :], ledger)
    return grid, list(flattened(Table(table.rows[:start])))


def continues(grid: Grid, table: Table) -> bool:
    """Is a table without a header of its own the next part of a grid?

    It is as wide, and where the grid numbers its rows, its first row goes on with them: with the next
    number, or with none (the rest of a row that a page cut).
    """
    first = next((row for row in table.rows if any(row)), None)
    if first is None or table.width != len(grid.columns):
        return False
    column = next((i for i, column in enumerate(grid.columns) if column.field == "number"), None)
    if column is None:
        return True
    numbers = [int(n) for row in grid.rows if (n := _row_number(row, column)).isdigit()]
    number = _row_number(first, column)
    return not number or (number.isdigit() and (not numbers or int(number) in (numbers[-1], numbers[-1] + 1)))


def _row_number(row: Row, column: int) -> str:
    return digits.repaired(row[column].text.text).strip(" ().")


def same_header(one: Grid, other: Grid) -> bool:
    """Have two grids the same columns?"""
    return [c.field for c in one.columns] == [c.field for c in other.columns]


def flattened(table: Table) -> Iterator[Line]:
    """A table that is layout only, as lines: each row's cells side by side, further lines below."""
    for row in table.rows:
        cells = [cell.lines for cell in row if cell]
        if not cells:
            continue
        first = Passage.join(" ", (lines[0].text for lines in cells))
        yield Line(first, bullet=cells[0][0].bullet, heading=cells[0][0].heading)
        yield from (line for lines in cells for line in lines[1:])


def _drop_titles(row: Row, columns: Sequence[Column], ledger: Ledger) -> None:
    """A row of titles is furniture; a word that no title has is noted. Titles of ``extra`` are its keys."""
    for cell, column in zip(row, columns, strict=False):
        take = ledger.drop if column.field == "extra" else ledger.form
        take(*(line.text for line in cell.lines))


def _is_header_row(row: Row) -> bool:
    """Do its cells hold words of column titles, or years, and nothing else?

    A row of few cells must be made of such words alone: it could as well be the rest of a list.
    """
    cells = [cell.text.text for cell in row if cell]
    share = 1.0 if len(cells) < 3 else 0.5
    return bool(cells) and all(_is_title(cell, share) for cell in cells) and not _numbers_columns(row)


def _is_title(text: str, share: float) -> bool:
    if _YEAR.fullmatch(digits.repaired(text.strip())):
        return True
    found = [word.lower() for word in _WORD.findall(text)]
    if not found or len(text) >= 90 or items.marker(text) is not None:
        return False
    return sum(map(vocabulary.is_title_word, found)) >= share * len(found)


def _columns(header: Sequence[Row], family: Family) -> list[Column]:
    columns: list[Column] = []
    above = ""
    for i in range(len(header[0])):
        if header[0][i] or not header[0][i].covered:
            above = header[0][i].text.text
        printed = [row[i].text.text for row in header if row[i]]
        spanning = above if header[0][i].covered else ""
        left = columns[-1] if columns else None
        column = _column(printed, spanning, family, left)
        source = Passage.join(" ", (row[i].text for row in header if row[i]))
        columns.append(replace(column, source=source) if source else column)
    return _told_apart(columns)


def _told_apart(columns: list[Column]) -> list[Column]:
    """Columns of the record's ``extra`` with titles of their own, where two are printed alike."""
    seen: dict[str, int] = {}
    out: list[Column] = []
    for left, column in pairwise([None, *columns]):
        assert column is not None
        if column.field == "extra" and not (left is not None and left.title == column.title == ""):
            seen[column.title] = seen.get(column.title, 0) + 1
            if seen[column.title] > 1:
                column = replace(column, title=f"{column.title} ({seen[column.title]})")
        out.append(column)
    return out


def _column(printed: list[str], spanning: str, family: Family, left: Column | None) -> Column:
    """What a column means by its titles, by the title that spans it, or by its neighbour."""
    if not printed and left is not None:
        return replace(left)
    parts = ([spanning] if spanning else []) + printed
    title = " ".join(printed).strip()
    year = _YEAR.search(digits.repaired(title))
    candidates = dict.fromkeys((" ".join(parts), title, *reversed(printed)))  # the first of equals counts
    found = [t for text in candidates if (t := vocabulary.find_title(_YEAR.sub("", text), family))]
    best = max(found, key=lambda t: t.likeness, default=None)
    under_target = year is not None and (
        not _YEAR.sub("", digits.repaired(title)).strip() or (best is not None and best.field == "target")
    )
    if family == "indicators" and under_target and year:
        return Column("target", title, 1.0, int(year.group(1)))
    if best is None:
        return Column("extra", title)
    return Column(best.field, title, best.likeness)


def _score(columns: list[Column], family: Family) -> float:
    """How much a header explains; 0 where it is none."""
    known = {column.field: column.likeness for column in columns if column.field != "extra"}
    if family == "indicators":
        core = known.keys() & {
            "objective",
            "formula",
            "formula_or_explanation",
            "explanation",
            "target",
            "data_sources",
            "responsible",
        }
        complete = "name" in known and bool(core)
    else:
        complete = bool(known.keys() & set(CATEGORIES)) and len(known) >= 2
    return sum(known.values()) if complete else 0.0


def _repeats(row: Row, titles: list[list[str]]) -> bool:
    """Is a row the header printed again?"""
    cells = [(cell.text.text, titles[i]) for i, cell in enumerate(row) if cell and i < len(titles)]
    alike = sum(any(vocabulary.alike(text, title) for title in known) for text, known in cells)
    return len(cells) >= 2 and alike * 2 > len(cells)


def _numbers_columns(row: Row) -> bool:
    """Is it the row that numbers the columns (``1 2 3 4``, a number damaged, lost or out of order)?"""
    cells = {i: digits.repaired(cell.text.text).strip(" ().") for i, cell in enumerate(row) if cell}
    numbers = {i: int(text) for i, text in cells.items() if text.isdigit()}
    if len(numbers) < 3 or any(len(text) > 2 for text in cells.values()):
        return False
    if len(set(numbers.values())) < len(numbers) or max(numbers.values()) > len(row) + 1:
        return False
    in_place = sum(number == i + 1 for i, number in numbers.items())
    return len(numbers) == len(cells) >= len(row) - 1 or 2 * in_place > len(numbers)


def cells(row: Row, columns: list[Column], name: str) -> list[Cell]:
    """The cells of a row in the columns of one field."""
    return [cell for cell, column in zip(row, columns, strict=False) if column.field == name]
