"""On a black and white page dots stay where print has them, and go where they are dirt."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.ocr.detect.text_lines import DetectedLine
from extractors.ocr.image_input import Image
from extractors.ocr.preprocess.specks import remove_specks

DPI = 144.0
"""Two pixels a point."""
LINE = DetectedLine(20, 50, 220, 50, 24)
FOOT = 60


def page(*dots: tuple[int, int, int, int]) -> Image:
    """A dirty page with a line of letters at x 20 to 200, and dots as ``x, y, width, height``."""
    white = np.full((120, 300), 255, np.uint8)
    for x in range(20, 60, 10):
        white[5:8, x : x + 3] = 0
    for x in range(20, 200, 12):
        white[42:FOOT, x : x + 6] = 0
    for x, y, width, height in dots:
        white[y : y + height, x : x + width] = 0
    return white


def is_kept(*dots: tuple[int, int, int, int]) -> bool:
    """Does the first dot stay, where all of them are drawn?"""
    white = page(*dots)
    ink = (white < 128).astype(np.uint8)
    x, y, width, height = dots[0]
    cleaned = remove_specks(white, ink, [LINE], DPI)
    assert (cleaned[42:FOOT, 20:26] == 0).all()
    return bool((cleaned[y : y + height, x : x + width] == 0).all())


@pytest.mark.parametrize(
    "dots",
    [
        [(21, 35, 3, 3)],  # of an i
        [(197, FOOT - 3, 3, 3)],  # a full stop behind the last letter
        [(27, 50, 4, 2)],  # a hyphen between two letters
        [(240, 46, 3, 3), (240, 56, 3, 3)],  # a colon that stands alone
        [(240, 46, 3, 3), (239, 55, 4, 7)],  # a semicolon
    ],
)
def test_dots_of_print_stay(dots: list[tuple[int, int, int, int]]) -> None:
    assert is_kept(*dots)


@pytest.mark.parametrize(
    "dot",
    [
        (197, 40, 3, 3),  # high beside the last letter
        (240, 50, 3, 3),  # at mid-height, far from a letter
        (100, 100, 3, 3),  # below all lines
        (240, FOOT - 3, 3, 3),  # at the foot of the line, but behind no letter
    ],
)
def test_specks_go(dot: tuple[int, int, int, int]) -> None:
    assert not is_kept(dot)


def test_a_page_without_dots_or_lines_is_left_as_it_is() -> None:
    white = page()
    white[:10] = 255
    assert (remove_specks(white, (white < 128).astype(np.uint8), [], DPI) == white).all()
    blank = np.full((50, 50), 255, np.uint8)
    assert (remove_specks(blank, np.zeros_like(blank), [], DPI) == blank).all()


def test_on_a_clean_page_a_dot_in_an_odd_place_is_print() -> None:
    white = page((240, 50, 3, 3))
    white[:10] = 255
    assert (remove_specks(white, (white < 128).astype(np.uint8), [LINE], DPI) == white).all()
