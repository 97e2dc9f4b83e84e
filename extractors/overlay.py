"""What was read as what, drawn over the pages: a person sees at a glance what was missed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from extractors.parse.draft import Trace
from extractors.passage import Box

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
_LEGEND = 34
"""Pixels a line of the legend takes."""


def overlay(pages: Iterator[tuple[int, Any]], trace: Trace) -> bytes:
    """A PDF of the pages with a coloured box over each word, and a legend as its last page.

    Args:
        pages: number and picture (Pillow, at ``DPI``) of each page.
        trace: every word and what it was read as.
    """
    by_page: dict[int, list[tuple[Box, str]]] = {}
    for word, role in trace:
        if word.place.page is not None and word.place.box is not None:
            by_page.setdefault(word.place.page, []).append((word.place.box, role))
    drawn = (_drawn(picture, by_page.get(number, ())) for number, picture in pages)
    first = next(drawn)
    out = io.BytesIO()
    rest = _with_legend(drawn, {role for _, role in trace})
    first.save(out, "PDF", resolution=DPI, save_all=True, append_images=rest)
    return out.getvalue()


def pictures(data: bytes, password: str | None = None) -> Iterator[tuple[int, Any]]:
    """The pages of a PDF as pictures, one at a time."""
    document = pdfium.PdfDocument(data, password=password)
    try:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            yield number, page.render(scale=DPI / 72).to_pil().convert("RGB")
            page.close()
    finally:
        document.close()


def _drawn(picture: Any, words: Sequence[tuple[Box, str]]) -> Any:
    shade = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(shade)
    point = DPI / 72
    for (x0, top, x1, bottom), role in words:
        colour = _colour(role)
        box = (x0 * point - 1, top * point - 1, x1 * point + 1, bottom * point + 1)
        pen.rectangle(box, fill=(*colour, 70), outline=(*colour, 220), width=2 if role == "unplaced" else 1)
    return Image.alpha_composite(picture.convert("RGBA"), shade).convert("RGB")


def _with_legend(drawn: Iterator[Any], roles: set[str]) -> Iterator[Any]:
    yield from drawn
    yield _legend(roles)


def _legend(roles: set[str]) -> Any:
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
