"""Rulings of a flattened page: table lines and fraction bars, whole again where ink is broken."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.printed import Rule
from extractors.scan.images import Image

_PIECE = 12.0  # points: a straight stroke of this length is longer than any letter of a table
_THICK = 4.5  # points: thicker is a bar or a blot
_BAR = 24.0  # points: shorter level strokes are dashes and underlined letters
_POST = 15.0  # points: shorter upright strokes are letters and brackets
_FREE = 60.0  # points: an upright this long needs no level rule to meet
_GAP = 9.0  # points without ink that a rule may have
_OFF = 1.6  # points that two pieces of a rule may lie apart sideways
_INKED = 0.6  # share of a rule that must be ink
_MEET = 5.0  # points within which an upright meets a level rule
_STREAK = 0.985  # share of the page's height from which an upright is the scanner's, not the printer's


@dataclass(slots=True)
class _Stroke:
    """A stroke along an axis: from ``start`` to ``end``, lying at ``low`` at its start, ``high`` at its end."""

    start: float
    end: float
    low: float
    high: float
    ink: float

    @property
    def length(self) -> float:
        return self.end - self.start


def find_rules(ink: Image, dpi: float) -> tuple[list[Rule], list[Rule]]:
    """Rules in pixels; and streaks, uprights that run through the whole page."""
    point = dpi / 72
    level = [s for s in _joined(_strokes(ink, point), point) if s.length >= _BAR * point]
    upright = [s for s in _joined(_strokes(ink.T, point), point) if s.length >= _POST * point]
    streaks = [s for s in upright if s.length >= _STREAK * ink.shape[0]]
    level = [s for s in level if s.length < _STREAK * ink.shape[1]]
    posts = [s for s in upright if s not in streaks and (s.length >= _FREE * point or _met(s, level, point))]
    rules = [Rule(s.start, min(s.low, s.high), s.end, max(s.low, s.high)) for s in level]
    return rules + [_upright(s) for s in posts], [_upright(s) for s in streaks]


def _upright(s: _Stroke) -> Rule:
    return Rule(min(s.low, s.high), s.start, max(s.low, s.high), s.end)


def _strokes(ink: Image, point: float) -> list[_Stroke]:
    """Straight level pieces. A thin stroke that leans a little breaks into steps: closing mends them."""
    thick = cv2.dilate(np.ascontiguousarray(ink), np.ones((2, 1), np.uint8))
    length = round(_PIECE * point)
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    strokes = []
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if area / width > _THICK * point:
            continue
        part = labels[y : y + height, x : x + width] == i
        strokes.append(_stroke(part, x, y, length // 2))
    return strokes


def _stroke(part: NDArray[np.bool_], x: int, y: int, end: int) -> _Stroke:
    rows = np.arange(part.shape[0])[:, None]

    def middle(columns: NDArray[np.bool_]) -> float:
        return float((columns * rows).sum() / max(1, columns.sum())) + y

    width = part.shape[1]
    return _Stroke(x, x + width, middle(part[:, :end]), middle(part[:, -end:]), float(width))


def _joined(strokes: list[_Stroke], point: float) -> list[_Stroke]:
    """Pieces on one line put together across short gaps."""
    whole: list[_Stroke] = []
    for stroke in sorted(strokes, key=lambda s: s.start):
        fitting = [
            s
            for s in whole
            if -stroke.length < stroke.start - s.end <= _GAP * point
            and abs(stroke.low - s.high) <= _OFF * point
        ]
        if not fitting:
            whole.append(stroke)
            continue
        s = min(fitting, key=lambda s: abs(stroke.low - s.high))
        s.ink += max(0.0, stroke.end - max(s.end, stroke.start))
        if stroke.end > s.end:
            s.end, s.high = stroke.end, stroke.high
    return [s for s in whole if s.ink >= _INKED * s.length]


def _met(post: _Stroke, level: list[_Stroke], point: float) -> bool:
    near = _MEET * point
    x = (post.low + post.high) / 2
    return any(
        bar.start - near <= x <= bar.end + near
        and min(abs(bar.low - post.start), abs(bar.low - post.end)) <= near
        for bar in level
    )
