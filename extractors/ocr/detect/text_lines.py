"""Lines of text on a flattened page: as found, cut where an upright rule parts two cells."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.model.raw_page import Ruling
from extractors.ocr.image_input import Image

_MAX_SLANT = 0.2  # tangent: a long line that leans more is a stamp's lettering, not print
_MIN_PASS_SHARE = 0.5  # share of a line's height that an upright rule must pass to part it
_CUT_MARGIN = 0.9  # points taken off on both sides of a rule
_MIDDLE_BAND = 0.25  # of a line's height
_MAX_LETTER_STROKE = 90.0  # points
_FOOT_OFFSET = 0.25  # of a line's height below its middle
_LETTER_INK_SHARE = 0.25  # share of the length beside a stroke that is ink where there are letters
_MAX_BAR_SHARE = 0.6  # of a line's width: a bar beside text takes less of the line
_MIN_LINE_WIDTH = 1.5  # points of width that are still a line
_MAX_LEVEL_SLOPE = 2.0  # pixels of slope up to which a line is cut out upright


@dataclass(frozen=True, slots=True)
class DetectedLine:
    """A line in pixels: its left and right ends' middles, and its height."""

    x0: float
    y0: float
    x1: float
    y1: float
    height: float

    @property
    def width(self) -> float:
        """In pixels."""
        return self.x1 - self.x0

    def middle_at(self, x: float) -> float:
        """Return the line's middle height at ``x``."""
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / max(1e-6, self.width)


def lines_from_quads(quads: NDArray[np.float32]) -> list[DetectedLine]:
    """Return lines from the corners of text areas, those that slant left out."""
    lines = []
    for tl, tr, br, bl in quads:
        left, right = (tl + bl) / 2, (tr + br) / 2
        height = float(np.linalg.norm(bl - tl) + np.linalg.norm(br - tr)) / 2
        direction = right - left
        if direction[0] <= 0 or (direction[0] > 2 * height and abs(direction[1]) > _MAX_SLANT * direction[0]):
            continue
        if direction[0] <= 2 * height:  # of a short area only the place is sure, not the slope
            left[1] = right[1] = (left[1] + right[1]) / 2
        lines.append(DetectedLine(float(left[0]), float(left[1]), float(right[0]), float(right[1]), height))
    return lines


def cut_at_rulings(lines: list[DetectedLine], rules: list[Ruling], point: float) -> list[DetectedLine]:
    """Return the lines, cut at each upright rule that passes through them."""
    posts = [rule for rule in rules if not rule.is_horizontal]
    return [part for line in lines for part in _cut_line(line, posts, point)]


def _cut_line(line: DetectedLine, posts: list[Ruling], point: float) -> list[DetectedLine]:
    places = sorted(
        x
        for post in posts
        if line.x0 < (x := (post.x0 + post.x1) / 2) < line.x1 and _passes_through(line, post, x)
    )
    if not places:
        return [line]
    shave = _CUT_MARGIN * point
    starts = [line.x0, *(x + shave for x in places)]
    ends = [*(x - shave for x in places), line.x1]
    return [
        DetectedLine(a, line.middle_at(a), b, line.middle_at(b), line.height)
        for a, b in zip(starts, ends, strict=True)
        if b - a >= _MIN_LINE_WIDTH * point
    ]


def _passes_through(line: DetectedLine, post: Ruling, x: float) -> bool:
    middle = line.middle_at(x)
    top, bottom = middle - line.height / 2, middle + line.height / 2
    return min(bottom, post.bottom) - max(top, post.top) >= _MIN_PASS_SHARE * line.height


def is_letter_stroke(rule: Ruling, lines: list[DetectedLine], ink: Image, point: float) -> bool:
    """Is this short level rule made of the bold letters of a line of text, run together?

    It lies above the line's foot, and has letters on a side of it, as a bar in a line has not.
    """
    if not rule.is_horizontal or rule.length > _MAX_LETTER_STROKE * point:
        return False
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    if not any(
        line.x0 <= x <= line.x1 and -0.45 < (y - line.middle_at(x)) / line.height < _FOOT_OFFSET
        for line in lines
    ):
        return False
    offset, columns = round(2.5 * point), slice(max(0, int(rule.x0)), int(rule.x1))
    row_above, row_below = max(1, round(rule.top) - offset), min(len(ink) - 2, round(rule.bottom) + offset)
    return any(
        ink[row - 1 : row + 2, columns].any(axis=0).mean() > _LETTER_INK_SHARE
        for row in (row_above, row_below)
    )


def is_beside_text(rule: Ruling, lines: list[DetectedLine]) -> bool:
    """Does a level rule reach into a line of text at mid-height, as a fraction's bar before ``x 100%``?

    An underline does not: it runs at the foot, and taking it away would take letters' feet with it.
    """
    if not rule.is_horizontal:
        return False
    y = (rule.top + rule.bottom) / 2
    return any(
        0 < min(rule.x1, line.x1) - max(rule.x0, line.x0) < _MAX_BAR_SHARE * line.width
        and abs(y - line.middle_at(min(max(rule.x0, line.x0), line.x1))) < _MIDDLE_BAND * line.height
        for line in lines
    )


def crop_line(image: Image, line: DetectedLine) -> Image:
    """Return the picture of a line, laid level."""
    width, height = max(4, round(line.width)), max(4, round(line.height))
    if abs(line.y1 - line.y0) <= _MAX_LEVEL_SLOPE:
        top = max(0, round((line.y0 + line.y1) / 2 - height / 2))
        left = max(0, round(line.x0))
        crop = image[top : top + height, left : left + width]
        if crop.shape[0] >= 4 and crop.shape[1] >= 4:
            return np.ascontiguousarray(crop)
    slope = (line.y1 - line.y0) / max(1e-6, line.width)
    transform = np.array([[1.0, 0.0, -line.x0], [-slope, 1.0, height / 2 - line.y0 + slope * line.x0]])
    return np.asarray(
        cv2.warpAffine(
            image, transform, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    )
