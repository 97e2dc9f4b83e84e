"""Rulings of a flattened page: table lines and fraction bars, joined where ink is broken."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model.raw_page import Ruling
from extractors.ocr.image_input import Image
from extractors.ocr.preprocess.whiten import ink_mask

_MIN_STROKE = 12.0  # points: a straight stroke of this length is longer than any letter of a table
_MAX_THICKNESS = 4.5  # points: thicker is a bar or a blot
_MIN_LEVEL_LENGTH = 24.0  # points: shorter level strokes are dashes and underlined letters
_MIN_UPRIGHT_LENGTH = 15.0  # points: shorter upright strokes are letters and brackets
_LONG_LINE = 90.0  # points: a line this long is no row of letters
_MIN_SOLID_SHARE = 0.85  # share of a shorter line that must be ink
_SIDE_OFFSET = 2.0  # points beside a line, where letters would show
_LETTER_INK_SHARE = 0.2  # share of that which is ink where a line runs through letters
_PAGE_EDGE = 4.0  # points from the page's edge: a line there is the paper's own
_SMOOTHING = 6.0  # points along a line that are looked at together
_VALLEY_WIDTH = 2.0  # points to the paper on both sides of a thin line
_VALLEY_DEPTH = 30  # grey levels that a pale line is darker than its paper
_PAPER_LEVEL = 215  # grey level from which it is paper on both sides
_FREE_STANDING_LENGTH = 60.0  # points: an upright this long needs no level rules at its ends
_MAX_INK_GAP = 9.0  # points without ink that a rule may have
_MAX_SIDE_OFFSET = 1.6  # points that two pieces of a rule may lie apart sideways
_MIN_INK_SHARE = 0.6  # share of a rule that must be ink
_MEETING_DISTANCE = 5.0  # points within which an upright meets a level rule
_STREAK_INK_SHARE = 0.4  # share of a line from edge to edge that is ink where the scanner drew it
_STREAK_RIM = 0.02  # share of the page's height within which a streak begins and ends
_MAX_STREAK_LEAN = 0.02  # of the page's height: how far its ends may stand apart sideways


Streak = tuple[float, float]
"""``x`` in pixels at the top and at the foot of the page."""


@dataclass(slots=True)
class _RulingStroke:
    """A stroke along an axis: from ``start``, where it lies at ``low``, to ``end``, where at ``high``."""

    start: float
    end: float
    low: float
    high: float
    ink: float

    @property
    def length(self) -> float:
        return self.end - self.start


def find_rulings(white: Image, dpi: float) -> tuple[list[Ruling], list[Streak]]:
    """Rules in pixels; and streaks, which run through the whole page, as their ``x`` at its top and foot."""
    point = dpi / 72
    transposed_page = np.ascontiguousarray(white.T)
    strokes = _find_strokes(transposed_page, point)
    streaks = _find_streaks(strokes, ink_mask(transposed_page), point)
    strokes = [
        s
        for s in strokes
        if not any(_lies_on_streak(s, streak, transposed_page.shape[1], point) for streak in streaks)
    ]
    level_strokes = _find_line_strokes(_find_strokes(white, point), white, point, _MIN_LEVEL_LENGTH)
    upright_strokes = [
        s
        for s in _find_line_strokes(strokes, transposed_page, point, _MIN_UPRIGHT_LENGTH)
        if s.length >= _FREE_STANDING_LENGTH * point or _meets_level(s, level_strokes, point)
    ]
    rules = [Ruling(s.start, min(s.low, s.high), s.end, max(s.low, s.high)) for s in level_strokes]
    return rules + [_upright_rule(s) for s in upright_strokes], streaks


def _upright_rule(s: _RulingStroke) -> Ruling:
    return Ruling(min(s.low, s.high), s.start, max(s.low, s.high), s.end)


def _find_streaks(strokes: list[_RulingStroke], ink: Image, point: float) -> list[Streak]:
    """Return lines from edge to edge of the page, broken or not: no table's ruling reaches both edges."""
    length = ink.shape[1]
    first_strokes = [s for s in strokes if s.start < _STREAK_RIM * length]
    last_strokes = [s for s in strokes if s.end > (1 - _STREAK_RIM) * length]
    places = np.arange(length)
    streaks: list[Streak] = []
    for a, b in ((a, b) for a in first_strokes for b in last_strokes):
        if abs(a.low - b.high) > _MAX_STREAK_LEAN * length:
            continue
        rows = np.clip(np.rint(np.linspace(a.low, b.high, length)).astype(int), 1, len(ink) - 2)
        ink_samples = ink[rows - 1, places] | ink[rows, places] | ink[rows + 1, places]
        is_known = any(abs(a.low - top) < _MAX_SIDE_OFFSET * point for top, _ in streaks)
        if not is_known and float(ink_samples.mean()) >= _STREAK_INK_SHARE:
            streaks.append((a.low, b.high))
    return streaks


