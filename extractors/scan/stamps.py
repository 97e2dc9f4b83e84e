"""Stamps in coloured ink: taken from the page, so that print under them is read and their letters are not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scan.clean import whiten
from extractors.scan.images import Image

COLOURED = 24
"""Levels between the strongest and the weakest channel from which ink has a colour."""
PALE = 150
"""Level of its strongest channel from which coloured ink is paper; print under a stamp is far darker."""
EDGE = 225
"""The same for ink without colour beside it: a stroke's pale edge is paper, a thin rule is not."""
SIDES = (45.0, 230.0)
"""Points that a stamp is wide and high: a heading in colour is lower, a coloured table larger."""
SLIM = 2.6
"""How much longer one side of a stamp is than the other at most."""
INKED = (0.03, 0.55)
"""Share of its area that a stamp's strokes cover; a shaded cell is covered whole."""
WHITE = 0.004
"""Share of a row of pixels that is inked by dirt alone."""
BETWEEN = 0.1
"""Share of the rows of a coloured block without ink from which it is lines of text."""
_GAP = 7.0  # points between strokes of one stamp
_EDGE = 3  # pixels round a stroke that are its pale edge
_SHRINK = 4


def without_stamps(image: Image, dpi: float) -> Image:
    """The page without coloured stamps; what they lie over stays.

    Colour is told from that of the paper round it: warm light and yellowed paper have none.

    Args:
        image: RGB pixels; the result has its shape. A page without stamps is given back as it is.
        dpi: its resolution.
    """
    channels = [whiten(np.asarray(channel, np.uint8), dpi) for channel in cv2.split(image)]
    strongest, weakest = np.maximum.reduce(channels), np.minimum.reduce(channels)
    coloured = (cv2.subtract(strongest, weakest) >= COLOURED).astype(np.uint8)
    stamps = _areas(coloured, dpi / 72)
    if not stamps:
        return image
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    near = cv2.dilate(coloured, np.ones((2 * _EDGE + 1, 2 * _EDGE + 1), np.uint8)).astype(bool)
    paper = int(np.median(grey))
    for part in stamps:
        pale = np.where(coloured[part].astype(bool), PALE, EDGE)
        kept = np.minimum(strongest[part] / pale, 1.0) * paper
        grey[part] = np.where(near[part], np.maximum(kept, grey[part]), grey[part]).astype(np.uint8)
    return np.asarray(cv2.merge([grey] * 3), np.uint8)


def _areas(coloured: NDArray[np.uint8], point: float) -> list[tuple[slice, slice]]:
    """Where stamps stand: strokes near one another that together have a stamp's size and shape."""
    small = cv2.resize(coloured, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    gap = max(1, round(_GAP * point / _SHRINK))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    out: list[tuple[slice, slice]] = []
    for x, y, width, height, _ in cv2.connectedComponentsWithStats(closed, connectivity=8)[2][1:]:
        sides = sorted((width * _SHRINK / point, height * _SHRINK / point))
        if sides[0] < SIDES[0] or sides[1] > SIDES[1] or sides[1] > SLIM * sides[0]:
            continue
        part = (
            slice(max(0, (y - 1) * _SHRINK), (y + height + 1) * _SHRINK),
            slice(max(0, (x - 1) * _SHRINK), (x + width + 1) * _SHRINK),
        )
        if INKED[0] < float(coloured[part].mean()) < INKED[1] and not _has_lines(coloured[part]):
            out.append(part)
    return out


def _has_lines(strokes: NDArray[np.uint8]) -> bool:
    """Is it level text in colour? White runs between its lines; a stamp's ring or frame leaves none."""
    return float((strokes.mean(axis=1) < WHITE).mean()) > BETWEEN
