"""Brackets: units and repeated abbreviations."""

from __future__ import annotations

import pytest

from pipeline.language.steps.name_brackets import is_acronym_of, learn_abbreviations, remove_brackets
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
        ("Hasil panen jagung (kw/ha)", "hasil panen jagung", "kw"),
        ("Hasil panen jagung (zz/ha)", "hasil panen jagung", "zz"),
        ("BUC (Badan Usaha Contoh)", "badan usaha contoh", ""),
        ("BU (badan usaha)", "badan usaha", ""),
        ("Wasling (pengawasan lingkungan)", "pengawasan lingkungan", ""),
        ("BU (badan contoh)", "bu badan contoh", ""),
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


def test_abbreviations_are_learnt_from_brackets_in_either_order_where_they_agree() -> None:
    names = ["Jumlah Balai Qwan Contoh (BQC)", "Jumlah wasling (pengawasan lingkungan)"]
    learnt = learn_abbreviations(split_words(fold_text(name)) for name in names)
    assert learnt == {"bqc": ("balai", "qwan", "contoh"), "wasling": ("pengawasan", "lingkungan")}
    names.append("Jumlah Bank Qwan Ceria (BQC)")
    assert "bqc" not in learn_abbreviations(split_words(fold_text(name)) for name in names)
