"""Half-ruled tables on scans, whose rules are pale and broken: rows by their numbers and gaps as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import lines
from extractors.layout.regions import SHORTEST_BAR, Region
from extractors.layout.strokes import Drawn, covered, edges, middle_y
from extractors.printed import PrintedPage, PrintedWord, Rule

LONG = 0.55
"""Share of the table's width from which a rule, or its pieces side by side, parts two rows."""
ROW_GAP = 2.5
"""White space, in heights of letters, that may part a row from one the rule between is lost of."""
LEAST_CELLS = 2
"""Columns in which the lines below the last rule must stand to be rows of the table."""
LEAST_COLUMNS = 3
"""Fewer are no table: rather a column too many than one too few of them."""
OVER = 0.7
"""Share of a title's width that stands over its column at least."""
_NUMBER = re.compile(r"\d{1,2}[.)]?")
_LETTERS = re.compile(r"[^\W\d_]{2}|\d%")

_Words = list[PrintedWord]


def region(
    xs: Sequence[float], span: tuple[float, float], inside: Sequence[Rule], page: PrintedPage, drawn: Drawn
) -> Region | None:
    """The table that begins with a stretch of rules, down to the last line that stands in its columns."""
    top, bottom = span
    rows = lines.rows(_within(page, xs, top + 2, foot(bottom, xs[0], xs[-1], page)))
    body = [row for row in rows if _level(row) < bottom]
    xs = titled(xs, rows)
    rest = _going_on([row for row in rows if _level(row) >= bottom], xs, bottom, inside)
    body += rest
    end = max([bottom, *(w.box[3] + 1 for row in rest for w in row)])
    across = [r for r in inside if top - drawn.reach <= middle_y(r) <= end + drawn.reach]
    ys = _row_edges(xs, (top, end), across, body, drawn.reach)
    if len(ys) < 2:
        return None
    columns = frozenset(range(1, len(xs) - 1))
    found = Region(list(xs), ys, [], drawn.down, drawn.reach, open_columns=columns, open_rows=True)
    first = min((_level(row) for row in rows if numbered(row, xs)), default=ys[1] + 1)
    found.body = next((i for i, y in enumerate(ys) if i and y > first), 1) - 1 or 1
    found.across = [r for r in across if any(abs(middle_y(r) - y) <= drawn.reach for y in ys)]
    found.bars = [r for r in across if r not in found.across and r.length >= SHORTEST_BAR]
    return found


def _within(page: PrintedPage, xs: Sequence[float], top: float, end: float) -> _Words:
    return [w for w in page.words if xs[0] - 2 <= _middle(w) <= xs[-1] + 2 and top < _mid(w) < end]


def foot(bottom: float, left: float, right: float, page: PrintedPage) -> float:
    """Where the text that may go on below the last rule ends: at much white space or at prose."""
    below = _within(page, (left, right), bottom, page.height)
    end = bottom
    for row in lines.rows(below):
        height = lines.height(row)
        prose = len(row) > 5 and len(lines.pieces(row)) == 1
        if min(w.box[1] for w in row) - end > ROW_GAP * height or prose:
            break
        end = max(w.box[3] for w in row)
    return end


def titled(xs: Sequence[float], rows: Sequence[_Words]) -> list[float]:
    """Column edges without those of columns that have no title.

    Such a column is the ``x 100%`` beside fractions, which belongs to the left, or a strip of list
    marks, which belongs to the right.
    """
    first = next((i for i, row in enumerate(rows) if i and numbered(row, xs) and _has_letters(row)), None)
    titles = [title for row in rows[:first] for title in lines.pieces(row)] if first else []
    if not titles:
        return list(xs)
    lost: set[float] = set()
    for i, (a, b) in enumerate(pairwise(xs)):
        inside = [w for row in rows[first:] for w in row if a < _middle(w) < b]
        if i == 0 or any(_over(title, a, b) for title in titles if _says(title)):
            continue
        lettered = sum(_has_letters([w]) for w in inside)
        lost.add(a if 2 * lettered >= len(inside) or b == xs[-1] else b)
    kept = [x for x in xs if x not in lost]
    return kept if len(kept) > LEAST_COLUMNS else list(xs)


