"""Where a page, rendered as a viewer shows it, holds ink: the proof that something is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from extractors.model.passage import Box

EDGE_CONTRAST = 20
"""Grey levels of 255 between neighbouring pixels from which there is an edge of ink."""

LARGEST_RENDERING = 4_000.0 * 4_000.0
"""Pixels of a rendering."""

FINE_SCALE = 4.0
"""Pixels a point at which the thinnest letters of small print show, on shaded ground too."""


@dataclass(frozen=True, slots=True)
class RenderedInk:
    """A page's grey levels (rows, columns; 255 white) and the edges in them."""

    grey: NDArray[np.uint8]
    edges: NDArray[np.bool_]
    x_scale: float
    """Pixels a point."""
    y_scale: float

    @property
    def edge_share(self) -> float:
        """How much of the page is edge, 0 to 1."""
        return float(self.edges.mean()) if self.edges.size else 0.0

    def erase_boxes(self, boxes: Sequence[Box]) -> RenderedInk:
        """The same page with the edges in these boxes wiped out (rules and the frames of fills)."""
        edges = self.edges.copy()
        for left, top, right, bottom in self._to_pixels(boxes, 1).tolist():
            edges[top:bottom, left:right] = False
        return RenderedInk(self.grey, edges, self.x_scale, self.y_scale)

    def count_edges(self, boxes: Sequence[Box], margin: int = 0) -> NDArray[np.int64]:
        """For each box the number of edge pixels in it, grown by a margin of pixels."""
        if not boxes:
            return np.zeros(0, np.int64)
        sums = np.zeros((self.edges.shape[0] + 1, self.edges.shape[1] + 1), np.int32)
        np.cumsum(self.edges, axis=0, dtype=np.int32, out=sums[1:, 1:])
        np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
        left, top, right, bottom = self._to_pixels(boxes, margin).T
        counts = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(counts, np.int64)

    def crop_grey(self, box: Box) -> NDArray[np.uint8]:
        """The grey levels in a box."""
        left, top, right, bottom = self._to_pixels([box], 0)[0]
        return self.grey[top:bottom, left:right]

    def _to_pixels(self, boxes: Sequence[Box], margin: int) -> NDArray[np.int64]:
        """Boxes in points to pixels ``left, top, right, bottom``, at least one pixel wide and high."""
        scaled = np.asarray(boxes, float).reshape(-1, 4) * (
            self.x_scale,
            self.y_scale,
            self.x_scale,
            self.y_scale,
        )
        rows, columns = self.edges.shape
        inset = 0 if margin else 0.25  # a sliver of a pixel is more a neighbour's than the box's own
        first = np.floor(scaled[:, :2] + inset) - margin
        last = np.maximum(np.ceil(scaled[:, 2:] - inset) + margin, first + 1)
        pixels = np.concatenate([first, last], axis=1)
        return np.asarray(np.clip(pixels, 0, (columns, rows, columns, rows)), np.int64)


def render_ink(page: pdfium.PdfPage, width: float, height: float, finest_scale: float = 1.0) -> RenderedInk:
    """Render a page whose sides in points are known, at most at ``finest_scale`` pixels a point.

    Raises:
        pdfium.PdfiumError: the page cannot be rendered.
    """
    scale = min(finest_scale, (LARGEST_RENDERING / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    grey = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    bitmap.close()
    return RenderedInk(grey, find_edges(grey), grey.shape[1] / width, grey.shape[0] / height)


def find_edges(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The pixels that differ from the next one to the right or below."""
    edges = np.zeros(grey.shape, np.bool_)
    if (
        not grey.size or grey.max() - grey.min() <= EDGE_CONTRAST
    ):  # a blank page, of which a file may have many
        return edges
    edges[:, :-1] |= _contrast_mask(grey[:, :-1], grey[:, 1:])
    edges[:-1, :] |= _contrast_mask(grey[:-1], grey[1:])
    return edges


def _contrast_mask(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where two pictures differ by more than the contrast of ink."""
    return np.asarray(np.maximum(first, second) - np.minimum(first, second) > EDGE_CONTRAST)
