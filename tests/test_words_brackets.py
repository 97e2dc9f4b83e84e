"""Brackets: units and repeated abbreviations."""

from __future__ import annotations

import pytest

from pipeline.words.brackets import open_brackets, spells
from pipeline.words.fold import fold, split


def opened(text: str) -> tuple[str, str]:
    words, unit = open_brackets(split(fold(text)))
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
    assert spells("ikm", ["indeks", "kepuasan", "masyarakat"])
    assert spells("musrenbangdes", ["musyawarah", "rencana", "pembangunan", "desa"]) is False
    assert spells("puskesmas", ["pusat", "kesehatan", "masyarakat"])
    assert not spells("imk", ["indeks", "kepuasan", "masyarakat"])
    assert not spells("kk", ["kartu", "keluarga"])
