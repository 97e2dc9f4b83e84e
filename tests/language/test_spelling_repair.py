"""Reading errors mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.steps.spelling_repair import (
    RepairContext,
    correct_confusions,
    letter_skeleton,
    ocr_variants,
    repair_words,
)
from pipeline.language.word_tokenizer import fold_text, split_words


def mended(text: str, *context: str) -> str:
    return " ".join(
        w.form for w in repair_words(split_words(fold_text(text)), RepairContext(frozenset(context)))
    )


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Pub1ik", "publik"),
        ("rnenetapkan", "menetapkan"),
        ("konfIik", "konflik"),
        ("di tindak lanjuti", "ditindaklanjuti"),
        ("ditindak lanjuti", "ditindaklanjuti"),
        ("yangterlaksana", "yang terlaksana"),
        ("suratmasuk", "surat masuk"),
        ("perencana an", "perencanaan"),
        ("didistribusi kan", "didistribusikan"),
        ("di laksanakan", "dilaksanakan"),
        ("survey", "survei"),
        ("jml dok", "jumlah dokumen"),
    ],
)
def test_what_reading_broke_is_mended(printed: str, meant: str) -> None:
    assert mended(printed) == meant


@pytest.mark.parametrize("text", ["di desa", "di kantor", "surat masuk", "kelahiran", "penetapan penerapan"])
def test_good_words_are_left_alone(text: str) -> None:
    assert mended(text) == text


def test_unknown_words_are_mended_only_towards_the_other_side() -> None:
    assert correct_confusions("tangke1", RepairContext(frozenset())) == "tangke1"
    assert correct_confusions("tangke1", RepairContext(frozenset({"tangkel"}))) == "tangkel"


def test_skeletons_of_confusable_words_are_equal_and_of_others_not() -> None:
    assert letter_skeleton("tangke1") == letter_skeleton("tangkel")
    assert letter_skeleton("rawan") != letter_skeleton("rawat")


@given(st.text(alphabet="1lio0rnmvw", min_size=1, max_size=60))
def test_variants_are_bounded(word: str) -> None:
    assert len(ocr_variants(word)) <= 600


def test_three_letters_are_put_right_only_towards_a_word_of_the_other_side() -> None:
    assert mended("lbu", "ibu") == "ibu"
    assert mended("lbu") == "lbu"
