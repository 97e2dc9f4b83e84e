"""Tables without any rule: lines of text in columns, white strips running down between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import lines, opened, stretched
from extractors.layout.regions import SHORTEST_BAR, Region
from extractors.layout.strokes import Drawn, middle_x, middle_y
from extractors.printed import PrintedPage, PrintedWord

LEAST_COLUMNS = 3
"""Columns of words that make a table; a label, its colon and its text are fewer."""
LEAST_LINES = 3
"""Lines that make a table."""
FURTHEST = 3.0
"""White space, in heights of letters, that may part two rows."""

_Words = list[PrintedWord]


def without_rules(page: PrintedPage, drawn: Drawn, known: Sequence[Region]) -> list[Region]:
    """The tables among the words that stand in no known one."""
    left = [w for w in page.words if not any(region.holds(w.box) for region in known)]
    rows = lines.rows(left)
    out: list[Region] = []
    at = 0
    while at < len(rows):
        end = _end(rows, at, known)
        found = _region(rows[at:end], page, drawn) if end - at >= LEAST_LINES else None
        if found is not None:
            out.append(found)
        at = end if found is not None else at + 1
    return out


def _end(rows: Sequence[_Words], start: int, known: Sequence[Region]) -> int:
    """Behind the last line of a table that begins with a line: at prose, much white, or another table."""
    if len(_worded(rows[start])) < LEAST_COLUMNS:
        return start
    bottom = _bottom(rows[start])
    for i in range(start + 1, len(rows)):
        row = rows[i]
        top, height = min(w.box[1] for w in row), lines.height(row)
        pieces = lines.pieces(row)
        apart = top - bottom > lines.GAP * height and len(pieces) < LEAST_COLUMNS
        between = any(bottom <= region.top <= top for region in known)
        if apart or between or top - bottom > FURTHEST * height or _is_prose(row, rows[start]):
            return i
        bottom = max(bottom, _bottom(row))
    return len(rows)


def _worded(row: _Words) -> list[_Words]:
    """The pieces of a line that have words in them, not marks and numbers alone."""
    return [piece for piece in lines.pieces(row) if any(sum(map(str.isalpha, w.text)) > 1 for w in piece)]


def _is_prose(row: _Words, first: _Words) -> bool:
    """Does a piece of a line reach over most of the table's width?"""
    width = first[-1].box[2] - first[0].box[0]
    return any(piece[-1].box[2] - piece[0].box[0] > 0.5 * width for piece in lines.pieces(row))


def _region(rows: Sequence[_Words], page: PrintedPage, drawn: Drawn) -> Region | None:
    words = [w for row in rows for w in row]
    left, right = min(w.box[0] for w in words) - 1, max(w.box[2] for w in words) + 1
    top, bottom = min(w.box[1] for w in words) - 1, max(w.box[3] for w in words) + 1
    xs = stretched.titled([left, *opened.strips(rows, left, right, page, drawn), right], rows)
    if _columns_of_words(xs, words) < LEAST_COLUMNS or len(xs) <= LEAST_COLUMNS + 1:
        return None
    ys = _row_edges(rows, xs)
    inner = frozenset(range(1, len(xs) - 1))
    found = Region(xs, [top, *ys, bottom], [], [], drawn.reach, open_columns=inner, open_rows=True, body=1)
    found.bars = [
        r
        for r in drawn.across
        if r.length >= SHORTEST_BAR and left < middle_x(r) < right and top < middle_y(r) < bottom
    ]
    return found if len(found.ys) > 2 else None


def _columns_of_words(xs: Sequence[float], words: Sequence[PrintedWord]) -> int:
    """Columns in which at least two words stand."""
    counts: dict[int, int] = {}
    for word in words:
        if sum(map(str.isalpha, word.text)) > 1:
            column = sum(edge <= (word.box[0] + word.box[2]) / 2 for edge in xs)
            counts[column] = counts.get(column, 0) + 1
    return sum(count >= 2 for count in counts.values())


def _row_edges(rows: Sequence[_Words], xs: Sequence[float]) -> list[float]:
    """Above each line that begins with a number; in a table that has none, above each set apart."""
    tops = [(_bottom(a) + min(w.box[1] for w in b)) / 2 for a, b in pairwise(rows)]
    numbered = [y for y, row in zip(tops, rows[1:], strict=True) if stretched.numbered(row, xs)]
    apart = [
        y
        for y, (a, b) in zip(tops, pairwise(rows), strict=True)
        if min(w.box[1] for w in b) - _bottom(a) > lines.GAP * lines.height(b)
    ]
    return numbered or apart


def _bottom(row: _Words) -> float:
    return max(w.box[3] for w in row)
