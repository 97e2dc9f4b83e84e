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
        ("Panjang saluran yang bersih (%)", ("persentase",)),
        ("Panjang saluran yang bersih (km)", ("panjang",)),
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


@pytest.mark.parametrize("base", ["per 1.000 penduduk", "per 100.000 kelahiran hidup", "tiap 1000 ekor"])
def test_the_base_of_a_rate_is_its_unit(base: str) -> None:
    assert normalise_text(f"Rasio dokter hewan {base}").keys == normalise_text("Rasio dokter hewan").keys


def test_a_small_number_is_no_base_of_a_rate() -> None:
    assert normalise_text("Rasio dokter hewan per 5 desa").keys != normalise_text("Rasio dokter hewan").keys
