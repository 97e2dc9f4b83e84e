"""Small print that the text finder passes over: dashes, bullets, colons, lone numbers.

List marks decide what is an item of its own, so ink that no found line and no rule covers is looked
at again: letter-sized pieces that stand on the height of a line of text. A lone dash, bullet or colon
is told by its shape, of which OCR makes letters; any other becomes a line to be read.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.printed import Rule
from extractors.scan.engine import Reading
from extractors.scan.images import Image
from extractors.scan.lines import TextLine

_WIDE = (0.8, 26.0)  # points
_HIGH = (0.5, 13.0)
_BLOT = 1.3  # points: thinner both ways is dirt
_REACH = 60.0  # points to the line of text that a mark belongs to
_TOGETHER = 2.5  # points between letters of one mark
_DASH = 1.9  # points of height
_BULLET = (2.4, 6.5)  # points across
_DOT = 2.2  # points across
_BY_SHAPE = 0.9  # confidence of a mark told by its shape
_DIGIT = (4.0, 9.0)  # points of height
_THIN = 1.0  # points of width: a 1
_ROW = 3  # digits in one row that are no dirt
_MOST = 60  # marks a page: more is dirt or a drawing
UNREAD = "□"
"""Stands for a mark that was not read."""


Mark = tuple[TextLine, Reading | None]
"""Where a mark stands, and what its shape says that it is."""


def missed_marks(
    ink: Image, lines: list[TextLine], rules: list[Rule], point: float
) -> tuple[list[Mark], list[Mark]]:
    """The small print that stands uncovered beside a line of text; and, where it is too much to be print,
    the same as what is left out, each told by its shape or ``UNREAD``.
    """
    if not lines:
        return [], []
    left = ink.copy()
    for line in lines:
        _wipe(
            left,
            line.x0,
            min(line.y0, line.y1) - line.height / 2,
            line.x1,
            max(line.y0, line.y1) + line.height / 2,
        )
    for rule in rules:
        _wipe(left, rule.x0 - point, rule.top - point, rule.x1 + point, rule.bottom + point)
    joined = cv2.morphologyEx(
        left, cv2.MORPH_CLOSE, np.ones((round(5 * point), round(_TOGETHER * point)), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [
        (mark, _shape(left[y : y + h, x : x + w], point))
        for x, y, w, h, _ in stats[1:].tolist()
        if (mark := _mark(x, y, w, h, lines, point))
    ]
    found += _rows_of_numbers(np.asarray(stats[1:], np.int32), [line for line, _ in found], lines, point)
    if len(found) <= _MOST:
        return found, []
    return [], [(line, reading or Reading(UNREAD, (0.5,), (0.0,))) for line, reading in found]


def _rows_of_numbers(
    stats: NDArray[np.int32], taken: list[TextLine], lines: list[TextLine], point: float
) -> list[Mark]:
    """A row of single letters or digits far apart, as a table's row of column numbers is."""
    letters = sorted(
        (y + h / 2, x, w, h)
        for x, y, w, h, _ in stats.tolist()
        if _DIGIT[0] * point <= h <= _DIGIT[1] * point
        and _THIN * point <= w <= _DIGIT[1] * point
        and not any(abs(line.y0 - y - h / 2) < h and line.x0 <= x <= line.x1 for line in taken)
    )
    height = float(np.median([line.height for line in lines]))
    rows: list[list[tuple[float, int, int, int]]] = []
    for letter in letters:
        if rows and letter[0] - rows[-1][-1][0] < height / 4:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [
        (TextLine(x - height / 2, y, x + w + height / 2, y, height), None)
        for row in rows
        if len(row) >= _ROW
        for y, x, w, _ in row
    ]


def _wipe(ink: Image, x0: float, top: float, x1: float, bottom: float) -> None:
    ink[max(0, int(top)) : max(0, int(bottom) + 1), max(0, int(x0)) : max(0, int(x1) + 1)] = 0


def _mark(x: int, y: int, w: int, h: int, lines: list[TextLine], point: float) -> TextLine | None:
    if not (_WIDE[0] * point <= w <= _WIDE[1] * point and _HIGH[0] * point <= h <= _HIGH[1] * point):
        return None
    if w < _BLOT * point and h < 2 * _BLOT * point:
        return None
    line = _beside(x, x + w, y + h / 2, lines, point)
    if line is None:
        return None
    middle = line.middle(x + w / 2)
    pad = 0.4 * line.height
    return TextLine(x - pad, middle, x + w + pad, middle, line.height)


def _shape(mark: Image, point: float) -> Reading | None:
    """A dash, a bullet or a colon, where the ink has that shape."""
    rows, columns = np.flatnonzero(mark.any(axis=1)), np.flatnonzero(mark.any(axis=0))
    if not len(rows):
        return None
    mark = mark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (side / point for side in mark.shape)
    filled = float(mark.mean())
    text = ""
    if width >= 1.6 * height and height <= _DASH and filled > 0.7:
        text = "-"
    elif _BULLET[0] <= height <= _BULLET[1] and 0.75 < width / height < 1.33 and filled > 0.65:
        text = "•"
    elif height > 2.2 * width and _two_dots(mark, point):
        text = ":"
    return Reading(text, (0.5,), (_BY_SHAPE,)) if text else None


def _two_dots(mark: Image, point: float) -> bool:
    parts = cv2.connectedComponentsWithStats(mark, connectivity=8)[2][1:]
    return len(parts) == 2 and bool((parts[:, 2:4] <= _DOT * point).all())


def _beside(x0: float, x1: float, y: float, lines: list[TextLine], point: float) -> TextLine | None:
    """The nearest line to the left or right on whose height the mark stands."""
    near = [
        (max(line.x0 - x1, x0 - line.x1), line)
        for line in lines
        if abs(line.middle((x0 + x1) / 2) - y) < 0.35 * line.height
        and -point <= max(line.x0 - x1, x0 - line.x1) <= _REACH * point
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None
