"""Column titles: two that stand side by side over one column of text say that it is two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import line_grouping
from extractors.model.raw_page import PrintedWord

SEARCH_STEP = 1.0
"""Points between the places tried for an edge."""
_NUMBER = re.compile(r"\d{1,2}[.)]?")

_Words = Sequence[PrintedWord]


def split_by_titles(
    inner_edges: Sequence[float],
    rows: Sequence[_Words],
    left: float,
    right: float,
    spans: Sequence[tuple[float, float]],
    titles_end: float,
    most_crossings: float,
) -> list[float]:
    """Return the edges between columns, with those that the titles ask for and the text leaves room for.

    Args:
        inner_edges: the edges known from white space, ``left`` and ``right`` not among them.
        rows: the table's lines in order, titles first.
        spans: where each word of the lines stands, from left to right.
        titles_end: where the first row below the titles begins, if no running number tells.
        most_crossings: words that may cross such an edge.
    """
    title_rows = _numbered_title_rows(rows) or [row for row in rows if row[0].box[3] <= titles_end]
    out = list(inner_edges)
    for a, b in pairwise([left, *inner_edges, right]):
        title_pieces = max((_pieces_between(row, a, b) for row in title_rows), key=len, default=[])
        for left_title, right_title in pairwise(title_pieces):
            edge = _find_edge_between(left_title[-1].box[2], right_title[0].box[0], spans)
            if edge is not None and _count_crossings(edge, spans) <= most_crossings:
                out.append(edge)
    return sorted(out)


def _numbered_title_rows(rows: Sequence[_Words]) -> Sequence[_Words]:
    """Return the lines of titles and of column numbers above the first running number; none without one."""
    for i, row in enumerate(rows):
        if _NUMBER.fullmatch(row[0].text):
            numbers = all(_NUMBER.fullmatch(word.text) for word in row)
            return rows[: i + numbers] if i else []
    return []


def _pieces_between(row: _Words, start: float, end: float) -> list[_Words]:
    """The pieces of a line, more than marks, that stand between two edges."""
    return [
        piece
        for piece in line_grouping.split_pieces(list(row))
        if piece[0].box[0] >= start - SEARCH_STEP
        and piece[-1].box[2] <= end + SEARCH_STEP
        and any(map(str.isalnum, "".join(word.text for word in piece)))
    ]


def _find_edge_between(start: float, end: float, spans: Sequence[tuple[float, float]]) -> float | None:
    """The place between two titles that the fewest words cross, in the middle of such places."""
    places = [start + SEARCH_STEP * i for i in range(int((end - start) / SEARCH_STEP) + 1)]
    if not places:
        return None
    crossing_counts = [_count_crossings(x, spans) for x in places]
    best_places = [
        x for x, count in zip(places, crossing_counts, strict=True) if count == min(crossing_counts)
    ]
    return best_places[len(best_places) // 2]


def _count_crossings(x: float, spans: Sequence[tuple[float, float]]) -> int:
    return sum(a < x < b for a, b in spans)
