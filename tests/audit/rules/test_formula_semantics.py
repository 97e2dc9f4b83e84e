"""A formula's sense without a definition: part and whole, codes; `iku formula --name`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.engine.check_formula import find_formula_problems
from pipeline.read_decree import read_formulas
from tests.support.audit_cases import decree, findings, formula, indicator


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
    made = read_formulas(
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
    assert code in [finding.code for finding in find_formula_problems(name, printed)]


def test_a_sound_formula_has_no_problems() -> None:
    assert (
        find_formula_problems("Persentase kios tertib", "Jumlah kios tertib\n———— x 100%\nJumlah kios") == []
    )


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


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ('("jumlah kios tahun n" - "jumlah kios tahun n-1") / "jumlah kios tahun n" * 100%', 1),
        ('("jumlah kios tahun n" - "jumlah kios tahun n-1") / "jumlah kios tahun n-1" * 100%', 0),
        ('("jumlah kios tahun lalu" - "jumlah kios tahun ini") / "jumlah kios tahun ini" * 100%', 1),
        ('("jumlah kios tahun lalu" - "jumlah kios tahun ini") / "jumlah kios tahun lalu" * 100%', 0),
        ('100% * ("jumlah kios tahun ini" - "jumlah kios tahun lalu") / "jumlah kios tahun ini"', 1),
        ('("jumlah hari kerja" - "jumlah hari absen") / "jumlah hari kerja" * 100%', 0),
    ],
)
def test_a_rate_of_change_is_taken_of_the_year_before(expression: str, count: int) -> None:
    assert len(sensed(expression, "F022", name="Persentase perubahan jumlah kios")) == count


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ('"jumlah pelatihan linmas" / "jumlah pelatihan yang direncanakan" * 100%', ["F009"]),
        ('"jumlah anggota linmas yang terlatih" / "jumlah anggota linmas" * 100%', []),
        ('"jumlah anggota linmas" / "jumlah anggota linmas seluruhnya" * 100%', ["F008"]),
        ('"jumlah pelatihan bagi anggota linmas" / "jumlah anggota linmas" * 100%', ["F008"]),
    ],
)
def test_another_kind_of_thing_counted_is_no_lost_condition(expression: str, codes: list[str]) -> None:
    name = "Persentase anggota linmas yang terlatih"
    found = [*sensed(expression, "F008", name=name), *sensed(expression, "F009", name=name)]
    assert found == codes


def test_what_the_name_speaks_of_beside_the_thing_may_be_counted_for_it() -> None:
    name = "Persentase desa yang menyampaikan laporan tepat waktu"
    assert sensed('"jumlah laporan tepat waktu" / "jumlah laporan" * 100%', "F009", name=name) == []


def test_another_kind_of_thing_is_the_decrees_fault_unless_a_scan_was_read() -> None:
    made = indicator(
        name="Jumlah warga yang terlatih",
        formula=formula('"jumlah pelatihan dalam satu tahun"'),
        unit="Orang",
    )
    causes = [findings(decree(made, origin=origin), code="F009")[0].cause for origin in ("digital", "scan")]
    assert causes == ["decree_fault", "uncertain"]


@pytest.mark.parametrize(
    ("name", "unit", "count"),
    [
        ("Jumlah perangkat desa yang dibina", "Orang", 0),
        ("Jumlah pemeliharaan taman kantor", "Kali", 0),
        ("Jumlah rapat koordinasi", "Laporan", 0),
        ("Jumlah kunjungan lapangan", "Dokumen", 0),
        ("Jumlah sosialisasi kebencanaan", "Kegiatan", 0),
        ("Jumlah gangguan ketertiban", "Kali", 0),
        ("Jumlah desa yang dibina", "Kali", 1),
        ("Jumlah rapat koordinasi", "Orang", 1),
        ("Jumlah pegawai yang naik pangkat", "Dokumen", 1),
        ("Jumlah surat yang didistribusikan", "Orang", 1),
        ("Jumlah pos ronda yang dibina", "Unit", 0),
    ],
)
def test_a_unit_is_doubted_only_where_it_surely_cannot_be(name: str, unit: str, count: int) -> None:
    said = f'"{name.lower()} dalam satu tahun"'
    made = decree(indicator(name=name, unit=unit, formula=formula(said)))
    assert len(findings(made, code="F016")) == count
