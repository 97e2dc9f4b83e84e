"""Tables whose rows are lines: tab-separated, piped (Markdown) and grids drawn with ``+---+``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.model.page import COVERED_CELL, Block, Cell, Table
from extractors.text import markup
from extractors.text.html_tables import MAX_COLUMNS, make_cell, make_table
from extractors.text.markup import SourcePiece

_BORDER_LINE = re.compile(r"^[\s|:+=-]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_PAGE_MARK = re.compile(
    r"[-–—]\s*\d{1,3}\s*[-–—]"
    r"|(?:[-–—]\s*)?(?:halaman|hal\.?|page)\s*:?\s*\d{1,3}(?:\s*(?:dari|of|/)\s*\d{1,3})?(?:\s*[-–—])?",
    re.IGNORECASE,
)
_ROW_NUMBER = re.compile(r"\s*\(?\d{1,4}[.)]?\s*")
_MAX_ROW_LINES = 40
"""Source lines over which a broken row is sought."""

RowCells = list[list[SourcePiece]]
"""A row: of each cell the source, its lines parted by ``<br>``."""


@dataclass(slots=True)
class _TableRun:
    """A run of rows: of each page its part, each row with the source lines that it is printed on."""

    end: int
    parts: list[list[list[SourcePiece]]] = field(default_factory=lambda: [[]])
    marks: list[SourcePiece] = field(default_factory=list)
    """What is printed between the pages."""


def is_border(text: str) -> bool:
    """Is a line a border of a grid (``+----+----+``)?"""
    return "+" in text and ("--" in text or "==" in text) and _BORDER_LINE.match(text) is not None


def is_page_mark(text: str) -> bool:
    """Does a line mark the page alone: its number, or the form feed?"""
    mark = text.strip()
    return _PAGE_MARK.fullmatch(mark) is not None if mark else "\f" in text


def is_pipe_table(source: list[SourcePiece], start: int) -> bool:
    """Does a table of pipes begin here?"""
    text = source[start].text
    next_text = source[start + 1].text if start + 1 < len(source) else ""
    if is_border(text):
        return next_text.count("|") >= 2
    if text.count("|") < 2:
        return False
    return text.lstrip().startswith("|") or next_text.count("|") >= 2


def read_pipe_table(source: list[SourcePiece], start: int) -> tuple[int, list[Block]]:
    """A Markdown table or a grid, and the line after it."""
    width = _count_columns(source, start)
    run = _collect_run(source, start, _is_pipe_row, lambda i: _read_pipe_row(source, i, width))
    borders = sum(is_border(row[0].text) for part in run.parts for row in part)
    return run.end, _run_to_blocks(run, _make_cells([_merge_pipe_rows(part, borders) for part in run.parts]))


def read_tab_table(source: list[SourcePiece], start: int) -> tuple[int, list[Block]]:
    """A tab-separated table, and the line after it."""
    run = _collect_run(source, start, _is_tab_row, lambda i: ([source[i]], i + 1))
    page_rows = _make_cells([_split_tab_rows(part) for part in run.parts])
    return run.end, _run_to_blocks(run, [_cover_spanned_cells(rows) for rows in page_rows])


def _make_cells(parts: list[list[RowCells]]) -> list[list[list[Cell]]]:
    return [[[make_cell(cell) for cell in row] for row in rows] for rows in parts if rows]


def _cover_spanned_cells(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return the rows with the cells that a merged one above covers.

    Tables copied from a page have a merged cell in its first row alone. In a table whose rows begin with a
    running number, a shorter row without one goes on below the merged cells of the last.
    """
    width = max(map(len, rows))
    numbered_flags = [_ROW_NUMBER.fullmatch(row[0].text.text) is not None for row in rows]
    body_flags = [flag for row, flag in zip(rows, numbered_flags, strict=True) if len(row) == width][1:]
    if not body_flags or not all(body_flags):
        return rows
    first = numbered_flags.index(True)
    return [
        [COVERED_CELL] * (width - len(row)) + row if i > first and row[0] and not is_numbered else row
        for i, (row, is_numbered) in enumerate(zip(rows, numbered_flags, strict=True))
    ]


