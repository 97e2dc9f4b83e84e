"""Paper made white: shadows and tints divided out; specks and scanner streaks taken off."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.printed import Rule
from extractors.scan.images import Image

_INK = 175  # grey level, paper being 255, that is still ink: thin rules are pale, security paper paler
_SPECK = 1.4  # points: what is smaller both ways and stands alone is dirt
_HALF = 3  # pixels from the middle of a rule to the paper beside it
_ALONE = 3.0  # points of white round a speck


def whiten(grey: Image, dpi: float) -> Image:
    """The page with its background divided out: paper 255 everywhere, ink as dark as it is."""
    around = max(3, round(dpi * 0.02) * 2 + 1)
    shrink = 4
    small = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((around, around), np.uint8))
    paper = cv2.blur(paper, (2 * around + 1, 2 * around + 1))
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=255), np.uint8)


def ink_of(white: Image) -> Image:
    """1 where there is ink, 0 elsewhere."""
    return (white < _INK).astype(np.uint8)


def is_bilevel(grey: Image) -> bool:
    """Is the page black and white only, as a fax is (drawn at another resolution or not)?"""
    counts = np.bincount(grey[::3, ::3].ravel(), minlength=256)
    return bool(
        counts[245:].sum() + counts[:11].sum() > 0.985 * counts.sum() and counts[255] > 0.8 * counts.sum()
    )


def without_specks(white: Image, ink: Image, dpi: float) -> Image:
    """The page without dots that belong to nothing: smaller than a full stop or far from any letter."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    point = dpi / 72
    small = (stats[:, 2] <= _SPECK * point) & (stats[:, 3] <= _SPECK * point)
    small[0] = False
    if not small.any():
        return white
    large = (~small)[labels] & (labels > 0)
    reach = round(_ALONE * point) * 2 + 1
    near = cv2.dilate(large.astype(np.uint8), np.ones((reach, reach), np.uint8))
    held = np.zeros(count, bool)
    held[np.unique(labels[near > 0])] = True
    dirt = cv2.dilate((small & ~held)[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(dirt > 0, np.uint8(255), white)


def without_rules(white: Image, rules: list[Rule]) -> Image:
    """The page without drawn lines; where a letter touches or crosses one, its ink stays.

    Each pixel of a line takes the darker of the two pixels beyond the line's sides.
    """
    out = white.copy()
    for rule in rules:
        page = out if rule.horizontal else out.T
        low, high, start, end = (
            (rule.top, rule.bottom, rule.x0, rule.x1)
            if rule.horizontal
            else (rule.x0, rule.x1, rule.top, rule.bottom)
        )
        first, last = max(0, round(low) - _HALF), min(page.shape[0] - 1, round(high) + _HALF)
        span = slice(max(0, int(start) - 1), int(end) + 2)
        page[first + 1 : last, span] = np.minimum(page[first, span], page[last, span])
    return out
