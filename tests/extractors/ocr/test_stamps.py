"""Coloured stamps leave the page; print under them, coloured headings and warm paper stay."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from extractors.ocr.preprocess.stamps import remove_stamps

DPI = 150.0
VIOLET = (110, 80, 170)


def page(paper: tuple[int, int, int] = (245, 245, 245)) -> Image.Image:
    return Image.new("RGB", (1240, 1754), paper)


def stamped(paper: tuple[int, int, int] = (245, 245, 245)) -> Image.Image:
    picture = page(paper)
    pen = ImageDraw.Draw(picture)
    pen.text((560, 880), "CAMAT WATUGILANG", fill=(20, 20, 20), font_size=30)
    for radius in (90, 120, 128):
        pen.ellipse((640 - radius, 900 - radius, 640 + radius, 900 + radius), outline=VIOLET, width=5)
    pen.text((600, 930), "KECAMATAN", fill=VIOLET, font_size=16)
    return picture


def darkest(pixels: np.ndarray, x0: int, y0: int, x1: int, y1: int) -> int:
    return int(pixels[y0:y1, x0:x1].min())


def test_the_stamp_goes_and_the_print_stays() -> None:
    cleaned = remove_stamps(np.asarray(stamped()), DPI)
    assert darkest(cleaned, 500, 760, 780, 860) > 200, "the ring above the print"
    assert darkest(cleaned, 560, 880, 800, 915) < 60, "the print under the stamp"


def test_warm_light_is_no_colour() -> None:
    cleaned = remove_stamps(np.asarray(stamped((235, 205, 160))), DPI)
    assert darkest(cleaned, 500, 760, 780, 860) > 180
    assert darkest(cleaned, 560, 880, 800, 915) < 60


def test_a_page_without_stamps_comes_back_as_it_is() -> None:
    for paper in ((245, 245, 245), (235, 205, 160)):
        pixels = np.asarray(page(paper))
        assert remove_stamps(pixels, DPI) is pixels


def test_coloured_headings_and_shaded_titles_are_no_stamps() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    pen.text((300, 100), "PEMERINTAH KABUPATEN MANDALAWENING", fill=(0, 60, 190), font_size=34)
    pen.rectangle((100, 400, 1140, 460), fill=(150, 190, 240))
    pixels = np.asarray(picture)
    assert remove_stamps(pixels, DPI) is pixels


def test_a_block_of_coloured_text_is_no_stamp() -> None:
    picture = page()
    pen = ImageDraw.Draw(picture)
    for line in range(4):
        pen.text(
            (300, 300 + 45 * line), "Persentase desa tertib", fill=(0, 0, 200), font_size=30, stroke_width=1
        )
    pixels = np.asarray(picture)
    assert remove_stamps(pixels, DPI) is pixels
