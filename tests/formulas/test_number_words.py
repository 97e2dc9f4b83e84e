"""Numbers in words, with blanks, as money, as powers: each is the number that it says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formulas import read_formula
from pipeline.formulas.reading.formula_vocabulary import word_skeleton
from pipeline.formulas.reading.tokens.number_words import parse_number_words

DIGITS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spell_number(number: int) -> str:
    """Return a number below a million in Indonesian words."""
    for size, word in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size * (2 if size > 10 or number < 20 else 1):
            count, rest = divmod(number, size)
            return f"{spell_number(count)} {word} {spell_number(rest)}".strip()
        if size > 10 and number >= size:
            return f"se{word} {spell_number(number - size)}".strip()
    if number in {10, 11}:
        return {10: "sepuluh", 11: "sebelas"}[number]
    return f"{DIGITS[number - 10]} belas" if number > 10 else DIGITS[number]


@given(st.integers(1, 999_999))
def test_every_number_in_words_is_read(number: int) -> None:
    words = [word_skeleton(word) for word in spell_number(number).split()]
    assert parse_number_words(words) == (Decimal(number), len(words))


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("dua belas", "12"),
        ("dua puluh empat kegiatan", "24"),
        ("12 (dua belas) laporan", "12"),
        ("1 000", "1000"),
        ("100.000,00", "100000"),
        ("Rp 1.500.000,-", "1500000"),
        ("Rp 2 miliar", "2000000000"),
        ("10^5", "100000"),
        ("10⁵", "100000"),
    ],
)
def test_a_divisor_is_the_number_that_is_printed(printed: str, number: str) -> None:
    assert read_formula(f"Jumlah rapat dibagi {printed}").expression == f'"jumlah rapat" / {number}'


@pytest.mark.parametrize("printed", ["seratus persen", "1 0 0 %", "l 0 0 %", "100,0%", "100 prosen"])
def test_a_hundred_percent_in_every_form(printed: str) -> None:
    assert read_formula(f"Jumlah a / Jumlah b x {printed}").expression == '"jumlah a" / "jumlah b" * 100%'


def test_a_share_of_a_sum_multiplies_it() -> None:
    reading = read_formula("Setengah dari (nilai mutu + nilai waktu)")
    assert reading.expression == '0.5 * ("nilai mutu" + "nilai waktu")'


def test_a_number_in_words_within_a_name_is_part_of_it() -> None:
    assert (
        read_formula("Jumlah nilai sembilan unsur dibagi 9").expression == '"jumlah nilai sembilan unsur" / 9'
    )
