"""What was read as what, drawn over the pages: a person sees at a glance what was missed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Image as Picture

from extractors.errors import ReadError, Status
from extractors.parse.covering import Trace
from extractors.passage import Box, place_of
from extractors.views import has_pages, views

DPI = 110
"""Resolution of the drawn pages: small print can be read, a page stays under half a megabyte."""
COLOURS = {
    "name": (31, 119, 180),
    "objective": (44, 160, 44),
    "formula": (148, 103, 189),
    "explanation": (140, 86, 75),
    "data_sources": (23, 190, 207),
    "responsible": (188, 189, 34),
    "targets": (255, 187, 120),
    "duties": (152, 223, 138),
    "functions": (197, 176, 213),
    "goal": (174, 199, 232),
    "goal_indicator": (158, 218, 229),
    "signatory": (255, 127, 14),
    "number": (227, 119, 194),
    "title": (247, 182, 210),
    "other fields": (120, 120, 220),
    "furniture": (170, 170, 170),
    "unplaced": (214, 39, 40),
}
"""Red is what no field took."""
_A4 = (909, 1286)  # pixels at ``DPI``
_LEGEND = 34
"""Pixels a line of the legend takes."""


def draw(data: bytes, name: str, trace: Trace, password: str | None = None) -> bytes:
    """A PDF of the document's pages with a coloured box over each word, and a legend as its last page.

    Args:
        data: the bytes of a PDF or an image; ``name`` is its file name, ``password`` opens the PDF.
        trace: every word and what it was read as.

    Raises:
        ReadError: ``unsupported``: text has no pages to draw on.
    """
    if not has_pages(data, name):
        raise ReadError(
            Status.UNSUPPORTED,
            "An overlay is drawn over pages, and this file is text.",
            "Give the PDF or the image that it was made from.",
        )
    by_page: dict[int, list[tuple[Box, str]]] = {}
    for word, role in trace:
        place = place_of(word)
        if place.page is not None and place.box is not None:
            by_page.setdefault(place.page, []).append((place.box, role))
    out = pdfium.PdfDocument.new()
    for number, picture in views(data, name, DPI, password=password):
        page = picture or Image.new("RGB", _A4, "white")  # an empty one keeps the others' numbers
        _append(out, _drawn(page, by_page.get(number, ())))
    _append(out, _legend({role for _, role in trace}))
    written = io.BytesIO()
    out.save(written)
    out.close()
    return written.getvalue()


def _append(out: pdfium.PdfDocument, picture: Picture) -> None:
    """A page more: the picture as a JPEG, so that only one picture at a time is held unpacked."""
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=80)
    width, height = (side * 72 / DPI for side in picture.size)
    image = pdfium.PdfImage.new(out)
    image.load_jpeg(packed, inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = out.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _drawn(picture: Picture, words: Sequence[tuple[Box, str]]) -> Picture:
    shade = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(shade)
    point = DPI / 72
    for (x0, top, x1, bottom), role in words:
        colour = _colour(role)
        box = (x0 * point - 1, top * point - 1, x1 * point + 1, bottom * point + 1)
        pen.rectangle(box, fill=(*colour, 70), outline=(*colour, 220), width=2 if role == "unplaced" else 1)
    return Image.alpha_composite(picture.convert("RGBA"), shade).convert("RGB")


def _legend(roles: set[str]) -> Picture:
    """A page that names the colours."""
    shown = [name for name in COLOURS if name in roles or name == "other fields"]
    page = Image.new("RGB", (int(8.27 * DPI), max(300, (len(shown) + 3) * _LEGEND)), "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=18)
    pen.text((60, 40), "What was read as what (red: no field took it)", fill="black", font=font)
    for i, name in enumerate(shown):
        y = 40 + (i + 2) * _LEGEND
        pen.rectangle((60, y, 100, y + 20), fill=COLOURS[name], outline="black")
        pen.text((120, y), name.replace("_", " "), fill="black", font=font)
    return page


def _colour(role: str) -> tuple[int, int, int]:
    return COLOURS.get(role, COLOURS["other fields"])
