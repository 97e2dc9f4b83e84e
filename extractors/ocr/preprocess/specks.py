"""Specks of a black and white scan: dots that are neither a letter's nor a full stop are taken off.

A fax is full of them, and what the recogniser makes of a speck (``5'``, ``. -``) costs more than a letter: a
number that is none does not begin its row.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.detect.text_lines import DetectedLine
from extractors.ocr.image_input import Image

_SPECKS_A_LINE = 2
"""Specks for each line of text up to which a page is clean: faxes have five and more, scans few."""
_SPECK_SIZE = 2.1
"""Points: what is smaller both ways is a dot."""
_BASELINE_OFFSET = 1.0
"""Points by which the foot of a full stop may miss its line's."""
_DESCENT = 3.5
"""Points by which g, j or p reach below their full stop."""
_MARKER_WIDTH = 2.5
"""Heights of a line up to which it may be a list's marker alone (``g.``), which tells no baseline."""
_STOP_DISTANCE = 2.5
"""Points of white between a letter and its full stop."""
_DOT_DISTANCE = 2.6
"""Points of white between the stem of an i and its dot."""
_HYPHEN_DISTANCE = 1.6
"""Points of white between a hyphen and the letters beside it."""
_MARK_SIZE = (2.6, 4.2)
"""Points, width and height of a dot or a comma that may stand below or above a dot."""
_PAIR_DISTANCE = (1.6, 5.5)
"""Points between the middles of a colon's dots."""
_PAIR_OFFSET = 0.8
"""Points sideways between them."""

_Boxes = NDArray[np.float64]
"""A row a component: ``x0, top, x1, bottom`` in pixels."""


def remove_specks(white: Image, ink: Image, lines: Sequence[DetectedLine], dpi: float) -> Image:
    """Return the page without the dots that are no part of a letter, hyphen, full stop or colon.

    Args:
        white: the page's grey levels, ``ink`` its mask of ink.
        lines: the lines of text found on it.
        dpi: its pixels an inch.
    """
    point = dpi / 72
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small_mask = (stats[:, 2] <= _SPECK_SIZE * point) & (stats[:, 3] <= _SPECK_SIZE * point)
    small_mask[0] = False
    dots = np.flatnonzero(small_mask)
    if not len(dots):
        return white
    boxes = np.column_stack([stats[:, 0], stats[:, 1], stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]])
    boxes = boxes.astype(np.float64)
    large_mask = ~small_mask
    large_mask[0] = False
    letter_sums = cv2.integral(large_mask[labels].astype(np.uint8))
    feet = _foot_levels(lines, boxes[large_mask])
    is_mark = (stats[:, 2] <= _MARK_SIZE[0] * point) & (stats[:, 3] <= _MARK_SIZE[1] * point)
    is_mark[0] = False
    is_kept = _are_paired(boxes[dots], boxes[is_mark], point)
    for i, dot in enumerate(boxes[dots]):
        is_kept[i] |= (
            _is_letter_dot(dot, letter_sums, point)
            or _is_hyphen(dot, letter_sums, point)
            or _is_full_stop(dot, letter_sums, feet, point)
        )
    if (~is_kept).sum() <= _SPECKS_A_LINE * len(lines):  # a clean page: a dot in an odd place is print
        return white
    dirt_mask = np.zeros(len(stats), bool)
    dirt_mask[dots[~is_kept]] = True
    grown_mask = cv2.dilate(dirt_mask[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where((grown_mask > 0) & ~large_mask[labels], np.uint8(255), white)


def _foot_levels(lines: Sequence[DetectedLine], letters: _Boxes) -> list[tuple[DetectedLine, float]]:
    """Return how far below the middle of each line its letters stand, as most of them do."""
    middles = (letters[:, :2] + letters[:, 2:]) / 2
    feet: list[tuple[DetectedLine, float]] = []
    for line in lines:
        levels = line.y0 + (line.y1 - line.y0) * (middles[:, 0] - line.x0) / max(1.0, line.width)
        is_inside = (middles[:, 0] >= line.x0) & (middles[:, 0] <= line.x1)
        is_inside &= np.abs(middles[:, 1] - levels) < line.height / 2
        if is_inside.any():
            feet.append((line, float(np.median(letters[is_inside, 3] - levels[is_inside]))))
    return feet


def _are_paired(dots: _Boxes, marks: _Boxes, point: float) -> NDArray[np.bool_]:
    """Return which dots stand above or below a mark, as in a colon or a semicolon."""
    dot_middles, mark_middles = (dots[:, :2] + dots[:, 2:]) / 2, (marks[:, :2] + marks[:, 2:]) / 2
    mark_middles = mark_middles[np.argsort(mark_middles[:, 0])]
    starts = np.searchsorted(mark_middles[:, 0], dot_middles[:, 0] - _PAIR_OFFSET * point, side="left")
    ends = np.searchsorted(mark_middles[:, 0], dot_middles[:, 0] + _PAIR_OFFSET * point, side="right")
    is_paired = np.zeros(len(dots), bool)
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        distances = np.abs(mark_middles[start:end, 1] - dot_middles[i, 1])
        is_near = (distances >= _PAIR_DISTANCE[0] * point) & (distances <= _PAIR_DISTANCE[1] * point)
        is_paired[i] = bool(is_near.any())
    return is_paired


def _is_letter_dot(dot: NDArray[np.float64], letter_sums: NDArray[np.int32], point: float) -> bool:
    """Does a stem stand right below?"""
    x0, _, x1, bottom = dot
    return _count_ink(letter_sums, x0, bottom + 1, x1, bottom + _DOT_DISTANCE * point) > 0


def _is_hyphen(dot: NDArray[np.float64], letter_sums: NDArray[np.int32], point: float) -> bool:
    """Is it wider than high, with letters close on both sides?"""
    x0, top, x1, bottom = dot
    reach, height = _HYPHEN_DISTANCE * point, point
    return (
        x1 - x0 > bottom - top
        and _count_ink(letter_sums, x0 - reach, top - height, x0, bottom + height) > 0
        and _count_ink(letter_sums, x1, top - height, x1 + reach, bottom + height) > 0
    )


def _is_full_stop(
    dot: NDArray[np.float64],
    letter_sums: NDArray[np.int32],
    feet: Sequence[tuple[DetectedLine, float]],
    point: float,
) -> bool:
    """Does it stand at the foot of a line, right behind a letter?"""
    x0, top, _, bottom = dot
    is_at_foot = any(
        line.x0 - point <= x0 <= line.x1 + 2 * _STOP_DISTANCE * point
        and -_BASELINE_OFFSET * point - _descent(line, point)
        <= bottom - line.middle_at(x0) - foot
        <= _BASELINE_OFFSET * point
        for line, foot in feet
    )
    return (
        is_at_foot and _count_ink(letter_sums, x0 - _STOP_DISTANCE * point, top - 3 * point, x0, bottom) > 0
    )


def _descent(line: DetectedLine, point: float) -> float:
    """Return how far the foot of a line may lie below its baseline: a marker may be a letter with a tail."""
    return _DESCENT * point if line.width < _MARKER_WIDTH * line.height else 0.0


def _count_ink(sums: NDArray[np.int32], x0: float, top: float, x1: float, bottom: float) -> int:
    """Return the pixels of letters in a box, by the sums of all pixels above and to the left."""
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    left, right = (min(max(0, round(x)), width) for x in (x0, x1))
    first, last = (min(max(0, round(y)), height) for y in (top, bottom))
    return int(sums[last, right] - sums[first, right] - sums[last, left] + sums[first, left])