def _over(title: _Words, left: float, right: float) -> bool:
    """Does most of a title stand over a column? That of several columns stands over none of them."""
    start, end = title[0].box[0], title[-1].box[2]
    return min(end, right) - max(start, left) > OVER * (end - start)


def _says(title: _Words) -> bool:
    """Is it more than marks and dirt?"""
    return any(map(str.isalnum, "".join(w.text for w in title)))


def _has_letters(words: Sequence[PrintedWord]) -> bool:
    return any(_LETTERS.search(w.text) for w in words)


def numbered(row: _Words, xs: Sequence[float]) -> bool:
    """Does a line begin with a number in the first column?"""
    first = [w for w in row if _middle(w) < xs[1]]
    return bool(first) and _NUMBER.fullmatch(first[0].text) is not None


def _going_on(
    rows: Sequence[_Words], xs: Sequence[float], bottom: float, across: Sequence[Rule]
) -> list[_Words]:
    """The lines below that go on in the table's columns."""
    out: list[_Words] = []
    end = bottom
    for row in rows:
        top, height = min(w.box[1] for w in row), lines.height(row)
        if top - end > ROW_GAP * height or any(_crosses(w, xs) for w in row):
            break
        closed = any(end - height < middle_y(r) < _level(row) and r.x0 > xs[1] for r in across)
        if (closed or top - end > height) and not numbered(row, xs) and len(lines.pieces(row)) < LEAST_CELLS:
            break
        out.append(row)
        end = max(w.box[3] for w in row)
    stands_in = {cell for row in out for cell in _cells(row, xs)}
    return out if len(stands_in) > LEAST_CELLS else []


def _row_edges(
    xs: Sequence[float],
    span: tuple[float, float],
    across: Sequence[Rule],
    rows: Sequence[_Words],
    reach: float,
) -> list[float]:
    """Heights where rules cover most of the width; and above each line that begins with a number."""
    width = xs[-1] - xs[0]
    ys = edges([(middle_y(r), r.length) for r in across], reach / 2)

    def share(y: float) -> float:
        return covered([(r.x0, r.x1) for r in across if abs(middle_y(r) - y) <= reach], xs[0], xs[-1]) / width

    numbers = [row for row in rows if numbered(row, xs)]
    first = min([_level(row) for row in numbers], default=span[1])
    # over the first number stand the titles, where a shorter rule parts a title from those under it
    kept = [y for y in ys if share(y) >= LONG or (y < first and share(y) >= 0.2)]
    for row in numbers:
        first_word = row[0]
        top, height = first_word.box[1], first_word.box[3] - first_word.box[1]
        over = [y for y in kept if y < top + 0.4 * height]
        if over and not any(max(over) < _level(line) < top for line in rows):
            continue
        near = [y for y in ys if top - height < y < top + 0.4 * height]
        kept.append(near[0] if near else top)
    inner = [y for y in kept if span[0] + reach < y < span[1] - reach]
    return [span[0], *_apart(sorted(inner), reach), span[1]]


def _apart(ys: Sequence[float], reach: float) -> list[float]:
    """Edges without those that are one with the edge before."""
    out: list[float] = []
    for y in ys:
        if not out or y - out[-1] > reach:
            out.append(y)
    return out


def _cells(row: _Words, xs: Sequence[float]) -> set[int]:
    return {sum(edge <= _middle(w) for edge in xs) for w in row}


def _crosses(word: PrintedWord, xs: Sequence[float]) -> bool:
    return any(word.box[0] < edge - 3 and edge + 3 < word.box[2] for edge in xs[1:-1])


def _middle(word: PrintedWord) -> float:
    return (word.box[0] + word.box[2]) / 2


def _mid(word: PrintedWord) -> float:
    return (word.box[1] + word.box[3]) / 2


def _level(row: _Words) -> float:
    return sum(w.box[1] + w.box[3] for w in row) / (2 * len(row))
