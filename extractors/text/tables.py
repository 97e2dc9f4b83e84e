"""HTML tables as OCR engines write them, and what all tables of texts have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.page import COVERED, EMPTY, Block, Cell, Line, Row, Table
from extractors.text import markup
from extractors.text.markup import Piece

_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
WIDEST = 60
"""Columns. More than any decree has; a span that asks for more is damage."""


def html(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """An HTML table with the text around it on its lines, and the line after it."""
    before: list[Piece] = []
    grid = _Grid()
    after: list[Piece] = []
    depth, end = 0, at
    while end < len(source):
        for tag, closing, text, attributes in _events(source[end]):
            if tag == "table":
                depth += -1 if closing else 1
                if depth > 1 or (closing and depth == 1):
                    grid.line_break()  # a nested table is read as lines of its cell
            elif depth <= 0:
                (after if grid.begun else before).extend([text] if text else [])
            else:
                grid.take(tag, closing, text, attributes, nested=depth > 1)
        end += 1
        if depth <= 0 and grid.begun:
            break
    made: list[Block] = [*markup.lines(before)]
    if rows := grid.rows():
        made.append(table_of(rows))
    return end, [*made, *markup.lines(after)]


@dataclass(slots=True)
class _Open:
    """A cell while it is being read."""

    pieces: list[Piece] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Grid:
    """Rows of an HTML table; spans are laid out when it is done."""

    read: list[list[_Open]] = field(default_factory=list)
    inside: bool = False
    begun: bool = False

    def take(self, tag: str, closing: bool, text: Piece | None, attributes: str, nested: bool) -> None:
        self.begun = True
        if nested and tag in markup.TABLES:
            self.line_break()
        elif tag == "tr":
            self.inside = False
            if not closing:
                self.read.append([])
        elif tag in ("td", "th"):
            self.inside = not closing
            if not closing:
                self._open(attributes)
        elif text is not None and self.inside:
            self.read[-1][-1].pieces.append(text)
        elif text is not None and text.text.strip():
            self.read.append([_Open([text])])  # text outside every cell: a row of its own, not lost
        elif tag in markup.BREAKS and self.inside:
            self.read[-1][-1].pieces.append(Piece(f"<{'/' if closing else ''}{tag}>", 0))

    def line_break(self) -> None:
        if self.inside:
            self.read[-1][-1].pieces.append(Piece("<br>", 0))

    def _open(self, attributes: str) -> None:
        if not self.read:
            self.read.append([])
        spans = {kind.lower(): int(size) for kind, size in _SPAN.findall(attributes)}
        columns = min(max(spans.get("col", 1), 1), WIDEST)
        self.read[-1].append(_Open([], columns, max(spans.get("row", 1), 1)))

    def rows(self) -> list[list[Cell]]:
        """Cells in a grid: merged cells fill the columns and rows that they cover."""
        below = [0] * WIDEST  # by column: rows that a cell above still covers
        laid = (_laid(row, below) for row in self.read)
        return [cells for cells in laid if cells]


def _laid(row: list[_Open], below: list[int]) -> list[Cell]:
    """One row with what cells above cover of it; the last of the ``WIDEST`` columns takes the rest."""
    cells: list[Cell] = []
    at = 0
    while len(cells) < WIDEST and (at < len(row) or below[len(cells)]):
        column = len(cells)
        if below[column]:
            below[column] -= 1
            cells.append(COVERED)
            continue
        opened = row[at]
        at += 1
        width = min(opened.columns, WIDEST - column)
        cells += [cell_of(opened.pieces), *[COVERED] * (width - 1)]
        below[column : column + width] = [opened.rows - 1] * width
    if at < len(row):
        rest = (line for opened in row[at:] for line in markup.lines(opened.pieces))
        cells[-1] = Cell((*cells[-1].lines, *rest))
    return cells


def _events(piece: Piece) -> Iterator[tuple[str, bool, Piece | None, str]]:
    """Tags that break or belong to a table, with attributes, and the text between them."""
    text = markup.uncommented(piece.text)
    done = 0
    for tag in markup.TAG.finditer(text):
        name = tag.group(2).lower()
        if name not in markup.TABLES and name not in markup.BREAKS:
            continue
        if done < tag.start():
            yield "", False, Piece(text[done : tag.start()], piece.line), ""
        done = tag.end()
        yield name, bool(tag.group(1)), None, tag.group(3)
    if done < len(text):
        yield "", False, Piece(text[done:], piece.line), ""


def cell_of(cell: list[Piece]) -> Cell:
    """The lines of a cell's source."""
    return Cell(markup.lines(cell))


def table_of(rows: list[list[Cell]], width: int = 0) -> Table:
    """A table of rows, each made as wide as the widest, and at least ``width``."""
    width = min(max(width, *map(len, rows)), WIDEST)
    return Table(tuple(_padded(row, width) for row in rows))


def _padded(row: list[Cell], width: int) -> Row:
    """A row as wide as the table; what would stand beyond the widest column joins the last one."""
    kept, beyond = row[:width], row[width:]
    if beyond:
        extra: list[Line] = [line for cell in beyond for line in cell.lines]
        kept[-1] = Cell((*kept[-1].lines, *extra))
    return tuple(kept) + (EMPTY,) * (width - len(kept))