def _lies_on_streak(s: _RulingStroke, streak: Streak, length: int, point: float) -> bool:
    share = (s.start + s.end) / 2 / length
    return (
        abs((s.low + s.high) / 2 - (streak[0] + share * (streak[1] - streak[0]))) < _MAX_SIDE_OFFSET * point
    )


def _find_line_strokes(
    strokes: list[_RulingStroke], white: Image, point: float, min_length: float
) -> list[_RulingStroke]:
    """Level lines of at least so many points, away from the page's edges."""
    edge = _PAGE_EDGE * point
    lines = [
        s
        for s in _join_strokes(strokes, point)
        if s.length >= min_length * point and edge < (s.low + s.high) / 2 < white.shape[0] - edge
    ]
    ink = ink_mask(white)
    return [s for s in lines if s.length >= _LONG_LINE * point or _stands_free(s, ink, point)]


def _stands_free(s: _RulingStroke, ink: Image, point: float) -> bool:
    """Is there white along one side? Strokes of letters in a row have letters on both sides."""
    if s.ink < _MIN_SOLID_SHARE * s.length:
        return False
    offset = max(2, round(_SIDE_OFFSET * point))
    columns = slice(int(s.start), int(s.end))
    row_above, row_below = round(min(s.low, s.high)) - offset, round(max(s.low, s.high)) + offset
    sides = [
        ink[y - 1 : y + 2, columns].any(axis=0).mean()
        for y in (max(1, row_above), min(row_below, len(ink) - 2))
    ]
    return bool(min(sides) < _LETTER_INK_SHARE)


def _find_strokes(white: Image, point: float) -> list[_RulingStroke]:
    """Straight level pieces. A thin stroke that leans a little breaks into steps: dilating mends them.

    Pale and broken rules show after smoothing along them, as valleys between the paper on both sides.
    """
    smoothed_page = cv2.blur(white, (round(_SMOOTHING * point), 1)).astype(np.int16)
    offset = round(_VALLEY_WIDTH * point)
    padded = np.pad(smoothed_page, ((offset, offset), (0, 0)), mode="edge")
    paper_beside = np.minimum(padded[: -2 * offset], padded[2 * offset :])
    valley = ((paper_beside - smoothed_page > _VALLEY_DEPTH) & (paper_beside > _PAPER_LEVEL)).astype(np.uint8)
    length = round(_MIN_STROKE * point)
    stroke_mask = _open_level(ink_mask(white), length) | _open_level(valley, 2 * length)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(stroke_mask, connectivity=8)
    strokes = []
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if area / width > _MAX_THICKNESS * point:
            continue
        part = labels[y : y + height, x : x + width] == i
        strokes.append(_measure_stroke(part, x, y, length // 2))
    return strokes


def _open_level(ink: Image, length: int) -> Image:
    dilated_ink = cv2.dilate(ink, np.ones((2, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(dilated_ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), np.uint8)


def _measure_stroke(part: NDArray[np.bool_], x: int, y: int, end: int) -> _RulingStroke:
    rows = np.arange(part.shape[0])[:, None]

    def mean_row(columns: NDArray[np.bool_]) -> float:
        return float((columns * rows).sum() / max(1, columns.sum())) + y

    width = part.shape[1]
    return _RulingStroke(x, x + width, mean_row(part[:, :end]), mean_row(part[:, -end:]), float(width))


def _join_strokes(strokes: list[_RulingStroke], point: float) -> list[_RulingStroke]:
    """Return pieces on one line put together across short gaps."""
    lines: list[_RulingStroke] = []
    for stroke in sorted(strokes, key=lambda s: s.start):
        candidates = [
            s
            for s in lines
            if -stroke.length < stroke.start - s.end <= _MAX_INK_GAP * point
            and abs(stroke.low - s.high) <= _MAX_SIDE_OFFSET * point
        ]
        if not candidates:
            lines.append(stroke)
            continue
        s = min(candidates, key=lambda s: abs(stroke.low - s.high))
        s.ink += max(0.0, stroke.end - max(s.end, stroke.start))
        if stroke.end > s.end:
            s.end, s.high = stroke.end, stroke.high
    return [s for s in lines if s.ink >= _MIN_INK_SHARE * s.length]


def _meets_level(post: _RulingStroke, level_strokes: list[_RulingStroke], point: float) -> bool:
    tolerance = _MEETING_DISTANCE * point
    x = (post.low + post.high) / 2
    crossing_levels = [bar.low for bar in level_strokes if bar.start - tolerance <= x <= bar.end + tolerance]
    return all(any(abs(y - end) <= tolerance for y in crossing_levels) for end in (post.start, post.end))
