"""Words taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words.morphology import analyse


@pytest.mark.parametrize(
    ("word", "root", "voice"),
    [
        ("disusun", "susun", "passive"),
        ("tersusun", "susun", "passive"),
        ("menyusun", "susun", "active"),
        ("penyusunan", "susun", "act"),
        ("diselesaikan", "selesai", "passive"),
        ("penyelesaian", "selesai", "act"),
        ("kehadiran", "hadir", "state"),
        ("ditindaklanjuti", "tindaklanjut", "passive"),
        ("terakomodir", "akomodasi", "passive"),
        ("diakomodasikan", "akomodasi", "passive"),
        ("pengesahan", "sah", "act"),
        ("menetapkan", "tetap", "active"),
        ("memperbaiki", "baik", "active"),
        ("hasilnya", "hasil", "bare"),
        ("berkualitas", "kualitas", "having"),
    ],
)
def test_affixes_come_off(word: str, root: str, voice: str) -> None:
    found = analyse(word)
    assert (found.voice, found.known) == (voice, True)
    assert root in found.root


@pytest.mark.parametrize("word", ["pemerintahan", "kelurahan", "kecamatan", "laporan", "usulan"])
def test_words_of_their_own_are_not_taken_apart(word: str) -> None:
    assert analyse(word).root == word


def test_unknown_verbs_are_guessed_with_all_the_roots_they_may_have() -> None:
    assert analyse("diblokade").root == "blokade"
    assert "galpat" in {analyse("penggalpatan").root, *analyse("penggalpatan").others}


def test_unknown_short_words_stand_as_they_are() -> None:
    assert analyse("zxqw").root == "zxqw"
    assert not analyse("zxqw").known


@given(st.text(alphabet="abdegiklmnoprstuy", max_size=30))
def test_every_word_has_a_root(word: str) -> None:
    assert analyse(word).root or not word
