"""Column titles: two that stand side by side over one column of text say that it is two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import lines
from extractors.printed import PrintedWord

CROSSING = 0.1
"""Share of a table's lines that may cross the edge: on scans columns touch, and stamps have letters."""
STEP = 1.0
"""Points between the places tried for an edge."""
_NUMBER = re.compile(r"\d{1,2}[.)]?")

_Words = Sequence[PrintedWord]


def parted(
    inner: Sequence[float],
    rows: Sequence[_Words],
    left: float,
    right: float,
    spans: Sequence[tuple[float, float]],
) -> list[float]:
    """The edges between columns, with those that the titles ask for and the text below leaves room for.

    Args:
        inner: the edges known from white space, ``left`` and ``right`` not among them.
        rows: the table's lines in order, titles first.
        spans: where each word of the lines stands, from left to right.
    """
    heads = _heads(rows)
    out = list(inner)
    for a, b in pairwise([left, *inner, right]):
        found = max((_inside(row, a, b) for row in heads), key=len, default=[])
        for one, other in pairwise(found):
            edge = _between(one[-1].box[2], other[0].box[0], spans)
            if edge is not None and _crossings(edge, spans) <= CROSSING * len(rows):
                out.append(edge)
    return sorted(out)


def _heads(rows: Sequence[_Words]) -> Sequence[_Words]:
    """The lines of titles, and the line of column numbers below them."""
    for i, row in enumerate(rows):
        if _NUMBER.fullmatch(row[0].text):
            numbers = all(_NUMBER.fullmatch(word.text) for word in row)
            return rows[: i + numbers] if i else []
    return []


def _inside(row: _Words, start: float, end: float) -> list[_Words]:
    """The pieces of a line, more than marks, that stand between two edges."""
    return [
        piece
        for piece in lines.pieces(list(row))
        if piece[0].box[0] >= start - STEP
        and piece[-1].box[2] <= end + STEP
        and any(map(str.isalnum, "".join(word.text for word in piece)))
    ]


def _between(start: float, end: float, spans: Sequence[tuple[float, float]]) -> float | None:
    """The place between two titles that the fewest words cross, in the middle of such places."""
    places = [start + STEP * i for i in range(int((end - start) / STEP) + 1)]
    if not places:
        return None
    crossed = [_crossings(x, spans) for x in places]
    least = [x for x, count in zip(places, crossed, strict=True) if count == min(crossed)]
    return least[len(least) // 2]


def _crossings(x: float, spans: Sequence[tuple[float, float]]) -> int:
    return sum(a < x < b for a, b in spans)
