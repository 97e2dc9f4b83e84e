"""What was read as what, drawn over the pages: a person sees at a glance what was missed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pypdfium2 as pdfium
from pdfplumber.display import PageImage
from pdfplumber.page import Page
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Image as Picture

from extractors.debug.page_images import has_pages, render_pages
from extractors.errors import ReadError, ReadStatus
from extractors.model.passage import Box
from extractors.parser.coverage import WordTrace

OVERLAY_DPI = 110
"""Resolution of the drawn pages: small print can be read, a page stays under half a megabyte."""
ROLE_COLOURS = {
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
_BOX_MARGIN = 0.7
"""Points between a word and the box drawn round it."""
_LEGEND = 34
"""Pixels a line of the legend takes."""


def draw_overlay(data: bytes, name: str, trace: WordTrace, password: str | None = None) -> bytes:
    """Return a PDF of the document's pages with a coloured box over each word, and a legend as its last page.

    Args:
        data: the bytes of a PDF or an image; ``name`` is its file name, ``password`` opens the PDF.
        trace: every word and what it was read as.

    Raises:
        ReadError: ``unsupported``: text has no pages to draw on.
    """
    if not has_pages(data, name):
        raise ReadError(
            ReadStatus.UNSUPPORTED,
            "An overlay is drawn over pages, and this file has none.",
            "Give the PDF or the image that it was made from.",
        )
    by_page: dict[int, list[tuple[Box, str]]] = {}
    for word, role in trace:
        place = word.place
        if place.page is not None and place.box is not None:
            by_page.setdefault(place.page, []).append((place.box, role))
    overlay = pdfium.PdfDocument.new()
    for number, picture in render_pages(data, name, OVERLAY_DPI, password=password):
        page = picture or Image.new("RGB", _A4, "white")  # an empty one keeps the others' numbers
        _append_page(overlay, _draw_words(page, by_page.get(number, ())))
    _append_page(overlay, _draw_legend({role for _, role in trace}))
    buffer = io.BytesIO()
    overlay.save(buffer)
    overlay.close()
    return buffer.getvalue()


def _append_page(out: pdfium.PdfDocument, picture: Picture) -> None:
    """Append a page: the picture as a JPEG, so that only one picture at a time is held unpacked."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    width, height = (side * 72 / OVERLAY_DPI for side in picture.size)
    image = pdfium.PdfImage.new(out)
    image.load_jpeg(buffer, inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = out.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    page.close()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What pdfplumber's drawing asks of a page: its size. Pages that are pictures or broken have no more."""

    bbox: Box
    is_original: bool = True

    @property
    def cropbox(self) -> Box:
        return self.bbox

    mediabox = cropbox


def _draw_words(picture: Picture, words: Sequence[tuple[Box, str]]) -> Picture:
    width, height = (side * 72 / OVERLAY_DPI for side in picture.size)
    sheet = PageImage(cast("Page", _Sheet((0.0, 0.0, width, height))), picture, OVERLAY_DPI)
    for (x0, top, x1, bottom), role in words:
        colour = _role_colour(role)
        sheet.draw_rect(
            (x0 - _BOX_MARGIN, top - _BOX_MARGIN, x1 + _BOX_MARGIN, bottom + _BOX_MARGIN),
            fill=(*colour, 70),
            stroke=(*colour, 220),
            stroke_width=2 if role == "unplaced" else 1,
        )
    return sheet.annotated


def _draw_legend(roles: set[str]) -> Picture:
    """Return a page that names the colours."""
    legend_roles = [name for name in ROLE_COLOURS if name in roles or name == "other fields"]
    page = Image.new("RGB", (int(8.27 * OVERLAY_DPI), max(300, (len(legend_roles) + 3) * _LEGEND)), "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=18)
    pen.text((60, 40), "What was read as what (red: no field took it)", fill="black", font=font)
    for i, name in enumerate(legend_roles):
        y = 40 + (i + 2) * _LEGEND
        pen.rectangle((60, y, 100, y + 20), fill=ROLE_COLOURS[name], outline="black")
        pen.text((120, y), name.replace("_", " "), fill="black", font=font)
    return page


def _role_colour(role: str) -> tuple[int, int, int]:
    return ROLE_COLOURS.get(role, ROLE_COLOURS["other fields"])
