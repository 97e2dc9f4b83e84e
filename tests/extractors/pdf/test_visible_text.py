"""Only what a viewer shows is read as printed."""

from __future__ import annotations

from itertools import product

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.support.pdf_prints import (
    HEIGHT,
    Draw,
    hidden_in,
    page_of,
    pages_of,
    printed,
    text,
    together,
    words_of,
)


def box(x: float, y: float, wide: float, high: float, grey: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.rect(x, HEIGHT - y - high, wide, high, stroke=0, fill=1)

    return draw


@pytest.mark.parametrize("size", [7, 12, 24])
def test_dark_words_on_paper_are_printed(size: float) -> None:
    page = page_of(text(50, 80, "Jumlah desa, 85,5 % (dst.)", size=size))
    assert words_of(page) == ["Jumlah", "desa,", "85,5", "%", "(dst.)"]
    assert not page.hidden_words


@pytest.mark.parametrize(("grey", "mode"), [(1, 0), (0, 3), (0.995, 0)])
def test_white_and_invisible_words_are_not(grey: float, mode: float) -> None:
    page = page_of(text(50, 80, "Tampak"), text(50, 120, "Tersembunyi", grey=grey, mode=mode))
    assert words_of(page) == ["Tampak"]


def test_white_words_on_a_dark_head_are_printed() -> None:
    page = page_of(box(40, 60, 300, 30, 0.2), text(50, 80, "SASARAN STRATEGIS", grey=1, size=14))
    assert words_of(page) == ["SASARAN", "STRATEGIS"]


def test_dark_words_on_the_same_dark_are_not() -> None:
    page = page_of(text(50, 30, "Tampak"), box(40, 60, 300, 30, 0), text(50, 80, "Tersembunyi"))
    assert words_of(page) == ["Tampak"]


def test_rules_through_a_hidden_word_do_not_betray_it() -> None:
    def lattice(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        for x, y in product(range(40, 200, 20), range(60, 100, 8)):
            canvas.line(x, HEIGHT - 60, x, HEIGHT - 100)
            canvas.line(40, HEIGHT - y, 200, HEIGHT - y)

    page = page_of(text(50, 30, "Tampak"), text(50, 80, "Tersembunyi", grey=1), lattice)
    assert words_of(page) == ["Tampak"]
    assert hidden_in(page) == ["Tersembunyi"]


def test_a_word_is_cut_where_its_cell_ends() -> None:
    def cell(canvas: Canvas) -> None:
        canvas.saveState()
        outline = canvas.beginPath()
        outline.rect(50, HEIGHT - 100, canvas.stringWidth("KECA", "Helvetica", 12), 40)
        canvas.clipPath(outline, stroke=1, fill=0)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(50, HEIGHT - 80, "KECAMATAN 100")
        canvas.restoreState()

    page = page_of(text(50, 30, "Tampak"), cell)
    assert words_of(page) == ["Tampak"] or words_of(page) == ["Tampak", "KECA"]
    assert hidden_in(page)[-1] == "100"


def test_words_off_the_page_are_left_out() -> None:
    page = page_of(text(50, 80, "Tampak"), text(-200, 80, "Kiri"), text(700, 80, "Kanan"))
    assert words_of(page) == ["Tampak"]
    assert hidden_in(page) == ["Kiri", "Kanan"]


def test_words_covered_by_paper_and_written_anew_are_left_out() -> None:
    page = page_of(text(50, 80, "Tahun 2021"), box(48, 65, 200, 20, 1), text(50, 80, "TAHUN 2024"))
    assert words_of(page) == ["TAHUN", "2024"]
    assert hidden_in(page) == ["Tahun", "2021"]


def test_a_see_through_highlight_hides_nothing() -> None:
    def marker(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
        canvas.rect(48, HEIGHT - 85, 200, 20, stroke=0, fill=1)

    page = page_of(text(50, 80, "Tahun 2021"), marker)
    assert words_of(page) == ["Tahun", "2021"]


def test_words_below_an_opaque_picture_are_left_out_below_a_stamp_not() -> None:
    def picture(mode: str) -> Draw:
        colour = (200, 40, 40) if mode == "RGB" else (200, 40, 40, 60)
        image = ImageReader(Image.new(mode, (20, 20), colour))
        return lambda canvas: canvas.drawImage(image, 40, HEIGHT - 100, 80, 40, mask="auto")

    stamped = page_of(text(50, 80, "CAMAT"), text(50, 200, "Tampak"), picture("RGBA"))
    assert words_of(stamped) == ["CAMAT", "Tampak"]
    pasted = page_of(text(50, 80, "CAMAT"), text(50, 200, "Tampak"), picture("RGB"))
    assert words_of(pasted) == ["Tampak"]


def test_what_lies_outside_the_crop_box_is_off_the_page() -> None:
    def cropped(canvas: Canvas) -> None:
        canvas.setCropBox((100, 100, 500, HEIGHT - 100))

    (page,) = pages_of(printed(together(cropped, text(150, 150, "Tampak"), text(150, 60, "Tersembunyi"))))
    assert (page.width, page.height) == pytest.approx((400, HEIGHT - 200))
    (word,) = page.words
    assert word.text == "Tampak"
    assert word.box[0] == pytest.approx(50, abs=1)
    assert word.box[3] == pytest.approx(53, abs=2)


def clipped(x: float, y: float, wide: float, high: float, *draws: Draw) -> Draw:
    """Things painted within a rectangle alone."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, HEIGHT - y - high, wide, high)
        canvas.clipPath(path, stroke=0, fill=0)
        for one in draws:
            one(canvas)
        canvas.restoreState()

    return draw


def test_what_its_cell_clips_is_not_printed_even_where_other_words_stand() -> None:
    cell = clipped(50, 60, 100, 30, text(60, 80, "Jumlah"), text(160, 80, "terpotong"))
    page = page_of(together(cell, text(160, 80, "Laporan"), text(50, 120, "Sesudah")))
    assert words_of(page) == ["Jumlah", "Laporan", "Sesudah"]
    assert "terpotong" in hidden_in(page)


def test_a_clip_ends_with_its_state_and_clips_add_up() -> None:
    inner = clipped(90, 60, 200, 30, text(60, 80, "kiri"), text(100, 80, "tengah"))
    cell = clipped(50, 60, 100, 30, inner, text(60, 80, "Awal"))
    page = page_of(together(cell, text(60, 82, "x"), text(50, 120, "Luar")))
    assert {"tengah", "Awal", "Luar"} <= set(words_of(page))
    assert "kiri" not in words_of(page)


def test_a_rule_ends_where_its_cell_clips_it() -> None:
    def bar(canvas: Canvas) -> None:
        canvas.line(60, HEIGHT - 75, 400, HEIGHT - 75)

    page = page_of(together(clipped(50, 60, 100, 30, bar), text(50, 120, "Kata")))
    assert [round(rule.x1) for rule in page.rulings] == [150]


@pytest.mark.parametrize("grey", [0.0, 0.45])
def test_thin_last_letters_on_shaded_ground_are_printed(grey: float) -> None:
    words = "evaluasi mandiri selesai dinilai koperasi lli"
    lines = [text(50.3 + 0.37 * i, 80 + 12 * i, words, size=7, grey=grey) for i in range(6)]
    page = page_of(box(40, 60, 400, 100, 0.75), *lines)
    assert words_of(page) == 6 * words.split()
    assert not page.hidden_words
