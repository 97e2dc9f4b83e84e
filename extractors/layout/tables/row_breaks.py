"""Where no rule parts rows: does a new text of a column begin at a row's edge, or does one run on over it?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from extractors.layout import line_grouping
from extractors.layout.tables.lattice import TableRegion
from extractors.model.raw_page import PrintedWord

MAX_PITCH_RATIO = 1.3
"""Usual distances of two lines within which a text runs on."""
MAX_LINE_PITCH = 1.3
"""Heights of letters that two lines of a text are apart at most."""
MIN_OPENING_SHARE = 0.8
"""Share of a column's rows that begin as texts do, from which the column is one of texts of a row each."""
MIN_LOWERCASE_SHARE = 0.3
"""Share of a column's words in small letters, from which a capital is a beginning."""

_Line = Sequence[PrintedWord]


def starts_new_text(region: TableRegion, column: int, edge: int, words: Sequence[PrintedWord]) -> bool:
    """Does the text below a row edge, in one column, belong to the row alone?"""
    left, right = region.xs[column], region.xs[column + 1]
    column_lines = line_grouping.group_rows([w for w in words if left <= (w.box[0] + w.box[2]) / 2 < right])
    body = [row for row in column_lines if line_level(row) > region.ys[region.body]]
    lines_above = [row for row in body if line_level(row) < region.ys[edge]]
    lines_below = [row for row in body if line_level(row) >= region.ys[edge]]
    if not lines_above or not lines_below:
        return True
    pitches = [
        line_level(b) - line_level(a)
        for a, b in pairwise(column_lines)
        if line_level(a) >= region.ys[region.body]
    ]
    line_pitch = min(
        median_low(pitches),
        MAX_LINE_PITCH * line_grouping.letter_height([w for row in column_lines for w in row]),
    )
    if line_level(lines_below[0]) - line_level(lines_above[-1]) > MAX_PITCH_RATIO * line_pitch:
        return True
    return _opens_text(lines_below[0]) and (
        _ends_early(lines_above[-1], lines_below[0], body) or _has_text_per_row(region, body)
    )


def line_level(row: _Line) -> float:
    """Return the height that a line stands at."""
    return sum((word.box[1] + word.box[3]) / 2 for word in row) / len(row)


def _opens_text(row: _Line) -> bool:
    """Does a line begin as a text does: with a capital, a figure, a bracket or a mark?"""
    return not row[0].text[:1].islower()


def _ends_early(line_above: _Line, line_below: _Line, body: Sequence[_Line]) -> bool:
    """Was there room left for the word that begins the next line? Then the line was ended on purpose."""
    width = max(row[-1].box[2] for row in body) - min(row[0].box[0] for row in body)
    first_width = line_below[0].box[2] - line_below[0].box[0]
    space = line_grouping.letter_height(line_above) / 2
    return line_above[-1].box[2] - line_above[0].box[0] + space + first_width < width


def _has_text_per_row(region: TableRegion, body: Sequence[_Line]) -> bool:
    """Has nearly each row a text of its own in the column? Where Each Word Has A Capital, no line tells."""
    lowercase_flags = [word.text[:1].islower() for row in body for word in row]
    if sum(lowercase_flags) < MIN_LOWERCASE_SHARE * len(lowercase_flags):
        return False
    edges = region.ys[region.body : -1]
    first_lines = [
        next((row for row in body if top <= line_level(row) < bottom), None)
        for top, bottom in zip(edges, region.ys[region.body + 1 :], strict=True)
    ]
    opening_count = sum(row is not None and _opens_text(row) for row in first_lines)
    return len(first_lines) > 1 and opening_count >= MIN_OPENING_SHARE * len(first_lines)
