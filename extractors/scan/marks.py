"""Small print that the text finder passes over: dashes, bullets, colons, lone numbers.

List marks decide what is an item of its own, so ink that no found line and no rule covers is looked
at again: letter-sized pieces that stand on the height of a line of text become lines to be read.
"""

from __future__ import annotations

import cv2
import numpy as np

from extractors.printed import Rule
from extractors.scan.images import Image
from extractors.scan.lines import TextLine

_WIDE = (2.0, 26.0)  # points
_HIGH = (0.5, 13.0)
_BLOT = 1.3  # points: thinner both ways is dirt
_REACH = 60.0  # points to the line of text that a mark belongs to
_TOGETHER = 2.5  # points between letters of one mark
_MOST = 60  # marks a page: more is dirt or a drawing


def missed_marks(ink: Image, lines: list[TextLine], rules: list[Rule], point: float) -> list[TextLine]:
    """Lines for the small print that stands uncovered beside a line of text."""
    if not lines:
        return []
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
    found = [mark for x, y, w, h, _ in stats[1:].tolist() if (mark := _mark(x, y, w, h, lines, point))]
    return found if len(found) <= _MOST else []


def _wipe(ink: Image, x0: float, top: float, x1: float, bottom: float) -> None:
    ink[max(0, int(top)) : max(0, int(bottom) + 1), max(0, int(x0)) : max(0, int(x1) + 1)] = 0


def _mark(x: int, y: int, w: int, h: int, lines: list[TextLine], point: float) -> TextLine | None:
    if not (_WIDE[0] * point <= w + point <= _WIDE[1] * point and _HIGH[0] * point <= h <= _HIGH[1] * point):
        return None
    if w < _BLOT * point and h < 2 * _BLOT * point:
        return None
    line = _beside(x, x + w, y + h / 2, lines, point)
    if line is None:
        return None
    middle = line.middle(x + w / 2)
    pad = 0.4 * line.height
    return TextLine(x - pad, middle, x + w + pad, middle, line.height)


def _beside(x0: float, x1: float, y: float, lines: list[TextLine], point: float) -> TextLine | None:
    """The nearest line to the left or right on whose height the mark stands."""
    near = [
        (max(line.x0 - x1, x0 - line.x1), line)
        for line in lines
        if abs(line.middle((x0 + x1) / 2) - y) < 0.35 * line.height
        and -point <= max(line.x0 - x1, x0 - line.x1) <= _REACH * point
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None
