"""Rulings of a flattened page: table lines and fraction bars, whole again where ink is broken."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.printed import Rule
from extractors.scan.clean import ink_of
from extractors.scan.images import Image

_PIECE = 12.0  # points: a straight stroke of this length is longer than any letter of a table
_THICK = 4.5  # points: thicker is a bar or a blot
_BAR = 24.0  # points: shorter level strokes are dashes and underlined letters
_POST = 15.0  # points: shorter upright strokes are letters and brackets
_LONG = 90.0  # points: a line this long is no row of letters
_SOLID = 0.85  # share of a shorter line that must be ink
_SIDE = 2.0  # points beside a line, where letters would show
_LETTERS = 0.2  # share of that which is ink where a line runs through letters
_EDGE = 4.0  # points from the page's edge: a line there is the paper's own
_SMOOTH = 6.0  # points along a line that are looked at together
_VALLEY = 2.0  # points to the paper on both sides of a thin line
_DEEP = 30  # grey levels that a pale line is darker than its paper
_PAPER = 215  # grey level from which it is paper on both sides
_FREE = 60.0  # points: an upright this long needs no level rules at its ends
_GAP = 9.0  # points without ink that a rule may have
_OFF = 1.6  # points that two pieces of a rule may lie apart sideways
_INKED = 0.6  # share of a rule that must be ink
_MEET = 5.0  # points within which an upright meets a level rule
_STREAK = 0.4  # share of a line from edge to edge that is ink where the scanner drew it
_RIM = 0.02  # share of the page's height within which a streak begins and ends
_LEAN = 0.02  # of the page's height: how far its ends may stand apart sideways


Streak = tuple[float, float]
"""``x`` in pixels at the top and at the foot of the page."""


@dataclass(slots=True)
class _Stroke:
    """A stroke along an axis: from ``start``, where it lies at ``low``, to ``end``, where at ``high``."""

    start: float
    end: float
    low: float
    high: float
    ink: float

    @property
    def length(self) -> float:
        return self.end - self.start


def find_rules(white: Image, dpi: float) -> tuple[list[Rule], list[Streak]]:
    """Rules in pixels; and streaks, which run through the whole page, as their ``x`` at its top and foot."""
    point = dpi / 72
    side = np.ascontiguousarray(white.T)
    strokes = _strokes(side, point)
    streaks = _streaks(strokes, ink_of(side), point)
    strokes = [s for s in strokes if not any(_on(s, streak, side.shape[1], point) for streak in streaks)]
    level = _drawn(_strokes(white, point), white, point, _BAR)
    posts = [
        s for s in _drawn(strokes, side, point, _POST) if s.length >= _FREE * point or _met(s, level, point)
    ]
    rules = [Rule(s.start, min(s.low, s.high), s.end, max(s.low, s.high)) for s in level]
    return rules + [_upright(s) for s in posts], streaks


def _upright(s: _Stroke) -> Rule:
    return Rule(min(s.low, s.high), s.start, max(s.low, s.high), s.end)


def _streaks(strokes: list[_Stroke], ink: Image, point: float) -> list[Streak]:
    """Lines from edge to edge of the page, broken or not: no table's ruling reaches both edges."""
    length = ink.shape[1]
    first = [s for s in strokes if s.start < _RIM * length]
    last = [s for s in strokes if s.end > (1 - _RIM) * length]
    places = np.arange(length)
    streaks: list[Streak] = []
    for a, b in ((a, b) for a in first for b in last):
        if abs(a.low - b.high) > _LEAN * length:
            continue
        rows = np.clip(np.rint(np.linspace(a.low, b.high, length)).astype(int), 1, len(ink) - 2)
        inked = ink[rows - 1, places] | ink[rows, places] | ink[rows + 1, places]
        known = any(abs(a.low - top) < _OFF * point for top, _ in streaks)
        if not known and float(inked.mean()) >= _STREAK:
            streaks.append((a.low, b.high))
    return streaks


def _on(s: _Stroke, streak: Streak, length: int, point: float) -> bool:
    share = (s.start + s.end) / 2 / length
    return abs((s.low + s.high) / 2 - (streak[0] + share * (streak[1] - streak[0]))) < _OFF * point


def _drawn(strokes: list[_Stroke], white: Image, point: float, least: float) -> list[_Stroke]:
    """Level lines of at least so many points, away from the page's edges."""
    edge = _EDGE * point
    lines = [
        s
        for s in _joined(strokes, point)
        if s.length >= least * point and edge < (s.low + s.high) / 2 < white.shape[0] - edge
    ]
    ink = ink_of(white)
    return [s for s in lines if s.length >= _LONG * point or _stands_free(s, ink, point)]


def _stands_free(s: _Stroke, ink: Image, point: float) -> bool:
    """Is there white along one side? Strokes of letters in a row have letters on both sides."""
    if s.ink < _SOLID * s.length:
        return False
    off = max(2, round(_SIDE * point))
    across = slice(int(s.start), int(s.end))
    above, below = round(min(s.low, s.high)) - off, round(max(s.low, s.high)) + off
    sides = [ink[y - 1 : y + 2, across].any(axis=0).mean() for y in (max(1, above), min(below, len(ink) - 2))]
    return bool(min(sides) < _LETTERS)


def _strokes(white: Image, point: float) -> list[_Stroke]:
    """Straight level pieces. A thin stroke that leans a little breaks into steps: dilating mends them.

    Pale and broken rules show after smoothing along them, as valleys between the paper on both sides.
    """
    smooth = cv2.blur(white, (round(_SMOOTH * point), 1)).astype(np.int16)
    off = round(_VALLEY * point)
    padded = np.pad(smooth, ((off, off), (0, 0)), mode="edge")
    beside = np.minimum(padded[: -2 * off], padded[2 * off :])
    valley = ((beside - smooth > _DEEP) & (beside > _PAPER)).astype(np.uint8)
    length = round(_PIECE * point)
    opened = _open(ink_of(white), length) | _open(valley, 2 * length)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    strokes = []
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if area / width > _THICK * point:
            continue
        part = labels[y : y + height, x : x + width] == i
        strokes.append(_stroke(part, x, y, length // 2))
    return strokes


def _open(ink: Image, length: int) -> Image:
    thick = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), np.uint8)


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
    across = [bar.low for bar in level if bar.start - near <= x <= bar.end + near]
    return all(any(abs(y - end) <= near for y in across) for end in (post.start, post.end))
