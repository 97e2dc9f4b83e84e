"""What a page paints, in the order of painting: glyphs, paths and pictures, where a viewer shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTItem
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_rect, mult_matrix

from extractors.model.passage import Box
from extractors.pdf.content.clipping import ClippingDevice, ClippingInterpreter
from extractors.pdf.content.glyph_text import fold_glyph_text
from extractors.pdf.content.luminance import colour_luminance

MOST_STROKES = 150_000
"""Strokes of the brush on one page. Forms that call forms can ask for billions; a dense map has 100 000."""

LARGEST_PAGE_SIDE = 14_400.0
"""Points: the format's own limit, five metres."""

_INVISIBLE_MODES = (3, 7)
"""Text rendering modes that paint nothing: the usual layer of an OCR over its scan."""
_FILL_AND_STROKE = 2
"""Fill and stroke: how bold is made of a face that has none."""
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


class PageTooLargeError(Exception):
    """The page is larger, or paints more, than any page of a decree."""


class Glyph(NamedTuple):
    """One letter as painted. ``text`` is empty for white space; the box is in points, top down.

    ``start``, ``end`` and ``base`` are the same box along the line of writing and the baseline across it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turn: int
    """Of the writing, anticlockwise: 0, 90, 180, 270; -1 for a slant."""
    start: float
    end: float
    base: float
    light: float | None
    """Luminance of its colour, 0 black to 1 white; None where the colour is a pattern."""
    bold: bool
    order: int
    clipped: bool = False
    """Does it lie outside what may be painted there, so that ink in its place is another's?"""

    @property
    def box(self) -> Box:
        """``x0, top, x1, bottom``."""
        return (self.x0, self.top, self.x1, self.bottom)


class PaintedPath(NamedTuple):
    """One painted outline: its points in order, top down, and how it is painted."""

    points: tuple[tuple[float, float], ...]
    closed: bool
    curved: bool
    width: float
    stroke: bool
    fill: bool
    stroke_light: float | None
    fill_light: float | None
    order: int


class PaintedImage(NamedTuple):
    """An image on the page. A see-through one (stamp, signature) does not hide what is below."""

    box: Box
    see_through: bool
    pixels: int
    order: int


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: everything painted, and how many letters its layer holds that nothing paints."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    paths: tuple[PaintedPath, ...]
    pictures: tuple[PaintedImage, ...]
    invisible_glyphs: int


