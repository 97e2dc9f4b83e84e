"""A formula's sense without a definition: part and whole, codes; `iku formula --name`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from audit_cases import decree, findings, formula, indicator
from click.testing import CliRunner

from pipeline.building.sense import formula_problems
from pipeline.cli import main
from pipeline.reading import with_expressions


def sensed(expression: str, code: str, **changed: Any) -> list[str]:
    made = decree(indicator(formula=formula(expression), **changed))
    return [finding.code for finding in findings(made, code=code)]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ('"jumlah kios tertib" / "jumlah desa" * 100%', True),
        ('"jumlah kios tertib" / "jumlah kios" * 100%', False),
        ('"jumlah surat selesai" / "jumlah permohonan surat" * 100%', False),
        ('"realisasi belanja" / "target kinerja" * 100%', False),
        ('"jumlah kios tertib" / "jumlah desa"', False),
        ('("jumlah kios tertib" + "jumlah los tertib") / "jumlah desa" * 100%', False),
        ('"jumlah kios" * "jumlah hari buka" / "jumlah desa" * 100%', False),
    ],
)
def test_a_part_that_is_nothing_of_its_whole(expression: str, found: bool) -> None:
    assert sensed(expression, "F020") == ["F020"] * found


@pytest.mark.parametrize(
    ("expression", "name", "found"),
    [
        ('"a" / "b" * 100%', "Persentase desa tangguh", True),
        ('"jkt" / "jks" * 100%', "Persentase desa tangguh", True),
        ('"jumlah desa tangguh" / "n" * 100%', "Persentase desa tangguh", True),
        ('"jumlah desa tangguh" / "desa" * 100%', "Persentase desa tangguh", False),
        ('"skm" * 25', "Nilai SKM", False),
        ('"skm"', "Indeks kepuasan", False),
    ],
)
def test_a_code_that_nothing_explains(expression: str, name: str, found: bool) -> None:
    assert sensed(expression, "F021", name=name) == ["F021"] * found


def test_codes_may_be_explained_in_the_column_beside_the_formula() -> None:
    beside = "A adalah jumlah desa tangguh dan B adalah jumlah desa."
    made = with_expressions(
        decree(indicator(formula={"raw": "A/B x 100%", "expression": None}, explanation=beside))
    )
    stated = made.holders[0].indicators[0].formula
    assert stated is not None
    assert (stated.raw, stated.expression) == (
        "A/B x 100%",
        '"jumlah desa tangguh" / "jumlah desa" * 100%',
    )


@pytest.mark.parametrize(
    ("name", "printed", "code"),
    [
        ("Persentase kios tertib", "Jumlah kios tertib / Jumlah kios", "F003"),
        ("Persentase kios tertib", "Jumlah kios tertib / Jumlah kios tertib x 100%", "F004"),
        ("Jumlah kios tertib", "Jumlah kios tertib", "F002"),
        ("Persentase surat dijawab tepat waktu", "Jumlah surat dijawab / Jumlah surat x 100%", "F008"),
        ("Persentase kios tertib", "Jumlah kios tertib / Jumlah desa x 100%", "F020"),
        ("Persentase kios tertib", "A/B x 100%", "F021"),
        ("Persentase kios tertib", "Jumlah kios tertib dibagi", "F007"),
        ("Persentase kios tertib", "≈", "O003"),
        ("Persentase kios tertib", "", "F001"),
        ("Persentase desa lunas PBB", "Jumlah desa lunas PBB / Jumlah dusun x 100%", "F005"),
    ],
)
def test_every_kind_is_found_without_a_decree(name: str, printed: str, code: str) -> None:
    assert code in [finding.code for finding in formula_problems(name, printed)]


def test_a_sound_formula_has_no_problems() -> None:
    assert formula_problems("Persentase kios tertib", "Jumlah kios tertib\n———— x 100%\nJumlah kios") == []


def iku(*arguments: str) -> tuple[int, dict[str, Any], str]:
    run = CliRunner().invoke(main, ["formula", *arguments])
    return run.exit_code, json.loads(run.stdout), run.stderr


def test_the_command_tells_problems_in_both_languages_and_by_its_status() -> None:
    printed = ("Jumlah kios tertib / Jumlah kios", "--name", "Persentase kios tertib")
    status, row, stderr = iku(*printed)
    assert (status, row["problems"][0]["code"]) == (1, "F003")
    assert "tidak dikalikan 100%" in stderr
    assert "not multiplied" in iku(*printed, "--language", "en")[2]
    status, row, stderr = iku(f"{printed[0]} x 100%", *printed[1:])
    assert (status, row["problems"]) == (0, [])
    assert "none found" in stderr


def test_line_breaks_can_be_typed_and_latex_stays() -> None:
    _, row, _ = iku(r"Jumlah kios tertib\n————— x 100%\nJumlah kios")
    assert row["expression"] == '"jumlah kios tertib" / "jumlah kios" * 100%'
    _, row, _ = iku(r"\nicefrac{\text{Jumlah kios tertib}}{\text{Jumlah kios}}")
    assert row["expression"] == '"jumlah kios tertib" / "jumlah kios"'


def test_codes_are_explained_by_an_option() -> None:
    beside = "JKT = jumlah kios tertib, JK = jumlah kios"
    _, row, _ = iku("JKT/JK x 100%", "--name", "Persentase kios tertib", "--explanation", beside)
    assert (row["expression"], row["problems"]) == (
        '"jumlah kios tertib" / "jumlah kios" * 100%',
        [],
    )


def test_a_name_goes_with_one_formula_alone() -> None:
    run = CliRunner().invoke(main, ["formula", "-", "--name", "Persentase kios"], input="x\n")
    assert run.exit_code == 2
    assert "single RAW" in run.stderr
