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

from extractors.passage import Box
from extractors.pdf.clips import Clipped, Clipping
from extractors.pdf.colours import luminance
from extractors.pdf.letters import folded

MOST_PAINTED = 150_000
"""Strokes of the brush on one page. Forms that call forms can ask for billions; a dense map has 100 000."""

LARGEST_SIDE = 14_400.0
"""Points: the format's own limit, five metres."""

_UNSEEN = (3, 7)
"""Text rendering modes that paint nothing: the usual layer of an OCR over its scan."""
_OUTLINED = 2
"""Fill and stroke: how bold is made of a face that has none."""
_BOLD = ("bold", "black", "heavy", "demi")


class TooLargeError(Exception):
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


class Path(NamedTuple):
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


class Picture(NamedTuple):
    """An image on the page. A see-through one (stamp, signature) does not hide what is below."""

    box: Box
    see_through: bool
    pixels: int
    order: int


@dataclass(frozen=True, slots=True)
class Painted:
    """One page: everything painted, and how many letters its layer holds that nothing paints."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    paths: tuple[Path, ...]
    pictures: tuple[Picture, ...]
    unseen: int


class _Painter(Clipped):
    """Collects the page's items; leaves out text that is not painted; stops at too many."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.unseen = 0
        self.strokes = 0
        self.thickened: set[int] = set()
        self.clipped: set[int] = set()
        self.bounds: dict[int, Rect] = {}
        """Of paths that are cut: what may be painted."""
        self.frame: Rect = (0, 0, 0, 0)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        shown = common(page.cropbox, page.mediabox) or page.mediabox
        self.frame = apply_matrix_rect(ctm, shown)

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self._tick(10)  # each one costs as much as ten others
        super().begin_figure(name, bbox, matrix)
        self.clip.save()
        self.clip.cut(apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox))

    def end_figure(self, name: str) -> None:
        self.clip.restore()
        super().end_figure(name)

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        self._tick(1)
        items = self.cur_item._objs
        before = len(items)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        for item in items[before:]:
            if self.clip.cuts(item.bbox):
                self.bounds[id(item)] = self.clip.area

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        items = self.cur_item._objs
        before = len(items)
        super().render_string(textstate, seq, ncs, graphicstate)
        self._tick(len(items) - before)
        self.clipped.update(id(item) for item in items[before:] if self.clip.hides(item.bbox))
        if textstate.render in _UNSEEN:
            self.unseen += len(items) - before
            del items[before:]
        elif textstate.render == _OUTLINED:
            self.thickened.update(map(id, items[before:]))

    def _tick(self, strokes: int) -> None:
        self.strokes += strokes
        if self.strokes > MOST_PAINTED:
            raise TooLargeError


def paint(page: PDFPage, resources: PDFResourceManager) -> Painted:
    """The page as painted.

    Raises:
        TooLargeError: its sides or its contents are beyond measure.
        Exception: whatever pdfminer raises at broken contents.
    """
    painter = _Painter(resources)
    Clipping(resources, painter).process_page(page)
    x0, y0, x1, y1 = painter.frame
    if not (1 <= x1 - x0 <= LARGEST_SIDE and 1 <= y1 - y0 <= LARGEST_SIDE):
        raise TooLargeError
    glyphs: list[Glyph] = []
    paths: list[Path] = []
    pictures: list[Picture] = []
    looks: dict[tuple[object, object], tuple[float | None, bool]] = {}  # the same for most of a page
    for order, item in enumerate(_flat(painter.get_result())):
        if isinstance(item, LTChar):
            look = _look(item, looks, id(item) in painter.thickened)
            glyph = _glyph(item, x0, y1, order, look)
            glyphs.append(glyph._replace(clipped=True) if id(item) in painter.clipped else glyph)
        elif isinstance(item, LTCurve):
            paths.append(_path(item, x0, y1, order, painter.bounds.get(id(item))))
        elif isinstance(item, LTImage):
            pictures.append(_picture(item, x0, y1, order))
    return Painted(x1 - x0, y1 - y0, tuple(glyphs), tuple(paths), tuple(pictures), painter.unseen)


def common(a: Rect, b: Rect) -> Rect | None:
    """What two frames share, if anything."""
    both = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return both if both[0] < both[2] and both[1] < both[3] else None


def _flat(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _flat(item)
        else:
            yield item


def _look(
    item: LTChar, looks: dict[tuple[object, object], tuple[float | None, bool]], thickened: bool
) -> tuple[float | None, bool]:
    """How light a letter is, and whether it is bold."""
    colour = item.graphicstate.ncolor
    key = (tuple(colour) if isinstance(colour, list) else colour, item.fontname)
    if key not in looks:
        name = str(item.fontname).lower()
        looks[key] = (luminance(colour), any(mark in name for mark in _BOLD))
    light, bold = looks[key]
    return light, bold or thickened


def _glyph(item: LTChar, left: float, upper: float, order: int, look: tuple[float | None, bool]) -> Glyph:
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
        turn, (size, start, end, base) = -1, _slanted(item)
    text = folded(item.get_text(), str(item.fontname))
    return Glyph(text, x0, top, x1, bottom, size, turn, start, end, base, *look, order)


def _slanted(item: LTChar) -> tuple[float, float, float, float]:
    """Size, start, end and baseline of a letter on a line that leans."""
    a, b, _, _, e, f = item.matrix
    scale = hypot(a, b)
    along, up = a / scale, b / scale
    wide = item.adv * scale
    start = e * along + f * up
    size = (item.height - abs(wide * up)) / abs(along)
    return max(size, 1.0), start, start + wide, e * up - f * along


def _path(item: LTCurve, left: float, upper: float, order: int, bounds: Rect | None) -> Path:
    seen = item.pts if bounds is None else [_within(point, bounds) for point in item.pts]
    points = tuple((x - left, upper - y) for x, y in seen)
    steps = [str(step[0]) for step in item.original_path or []]
    return Path(
        points,
        closed="h" in steps or (len(points) > 2 and points[0] == points[-1]),
        curved=any(step in "cvy" for step in steps),
        width=item.linewidth,
        stroke=item.stroke,
        fill=item.fill,
        stroke_light=luminance(item.stroking_color),
        fill_light=luminance(item.non_stroking_color),
        order=order,
    )


def _within(point: tuple[float, float], bounds: Rect) -> tuple[float, float]:
    """A point, moved to the nearest place that may be painted: right for what runs along the axes."""
    return max(bounds[0], min(bounds[2], point[0])), max(bounds[1], min(bounds[3], point[1]))


def _picture(item: LTImage, left: float, upper: float, order: int) -> Picture:
    wide, high = (side if isinstance(side, int) else 0 for side in item.srcsize)
    see_through = bool(item.imagemask) or item.stream.get_any(("SMask", "Mask")) is not None
    box = (item.x0 - left, upper - item.y1, item.x1 - left, upper - item.y0)
    return Picture(box, see_through, wide * high, order)
