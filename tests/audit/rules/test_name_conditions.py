"""Conditions of a name that its formula states, drops, or words otherwise."""

from __future__ import annotations

import pytest

from pipeline.audit.domain.name_conditions import lost_condition
from pipeline.audit.domain.post_names import same_post
from tests.support.audit_cases import decree, findings, formula, indicator


@pytest.mark.parametrize(
    ("name", "numerator", "lost"),
    [
        ("Persentase berkas yang diproses tepat waktu", "jumlah berkas yang diproses", "tepat waktu"),
        ("Persentase berkas yang diproses tepat waktu", "jumlah berkas yang diproses sesuai jadwal", ""),
        ("Persentase lahan bersertifikat", "jumlah lahan", "bersertifikat"),
        ("Persentase lahan bersertifikat", "jumlah lahan yang memiliki sertifikat", ""),
        ("Persentase arsip yang ditata", "jumlah arsip", "ditata"),
        ("Persentase arsip yang ditata", "jumlah arsip yang disusun menurut klasifikasi", ""),
        ("Persentase aduan yang ditanggapi", "jumlah aduan yang masuk", "ditanggapi"),
        ("Persentase laporan yang akurat dan lengkap", "jumlah laporan yang lengkap", "akurat"),
        ("Persentase warga yang aktif mengikuti ronda", "jumlah warga yang mengikuti ronda", ""),
        ("Rata-rata waktu pelayanan surat", "jumlah menit pelayanan surat", ""),
    ],
)
def test_a_condition_is_what_qualifies(name: str, numerator: str, lost: str) -> None:
    assert lost_condition(name, numerator, numerator, None) == lost


def test_a_term_of_a_sum_may_hold_one_of_two_conditions() -> None:
    name = "Persentase desa maju dan mandiri"
    assert lost_condition(name, "jumlah desa maju", "jumlah desa maju", None, is_term=True) == ""
    assert lost_condition(name, "jumlah desa", "jumlah desa", None, is_term=True) != ""


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Kasi Pelayanan Umum", "Kepala Seksi Pelayanan Umum", True),
        ("Seksi Pemerintahan", "Kasi Tata Pemerintahan", True),
        ("Sekcam", "Sekretaris Kecamatan", True),
        ("Kasi Pemerintahan", "Kasi Pemerinlahan", True),
        ("Kasi Pemerintahan", "Kasi Pemberdayaan Masyarakat", False),
        ("Camat", "Sekretaris Camat", False),
        ("Kasubag Keuangan", "Kasi Keuangan", False),
    ],
)
def test_a_post_is_known_by_what_it_leads(left: str, right: str, same: bool) -> None:
    assert same_post(left, right) == same_post(right, left) == same


def test_an_unknown_word_of_a_scan_is_no_fault_of_the_decree() -> None:
    misread = formula('"jumlah desa tangqub" / "jumlah desa" * 100%')
    causes = {
        origin: [f.cause for f in findings(decree(indicator(formula=misread), origin=origin), code="F008")]
        for origin in ("digital", "text")
    }
    assert causes == {"digital": ["decree_fault"], "text": ["uncertain"]}
