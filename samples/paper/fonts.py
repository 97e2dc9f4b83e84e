"""Fonts of the printed pages: standard ones that need no file, and Bitstream Vera, which ReportLab ships.

Of ReportLab's fonts only Vera may be passed on with a document; the Type 1 files beside it belong to others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

ASCENT, LEADING = 0.78, 1.18
"""Height of the letters above the base line, and distance of lines, as shares of the size."""


@dataclass(frozen=True)
class Style:
    """How a text looks."""

    font: str
    bold_font: str
    size: float
    bold: bool = False
    underlined: bool = False

    @property
    def name(self) -> str:
        """Return the font's name."""
        return self.bold_font if self.bold else self.font

    @property
    def leading(self) -> float:
        """Return the distance between lines in points."""
        return self.size * LEADING


FACES = {
    "serif": ("Times-Roman", "Times-Bold"),
    "sans": ("Helvetica", "Helvetica-Bold"),
    "vera": ("Vera", "VeraBd"),
}


def style(face: str, size: float) -> Style:
    """Return the plain style of a face (``serif``, ``sans``, ``vera``)."""
    _register()
    return Style(*FACES[face], size)


def runs(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Yield font and text of each stretch: what a standard font lacks (``∑``) stands in Vera."""
    lacking = font not in {"Vera", "VeraBd"}
    for foreign, letters in groupby(text, key=lambda letter: lacking and not _standard(letter)):
        yield ("Vera" if foreign else font), "".join(letters)


def width(text: str, style: Style) -> float:
    """Return width of a text in points."""
    return sum(float(pdfmetrics.stringWidth(part, font, style.size)) for font, part in runs(text, style.name))


def draw(canvas: Canvas, x: float, base: float, text: str, style: Style) -> None:
    """Draw a text on its base line."""
    start = x
    for font, part in runs(text, style.name):
        canvas.setFont(font, style.size)
        canvas.drawString(x, base, part)
        x += pdfmetrics.stringWidth(part, font, style.size)
    if style.underlined:
        canvas.setLineWidth(style.size / 18)
        canvas.line(start, base - style.size / 9, x, base - style.size / 9)


def _standard(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _register() -> None:
    for name in FACES["vera"]:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
