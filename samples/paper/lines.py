"""Lines: what a cell or a column of text is made of, each as high as it needs and drawn from its top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from samples.formulas import Binary, Number
from samples.paper.fonts import ASCENT, Style, draw, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from samples.formulas import Node
    from samples.formulas import Style as Notation

Align = Literal["left", "center", "right", "justify"]
BAR_GAP = 2.5
"""White above and below a fraction's bar, points."""


class Line(Protocol):
    """Something that is never cut: a printed line, or a fraction."""

    @property
    def height(self) -> float:
        """Return the height in points."""

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it below ``top``, ``x`` being the left edge of its column."""


@dataclass(frozen=True)
class TextLine:
    """Pieces of text on one base line, each at its distance from the left edge."""

    pieces: tuple[tuple[float, str], ...]
    style: Style

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.style.leading

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it below ``top``."""
        for shift, text in self.pieces:
            draw(canvas, x + shift, top - self.style.size * ASCENT - 1, text, self.style)


@dataclass(frozen=True)
class Fraction:
    """A numerator over a bar over a denominator, the factor beside the bar; it is not cut by a page break."""

    over: tuple[Line, ...]
    under: tuple[Line, ...]
    bar: float
    """Length of the bar, points."""
    factor: TextLine

    @property
    def height(self) -> float:
        """Return the height in points."""
        return _height(self.over) + _height(self.under) + 2 * BAR_GAP

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it below ``top``."""
        middle = stack(canvas, x, top, self.over) - BAR_GAP
        canvas.setLineWidth(0.6)
        canvas.line(x, middle, x + self.bar, middle)
        self.factor.draw(canvas, x + self.bar, middle + self.factor.height / 2)
        stack(canvas, x, middle - BAR_GAP, self.under)


def stack(canvas: Canvas, x: float, top: float, lines: Sequence[Line]) -> float:
    """Draw lines one below the other; the bottom of the last."""
    for line in lines:
        line.draw(canvas, x, top)
        top -= line.height
    return top


def _height(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)


def paragraph(
    text: str, column: float, style: Style, align: Align = "left", mark: str = "", hang: float = 0
) -> list[Line]:
    """Return the lines of a text in a column so wide; ``mark`` hangs ``hang`` points before it."""
    rows = list(_wrapped(text.split(), column - hang, style))
    lines: list[Line] = []
    for number, words in enumerate(rows):
        shown = "left" if align == "justify" and number == len(rows) - 1 else align
        pieces = list(_aligned(words, column - hang, style, shown))
        marked = [(0.0, mark)] if mark and not number else []
        lines.append(TextLine((*marked, *((x + hang, piece) for x, piece in pieces)), style))
    return lines


def _aligned(words: list[str], column: float, style: Style, align: Align) -> Iterator[tuple[float, str]]:
    text = " ".join(words)
    left = column - width(text, style)
    if align == "justify" and len(words) > 1:
        x, blank = 0.0, width(" ", style) + left / (len(words) - 1)
        for word in words:
            yield x, word
            x += width(word, style) + blank
    else:
        yield {"center": left / 2, "right": left}.get(align, 0.0), text


def _wrapped(text: list[str], column: float, style: Style) -> Iterator[list[str]]:
    """Yield words by line; a word wider than the column is cut without a hyphen, as word processors do."""
    line: list[str] = []
    waiting = list(reversed(text))
    while waiting:
        word = waiting.pop()
        if width(" ".join([*line, word]), style) <= column:
            line.append(word)
        elif line:
            yield line
            line = []
            waiting.append(word)
        else:
            cut = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], style) <= column), 1)
            yield [word[:cut]]
            if word[cut:]:
                waiting.append(word[cut:])
    if line:
        yield line


def barred(node: Node, column: float, style: Style, notation: Notation) -> list[Line]:
    """Return a formula with its last division as a fraction with a bar; other divisions stay in the line."""
    match node:
        case Binary("x", Binary("/", over, under), Number(text)):
            factor = f"  x {text}"
        case Binary("/", over, under):
            factor = ""
        case _:
            return paragraph(notation.write(node), column, style)
    beside = TextLine(((0.0, factor),), replace(style, underlined=False))
    bar = column - max(width(factor, style) + 1, column * 0.12)
    above, below = (tuple(paragraph(notation.write(side), bar, style, "center")) for side in (over, under))
    return [Fraction(above, below, bar, beside)]


__all__ = ["Align", "Fraction", "Line", "TextLine", "barred", "paragraph", "stack"]
