"""What is printed on a page, before anyone says what it is: words, ruled lines, shaded areas.

The readers of digital pages and of scans give this; the layout stage makes lines and tables of it.
All positions are in points of the page as a viewer shows it (``/Rotate`` applied), origin top left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extractors.model.passage import Box, WordRef


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A printed word with its look. ``ref`` knows its page, its place as seen and its confidence."""

    text: str
    ref: WordRef
    box: Box
    """``x0, top, x1, bottom`` in points, for the layout: of a scan, on the flattened page."""
    size: float
    """Height of its letters in points (the font's size; of a scan, the height of its line)."""
    bold: bool = False
    turn: int = 0
    """Turn of its line of writing, anticlockwise in degrees: 0, 90 (upwards), 180 or 270 (downwards)."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn straight line, horizontal or vertical: ``x0 <= x1``, ``top <= bottom``."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Is it wider than high?"""
        return self.x1 - self.x0 >= self.bottom - self.top

    @property
    def length(self) -> float:
        """In points."""
        return max(self.x1 - self.x0, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its words in no particular order, its rules, its shaded rectangles."""

    number: int
    width: float
    height: float
    origin: Literal["digital", "scan"]
    words: tuple[PrintedWord, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    fills: tuple[Box, ...] = field(default=())
    """Areas with a background of their own (header cells, striped rows): a table's cells without rules."""
    excluded_words: tuple[PrintedWord, ...] = ()
    """Words that are no part of its text: slanted ones (a watermark), those that OCR is unsure of."""


def turn_box_upright(box: Box, turn: int, width: float = 0.0, height: float = 0.0) -> Box:
    """Return where a box stands once writing that is turned so is turned upright.

    ``width`` and ``height`` are those of the page before; without them only distances and order hold.
    """
    x0, top, x1, bottom = box
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 270:
        return top, width - x1, bottom, width - x0
    return box