def _run_to_blocks(run: _TableRun, page_rows: list[list[list[Cell]]]) -> list[Block]:
    """Return a table for each page, as wide as the widest, and the page marks that stood between them."""
    max_width = min(max((len(row) for rows in page_rows for row in rows), default=0), MAX_COLUMNS)
    tables = [_build_part(rows, max_width) for rows in page_rows]
    return [
        *tables,
        *markup.parse_lines(piece for mark in run.marks for piece in (mark, SourcePiece("<br>", 0))),
    ]


def _build_part(rows: list[list[Cell]], max_width: int) -> Table:
    """Empty cells at the end of its rows may be lost; a part of few columns is another table."""
    return make_table(rows, max_width if 2 * max(map(len, rows)) >= max_width else 0)


def _collect_run(
    source: list[SourcePiece],
    start: int,
    is_row: Callable[[str], bool],
    row_at: Callable[[int], tuple[list[SourcePiece], int]],
) -> _TableRun:
    """A run of rows. A line between two rows that is none itself belongs to the row above."""
    run = _TableRun(start)
    while run.end < len(source):
        i = run.end
        text = source[i].text
        if i > start and "<table" in text.lower():
            break
        if i == start or is_row(text):
            row_pieces, run.end = row_at(i)
            run.parts[-1].append(row_pieces)
            run.marks += [piece for piece in source[i : run.end] if is_page_mark(piece.text)]
            continue
        next_row = _find_next_row(source, i, is_row)
        if next_row:
            run.marks += [piece for piece in source[i:next_row] if piece.text.strip()]
            run.parts.append([])
            run.end = next_row
        elif text.strip() and _row_follows(source, i + 1, is_row):
            run.parts[-1].append([source[i]])
            run.end += 1
        else:
            break
    return run


def _row_follows(source: list[SourcePiece], start: int, is_row: Callable[[str], bool]) -> bool:
    """Does a row follow, on this page or the next?"""
    return start < len(source) and (is_row(source[start].text) or _find_next_row(source, start, is_row) > 0)


def _find_next_row(source: list[SourcePiece], start: int, is_row: Callable[[str], bool]) -> int:
    """The row behind page marks and the white space around them; 0 where there is no mark or no row."""
    has_mark = False
    for i in range(start, len(source)):
        text = source[i].text
        if is_page_mark(text):
            has_mark = True
        elif text.strip():
            return i if has_mark and is_row(text) else 0
    return 0


def _split_tab_rows(part: list[list[SourcePiece]]) -> list[RowCells]:
    rows: list[RowCells] = []
    for [piece] in part:
        if "\t" in piece.text:
            rows.append([[SourcePiece(cell, piece.line)] for cell in piece.text.split("\t")])
        elif not is_border(piece.text):
            _append_to_last_cell(rows, piece)
    return rows


def _is_tab_row(text: str) -> bool:
    return "\t" in text and not is_page_mark(text)


def _is_pipe_row(text: str) -> bool:
    return text.count("|") >= 2 or is_border(text)


def _count_columns(source: list[SourcePiece], start: int) -> int:
    """Columns of the table that begins here: those of its first rule, else of its first row."""
    for piece in source[start : start + 6]:
        if "--" in piece.text and _BORDER_LINE.match(piece.text):
            return len(_split_cells(piece.text.replace("+", "|")))
    return len(_split_cells(source[start].text))


