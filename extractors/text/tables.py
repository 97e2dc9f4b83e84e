"""Tables as OCR engines write them: tab-separated, piped (Markdown) and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.page import Block, Cell, Line, Row, Table
from extractors.text import markup
from extractors.text.markup import Piece

_RULE = re.compile(r"^[\s|:+=-]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
WIDEST = 60
"""Columns. More than any decree has; a span that asks for more is damage."""

_COVERED = Cell(covered=True)


def piped(source: list[Piece], at: int) -> bool:
    """Does a table of pipes begin here?"""
    text = source[at].text
    if text.count("|") < 2:
        return False
    following = source[at + 1].text if at + 1 < len(source) else ""
    return text.lstrip().startswith("|") or following.count("|") >= 2


def pipes(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """A Markdown table, and the line after it."""
    end = _stretch(source, at, lambda text: text.count("|") >= 2)
    rows: list[list[list[Piece]]] = []
    for piece in source[at:end]:
        if "|" in piece.text and _RULE.match(piece.text):
            continue
        if piece.text.count("|") < 2:
            _append(rows, piece)
            continue
        text = piece.text.strip()
        text = (
            text.removeprefix("|").removesuffix("|") if not text.endswith("\\|") else text.removeprefix("|")
        )
        rows.append([[Piece(cell.replace("\\|", "|"), piece.line)] for cell in _split(text)])
    return end, [_table([[_cell(cell) for cell in row] for row in rows])] if rows else []


def tabs(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """A tab-separated table, and the line after it."""
    end = _stretch(source, at, lambda text: "\t" in text)
    rows: list[list[list[Piece]]] = []
    for piece in source[at:end]:
        if "\t" in piece.text:
            rows.append([[Piece(cell, piece.line)] for cell in piece.text.split("\t")])
        else:
            _append(rows, piece)
    return end, [_table([[_cell(cell) for cell in row] for row in rows])]


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
        made.append(_table(rows))
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
            cells.append(_COVERED)
            continue
        opened = row[at]
        at += 1
        width = min(opened.columns, WIDEST - column)
        cells += [_cell(opened.pieces), *[_COVERED] * (width - 1)]
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


def _stretch(source: list[Piece], at: int, is_row: Callable[[str], bool]) -> int:
    """The end of a run of rows. A line between two rows that is none itself belongs to the row above."""
    end = at
    while end < len(source) and source[end].text.strip():
        if not is_row(source[end].text) and not any(
            is_row(piece.text) for piece in source[end + 1 : end + 2]
        ):
            break
        if _opens_table(source[end].text) and end > at:
            break
        end += 1
    return max(end, at + 1)


def _opens_table(text: str) -> bool:
    return "<table" in text.lower()


def _append(rows: list[list[list[Piece]]], piece: Piece) -> None:
    if rows:
        rows[-1][-1] += [Piece("<br>", 0), piece]
    else:
        rows.append([[piece]])


def _split(text: str) -> list[str]:
    """Cells between pipes, those inside a formula left alone."""
    inside = [m.span() for m in markup.MATH.finditer(text)]
    cuts: list[int] = []
    passed = 0  # formulas that end before the pipe
    for at in (m.start() for m in _PIPE.finditer(text)):
        while passed < len(inside) and inside[passed][1] <= at:
            passed += 1
        if passed == len(inside) or at < inside[passed][0]:
            cuts.append(at)
    return [text[a + 1 : b] for a, b in zip([-1, *cuts], [*cuts, len(text)], strict=True)]


def _cell(cell: list[Piece]) -> Cell:
    return Cell(markup.lines(cell))


def _table(rows: list[list[Cell]]) -> Table:
    width = min(max(map(len, rows)), WIDEST)
    return Table(tuple(_padded(row, width) for row in rows))


def _padded(row: list[Cell], width: int) -> Row:
    """A row as wide as the table; what would stand beyond the widest column joins the last one."""
    kept, beyond = row[:width], row[width:]
    if beyond:
        extra: list[Line] = [line for cell in beyond for line in cell.lines]
        kept[-1] = Cell((*kept[-1].lines, *extra))
    return tuple(kept) + (Cell(),) * (width - len(kept))
