"""Brackets: units and repeated abbreviations."""

from __future__ import annotations

import pytest

from pipeline.language.steps.name_brackets import is_acronym_of, remove_brackets
from pipeline.language.word_tokenizer import fold_text, split_words


def opened(text: str) -> tuple[str, str]:
    words, unit = remove_brackets(split_words(fold_text(text)))
    return " ".join(w.form for w in words), unit


@pytest.mark.parametrize(
    ("printed", "words", "unit"),
    [
        ("Jumlah surat (surat)", "jumlah surat", "surat"),
        ("Tingkat kehadiran (%)", "tingkat kehadiran", "persentase"),
        ("Badan Usaha Contoh (BUC)", "badan usaha contoh", ""),
        ("laporan (Koperasi Wanita)", "laporan koperasi wanita", ""),
        ("desa (yang aktif", "desa yang aktif", ""),
        ("(orang)", "orang", ""),
    ],
)
def test_brackets_are_opened(printed: str, words: str, unit: str) -> None:
    assert opened(printed) == (words, unit)


def test_an_acronym_must_use_every_word_in_order() -> None:
    assert is_acronym_of("ikm", ["indeks", "kepuasan", "masyarakat"])
    assert is_acronym_of("musrenbangdes", ["musyawarah", "rencana", "pembangunan", "desa"]) is False
    assert is_acronym_of("puskesmas", ["pusat", "kesehatan", "masyarakat"])
    assert not is_acronym_of("imk", ["indeks", "kepuasan", "masyarakat"])
    assert not is_acronym_of("kk", ["kartu", "keluarga"])
