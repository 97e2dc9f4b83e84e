"""Words taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.morphology import analyse_word


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
    found = analyse_word(word)
    assert (found.voice, found.is_known) == (voice, True)
    assert root in found.root


@pytest.mark.parametrize("word", ["pemerintahan", "kelurahan", "kecamatan", "laporan", "usulan"])
def test_words_of_their_own_are_not_taken_apart(word: str) -> None:
    assert analyse_word(word).root == word


def test_unknown_verbs_are_guessed_with_all_the_roots_they_may_have() -> None:
    assert analyse_word("diblokade").root == "blokade"
    assert "galpat" in {analyse_word("penggalpatan").root, *analyse_word("penggalpatan").other_roots}


def test_unknown_short_words_stand_as_they_are() -> None:
    assert analyse_word("zxqw").root == "zxqw"
    assert not analyse_word("zxqw").is_known


@given(st.text(alphabet="abdegiklmnoprstuy", max_size=30))
def test_every_word_has_a_root(word: str) -> None:
    assert analyse_word(word).root or not word
