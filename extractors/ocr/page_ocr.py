"""A picture of a page becomes a ``PrintedPage``: laid straight, cleaned, its rules and words read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.model.passage import word_place
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling
from extractors.ocr.coordinates import PageWarp, invert_flattening
from extractors.ocr.detect.aligned_marks import correct_column_signs
from extractors.ocr.detect.punctuation import find_missed_marks
from extractors.ocr.detect.scanned_rulings import find_rulings
from extractors.ocr.detect.text_lines import (
    DetectedLine,
    crop_line,
    cut_at_rulings,
    is_beside_text,
    is_letter_stroke,
    lines_from_quads,
)
from extractors.ocr.image_input import DPI, Image
from extractors.ocr.preprocess.specks import remove_specks
from extractors.ocr.preprocess.stamps import remove_stamps
from extractors.ocr.preprocess.straighten import straighten_page
from extractors.ocr.preprocess.whiten import (
    ink_mask,
    is_bilevel,
    remove_bars,
    remove_streak,
    soften_edges,
    whiten_background,
)
from extractors.ocr.recognise.ocr_engine import OcrEngine, get_engine
from extractors.ocr.recognise.word_boxes import split_into_words

_PIXELS_PER_POINT = DPI / 72  # pixels

_MIN_CONTRAST = 24
"""Grey levels between the lightest and the darkest pixel of a page on which something is printed."""

_MIN_CONFIDENCE = 0.5
"""Words read less surely are dirt, stamps and signatures more often than print."""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page read from a picture: flattened, in points; and the way back to the page as it is seen."""

    page: PrintedPage
    warp: PageWarp


def read_image(image: Image, dpi: float, number: int) -> ScannedPage:
    """Read a page.

    Args:
        image: RGB pixels, height × width × 3.
        dpi: its pixels an inch.
        number: the page's number in its file, from 1.

    Returns:
        Words and rules in points of the flattened page. A page without text has no words.
    """
    if int(image.max()) - int(image.min()) < _MIN_CONTRAST:  # blank, or all of one ink
        height, width = (72 * side / dpi for side in image.shape[:2])
        page = PrintedPage(number, width, height, "scan")
        return ScannedPage(page, invert_flattening(np.eye(3), dpi / 72, dpi / 72))
    ocr = get_engine()
    image = remove_stamps(image, dpi)
    view = straighten_page(image, dpi, ocr)
    white = whiten_background(np.asarray(cv2.cvtColor(view.image, cv2.COLOR_RGB2GRAY), np.uint8), DPI)
    ink = ink_mask(white)
    rules, streaks = find_rulings(white, DPI)
    lines = lines_from_quads(view.quads)
    rules = [rule for rule in rules if not is_letter_stroke(rule, lines, ink, _PIXELS_PER_POINT)]
    lines = cut_at_rulings(lines, rules, _PIXELS_PER_POINT)
    looks_bilevel = is_bilevel(image[:, :, 1])
    if looks_bilevel:
        white = remove_specks(white, ink, lines, DPI)
    for streak in streaks:
        white = remove_streak(white, *streak)
    white = remove_bars(white, [rule for rule in rules if is_beside_text(rule, lines)])
    words, excess = _read_words(soften_edges(white) if looks_bilevel else white, lines, rules, ocr, number)
    height, width = white.shape
    page = PrintedPage(
        number,
        width / _PIXELS_PER_POINT,
        height / _PIXELS_PER_POINT,
        "scan",
        words=tuple(correct_column_signs([word for word in words if _is_sure(word)])),
        rulings=tuple(map(_rule_in_points, rules)),
        excluded_words=(*(word for word in words if not _is_sure(word)), *excess),
    )
    return ScannedPage(page, invert_flattening(view.matrix, dpi / 72, _PIXELS_PER_POINT))


def _read_words(
    white: Image, lines: list[DetectedLine], rules: list[Ruling], ocr: OcrEngine, number: int
) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """The words of the lines found, and of the marks that were passed over beside them; marks in excess."""
    ink = ink_mask(white)
    marks, excess = find_missed_marks(ink, lines, rules, _PIXELS_PER_POINT)
    shaped_marks = [(mark, reading) for mark, reading in marks if reading]
    lines = lines + [mark for mark, reading in marks if not reading]
    readings = ocr.read_lines([crop_line(white, line) for line in lines])
    return (
        [
            word
            for line, reading in [*zip(lines, readings, strict=True), *shaped_marks]
            for word in split_into_words(line, reading, ink, _PIXELS_PER_POINT, number)
        ],
        [
            word
            for line, mark in excess
            if mark
            for word in split_into_words(line, mark, ink, _PIXELS_PER_POINT, number)
        ],
    )


def _is_sure(word: PrintedWord) -> bool:
    return word_place(word.ref).confidence >= _MIN_CONFIDENCE


def _rule_in_points(rule: Ruling) -> Ruling:
    return Ruling(
        rule.x0 / _PIXELS_PER_POINT,
        rule.top / _PIXELS_PER_POINT,
        rule.x1 / _PIXELS_PER_POINT,
        rule.bottom / _PIXELS_PER_POINT,
    )
