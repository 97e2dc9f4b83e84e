"""Likeness of words that are not equal."""

from __future__ import annotations

import pytest

from pipeline.language import normalise_text
from pipeline.language.alignment.token_similarity import match_word_runs, score_similarity


def alike(a: str, b: str) -> float:
    return score_similarity(normalise_text(a).tokens[0], normalise_text(b).tokens[0])


@pytest.mark.parametrize(("a", "b"), [("xulapan", "xu1apan"), ("kalsindora", "kalslndora")])
def test_confused_letters_are_nearly_sure(a: str, b: str) -> None:
    assert alike(a, b) >= 0.95


def test_a_misprint_of_a_known_word_is_likely() -> None:
    assert 0 < alike("kependudukkan", "kependudukan") < 0.95


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ditetapkan", "diterapkan"),
        ("pemilihan", "pemulihan"),
        ("kelahiran", "kehadiran"),
        ("2023", "2024"),
        ("masuk", "keluar"),
    ],
)
def test_two_known_words_are_never_alike(a: str, b: str) -> None:
    assert alike(a, b) == 0


def test_an_unknown_acronym_stands_for_the_words_it_is_made_of() -> None:
    left, right = (
        normalise_text("Jumlah PGWX").tokens,
        normalise_text("Jumlah Paguyuban Gandrung Warga Xilofon").tokens,
    )
    assert [(one.form, len(run)) for one, run in match_word_runs(left, right)] == [("pgwx", 4)]
