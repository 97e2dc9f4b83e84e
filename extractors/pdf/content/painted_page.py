"""A page as pdfplumber gives it, with what pdfplumber drops: order of painting, clipping, invisible text.

``chars``, ``images``, ``rects``, ``lines`` and ``curves`` are pdfplumber's, so that its functions take them
(words, edges, tables, ``to_image``). Positions are those of the page as a viewer shows it: points from the
top left corner of the visible frame. pdfplumber itself builds each object from all attributes of pdfminer's,
one by one, which takes longer than reading the page (``docs/decisions``); here each is built at once.
"""

from __future__ import annotations

from itertools import count
from math import hypot
from typing import Any, TypedDict, cast

from pdfminer.layout import LTChar, LTCurve, LTImage, LTItem, LTPage
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Rect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from extractors.model.passage import Box
from extractors.pdf.content.clipping import ClippingInterpreter
from extractors.pdf.content.glyph_text import fold_glyph_text
from extractors.pdf.content.luminance import colour_luminance
from extractors.pdf.content.painting_device import PageTooLargeError, PaintingDevice, visible_frame

LARGEST_PAGE_SIDE = 14_400.0
"""Points: the format's own limit, five metres."""

_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_OTHER_BOXES = ("TrimBox", "BleedBox", "ArtBox")


class PaintedObject(TypedDict):
    """What all painted objects of a page have: pdfplumber's keys, and the place in the order of painting."""

    object_type: str
    page_number: int
    x0: float
    top: float
    x1: float
    bottom: float
    doctop: float
    y0: float
    y1: float
    width: float
    height: float
    order: int


class Char(PaintedObject):
    """One painted letter. ``text`` is a space for white space of every kind."""

    text: str
    fontname: str
    upright: bool
    non_stroking_color: object
    size: float
    """Height of the letters in points, across the line of writing."""
    turn: int
    """Turn of the writing, anticlockwise: 0, 90, 180, 270; -1 for a slant."""
    start: float
    end: float
    """The letter's sides along the line of writing."""
    base: float
    """Its baseline, across the line of writing."""
    light: float | None
    """Luminance of its colour, 0 black to 1 white; None where the colour is a pattern."""
    bold: bool
    clipped: bool
    """Does it lie outside what may be painted there, so that ink in its place is another's?"""


class PaintedPath(PaintedObject):
    """One painted outline: its points in order, and how it is painted."""

    pts: list[tuple[float, float]]
    closed: bool
    curved: bool
    linewidth: float
    stroke: bool
    fill: bool
    stroke_light: float | None
    fill_light: float | None


class PaintedImage(PaintedObject):
    """An image on the page. A see-through one (stamp, signature) does not hide what is below."""

    see_through: bool
    pixels: int