class _PaintingDevice(ClippingDevice):
    """Collects the page's items; leaves out text that is not painted; stops at too many."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.invisible_glyphs = 0
        self.strokes = 0
        self.bold_ids: set[int] = set()
        self.clipped_ids: set[int] = set()
        self.clip_bounds: dict[int, Rect] = {}
        """Of paths that are cut: what may be painted."""
        self.frame: Rect = (0, 0, 0, 0)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        visible_frame = intersect_frames(page.cropbox, page.mediabox) or page.mediabox
        self.frame = apply_matrix_rect(ctm, visible_frame)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self._count_strokes(10)  # each one costs as much as ten others
        super().begin_figure(name, bbox, matrix)
        self.clip.save()
        self.clip.intersect(apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox))

    def end_figure(self, name: str) -> None:
        self.clip.restore()
        super().end_figure(name)

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
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
        items = self.cur_item._objs
        count_before = len(items)
        super().render_string(textstate, seq, ncs, graphicstate)
        self._count_strokes(len(items) - count_before)
        self.clipped_ids.update(
            id(item) for item in items[count_before:] if self.clip.hides_center(item.bbox)
        )
        if textstate.render in _INVISIBLE_MODES:
            self.invisible_glyphs += len(items) - count_before
            del items[count_before:]
        elif textstate.render == _FILL_AND_STROKE:
            self.bold_ids.update(map(id, items[count_before:]))

    def _count_strokes(self, strokes: int) -> None:
        self.strokes += strokes
        if self.strokes > MOST_STROKES:
            raise PageTooLargeError


def paint_page(page: PDFPage, resources: PDFResourceManager) -> PageContent:
    """The page as painted.

    Raises:
        TooLargeError: its sides or its contents are beyond measure.
        Exception: whatever pdfminer raises at broken contents.
    """
    painter = _PaintingDevice(resources)
    ClippingInterpreter(resources, painter).process_page(page)
    x0, y0, x1, y1 = painter.frame
    if not (1 <= x1 - x0 <= LARGEST_PAGE_SIDE and 1 <= y1 - y0 <= LARGEST_PAGE_SIDE):
        raise PageTooLargeError
    glyphs: list[Glyph] = []
    paths: list[PaintedPath] = []
    pictures: list[PaintedImage] = []
    styles: dict[tuple[object, object], tuple[float | None, bool]] = {}  # the same for most of a page
    for order, item in enumerate(_iter_items(painter.get_result())):
        if isinstance(item, LTChar):
            style = _glyph_style(item, styles, id(item) in painter.bold_ids)
            glyph = _make_glyph(item, x0, y1, order, style)
            glyphs.append(glyph._replace(clipped=True) if id(item) in painter.clipped_ids else glyph)
        elif isinstance(item, LTCurve):
            paths.append(_make_path(item, x0, y1, order, painter.clip_bounds.get(id(item))))
        elif isinstance(item, LTImage):
            pictures.append(_make_image(item, x0, y1, order))
    return PageContent(
        x1 - x0, y1 - y0, tuple(glyphs), tuple(paths), tuple(pictures), painter.invisible_glyphs
    )


def intersect_frames(a: Rect, b: Rect) -> Rect | None:
    """What two frames share, if anything."""
    frame = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return frame if frame[0] < frame[2] and frame[1] < frame[3] else None


def _iter_items(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _iter_items(item)
        else:
            yield item


def _glyph_style(
    item: LTChar, styles: dict[tuple[object, object], tuple[float | None, bool]], is_outlined: bool
) -> tuple[float | None, bool]:
    """How light a letter is, and whether it is bold."""
    colour = item.graphicstate.ncolor
    key = (tuple(colour) if isinstance(colour, list) else colour, item.fontname)
    if key not in styles:
        name = str(item.fontname).lower()
        styles[key] = (colour_luminance(colour), any(mark in name for mark in _BOLD_NAMES))
    light, bold = styles[key]
    return light, bold or is_outlined


def _make_glyph(
    item: LTChar, left: float, upper: float, order: int, style: tuple[float | None, bool]
) -> Glyph:
    x0, x1 = item.x0 - left, item.x1 - left
    top, bottom = upper - item.y1, upper - item.y0
    a, b, _, _, e, f = item.matrix
    if abs(b) <= 0.1 * abs(a):
        turn, size, start, end, base = 0, bottom - top, x0, x1, upper - f
        if a < 0:
            turn, start, end = 180, -x1, -x0
    elif abs(a) <= 0.1 * abs(b):
        turn, size, start, end, base = 90, x1 - x0, -bottom, -top, e - left
        if b < 0:
            turn, start, end = 270, top, bottom
    else:
        turn, (size, start, end, base) = -1, _slanted_metrics(item)
    text = fold_glyph_text(item.get_text(), str(item.fontname))
    return Glyph(text, x0, top, x1, bottom, size, turn, start, end, base, *style, order)


def _slanted_metrics(item: LTChar) -> tuple[float, float, float, float]:
    """Size, start, end and baseline of a letter on a line that leans."""
    a, b, _, _, e, f = item.matrix
    scale = hypot(a, b)
    along, up = a / scale, b / scale
    width = item.adv * scale
    start = e * along + f * up
    size = (item.height - abs(width * up)) / abs(along)
    return max(size, 1.0), start, start + width, e * up - f * along


def _make_path(item: LTCurve, left: float, upper: float, order: int, bounds: Rect | None) -> PaintedPath:
    visible_points = item.pts if bounds is None else [_clamp_point(point, bounds) for point in item.pts]
    points = tuple((x - left, upper - y) for x, y in visible_points)
    steps = [str(step[0]) for step in item.original_path or []]
    return PaintedPath(
        points,
        closed="h" in steps or (len(points) > 2 and points[0] == points[-1]),
        curved=any(step in "cvy" for step in steps),
        width=item.linewidth,
        stroke=item.stroke,
        fill=item.fill,
        stroke_light=colour_luminance(item.stroking_color),
        fill_light=colour_luminance(item.non_stroking_color),
        order=order,
    )


def _clamp_point(point: tuple[float, float], bounds: Rect) -> tuple[float, float]:
    """A point, moved to the nearest place that may be painted: right for what runs along the axes."""
    return max(bounds[0], min(bounds[2], point[0])), max(bounds[1], min(bounds[3], point[1]))


def _make_image(item: LTImage, left: float, upper: float, order: int) -> PaintedImage:
    width, height = (side if isinstance(side, int) else 0 for side in item.srcsize)
    see_through = bool(item.imagemask) or item.stream.get_any(("SMask", "Mask")) is not None
    box = (item.x0 - left, upper - item.y1, item.x1 - left, upper - item.y0)
    return PaintedImage(box, see_through, width * height, order)