def _read_pipe_row(source: list[SourcePiece], start: int, width: int) -> tuple[list[SourcePiece], int]:
    """The lines of the row that begins here, and the line after it; a broken one is read to its end."""
    text = source[start].text.strip()
    columns = len(_split_cells(text))
    complete_row = [source[start]], start + 1
    if not text.startswith("|") or _is_closed(text) or columns > width or _BORDER_LINE.match(text):
        return complete_row
    row_pieces = [source[start]]
    for i in range(start + 1, min(len(source), start + _MAX_ROW_LINES)):
        text = source[i].text.strip()
        if is_page_mark(source[i].text):
            continue
        previous_columns, columns = columns, columns + len(_split_cells(text, goes_on=True)) - 1
        if not text or text.startswith(("|", "<table")) or is_border(text) or columns > width:
            break
        row_pieces.append(source[i])
        if columns == width and _is_closed(text):
            return row_pieces, i + 1
        if previous_columns < columns == width:
            complete_row = list(row_pieces), i + 1
    return complete_row


def _merge_pipe_rows(part: list[list[SourcePiece]], borders: int) -> list[RowCells]:
    """The rows of a part; in a grid, the lines between two borders are one row."""
    rows: list[RowCells] = []
    is_row_open = False  # a row of a grid that no border has closed yet
    for row_pieces in part:
        text = row_pieces[0].text
        if _BORDER_LINE.match(text) and ("-" in text or "=" in text or not borders):
            is_row_open = False
            continue
        if text.count("|") < 2:
            _append_to_last_cell(rows, row_pieces[0])
            continue
        row = _row_cells(row_pieces)
        is_numbered = _ROW_NUMBER.fullmatch(row[0][0].text) is not None
        is_filled = all(piece.text.strip() for piece, *_ in row)
        if is_row_open and not is_numbered and (borders > 3 or not is_filled):
            _extend_row(rows[-1], row)
        else:
            rows.append(row)
        is_row_open = borders > 0
    return rows


def _row_cells(row_pieces: list[SourcePiece]) -> RowCells:
    """The cells of a row; a line that carries on a broken one begins within its last cell."""
    first_piece, *continuation_pieces = row_pieces
    row = [[SourcePiece(cell, first_piece.line)] for cell in _split_cells(first_piece.text)]
    for piece in continuation_pieces:
        first_text, *cells = _split_cells(piece.text, goes_on=True)
        row[-1] += [SourcePiece("<br>", 0), SourcePiece(first_text, piece.line)]
        row += [[SourcePiece(cell, piece.line)] for cell in cells]
    return row


def _extend_row(row: RowCells, lower_row: RowCells) -> None:
    row += [[] for _ in lower_row[len(row) :]]
    for cell, lower_cell in zip(row, lower_row, strict=False):
        cell += [SourcePiece("<br>", 0), *lower_cell]


def _append_to_last_cell(rows: list[RowCells], piece: SourcePiece) -> None:
    if rows:
        rows[-1][-1] += [SourcePiece("<br>", 0), piece]
    else:
        rows.append([[piece]])


def _is_closed(text: str) -> bool:
    return text.endswith("|") and not text.endswith("\\|")


def _split_cells(text: str, goes_on: bool = False) -> list[str]:
    """The cells of a line, without the pipes at its ends; one that goes on begins inside a cell."""
    text = text.strip()
    text = text if goes_on else text.removeprefix("|")
    return [
        cell.replace("\\|", "|")
        for cell in _split_at_pipes(text.removesuffix("|") if _is_closed(text) else text)
    ]


def _split_at_pipes(text: str) -> list[str]:
    """Cells between pipes, those inside a formula left alone."""
    math_spans = [m.span() for m in markup.MATH_PATTERN.finditer(text)]
    cuts: list[int] = []
    passed_count = 0  # formulas that end before the pipe
    for pipe_start in (m.start() for m in _PIPE.finditer(text)):
        while passed_count < len(math_spans) and math_spans[passed_count][1] <= pipe_start:
            passed_count += 1
        if passed_count == len(math_spans) or pipe_start < math_spans[passed_count][0]:
            cuts.append(pipe_start)
    return [text[a + 1 : b] for a, b in zip([-1, *cuts], [*cuts, len(text)], strict=True)]
