"""The measure at the head of a name."""

from __future__ import annotations

import pytest

from pipeline.language import normalise_text


@pytest.mark.parametrize(
    ("name", "measures"),
    [
        ("Prosentase desa", ("persentase",)),
        ("% desa", ("persentase",)),
        ("Tingkat kehadiran (%)", ("persentase",)),
        ("Tingkat kehadiran", ("tingkat",)),
        ("Persentase tingkat kehadiran", ("persentase",)),
        ("Persentase jumlah dokumen", ("persentase",)),
        ("Rerata persentase desa", ("rata-rata", "persentase")),
        ("Banyaknya desa", ("jumlah",)),
        ("Jml seluruh desa", ("jumlah",)),
        ("Kelancaran administrasi", ()),
        ("", ()),
    ],
)
def test_measures_are_read(name: str, measures: tuple[str, ...]) -> None:
    assert normalise_text(name).measures == measures


def test_a_measure_word_inside_a_name_is_an_ordinary_word() -> None:
    assert "nilai" in normalise_text("Jumlah nilai persepsi").keys
