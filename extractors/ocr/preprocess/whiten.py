"""Paper made white: shadows and tints divided out; rules and scanner streaks taken off."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.model.raw_page import Ruling
from extractors.ocr.image_input import Image

_INK_LEVEL = 175  # grey level, paper being 255, that is still ink: thin rules are pale, security paper paler
_PURE_WHITE = 253  # grey level
_BILEVEL_SHARE = 0.7  # share of the page
_SOFTEN_SIGMA = 0.9  # pixels
_BAR_HALF_WIDTH = 3  # pixels from the middle of a rule to the paper beside it
_STREAK_HALF_WIDTH = 2  # pixels from the middle of a streak to the paper beside it


def whiten_background(grey: Image, dpi: float) -> Image:
    """The page with its background divided out: paper 255 everywhere, ink as dark as it is."""
    window = max(3, round(dpi * 0.02) * 2 + 1)
    shrink = 4
    thumbnail = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(thumbnail, np.ones((window, window), np.uint8))
    paper = cv2.blur(paper, (2 * window + 1, 2 * window + 1))
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=255), np.uint8)


def ink_mask(white: Image) -> Image:
    """1 where there is ink, 0 elsewhere."""
    return (white < _INK_LEVEL).astype(np.uint8)


def is_bilevel(grey: Image) -> bool:
    """Is the paper pure white, as a fax's is and a scan's in grey or colour never?"""
    return bool((grey[::3, ::3] >= _PURE_WHITE).mean() > _BILEVEL_SHARE)


def soften_edges(white: Image) -> Image:
    """A black and white page with its jags rounded: letters as the reading model knows them."""
    return np.asarray(cv2.GaussianBlur(white, (0, 0), _SOFTEN_SIGMA), np.uint8)


def remove_bars(white: Image, bars: list[Ruling]) -> Image:
    """The page without level lines: each pixel of one takes the darker of those beyond its sides."""
    out = white.copy()
    for bar in bars:
        first_row, last_row = (
            max(0, round(bar.top) - _BAR_HALF_WIDTH),
            min(len(out) - 1, round(bar.bottom) + _BAR_HALF_WIDTH),
        )
        span = slice(max(0, int(bar.x0) - 1), int(bar.x1) + 2)
        out[first_row + 1 : last_row, span] = np.minimum(out[first_row, span], out[last_row, span])
    return out


def remove_streak(white: Image, at_top: float, at_foot: float) -> Image:
    """The page without a scanner's streak; where it crosses a letter, the letter's ink stays."""
    height, width = white.shape
    rows = np.arange(height)
    middle = np.clip(
        np.rint(np.linspace(at_top, at_foot, height)).astype(int),
        _STREAK_HALF_WIDTH,
        width - 1 - _STREAK_HALF_WIDTH,
    )
    out = white.copy()
    filling = np.minimum(white[rows, middle - _STREAK_HALF_WIDTH], white[rows, middle + _STREAK_HALF_WIDTH])
    for offset in range(1 - _STREAK_HALF_WIDTH, _STREAK_HALF_WIDTH):
        out[rows, middle + offset] = filling
    return out
