"""Small print that the text finder passes over: dashes, bullets, colons, lone numbers.

List marks decide what is an item of its own, so ink that no found line and no rule covers is looked
at again: letter-sized pieces that stand on the height of a line of text. A lone dash, bullet or colon
is recognised by its shape, of which OCR makes letters; any other becomes a line to be read.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model.raw_page import Ruling
from extractors.ocr.detect.text_lines import DetectedLine
from extractors.ocr.image_input import Image
from extractors.ocr.recognise.ocr_engine import LineReading

_WIDTH_RANGE = (0.8, 26.0)  # points
_HEIGHT_RANGE = (0.5, 13.0)
_MAX_DIRT = 1.3  # points: thinner both ways is dirt
_LINE_DISTANCE = 60.0  # points to the line of text that a mark belongs to
_LETTER_GAP = 2.5  # points between letters of one mark
_MAX_DASH_HEIGHT = 1.9  # points of height
_BULLET_SIZE = (2.4, 6.5)  # points across
_MAX_DOT_SIZE = 2.2  # points across
_SHAPE_CONFIDENCE = 0.9  # confidence of a mark recognised by its shape
_DIGIT_HEIGHT = (4.0, 9.0)  # points of height
_MIN_DIGIT_WIDTH = 1.0  # points of width: a 1
_MIN_ROW_DIGITS = 3  # digits in one row that are no dirt
_MAX_MARKS = 60  # marks a page: more is dirt or a drawing
UNREAD_MARK = "□"
"""Stands for a mark that was not read."""


DetectedMark = tuple[DetectedLine, LineReading | None]
"""Where a mark stands, and what its shape says that it is."""


def find_missed_marks(
    ink: Image, lines: list[DetectedLine], rules: list[Ruling], point: float
) -> tuple[list[DetectedMark], list[DetectedMark]]:
    """The small print that stands uncovered beside a line of text; and, where it is too much to be print,
    the same as what is left out, each recognised by its shape or ``UNREAD_MARK``.
    """
    if not lines:
        return [], []
    uncovered_ink = ink.copy()
    for line in lines:
        _erase_area(
            uncovered_ink,
            line.x0,
            min(line.y0, line.y1) - line.height / 2,
            line.x1,
            max(line.y0, line.y1) + line.height / 2,
        )
    for rule in rules:
        _erase_area(uncovered_ink, rule.x0 - point, rule.top - point, rule.x1 + point, rule.bottom + point)
    closed_ink = cv2.morphologyEx(
        uncovered_ink, cv2.MORPH_CLOSE, np.ones((round(5 * point), round(_LETTER_GAP * point)), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed_ink, connectivity=8)
    marks = [
        (mark, _recognise_shape(uncovered_ink[y : y + h, x : x + w], point))
        for x, y, w, h, _ in stats[1:].tolist()
        if (mark := _mark_line(x, y, w, h, lines, point))
    ]
    marks += _find_number_rows(np.asarray(stats[1:], np.int32), [line for line, _ in marks], lines, point)
    if len(marks) <= _MAX_MARKS:
        return marks, []
    return [], [(line, reading or LineReading(UNREAD_MARK, (0.5,), (0.0,))) for line, reading in marks]


def _find_number_rows(
    stats: NDArray[np.int32], marked_lines: list[DetectedLine], lines: list[DetectedLine], point: float
) -> list[DetectedMark]:
    """Return a row of single letters or digits far apart, as a table's row of column numbers is."""
    letters = sorted(
        (y + h / 2, x, w, h)
        for x, y, w, h, _ in stats.tolist()
        if _DIGIT_HEIGHT[0] * point <= h <= _DIGIT_HEIGHT[1] * point
        and _MIN_DIGIT_WIDTH * point <= w <= _DIGIT_HEIGHT[1] * point
        and not any(abs(line.y0 - y - h / 2) < h and line.x0 <= x <= line.x1 for line in marked_lines)
    )
    height = float(np.median([line.height for line in lines]))
    rows: list[list[tuple[float, int, int, int]]] = []
    for letter in letters:
        if rows and letter[0] - rows[-1][-1][0] < height / 4:
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [
        (DetectedLine(x - height / 2, y, x + w + height / 2, y, height), None)
        for row in rows
        if len(row) >= _MIN_ROW_DIGITS
        for y, x, w, _ in row
    ]


def _erase_area(ink: Image, x0: float, top: float, x1: float, bottom: float) -> None:
    ink[max(0, int(top)) : max(0, int(bottom) + 1), max(0, int(x0)) : max(0, int(x1) + 1)] = 0


def _mark_line(
    x: int, y: int, w: int, h: int, lines: list[DetectedLine], point: float
) -> DetectedLine | None:
    if not (
        _WIDTH_RANGE[0] * point <= w <= _WIDTH_RANGE[1] * point
        and _HEIGHT_RANGE[0] * point <= h <= _HEIGHT_RANGE[1] * point
    ):
        return None
    if w < _MAX_DIRT * point and h < 2 * _MAX_DIRT * point:
        return None
    line = _nearest_line(x, x + w, y + h / 2, lines, point)
    if line is None:
        return None
    middle = line.middle_at(x + w / 2)
    pad = 0.4 * line.height
    return DetectedLine(x - pad, middle, x + w + pad, middle, line.height)


def _recognise_shape(mark: Image, point: float) -> LineReading | None:
    """Return a dash, a bullet or a colon, where the ink has that shape."""
    rows, columns = np.flatnonzero(mark.any(axis=1)), np.flatnonzero(mark.any(axis=0))
    if not len(rows):
        return None
    mark = mark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (side / point for side in mark.shape)
    fill_share = float(mark.mean())
    text = ""
    if width >= 1.6 * height and height <= _MAX_DASH_HEIGHT and fill_share > 0.7:
        text = "-"
    elif _BULLET_SIZE[0] <= height <= _BULLET_SIZE[1] and 0.75 < width / height < 1.33 and fill_share > 0.65:
        text = "•"
    elif height > 2.2 * width and _is_two_dots(mark, point):
        text = ":"
    return LineReading(text, (0.5,), (_SHAPE_CONFIDENCE,)) if text else None


def _is_two_dots(mark: Image, point: float) -> bool:
    parts = cv2.connectedComponentsWithStats(mark, connectivity=8)[2][1:]
    return len(parts) == 2 and bool((parts[:, 2:4] <= _MAX_DOT_SIZE * point).all())


def _nearest_line(
    x0: float, x1: float, y: float, lines: list[DetectedLine], point: float
) -> DetectedLine | None:
    """Return the nearest line to the left or right on whose height the mark stands."""
    candidates = [
        (max(line.x0 - x1, x0 - line.x1), line)
        for line in lines
        if abs(line.middle_at((x0 + x1) / 2) - y) < 0.35 * line.height
        and -point <= max(line.x0 - x1, x0 - line.x1) <= _LINE_DISTANCE * point
    ]
    return min(candidates, key=lambda pair: pair[0])[1] if candidates else None
