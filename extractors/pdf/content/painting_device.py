"""The device that paints a page, with what pdfminer's own drops: clipping, render modes, limits."""

from __future__ import annotations

from collections.abc import Sequence

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_rect, mult_matrix

from extractors.pdf.content.clipping import ClippingDevice

MOST_STROKES = 150_000
"""Strokes of the brush on one page. Forms that call forms can ask for billions; a dense map has 100 000."""

_INVISIBLE_MODES = (3, 7)
"""Text rendering modes that paint nothing: the usual layer of an OCR over its scan."""
_FILL_AND_STROKE = 2
"""Fill and stroke: how bold is made of a face that has none."""


class PageTooLargeError(Exception):
    """The page is larger, or paints more, than any page of a decree."""


class PaintingDevice(ClippingDevice):
    """Collects the items of a page, without text that is not painted, up to a limit."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.invisible_count = 0
        """Letters of the text layer that nothing paints."""
        self.bold_ids: set[int] = set()
        """Identities of letters that are both filled and stroked."""
        self.clipped_ids: set[int] = set()
        """Identities of letters that lie outside what may be painted."""
        self.clip_bounds: dict[int, Rect] = {}
        """By identity of a path that is cut: the area that may be painted."""
        self.frame: Rect = (0, 0, 0, 0)
        """The visible part of the page, in the device's coordinates (bottom up)."""
        self._stroke_count = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page and note its visible frame."""
        super().begin_page(page, ctm)
        self.frame = apply_matrix_rect(ctm, visible_frame(page))

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Start a form; nothing of it is painted outside its box."""
        self._count_strokes(10)  # each one costs as much as ten others
        super().begin_figure(name, bbox, matrix)
        self.clip.save()
        self.clip.intersect(apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox))

    def end_figure(self, name: str) -> None:
        """End a form and restore the clip."""
        self.clip.restore()
        super().end_figure(name)

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        """Paint a path; note the clip where it cuts the path."""
        self._count_strokes(1)
        items = self.cur_item._objs
        count_before = len(items)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        for item in items[count_before:]:
            if self.clip.cuts_box(item.bbox):
                self.clip_bounds[id(item)] = self.clip.area

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Paint a text; drop it where its rendering mode paints nothing."""
        items = self.cur_item._objs
        count_before = len(items)
        super().render_string(textstate, seq, ncs, graphicstate)
        self._count_strokes(len(items) - count_before)
        self.clipped_ids.update(
            id(item) for item in items[count_before:] if self.clip.hides_center(item.bbox)
        )
        if textstate.render in _INVISIBLE_MODES:
            self.invisible_count += len(items) - count_before
            del items[count_before:]
        elif textstate.render == _FILL_AND_STROKE:
            self.bold_ids.update(map(id, items[count_before:]))

    def _count_strokes(self, strokes: int) -> None:
        self._stroke_count += strokes
        if self._stroke_count > MOST_STROKES:
            raise PageTooLargeError


def visible_frame(page: PDFPage) -> Rect:
    """Return the part of a page that a viewer shows, in the page's own coordinates."""
    return intersect_frames(page.cropbox, page.mediabox) or page.mediabox


def intersect_frames(a: Rect, b: Rect) -> Rect | None:
    """Return what two frames share, if anything."""
    frame = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return frame if frame[0] < frame[2] and frame[1] < frame[3] else None
