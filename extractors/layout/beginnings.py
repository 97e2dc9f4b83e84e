"""Where no rule parts rows: does a text of a column begin anew at a row's edge, or run on over it?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from extractors.layout import lines
from extractors.layout.regions import Region
from extractors.printed import PrintedWord

RUNS_ON = 1.3
"""Usual distances of two lines within which a text runs on."""
TALLEST = 1.3
"""Heights of letters that two lines of a text are apart at most."""
MOST = 0.8
"""Share of a column's rows that begin as texts do, from which the column is one of texts of a row each."""
SMALL = 0.3
"""Share of a column's words in small letters, from which a capital is a beginning."""

_Line = Sequence[PrintedWord]


def anew(region: Region, column: int, edge: int, words: Sequence[PrintedWord]) -> bool:
    """Does the text below a row edge, in one column, belong to the row alone?"""
    left, right = region.xs[column], region.xs[column + 1]
    printed = lines.rows([w for w in words if left <= (w.box[0] + w.box[2]) / 2 < right])
    body = [row for row in printed if level(row) > region.ys[region.body]]
    above = [row for row in body if level(row) < region.ys[edge]]
    below = [row for row in body if level(row) >= region.ys[edge]]
    if not above or not below:
        return True
    pitches = [level(b) - level(a) for a, b in pairwise(printed) if level(a) >= region.ys[region.body]]
    usual = min(median_low(pitches), TALLEST * lines.height([w for row in printed for w in row]))
    if level(below[0]) - level(above[-1]) > RUNS_ON * usual:
        return True
    return _opens(below[0]) and (_breaks_early(above[-1], below[0], body) or _by_rows(region, body))


def level(row: _Line) -> float:
    """The height that a line stands at."""
    return sum((word.box[1] + word.box[3]) / 2 for word in row) / len(row)


def _opens(row: _Line) -> bool:
    """Does a line begin as a text does: with a capital, a figure, a bracket or a mark?"""
    return not row[0].text[:1].islower()


def _breaks_early(above: _Line, below: _Line, body: Sequence[_Line]) -> bool:
    """Was there room left for the word that begins the next line? Then the line was ended on purpose."""
    width = max(row[-1].box[2] for row in body) - min(row[0].box[0] for row in body)
    first = below[0].box[2] - below[0].box[0]
    space = lines.height(above) / 2
    return above[-1].box[2] - above[0].box[0] + space + first < width


def _by_rows(region: Region, body: Sequence[_Line]) -> bool:
    """Has nearly each row a text of its own in the column? Where Each Word Has A Capital, no line tells."""
    small = [word.text[:1].islower() for row in body for word in row]
    if sum(small) < SMALL * len(small):
        return False
    edges = region.ys[region.body : -1]
    firsts = [
        next((row for row in body if top <= level(row) < bottom), None)
        for top, bottom in zip(edges, region.ys[region.body + 1 :], strict=True)
    ]
    opened = sum(row is not None and _opens(row) for row in firsts)
    return len(firsts) > 1 and opened >= MOST * len(firsts)
