"""Reading errors mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.fold import fold, split
from pipeline.words.repair import Context, mend, skeleton, unconfused, variants


def mended(text: str, *context: str) -> str:
    return " ".join(w.form for w in mend(split(fold(text)), Context(frozenset(context))))


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
    assert unconfused("tangke1", Context(frozenset())) == "tangke1"
    assert unconfused("tangke1", Context(frozenset({"tangkel"}))) == "tangkel"


def test_skeletons_of_confusable_words_are_equal_and_of_others_not() -> None:
    assert skeleton("tangke1") == skeleton("tangkel")
    assert skeleton("rawan") != skeleton("rawat")


@given(st.text(alphabet="1lio0rnmvw", min_size=1, max_size=60))
def test_variants_are_bounded(word: str) -> None:
    assert len(variants(word)) <= 600
