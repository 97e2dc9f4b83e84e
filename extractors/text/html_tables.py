"""HTML tables as OCR engines write them, and what all tables of texts have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.model.page import COVERED_CELL, EMPTY_CELL, Block, Cell, Line, Table, TableRow
from extractors.text import markup
from extractors.text.markup import SourcePiece

_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
MAX_COLUMNS = 60
"""Columns. More than any decree has; a span that asks for more is damage."""


def read_html_table(source: list[SourcePiece], start: int) -> tuple[int, list[Block]]:
    """Return an HTML table with the text around it on its lines, and the line after it."""
    pieces_before: list[SourcePiece] = []
    grid = _HtmlGrid()
    pieces_after: list[SourcePiece] = []
    depth, end = 0, start
    while end < len(source):
        for tag, closing, text, attributes in _table_events(source[end]):
            if tag == "table":
                depth += -1 if closing else 1
                if depth > 1 or (closing and depth == 1):
                    grid.line_break()  # a nested table is read as lines of its cell
            elif depth <= 0:
                outer_piece = text or SourcePiece(f"<{'/' if closing else ''}{tag}>", 0)
                (pieces_after if grid.has_begun else pieces_before).append(outer_piece)
            else:
                grid.add_event(tag, closing, text, attributes, nested=depth > 1)
        end += 1
        if depth <= 0 and grid.has_begun:
            break
    blocks: list[Block] = [*markup.parse_lines(pieces_before)]
    if rows := grid.build_rows():
        blocks.append(make_table(rows))
    return end, [*blocks, *markup.parse_lines(pieces_after)]


@dataclass(slots=True)
class _OpenCell:
    """A cell while it is being read."""

    pieces: list[SourcePiece] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _HtmlGrid:
    """Rows of an HTML table; spans are laid out when it is done."""

    open_rows: list[list[_OpenCell]] = field(default_factory=list)
    in_cell: bool = False
    has_begun: bool = False

    def add_event(
        self, tag: str, closing: bool, text: SourcePiece | None, attributes: str, nested: bool
    ) -> None:
        self.has_begun = True
        if nested and tag in markup.TABLE_TAGS:
            self.line_break()
        elif tag == "tr":
            self.in_cell = False
            if not closing:
                self.open_rows.append([])
        elif tag in ("td", "th"):
            self.in_cell = not closing
            if not closing:
                self._open_cell(attributes)
        elif text is not None and self.in_cell:
            self.open_rows[-1][-1].pieces.append(text)
        elif text is not None and text.text.strip():
            self.open_rows.append([_OpenCell([text])])  # text outside every cell: a row of its own, not lost
        elif tag in markup.BREAK_TAGS and self.in_cell:
            self.open_rows[-1][-1].pieces.append(SourcePiece(f"<{'/' if closing else ''}{tag}>", 0))

    def line_break(self) -> None:
        if self.in_cell:
            self.open_rows[-1][-1].pieces.append(SourcePiece("<br>", 0))

    def _open_cell(self, attributes: str) -> None:
        if not self.open_rows:
            self.open_rows.append([])
        spans = {kind.lower(): int(size) for kind, size in _SPAN.findall(attributes)}
        columns = min(max(spans.get("col", 1), 1), MAX_COLUMNS)
        self.open_rows[-1].append(_OpenCell([], columns, max(spans.get("row", 1), 1)))

    def build_rows(self) -> list[list[Cell]]:
        """Cells in a grid: merged cells fill the columns and rows that they cover."""
        rows_below = [0] * MAX_COLUMNS  # by column: rows that a cell above still covers
        laid_rows = (_lay_out_row(row, rows_below) for row in self.open_rows)
        return [cells for cells in laid_rows if cells]


def _lay_out_row(row: list[_OpenCell], rows_below: list[int]) -> list[Cell]:
    """One row with what cells above cover of it; the last of the ``WIDEST`` columns takes the rest."""
    cells: list[Cell] = []
    index = 0
    while len(cells) < MAX_COLUMNS and (index < len(row) or rows_below[len(cells)]):
        column = len(cells)
        if rows_below[column]:
            rows_below[column] -= 1
            cells.append(COVERED_CELL)
            continue
        open_cell = row[index]
        index += 1
        width = min(open_cell.columns, MAX_COLUMNS - column)
        cells += [make_cell(open_cell.pieces), *[COVERED_CELL] * (width - 1)]
        rows_below[column : column + width] = [open_cell.rows - 1] * width
    if index < len(row):
        extra_lines = (line for open_cell in row[index:] for line in markup.parse_lines(open_cell.pieces))
        cells[-1] = Cell((*cells[-1].lines, *extra_lines))
    return cells


def _table_events(piece: SourcePiece) -> Iterator[tuple[str, bool, SourcePiece | None, str]]:
    """Tags that break or belong to a table, with attributes, and the text between them."""
    text = markup.strip_comments(piece.text)
    position = 0
    for tag in markup.TAG_PATTERN.finditer(text):
        name = tag.group(2).lower()
        if name not in markup.TABLE_TAGS and name not in markup.BREAK_TAGS:
            continue
        if position < tag.start():
            yield "", False, SourcePiece(text[position : tag.start()], piece.line), ""
        position = tag.end()
        yield name, bool(tag.group(1)), None, tag.group(3)
    if position < len(text):
        yield "", False, SourcePiece(text[position:], piece.line), ""


def make_cell(cell: list[SourcePiece]) -> Cell:
    """The lines of a cell's source."""
    return Cell(markup.parse_lines(cell))


def make_table(rows: list[list[Cell]], width: int = 0) -> Table:
    """A table of rows, each made as wide as the widest, and at least ``width``."""
    width = min(max(width, *map(len, rows)), MAX_COLUMNS)
    return Table(tuple(_pad_row(row, width) for row in rows))


def _pad_row(row: list[Cell], width: int) -> TableRow:
    """A row as wide as the table; what would stand beyond the widest column joins the last one."""
    row_cells, extra_cells = row[:width], row[width:]
    if extra_cells:
        extra_lines: list[Line] = [line for cell in extra_cells for line in cell.lines]
        row_cells[-1] = Cell((*row_cells[-1].lines, *extra_lines))
    return tuple(row_cells) + (EMPTY_CELL,) * (width - len(row_cells))
