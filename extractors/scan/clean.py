"""Paper made white: shadows and tints divided out; specks and scanner streaks taken off."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.printed import Rule
from extractors.scan.images import Image

_INK = 175  # grey level, paper being 255, that is still ink: thin rules are pale, security paper paler
_PURE = 253  # grey level
_MOSTLY = 0.7  # share of the page
_SPECK = 1.4  # points: what is smaller both ways and stands alone is dirt
_SOFT = 0.9  # pixels
_HALF = 3  # pixels from the middle of a rule to the paper beside it
_THIN = 2  # pixels from the middle of a streak to the paper beside it
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
    """Is the paper pure white, as a fax's is and a scan's in grey or colour never?"""
    return bool((grey[::3, ::3] >= _PURE).mean() > _MOSTLY)


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


def soften(white: Image) -> Image:
    """A black and white page with its jags rounded: letters as the reading model knows them."""
    return np.asarray(cv2.GaussianBlur(white, (0, 0), _SOFT), np.uint8)


def without_bars(white: Image, bars: list[Rule]) -> Image:
    """The page without level lines: each pixel of one takes the darker of those beyond its sides."""
    out = white.copy()
    for bar in bars:
        first, last = max(0, round(bar.top) - _HALF), min(len(out) - 1, round(bar.bottom) + _HALF)
        span = slice(max(0, int(bar.x0) - 1), int(bar.x1) + 2)
        out[first + 1 : last, span] = np.minimum(out[first, span], out[last, span])
    return out


def without_streak(white: Image, at_top: float, at_foot: float) -> Image:
    """The page without a scanner's streak; where it crosses a letter, the letter's ink stays."""
    height, width = white.shape
    rows = np.arange(height)
    middle = np.clip(np.rint(np.linspace(at_top, at_foot, height)).astype(int), _THIN, width - 1 - _THIN)
    out = white.copy()
    filling = np.minimum(white[rows, middle - _THIN], white[rows, middle + _THIN])
    for off in range(1 - _THIN, _THIN):
        out[rows, middle + off] = filling
    return out
