"""Glyphs to words: gaps, pieces, bold, turned pages, letter-spaced headings, odd letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extractors.layout import layout_page
from extractors.model.passage import word_place
from extractors.pdf.content.glyph_text import UNKNOWN_GLYPH, fold_glyph_text
from extractors.pdf.content.letter_spacing import join_spaced_letters
from extractors.pdf.content.painted_page import Char
from extractors.pdf.content.words import build_words
from tests.support.pdf_prints import HEIGHT, WIDTH, page_of, pages_of, printed, text, words_of


def set_letters(line: str, gaps: list[float], size: float = 10, bold: bool = False) -> list[Char]:
    """A line of letters half as wide as high, each followed by its gap in points."""
    out, x = [], 50.0
    for order, (letter, gap) in enumerate(zip(line, gaps, strict=True)):
        out.append(_set_letter(letter, x, size, bold, order))
        x += 5 + gap
    return out


def _set_letter(letter: str, x: float, size: float, bold: bool, order: int) -> Char:
    return {
        "object_type": "char",
        "page_number": 1,
        "x0": x,
        "top": 90,
        "x1": x + 5,
        "bottom": 100,
        "doctop": 90,
        "y0": 0,
        "y1": 10,
        "width": 5,
        "height": 10,
        "order": order,
        "text": letter,
        "fontname": "Carlito",
        "upright": True,
        "non_stroking_color": (0,),
        "size": size,
        "turn": 0,
        "start": x,
        "end": x + 5,
        "base": 98,
        "light": 0.0,
        "bold": bold,
        "clipped": False,
    }


@pytest.mark.parametrize(
    ("gap", "words"), [(0.0, ["desa"]), (1.0, ["desa"]), (2.0, ["d", "e", "s", "a"]), (-1.5, ["desa"])]
)
def test_a_gap_of_a_seventh_of_the_size_parts_words(gap: float, words: list[str]) -> None:
    assert [word.text for word in build_words(set_letters("desa", [gap] * 4))] == words


def test_white_space_parts_words_however_narrow() -> None:
    assert [word.text for word in build_words(set_letters("di a", [0, 0, -4.5, 0]))] == ["di", "a"]


def test_pieces_of_a_word_painted_apart_are_joined() -> None:
    letters = set_letters("KECAMATAN", [0] * 9)
    (word,) = build_words([*letters[4:], *letters[:4]])
    assert word.text == "KECAMATAN"


def test_a_word_printed_twice_is_one_bold_word() -> None:
    once = set_letters("desa", [0] * 4)
    again = [_set_letter(char["text"], char["x0"] + 0.3, 10, False, char["order"] + 4) for char in once]
    for chars in (once + again, [char for pair in zip(once, again, strict=True) for char in pair]):
        (word,) = build_words(chars)
        assert (word.text, word.is_bold) == ("desa", True)


@given(st.text("ABCDEFGH", min_size=3, max_size=12), st.floats(2.0, 15.0))
def test_evenly_spaced_letters_are_a_word(letters: str, gap: float) -> None:
    (word,) = join_spaced_letters(build_words(set_letters(letters, [gap] * len(letters))))
    assert word.text == letters


def test_wider_gaps_part_the_words_of_a_spaced_heading() -> None:
    gaps = [4.0, 4, 4, 14, 4, 4, 4, 4]
    assert [w.text for w in join_spaced_letters(build_words(set_letters("MAKADESA", gaps)))] == [
        "MAKA",
        "DESA",
    ]


@pytest.mark.parametrize("line", ["1 2 3 4", "a b", "A 1 B 2"])
def test_numbers_and_pairs_are_no_spaced_word(line: str) -> None:
    assert [
        w.text for w in join_spaced_letters(build_words(set_letters(line, [3.0] * len(line))))
    ] == line.split()


def test_letters_in_columns_stay_apart() -> None:
    assert len(join_spaced_letters(build_words(set_letters("ABCD", [60.0] * 4)))) == 4


@pytest.mark.parametrize("heading", ["T E N T A N G", "M E M U T U S K A N :"])
def test_headings_are_read_as_words(heading: str) -> None:
    page = page_of(text(200, 80, heading), text(50, 120, "Menetapkan : Keputusan"))
    assert words_of(page)[0].rstrip(":") == heading.replace(" ", "").rstrip(":")
    assert words_of(page)[-3:] == ["Menetapkan", ":", "Keputusan"]


def test_character_spacing_is_a_spaced_heading_too() -> None:
    assert words_of(page_of(text(200, 80, "TENTANG", spacing=6))) == ["TENTANG"]


def test_size_and_weight_are_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(50, HEIGHT - 50, "JUDUL")
        canvas.setFont("Helvetica", 9)
        canvas.drawString(50, HEIGHT - 80, "isi")

    title, body = page_of(draw).words
    assert (title.bold, title.size) == (True, pytest.approx(14))
    assert (body.bold, body.size) == (False, pytest.approx(9))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_as_a_viewer_shows_them(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)  # the sheet lies on its side, so that a viewer shows it upright
        if turn == 90:
            canvas.transform(0, 1, -1, 0, HEIGHT, 0)
        elif turn == 180:
            canvas.transform(-1, 0, 0, -1, WIDTH, HEIGHT)
        elif turn == 270:
            canvas.transform(0, -1, 1, 0, 0, WIDTH)
        canvas.drawString(72, 100, "KECAMATAN SUKAMAJU")

    (page,) = pages_of(printed(draw))
    assert words_of(page) == ["KECAMATAN", "SUKAMAJU"]
    assert (page.width, page.height) == pytest.approx((WIDTH, HEIGHT))
    x0, top, _, bottom = page.words[0].box
    assert x0 == pytest.approx(72, abs=1)
    assert top < page.height - 100 < bottom


def test_words_that_stand_upright_in_a_cell_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(100, 400)
        canvas.rotate(90)
        canvas.drawString(0, 0, "TARGET TAHUN")

    page = page_of(draw)
    assert words_of(page) == ["TARGET", "TAHUN"]
    assert page.words[0].size == pytest.approx(12, abs=1)


@pytest.mark.parametrize(("turn", "first_place"), [(90, "below"), (180, "right"), (270, "above")])
def test_a_page_printed_sideways_is_read_upright_and_its_words_keep_their_place(
    turn: int, first_place: str
) -> None:
    """The page itself is not turned: a viewer shows the writing on its side."""
    lines = [f"baris {i} dengan beberapa kata lagi" for i in range(4)]

    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(turn)
        for i, line in enumerate(lines):
            canvas.drawString(-100, 100 - 20 * i, line)
        canvas.line(-100, -10, 200, -10)

    page = page_of(draw)
    sides = (HEIGHT, WIDTH) if turn != 180 else (WIDTH, HEIGHT)
    assert (page.width, page.height) == pytest.approx(sides)
    assert [line.text.text for line in layout_page(page).blocks] == lines
    assert [rule.is_horizontal for rule in page.rulings] == [True]
    first, last = (word_place(page.words[i].ref).box for i in (0, 5))
    assert first is not None and last is not None
    assert {"below": first[1] > last[1], "right": first[0] > last[0], "above": first[1] < last[1]}[
        first_place
    ]


def test_a_few_turned_words_do_not_turn_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(100, 400)
        canvas.rotate(90)
        canvas.drawString(0, 0, "SUMBER DATA")
        canvas.drawString(0, -14, "PENANGGUNG JAWAB")

    page = page_of(draw)
    assert (page.width, page.height) == pytest.approx((WIDTH, HEIGHT))
    assert [line.text.text for line in layout_page(page).blocks] == ["SUMBER DATA", "PENANGGUNG JAWAB"]


def test_a_slanted_watermark_is_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.setFillGray(0.8)
        canvas.drawString(0, 0, "SALINAN")

    page = page_of(text(50, 80, "Tampak"), draw)
    assert words_of(page) == ["Tampak"]
    assert [word.text for word in page.hidden_words] == ["SALINAN"]


@pytest.mark.parametrize(
    ("letter", "font", "seen"),
    [
        ("\U0001d43d", "CambriaMath", "J"),
        ("\u210e", "CambriaMath", "h"),
        ("ﬁ", "Carlito", "fi"),
        ("…", "Carlito", "…"),
        ("²", "Carlito", "²"),
        ("∑", "Carlito", "∑"),
        ("\xa0", "Carlito", ""),
        ("\xad", "Carlito", "-"),
        ("\u200b", "Carlito", ""),
        ("(cid:12)", "Carlito", UNKNOWN_GLYPH),
        ("\uf0b7", "SymbolMT", "•"),
        ("\uf0e5", "ABCDEF+Symbol", "∑"),
        ("\uf0d8", "Wingdings", "•"),
        ("\ue123", "Carlito", UNKNOWN_GLYPH),
    ],
)
def test_letters_are_folded_to_what_is_seen(letter: str, font: str, seen: str) -> None:
    assert fold_glyph_text(letter, font) == seen
