"""A picture of a page becomes a ``PrintedPage``: laid straight, cleaned, its rules and words read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.passage import place_of
from extractors.printed import PrintedPage, PrintedWord, Rule
from extractors.scan.clean import (
    ink_of,
    is_bilevel,
    soften,
    whiten,
    without_bars,
    without_specks,
    without_streak,
)
from extractors.scan.columns import signs_in_columns
from extractors.scan.engine import Engine, engine
from extractors.scan.images import DPI, Image
from extractors.scan.lines import TextLine, beside_text, cut_at_rules, cut_out, lines_of, strokes_of_letters
from extractors.scan.marks import missed_marks
from extractors.scan.rules import find_rules
from extractors.scan.stamps import without_stamps
from extractors.scan.view import straight_view
from extractors.scan.warp import Warp, warp_of
from extractors.scan.words import words_of

_POINT = DPI / 72  # pixels

_CONTRAST = 24
"""Grey levels between the lightest and the darkest pixel of a page on which something is printed."""

_LEAST_SURE = 0.5
"""Words read less surely are dirt, stamps and signatures more often than print."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page read from a picture: flattened, in points; and the way back to the page as it is seen."""

    page: PrintedPage
    warp: Warp


def read_image(image: Image, dpi: float, number: int) -> Scanned:
    """Read a page.

    Args:
        image: RGB pixels, height × width × 3.
        dpi: its pixels an inch.
        number: the page's number in its file, from 1.

    Returns:
        Words and rules in points of the flattened page. A page without text has no words.
    """
    if int(image.max()) - int(image.min()) < _CONTRAST:  # blank, or all of one ink
        height, width = (72 * side / dpi for side in image.shape[:2])
        page = PrintedPage(number, width, height, "scan")
        return Scanned(page, warp_of(np.eye(3), dpi / 72, dpi / 72))
    ocr = engine()
    image = without_stamps(image, dpi)
    view = straight_view(image, dpi, ocr)
    white = whiten(np.asarray(cv2.cvtColor(view.image, cv2.COLOR_RGB2GRAY), np.uint8), DPI)
    ink = ink_of(white)
    rules, streaks = find_rules(white, DPI)
    lines = lines_of(view.quads)
    rules = [rule for rule in rules if not strokes_of_letters(rule, lines, ink, _POINT)]
    lines = cut_at_rules(lines, rules, _POINT)
    bilevel = is_bilevel(image[:, :, 1])
    if bilevel:
        white = without_specks(white, ink, DPI)
    for streak in streaks:
        white = without_streak(white, *streak)
    white = without_bars(white, [rule for rule in rules if beside_text(rule, lines)])
    read, excess = _words(soften(white) if bilevel else white, lines, rules, ocr, number)
    height, width = white.shape
    page = PrintedPage(
        number,
        width / _POINT,
        height / _POINT,
        "scan",
        words=tuple(signs_in_columns([word for word in read if _is_sure(word)])),
        rules=tuple(map(_in_points, rules)),
        aside=(*(word for word in read if not _is_sure(word)), *excess),
    )
    return Scanned(page, warp_of(view.matrix, dpi / 72, _POINT))


def _words(
    white: Image, lines: list[TextLine], rules: list[Rule], ocr: Engine, number: int
) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """The words of the lines found, and of the marks that were passed over beside them; marks in excess."""
    ink = ink_of(white)
    marks, excess = missed_marks(ink, lines, rules, _POINT)
    told = [(mark, reading) for mark, reading in marks if reading]
    lines = lines + [mark for mark, reading in marks if not reading]
    readings = ocr.read([cut_out(white, line) for line in lines])
    return (
        [
            word
            for line, reading in [*zip(lines, readings, strict=True), *told]
            for word in words_of(line, reading, ink, _POINT, number)
        ],
        [word for line, mark in excess if mark for word in words_of(line, mark, ink, _POINT, number)],
    )


def _is_sure(word: PrintedWord) -> bool:
    return place_of(word.word).confidence >= _LEAST_SURE


def _in_points(rule: Rule) -> Rule:
    return Rule(rule.x0 / _POINT, rule.top / _POINT, rule.x1 / _POINT, rule.bottom / _POINT)
