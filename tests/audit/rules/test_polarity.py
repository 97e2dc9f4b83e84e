"""Which way of a target is better, and when nothing says so."""

from __future__ import annotations

import pytest

from tests.support.audit_cases import decree, findings, indicator


def _codes(name: str, objective: str, values: tuple[str, ...], **changed: object) -> set[str]:
    targets = [{"year": 2024 + number, "value": value} for number, value in enumerate(values)]
    made = indicator(name=name, objective=objective, targets=targets, formula=None, **changed)
    return {f.code for f in findings(decree(made))} & {"S016", "S038"}


@pytest.mark.parametrize(
    ("name", "objective", "values", "is_wrong"),
    [
        ("Jumlah kasus demam berdarah", "Meningkatnya kesehatan warga", ("30", "20", "10"), False),
        ("Jumlah kasus demam berdarah", "Meningkatnya kesehatan warga", ("10", "20", "30"), True),
        ("Persentase rumah tidak layak huni", "Meningkatnya mutu permukiman", ("30", "20", "10"), False),
        ("Persentase penyelesaian sengketa", "Meningkatnya ketertiban", ("50", "40", "30"), True),
        ("Persentase aduan yang ditangani", "Menurunnya keluhan warga", ("50", "40", "30"), True),
        ("Indeks Desa Membangun", "Meningkatnya kemandirian desa", ("0,8", "0,7", "0,6"), True),
        ("Jumlah surat masuk", "Meningkatnya tertib administrasi", ("80", "70", "60"), False),
        ("Jumlah desa tertinggal", "Meningkatnya kemandirian desa", ("4", "2", "0"), False),
        ("Rata-rata lama pelayanan", "Meningkatnya pelayanan", ("30", "20", "10"), False),
    ],
)
def test_the_better_way_is_read_from_what_is_said(
    name: str, objective: str, values: tuple[str, ...], is_wrong: bool
) -> None:
    assert ("S016" in _codes(name, objective, values)) == is_wrong


@pytest.mark.parametrize(
    ("extra", "explanation", "is_wrong"),
    [
        ({"Polaritas": "Minimal"}, None, False),
        ({"Polaritas": "Maksimal"}, None, True),
        ({}, "Semakin kecil nilainya semakin baik.", False),
        ({"Tipe Penghitungan": "Non Kumulatif"}, "Makin tinggi makin baik.", True),
    ],
)
def test_what_the_decree_states_goes_before_words(
    extra: dict[str, str], explanation: str | None, is_wrong: bool
) -> None:
    codes = _codes("Jumlah izin", "Tertibnya izin", ("9", "8", "7"), extra=extra, explanation=explanation)
    assert ("S016" in codes) == is_wrong


def test_a_target_may_be_lower_than_the_baseline_where_less_is_better() -> None:
    values = ("7", "5", "3")
    rising = _codes("Indeks kerukunan", "Meningkatnya kerukunan", values, extra={"Kondisi Awal (2023)": "8"})
    falling = _codes("Jumlah kasus pencurian", "Amannya desa", values, extra={"Kondisi Awal (2023)": "8"})
    assert "S038" in rising and "S038" not in falling