class PaintedPage(Page):
    """A page of an open PDF; its objects are painted when they are first asked for.

    ``objects`` raises ``PageTooLargeError`` where sides or contents are beyond measure, and whatever pdfminer
    raises at broken contents.
    """

    def __init__(self, pdf: PDF, page_obj: PDFPage, page_number: int) -> None:
        # pdfplumber reads the boxes itself and fails at broken ones; pdfminer has put them right.
        page_obj.attrs = {key: value for key, value in page_obj.attrs.items() if key not in _OTHER_BOXES} | {
            "MediaBox": page_obj.mediabox,
            "CropBox": page_obj.cropbox,
            "Rotate": page_obj.rotate,
        }
        super().__init__(pdf, page_obj, page_number)
        x0, y0, x1, y1 = visible_frame(page_obj)
        width, height = abs(x1 - x0), abs(y1 - y0)  # corners may be named the other way round
        sides = (height, width) if page_obj.rotate in (90, 270) else (width, height)
        self.bbox = self.mediabox = self.cropbox = (0.0, 0.0, *sides)
        self._device = PaintingDevice(pdf.rsrcmgr)
        self._styles: dict[
            tuple[object, object], tuple[float | None, bool]
        ] = {}  # the same for most of a page
        self._order = count()

    @property
    def layout(self) -> LTPage:
        """pdfminer's items of the page, in the order of painting."""
        if not hasattr(self, "_layout"):
            if not all(1 <= side <= LARGEST_PAGE_SIDE for side in self.bbox[2:]):
                raise PageTooLargeError
            ClippingInterpreter(self.pdf.rsrcmgr, self._device).process_page(self.page_obj)
            self._layout = self._device.get_result()
        return self._layout

    @property
    def invisible_count(self) -> int:
        """Letters that the text layer holds and nothing paints."""
        return self._device.invisible_count

    @property
    def painted_chars(self) -> list[Char]:
        """``chars`` by their full type."""
        return cast("list[Char]", self.chars)

    @property
    def painted_paths(self) -> list[PaintedPath]:
        """All outlines, in the order of painting."""
        return sorted(
            cast("list[PaintedPath]", [*self.rects, *self.lines, *self.curves]),
            key=lambda path: path["order"],
        )

    @property
    def painted_images(self) -> list[PaintedImage]:
        """``images`` by their full type."""
        return cast("list[PaintedImage]", self.images)

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """Return an item of pdfminer's as pdfplumber's object, with what only this page knows."""
        left, _, _, upper = self._device.frame
        if isinstance(obj, LTChar):
            return cast("dict[str, Any]", self._make_char(obj, left, upper))
        if isinstance(obj, LTCurve):
            return cast("dict[str, Any]", self._make_path(obj, left, upper))
        if isinstance(obj, LTImage):
            return cast("dict[str, Any]", self._make_image(obj, left, upper))
        return {**super().process_object(obj), "order": next(self._order)}

    def _place_object(self, kind: str, box: Box) -> PaintedObject:
        x0, top, x1, bottom = box
        return {
            "object_type": kind,
            "page_number": self.page_number,
            "x0": x0,
            "top": top,
            "x1": x1,
            "bottom": bottom,
            "doctop": self.initial_doctop + top,
            "y0": self.bbox[3] - bottom,
            "y1": self.bbox[3] - top,
            "width": x1 - x0,
            "height": bottom - top,
            "order": next(self._order),
        }

    def _make_char(self, item: LTChar, left: float, upper: float) -> Char:
        box = (item.x0 - left, upper - item.y1, item.x1 - left, upper - item.y0)
        turn, (size, start, end, base) = _writing_metrics(item, box, left, upper)
        light, bold = self._char_style(item)
        return {
            **self._place_object("char", box),
            "text": fold_glyph_text(item.get_text(), str(item.fontname)) or " ",
            "fontname": str(item.fontname),
            "upright": turn in (0, 180),
            "non_stroking_color": item.graphicstate.ncolor,
            "size": size,
            "turn": turn,
            "start": start,
            "end": end,
            "base": base,
            "light": light,
            "bold": bold,
            "clipped": id(item) in self._device.clipped_ids,
        }

    def _char_style(self, item: LTChar) -> tuple[float | None, bool]:
        """Return the luminance of a letter, and whether it is bold."""
        colour = item.graphicstate.ncolor
        key = (tuple(colour) if isinstance(colour, list) else colour, item.fontname)
        if key not in self._styles:
            name = str(item.fontname).lower()
            self._styles[key] = (colour_luminance(colour), any(mark in name for mark in _BOLD_NAMES))
        light, bold = self._styles[key]
        return light, bold or id(item) in self._device.bold_ids

    def _make_path(self, item: LTCurve, left: float, upper: float) -> PaintedPath:
        bounds = self._device.clip_bounds.get(id(item))
        visible_points = item.pts if bounds is None else [_clamp_point(point, bounds) for point in item.pts]
        points = [(x - left, upper - y) for x, y in visible_points]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        steps = [str(step[0]) for step in item.original_path or []]
        return {
            **self._place_object(
                type(item).__name__.removeprefix("LT").lower(), (min(xs), min(ys), max(xs), max(ys))
            ),
            "pts": points,
            "closed": "h" in steps or (len(points) > 2 and points[0] == points[-1]),
            "curved": any(step in "cvy" for step in steps),
            "linewidth": item.linewidth,
            "stroke": item.stroke,
            "fill": item.fill,
            "stroke_light": colour_luminance(item.stroking_color),
            "fill_light": colour_luminance(item.non_stroking_color),
        }

    def _make_image(self, item: LTImage, left: float, upper: float) -> PaintedImage:
        width, height = (side if isinstance(side, int) else 0 for side in item.srcsize)
        return {
            **self._place_object("image", (item.x0 - left, upper - item.y1, item.x1 - left, upper - item.y0)),
            "see_through": bool(item.imagemask) or item.stream.get_any(("SMask", "Mask")) is not None,
            "pixels": width * height,
        }


def object_box(painted: PaintedObject) -> Box:
    """Return the box of an object: ``x0, top, x1, bottom``."""
    return painted["x0"], painted["top"], painted["x1"], painted["bottom"]


def _writing_metrics(
    item: LTChar, box: Box, left: float, upper: float
) -> tuple[int, tuple[float, float, float, float]]:
    """Return the turn of a letter, and its size, start, end and baseline along the line of writing."""
    x0, top, x1, bottom = box
    a, b, _, _, e, f = item.matrix
    if abs(b) <= 0.1 * abs(a):
        if a < 0:
            return 180, (bottom - top, -x1, -x0, upper - f)
        return 0, (bottom - top, x0, x1, upper - f)
    if abs(a) <= 0.1 * abs(b):
        if b < 0:
            return 270, (x1 - x0, top, bottom, e - left)
        return 90, (x1 - x0, -bottom, -top, e - left)
    scale = hypot(a, b)
    along, up = a / scale, b / scale
    width = item.adv * scale
    start = e * along + f * up
    size = (item.height - abs(width * up)) / abs(along)
    return -1, (max(size, 1.0), start, start + width, e * up - f * along)


def _clamp_point(point: tuple[float, float], bounds: Rect) -> tuple[float, float]:
    """Return a point moved to the nearest place that may be painted: right for what runs along the axes."""
    return max(bounds[0], min(bounds[2], point[0])), max(bounds[1], min(bounds[3], point[1]))
