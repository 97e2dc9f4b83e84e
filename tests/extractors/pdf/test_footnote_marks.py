"""Raised marks that refer to a note are set apart from the words that carry them; exponents are not."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.support.pdf_prints import HEIGHT, Draw, page_of, text, words_of


def raised(x: float, y: float, word: str, mark: str, gap: float = 0.5) -> Draw:
    """A word with a small raised mark behind it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x, HEIGHT - y, word)
        end = x + canvas.stringWidth(word, "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(end + gap, HEIGHT - y + 3.5, mark)

    return draw


@pytest.mark.parametrize("gap", [0.1, 0.6, 3.0])
@pytest.mark.parametrize("mark", ["1)", "2", "*", "a)"])
def test_a_mark_whose_note_stands_below_is_no_part_of_the_word(mark: str, gap: float) -> None:
    page = page_of(
        raised(60, 100, "layanan", mark, gap), text(50, 700, f"{mark} Dihitung setahun sekali.", size=8)
    )
    assert words_of(page) == ["layanan", mark, "Dihitung", "setahun", "sekali."]
    assert [word.text for word in page.excluded_words] == [mark]


def test_an_exponent_has_no_note_and_stays() -> None:
    page = page_of(raised(60, 100, "m", "2", 0.1), text(50, 700, "Luas 2 hektare."))
    assert "".join(words_of(page)).startswith("m2")
    assert not page.excluded_words


def test_the_same_sign_at_the_height_of_its_line_is_no_mark() -> None:
    page = page_of(text(60, 100, "Kelas 1) ramah"), text(50, 700, "1) Nilai survei."))
    assert words_of(page).count("1)") == 2
    assert not page.excluded_words
