"""Percentages of two counts that read as one quantity: the sign that divides them may be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formulas import is_percentage, is_undivided, read_formula
from pipeline.read_decree import read_formulas
from tests.support.audit_cases import decree, formula, indicator

ONE = '"jumlah surat selesai jumlah surat" * 100%'


@pytest.mark.parametrize(
    "printed",
    [
        "Jumlah surat selesai jumlah surat x 100%",
        "Jurnlah surat selesai total surat x 100%",
        "\u2211 surat selesai \u2211 surat x 100%",
    ],
)
def test_two_counts_in_one_quantity_lack_their_division(printed: str) -> None:
    assert is_undivided(printed, ONE)


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        ("Jumlah surat selesai : jumlah surat x 100%", '"jumlah surat selesai" / "jumlah surat" * 100%'),
        ("Jumlah surat + jumlah berkas", '"jumlah surat" + "jumlah berkas"'),
        ("Jumlah surat selesai jumlah surat : 12", '"jumlah surat selesai jumlah surat" / 12'),
        ("Jumlah surat selesai", '"jumlah surat selesai"'),
        ("Jumlah surat jumlah berkas", None),
    ],
)
def test_what_divides_or_counts_one_thing_lacks_nothing(printed: str, expression: str | None) -> None:
    assert not is_undivided(printed, expression)


def test_a_percentage_says_so_in_its_name_or_unit() -> None:
    assert is_percentage("Prosentase surat selesai", None)
    assert is_percentage("Surat selesai", "%")
    assert not is_percentage("Jumlah surat", "surat")


def notes(printed: str, origin: str, name: str = "Persentase surat selesai") -> list[str]:
    made = decree(indicator(name=name, formula=formula(None, printed)), origin=origin)
    return [note.code for note in read_formulas(made).notes if "lost" in note.message]


def test_only_a_scans_percentage_is_noted() -> None:
    printed = "jumlah surat masuk dan jumlah surat keluar"
    assert notes(printed, "scan") == ["formula-doubtful"]
    assert notes(printed, "digital") == []
    assert notes(printed, "scan", name="Jumlah surat") == []
    assert notes("jumlah surat selesai : jumlah surat x 100%", "scan") == []


@given(st.text("jumlahJumlah \u2211:/x%10()surat\n", max_size=60))
def test_whatever_is_printed_gets_an_answer(printed: str) -> None:
    reading = read_formula(printed)
    if is_undivided(reading.raw, reading.expression):
        assert reading.expression and "/" not in reading.expression.split('"')[2]
