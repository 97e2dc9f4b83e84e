"""Tables whose rows are lines: tab-separated, piped (Markdown) and grids drawn with ``+---+``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.page import Block, Cell, Table
from extractors.text import markup
from extractors.text.markup import Piece
from extractors.text.tables import WIDEST, cell_of, table_of

_RULE = re.compile(r"^[\s|:+=-]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_PAGE_MARK = re.compile(
    r"[-–—]\s*\d{1,3}\s*[-–—]"
    r"|(?:[-–—]\s*)?(?:halaman|hal\.?|page)\s*:?\s*\d{1,3}(?:\s*(?:dari|of|/)\s*\d{1,3})?(?:\s*[-–—])?",
    re.IGNORECASE,
)
_ROW_NUMBER = re.compile(r"\s*\(?\d{1,4}[.)]?\s*")
_LONGEST_ROW = 40
"""Source lines over which a broken row is sought."""

Cells = list[list[Piece]]
"""A row: of each cell the source, its lines parted by ``<br>``."""


@dataclass(slots=True)
class _Stretch:
    """A run of rows: of each page its part, each row with the source lines that it is printed on."""

    end: int
    parts: list[list[list[Piece]]] = field(default_factory=lambda: [[]])
    marks: list[Piece] = field(default_factory=list)
    """What is printed between the pages."""


def is_border(text: str) -> bool:
    """Is a line a border of a grid (``+----+----+``)?"""
    return "+" in text and ("--" in text or "==" in text) and _RULE.match(text) is not None


def is_page_mark(text: str) -> bool:
    """Does a line mark the page alone: its number, or the form feed?"""
    mark = text.strip()
    return _PAGE_MARK.fullmatch(mark) is not None if mark else "\f" in text


def piped(source: list[Piece], at: int) -> bool:
    """Does a table of pipes begin here?"""
    text = source[at].text
    following = source[at + 1].text if at + 1 < len(source) else ""
    if is_border(text):
        return following.count("|") >= 2
    if text.count("|") < 2:
        return False
    return text.lstrip().startswith("|") or following.count("|") >= 2


def pipes(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """A Markdown table or a grid, and the line after it."""
    width = _width(source, at)
    stretch = _stretch(source, at, _is_piped, lambda i: _piped_row(source, i, width))
    borders = sum(is_border(row[0].text) for part in stretch.parts for row in part)
    return stretch.end, _blocks(stretch, [_piped_rows(part, borders) for part in stretch.parts])


def tabs(source: list[Piece], at: int) -> tuple[int, list[Block]]:
    """A tab-separated table, and the line after it."""
    stretch = _stretch(source, at, _is_tabbed, lambda i: ([source[i]], i + 1))
    return stretch.end, _blocks(stretch, [_tabbed_rows(part) for part in stretch.parts])


def _blocks(stretch: _Stretch, parts: list[list[Cells]]) -> list[Block]:
    """A table for each page, as wide as the widest, and the page marks that stood between them."""
    made = [[[cell_of(cell) for cell in row] for row in rows] for rows in parts if rows]
    widest = min(max((len(row) for rows in made for row in rows), default=0), WIDEST)
    tables = [_part(rows, widest) for rows in made]
    return [*tables, *markup.lines(piece for mark in stretch.marks for piece in (mark, Piece("<br>", 0)))]


def _part(rows: list[list[Cell]], widest: int) -> Table:
    """Empty cells at the end of its rows may be lost; a part of few columns is another table."""
    return table_of(rows, widest if 2 * max(map(len, rows)) >= widest else 0)


def _stretch(
    source: list[Piece],
    at: int,
    is_row: Callable[[str], bool],
    row_at: Callable[[int], tuple[list[Piece], int]],
) -> _Stretch:
    """A run of rows. A line between two rows that is none itself belongs to the row above."""
    stretch = _Stretch(at)
    while stretch.end < len(source):
        i = stretch.end
        text = source[i].text
        if i > at and "<table" in text.lower():
            break
        if i == at or is_row(text):
            printed, stretch.end = row_at(i)
            stretch.parts[-1].append(printed)
            stretch.marks += [piece for piece in source[i : stretch.end] if is_page_mark(piece.text)]
            continue
        following = _next_row(source, i, is_row)
        if following:
            stretch.marks += [piece for piece in source[i:following] if piece.text.strip()]
            stretch.parts.append([])
            stretch.end = following
        elif text.strip() and _goes_on(source, i + 1, is_row):
            stretch.parts[-1].append([source[i]])
            stretch.end += 1
        else:
            break
    return stretch


def _goes_on(source: list[Piece], at: int, is_row: Callable[[str], bool]) -> bool:
    """Does a row follow, on this page or the next?"""
    return at < len(source) and (is_row(source[at].text) or _next_row(source, at, is_row) > 0)


def _next_row(source: list[Piece], at: int, is_row: Callable[[str], bool]) -> int:
    """The row behind page marks and the white space around them; 0 where there is no mark or no row."""
    marked = False
    for i in range(at, len(source)):
        text = source[i].text
        if is_page_mark(text):
            marked = True
        elif text.strip():
            return i if marked and is_row(text) else 0
    return 0


def _tabbed_rows(part: list[list[Piece]]) -> list[Cells]:
    rows: list[Cells] = []
    for [piece] in part:
        if "\t" in piece.text:
            rows.append([[Piece(cell, piece.line)] for cell in piece.text.split("\t")])
        elif not is_border(piece.text):
            _append(rows, piece)
    return rows


def _is_tabbed(text: str) -> bool:
    return "\t" in text and not is_page_mark(text)


def _is_piped(text: str) -> bool:
    return text.count("|") >= 2 or is_border(text)


def _width(source: list[Piece], at: int) -> int:
    """Columns of the table that begins here: those of its first rule, else of its first row."""
    for piece in source[at : at + 6]:
        if "--" in piece.text and _RULE.match(piece.text):
            return len(_cut(piece.text.replace("+", "|")))
    return len(_cut(source[at].text))


def _piped_row(source: list[Piece], at: int, width: int) -> tuple[list[Piece], int]:
    """The lines of the row that begins here, and the line after it; a broken one is read to its end."""
    text = source[at].text.strip()
    columns = len(_cut(text))
    whole = [source[at]], at + 1
    if not text.startswith("|") or _closed(text) or columns > width or _RULE.match(text):
        return whole
    printed = [source[at]]
    for i in range(at + 1, min(len(source), at + _LONGEST_ROW)):
        text = source[i].text.strip()
        if is_page_mark(source[i].text):
            continue
        before, columns = columns, columns + len(_cut(text, goes_on=True)) - 1
        if not text or text.startswith(("|", "<table")) or is_border(text) or columns > width:
            break
        printed.append(source[i])
        if columns == width and _closed(text):
            return printed, i + 1
        if before < columns == width:
            whole = list(printed), i + 1
    return whole


def _piped_rows(part: list[list[Piece]], borders: int) -> list[Cells]:
    """The rows of a part; in a grid, the lines between two borders are one row."""
    rows: list[Cells] = []
    inside = False  # a row of a grid that no border has closed yet
    for printed in part:
        text = printed[0].text
        if _RULE.match(text) and ("-" in text or "=" in text or not borders):
            inside = False
            continue
        if text.count("|") < 2:
            _append(rows, printed[0])
            continue
        row = _row(printed)
        numbered = _ROW_NUMBER.fullmatch(row[0][0].text) is not None
        filled = all(piece.text.strip() for piece, *_ in row)
        if inside and not numbered and (borders > 3 or not filled):
            _add_below(rows[-1], row)
        else:
            rows.append(row)
        inside = borders > 0
    return rows


def _row(printed: list[Piece]) -> Cells:
    """The cells of a row; a line that carries on a broken one begins within its last cell."""
    first, *further = printed
    row = [[Piece(cell, first.line)] for cell in _cut(first.text)]
    for piece in further:
        rest, *cells = _cut(piece.text, goes_on=True)
        row[-1] += [Piece("<br>", 0), Piece(rest, piece.line)]
        row += [[Piece(cell, piece.line)] for cell in cells]
    return row


def _add_below(row: Cells, below: Cells) -> None:
    row += [[] for _ in below[len(row) :]]
    for cell, further in zip(row, below, strict=False):
        cell += [Piece("<br>", 0), *further]


def _append(rows: list[Cells], piece: Piece) -> None:
    if rows:
        rows[-1][-1] += [Piece("<br>", 0), piece]
    else:
        rows.append([[piece]])


def _closed(text: str) -> bool:
    return text.endswith("|") and not text.endswith("\\|")


def _cut(text: str, goes_on: bool = False) -> list[str]:
    """The cells of a line, without the pipes at its ends; one that goes on begins inside a cell."""
    text = text.strip()
    text = text if goes_on else text.removeprefix("|")
    return [cell.replace("\\|", "|") for cell in _split(text.removesuffix("|") if _closed(text) else text)]


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
