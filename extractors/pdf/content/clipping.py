"""Where a page may be painted: the clipping paths in force, as the rectangles round them."""

from __future__ import annotations

from typing import cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.utils import Rect, apply_matrix_rect

CLIP_TOLERANCE = 1.0
"""Points by which a letter's middle may lie outside and still show."""
_UNBOUNDED: Rect = (-1e9, -1e9, 1e9, 1e9)


class ClipArea:
    """The rectangle outside which nothing shows; of another shape, the rectangle round it."""

    def __init__(self) -> None:
        self.area = _UNBOUNDED
        self._saved: list[Rect] = []

    def save(self) -> None:
        """Remember the clip."""
        self._saved.append(self.area)

    def restore(self) -> None:
        """The clip as it was when it was remembered last."""
        if self._saved:
            self.area = self._saved.pop()

    def intersect(self, rectangle: Rect) -> None:
        """Let nothing show outside a rectangle, nor outside what the clip was."""
        area = self.area
        self.area = (
            max(area[0], rectangle[0]),
            max(area[1], rectangle[1]),
            min(area[2], rectangle[2]),
            min(area[3], rectangle[3]),
        )

    def hides_center(self, box: Rect) -> bool:
        """Does the middle of a box lie outside?"""
        x0, y0, x1, y1 = self.area
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return not (
            x0 - CLIP_TOLERANCE <= x <= x1 + CLIP_TOLERANCE
            and y0 - CLIP_TOLERANCE <= y <= y1 + CLIP_TOLERANCE
        )

    def cuts_box(self, box: Rect) -> bool:
        """Does a part of a box lie outside, another inside?"""
        x0, y0, x1, y1 = self.area
        outside = (
            box[0] < x0 - CLIP_TOLERANCE
            or box[1] < y0 - CLIP_TOLERANCE
            or box[2] > x1 + CLIP_TOLERANCE
            or box[3] > y1 + CLIP_TOLERANCE
        )
        return outside and box[0] < x1 and box[1] < y1 and box[2] > x0 and box[3] > y0


class ClippingDevice(PDFPageAggregator):
    """A device that knows where it may paint."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.clip = ClipArea()


class ClippingInterpreter(PDFPageInterpreter):
    """Follows the operators that clip, which pdfminer passes over."""

    def __init__(self, resources: PDFResourceManager, device: ClippingDevice) -> None:
        super().__init__(resources, device)
        self.clip = device.clip

    def dup(self) -> ClippingInterpreter:
        """Another one for a form, on the same device."""
        return ClippingInterpreter(self.rsrcmgr, cast(ClippingDevice, self.device))

    def do_q(self) -> None:
        """Save the graphics state, the clip with it."""
        super().do_q()
        self.clip.save()

    def do_Q(self) -> None:  # noqa: N802 -- the operator's name
        """Restore the graphics state, the clip with it."""
        if self.gstack:
            self.clip.restore()
        super().do_Q()

    def do_W(self) -> None:  # noqa: N802 -- the operator's name
        """Clip to the path (nonzero winding)."""
        numbers = [step[1:] for step in self.curpath if len(step) > 1]
        xs = [float(x) for step in numbers for x in step[::2]]
        ys = [float(y) for step in numbers for y in step[1::2]]
        if xs and ys:
            self.clip.intersect(apply_matrix_rect(self.ctm, (min(xs), min(ys), max(xs), max(ys))))

    def do_W_a(self) -> None:  # noqa: N802 -- the operator's name
        """Clip to the path (even-odd)."""
        self.do_W()
