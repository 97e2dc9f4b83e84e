"""Lines of text on a flattened page: as found, cut where an upright rule parts two cells."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.printed import Rule
from extractors.scan.images import Image

_SLANT = 0.2  # tangent: a long line that leans more is a stamp's lettering, not print
_INSIDE = 0.5  # share of a line's height that an upright rule must pass to part it
_SHAVE = 0.9  # points taken off on both sides of a rule
_MIDDLE = 0.25  # of a line's height
_RUN_TOGETHER = 90.0  # points
_FOOT = 0.25  # of a line's height below its middle
_LETTERED = 0.25  # share of the length beside a stroke that is ink where there are letters
_PART = 0.6  # of a line's width: a bar beside text takes less of the line
_LEAST = 1.5  # points of width that are still a line
_LEVEL = 2.0  # pixels of slope up to which a line is cut out upright


@dataclass(frozen=True, slots=True)
class TextLine:
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

    def middle(self, x: float) -> float:
        """The line's middle height at ``x``."""
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / max(1e-6, self.width)


def lines_of(quads: NDArray[np.float32]) -> list[TextLine]:
    """Lines from the corners of text areas, those that slant left out."""
    lines = []
    for tl, tr, br, bl in quads:
        left, right = (tl + bl) / 2, (tr + br) / 2
        height = float(np.linalg.norm(bl - tl) + np.linalg.norm(br - tr)) / 2
        across = right - left
        if across[0] <= 0 or (across[0] > 2 * height and abs(across[1]) > _SLANT * across[0]):
            continue
        if across[0] <= 2 * height:  # of a short area only the place is sure, not the slope
            left[1] = right[1] = (left[1] + right[1]) / 2
        lines.append(TextLine(float(left[0]), float(left[1]), float(right[0]), float(right[1]), height))
    return lines


def cut_at_rules(lines: list[TextLine], rules: list[Rule], point: float) -> list[TextLine]:
    """The lines, cut at each upright rule that passes through them."""
    posts = [rule for rule in rules if not rule.horizontal]
    return [part for line in lines for part in _cut(line, posts, point)]


def _cut(line: TextLine, posts: list[Rule], point: float) -> list[TextLine]:
    places = sorted(
        x for post in posts if line.x0 < (x := (post.x0 + post.x1) / 2) < line.x1 and _passes(line, post, x)
    )
    if not places:
        return [line]
    shave = _SHAVE * point
    starts = [line.x0, *(x + shave for x in places)]
    ends = [*(x - shave for x in places), line.x1]
    return [
        TextLine(a, line.middle(a), b, line.middle(b), line.height)
        for a, b in zip(starts, ends, strict=True)
        if b - a >= _LEAST * point
    ]


def _passes(line: TextLine, post: Rule, x: float) -> bool:
    middle = line.middle(x)
    top, bottom = middle - line.height / 2, middle + line.height / 2
    return min(bottom, post.bottom) - max(top, post.top) >= _INSIDE * line.height


def strokes_of_letters(rule: Rule, lines: list[TextLine], ink: Image, point: float) -> bool:
    """Is this short level rule made of the bold letters of a line of text, run together?

    It lies above the line's foot, and has letters on a side of it, as a bar in a line has not.
    """
    if not rule.horizontal or rule.length > _RUN_TOGETHER * point:
        return False
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    if not any(
        line.x0 <= x <= line.x1 and -0.45 < (y - line.middle(x)) / line.height < _FOOT for line in lines
    ):
        return False
    off, across = round(2.5 * point), slice(max(0, int(rule.x0)), int(rule.x1))
    above, below = max(1, round(rule.top) - off), min(len(ink) - 2, round(rule.bottom) + off)
    return any(ink[at - 1 : at + 2, across].any(axis=0).mean() > _LETTERED for at in (above, below))


def beside_text(rule: Rule, lines: list[TextLine]) -> bool:
    """Does a level rule reach into a line of text at mid-height, as a fraction's bar before ``x 100%``?

    An underline does not: it runs at the foot, and taking it away would take letters' feet with it.
    """
    if not rule.horizontal:
        return False
    y = (rule.top + rule.bottom) / 2
    return any(
        0 < min(rule.x1, line.x1) - max(rule.x0, line.x0) < _PART * line.width
        and abs(y - line.middle(min(max(rule.x0, line.x0), line.x1))) < _MIDDLE * line.height
        for line in lines
    )


def cut_out(image: Image, line: TextLine) -> Image:
    """The picture of a line, laid level."""
    width, height = max(4, round(line.width)), max(4, round(line.height))
    if abs(line.y1 - line.y0) <= _LEVEL:
        top = max(0, round((line.y0 + line.y1) / 2 - height / 2))
        left = max(0, round(line.x0))
        part = image[top : top + height, left : left + width]
        if part.shape[0] >= 4 and part.shape[1] >= 4:
            return np.ascontiguousarray(part)
    slope = (line.y1 - line.y0) / max(1e-6, line.width)
    lay = np.array([[1.0, 0.0, -line.x0], [-slope, 1.0, height / 2 - line.y0 + slope * line.x0]])
    return np.asarray(
        cv2.warpAffine(image, lay, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )
