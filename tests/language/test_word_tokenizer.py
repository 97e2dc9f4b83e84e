"""From text to words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.word_tokenizer import (
    MOST_CHARACTERS,
    fold_text,
    join_hyphenated,
    key_text,
    split_words,
)


def forms(text: str) -> list[str]:
    return [w.form for w in split_words(fold_text(text))]


def test_words_torn_at_the_line_end_are_joined() -> None:
    assert join_hyphenated("layanan kependu- dukan") == "layanan kependudukan"


def test_doubled_words_are_one_but_the_mean_stays_a_measure() -> None:
    assert forms("masalah-masalah sosial") == ["masalah", "sosial"]
    assert forms("Rata - rata nilai") == forms("rata-rata nilai") == ["ratarata", "nilai"]


def test_symbols_of_measures_are_words() -> None:
    assert forms("∑ desa") == ["jumlah", "desa"]
    assert forms("% desa & kelurahan") == ["persentase", "desa", "dan", "kelurahan"]


def test_dots_of_abbreviations_and_markup_are_gone() -> None:
    assert forms("dok. S.P.M. <br> kec.") == ["dok", "spm", "kec"]
    assert forms(r"\text{Jumlah desa}") == ["jumlah", "desa"]


def test_year_before_stays_one_word() -> None:
    assert forms("tahun n - 1") == ["tahun", "n-1"]


def test_case_and_blanks_do_not_tell_texts_apart_but_words_do() -> None:
    assert key_text(" Nilai  IKM ") == key_text("nilai ikm")
    assert key_text("Nilai IKM") != key_text("Nilai IPP")


@given(st.text(max_size=200))
def test_any_text_gives_words_without_blanks(text: str) -> None:
    assert all(f and " " not in f for f in forms(text))


def test_a_text_without_end_is_cut() -> None:
    assert len(fold_text("desa " * MOST_CHARACTERS)) <= MOST_CHARACTERS
