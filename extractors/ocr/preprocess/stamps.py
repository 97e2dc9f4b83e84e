"""Stamps in coloured ink: taken from the page, so that print under them is read and their letters are not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.image_input import Image
from extractors.ocr.preprocess.whiten import whiten_background

MIN_SATURATION = 24
"""Levels between the strongest and the weakest channel from which ink has a colour."""
PALE_LEVEL = 150
"""Level of its strongest channel from which coloured ink is paper; print under a stamp is far darker."""
EDGE_LEVEL = 225
"""The same for ink without colour beside it: a stroke's pale edge is paper, a thin rule is not."""
SIZE_RANGE = (45.0, 230.0)
"""Points that a stamp is wide and high: a heading in colour is lower, a coloured table larger."""
MAX_ASPECT_RATIO = 2.6
"""How much longer one side of a stamp is than the other at most."""
COVERAGE_RANGE = (0.03, 0.55)
"""Share of its area that a stamp's strokes cover; a shaded cell is covered whole."""
MAX_WHITE_INK = 0.004
"""Share of a row of pixels that is inked by dirt alone."""
MIN_WHITE_ROWS = 0.1
"""Share of the rows of a coloured block without ink from which it is lines of text."""
_STROKE_GAP = 7.0  # points between strokes of one stamp
_EDGE_WIDTH = 3  # pixels round a stroke that are its pale edge
_SHRINK_FACTOR = 4


def remove_stamps(image: Image, dpi: float) -> Image:
    """Return the page without coloured stamps; what they lie over stays.

    Colour is compared with that of the paper round it: warm light and yellowed paper have none.

    Args:
        image: RGB pixels; the result has its shape. A page without stamps is given back as it is.
        dpi: its resolution.
    """
    channels = [whiten_background(np.asarray(channel, np.uint8), dpi) for channel in cv2.split(image)]
    strongest, weakest = np.maximum.reduce(channels), np.minimum.reduce(channels)
    colour_mask = (cv2.subtract(strongest, weakest) >= MIN_SATURATION).astype(np.uint8)
    stamps = _find_stamp_areas(colour_mask, dpi / 72)
    if not stamps:
        return image
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    near_mask = cv2.dilate(colour_mask, np.ones((2 * _EDGE_WIDTH + 1, 2 * _EDGE_WIDTH + 1), np.uint8)).astype(
        bool
    )
    paper = int(np.median(grey))
    for area in stamps:
        paper_level = np.where(colour_mask[area].astype(bool), PALE_LEVEL, EDGE_LEVEL)
        paper_tone = np.minimum(strongest[area] / paper_level, 1.0) * paper
        grey[area] = np.where(near_mask[area], np.maximum(paper_tone, grey[area]), grey[area]).astype(
            np.uint8
        )
    return np.asarray(cv2.merge([grey] * 3), np.uint8)


def _find_stamp_areas(colour_mask: NDArray[np.uint8], point: float) -> list[tuple[slice, slice]]:
    """Return where stamps stand: strokes near one another that together have a stamp's size and shape."""
    reduced_mask = cv2.resize(
        colour_mask, None, fx=1 / _SHRINK_FACTOR, fy=1 / _SHRINK_FACTOR, interpolation=cv2.INTER_AREA
    )
    gap = max(1, round(_STROKE_GAP * point / _SHRINK_FACTOR))
    closed_mask = cv2.morphologyEx(reduced_mask, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    out: list[tuple[slice, slice]] = []
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(closed_mask, connectivity=8)[2][1:]:
        sides = sorted((width * _SHRINK_FACTOR / point, height * _SHRINK_FACTOR / point))
        if sides[0] < SIZE_RANGE[0] or sides[1] > SIZE_RANGE[1] or sides[1] > MAX_ASPECT_RATIO * sides[0]:
            continue
        area = (
            slice(max(0, (y - 1) * _SHRINK_FACTOR), (y + height + 1) * _SHRINK_FACTOR),
            slice(max(0, (x - 1) * _SHRINK_FACTOR), (x + width + 1) * _SHRINK_FACTOR),
        )
        if COVERAGE_RANGE[0] < float(colour_mask[area].mean()) < COVERAGE_RANGE[1] and not _has_lines(
            colour_mask[area]
        ):
            out.append(area)
    return out


def _has_lines(strokes: NDArray[np.uint8]) -> bool:
    """Is it level text in colour? White runs between its lines; a stamp's ring or frame leaves none."""
    return float((strokes.mean(axis=1) < MAX_WHITE_INK).mean()) > MIN_WHITE_ROWS
