"""Terms of the glossary."""

from __future__ import annotations

import pytest

from pipeline.language import normalise_text


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Anggaran Pendapatan & Belanja Desa", "apbdesa"),
        ("APB Desa", "apbdesa"),
        ("Musrenbangkec", "musrenbangcam"),
        ("Musyawarah Perencanaan Pembangunan Desa", "musrenbangdes"),
        ("PBB-P2", "pbb"),
        ("Bulan Bakti Gotong Royong Masyarakat (BBGRM)", "bbgrm"),
        ("Badan Kerja Sama Antar Desa", "bkad"),
    ],
)
def test_variants_are_one_notion(printed: str, key: str) -> None:
    assert [t.key for t in normalise_text(printed).tokens] == [key]


def test_lppd_is_the_villages_only_in_its_company() -> None:
    assert "lppdesa" in normalise_text("Persentase desa yang menyampaikan LPPD").keys
    assert "lppd" in normalise_text("Persentase penyusunan LPPD kabupaten").keys


def test_rkpd_is_never_the_villages_plan() -> None:
    assert "rkpd" in normalise_text("Persentase desa yang mendukung RKPD").keys


def test_the_year_that_is_measured_anyhow_is_dropped() -> None:
    assert normalise_text("Jumlah kunjungan dalam 1 tahun").keys == normalise_text("Jumlah kunjungan").keys


def test_years_are_told_apart() -> None:
    assert normalise_text("izin tahun sebelumnya").keys == normalise_text("izin tahun n-1").keys
    assert normalise_text("izin tahun n").keys != normalise_text("izin tahun n-1").keys
