"""Habits of print: rules of dots, numbered factors, columns, repeated equations, commas, short forms."""

from __future__ import annotations

import pytest

from pipeline.formulas import Omission, OmissionKind, Repair, read_formula

IKAN = '"jumlah kolam ikan sehat" / "jumlah kolam ikan" * 100%'
A, B = "Jumlah kolam ikan sehat", "Jumlah kolam ikan"
SURE = 0.9


@pytest.mark.parametrize(
    "printed",
    [
        f"{A}\n........................ x 100%\n{B}",
        f"{A}\n…………………………\n{B} x 100%",
        f"{A}<br>…………………… X 100 %<br>{B}",
        f"{A} ………………… x 100% {B}",
        f"Persentase =\n{A}\n………………………… x 100%\n{B}",
    ],
)
def test_dots_between_two_operands_are_a_fraction_bar(printed: str) -> None:
    assert read_formula(printed).expression == IKAN


@pytest.mark.parametrize(
    "printed",
    ["Jumlah kolam\n...........\nJumlah ikan\n...........", "Jumlah kolam : ........ Jumlah ikan : ........"],
)
def test_dots_to_be_filled_in_are_none(printed: str) -> None:
    assert read_formula(printed).expression is None


@pytest.mark.parametrize(
    "printed",
    [
        f"(1) {A} dibagi (2) {B} dikali (3) 100%",
        f"[1] {A} / [2] {B} x [3] 100%",
        f"(1) {A} : (2) {B} x (3) 100 %",
    ],
)
def test_the_number_of_a_factor_multiplies_nothing(printed: str) -> None:
    assert read_formula(printed).expression == IKAN


@pytest.mark.parametrize(
    "printed",
    ["Kolom 9 dibagi kolom 8 dikali 100%", "(Kolom 9 / Kolom 8) x 100%", "Kolom (9) : kolom (8) x 100%"],
)
def test_columns_without_a_legend_are_read_with_doubt(printed: str) -> None:
    reading = read_formula(printed)
    assert reading.expression == '"kolom 9" / "kolom 8" * 100%'
    assert Repair.CODE_UNEXPLAINED in reading.repairs
    assert reading.confidence < SURE


def test_columns_are_what_a_legend_beside_them_says() -> None:
    reading = read_formula("Kolom 9 : kolom 8 x 100%", f"Kolom 8 = {B}\nKolom 9 = {A}")
    assert reading.expression == IKAN


@pytest.mark.parametrize(
    "repeated",
    [
        "= Rp 4.500.000 : Rp 5.000.000 x 100% = 90%",
        "= (Rp. 4.500.000 / Rp. 5.000.000) x 100% = 90 %",
        "= 45 kolam / 50 kolam x 100% = 90%",
        "= 45/50 x 100% = 90%",
        "= 45 : 50 x 100%",
    ],
)
@pytest.mark.parametrize("name", ["", "Persentase = "])
def test_an_equation_repeated_in_values_is_left_out(name: str, repeated: str) -> None:
    assert read_formula(f"{name}{A} / {B} x 100% {repeated}").expression == IKAN


@pytest.mark.parametrize(
    ("factor", "value", "is_sure"),
    [
        ("100,000", "100000", True),
        ("1,000", "1000", True),
        ("100.000", "100000", True),
        ("1,250", "1.25", False),
        ("25,000", "25000", False),
        ("0,125", "0.125", True),
        ("1,000.00", "1000", True),
        ("2,500.00", "2500", True),
    ],
)
def test_a_comma_before_three_zeros_sets_thousands_apart(factor: str, value: str, is_sure: bool) -> None:
    reading = read_formula(f"{A} / {B} x {factor}")
    assert reading.expression == f'"jumlah kolam ikan sehat" / "jumlah kolam ikan" * {value}'
    assert (reading.confidence >= SURE) is is_sure


def test_a_factor_printed_twice_is_doubted() -> None:
    assert read_formula(f"{A} / {B} x 100% x 100%").confidence < SURE


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        (
            "Jml petugas peny. aktif / Jml petugas peny. x 100%",
            '"jml petugas peny. aktif" / "jml petugas peny." * 100%',
        ),
        ("Jml petugas peny. aktif / Jml petugas peny.", '"jml petugas peny. aktif" / "jml petugas peny."'),
        (f"{A}. / {B}. x 100%", IKAN),
    ],
)
def test_a_full_stop_of_a_short_form_stays_at_the_end(printed: str, expression: str) -> None:
    assert read_formula(printed).expression == expression


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        ("Realisasi PNBP : Target PNBP x 100%", '"realisasi pnbp" / "target pnbp" * 100%'),
        ("Realisasi tanam dibagi target tanam dikali 100%", '"realisasi tanam" / "target tanam" * 100%'),
    ],
)
def test_what_was_reached_of_a_target_is_read_for_sure(printed: str, expression: str) -> None:
    reading = read_formula(printed)
    assert reading.expression == expression
    assert reading.confidence >= SURE


@pytest.mark.parametrize(
    ("printed", "omissions"),
    [
        (f"{A} (27 kolam) / {B} (30 kolam) x 100% = 90%", ["27 kolam", "30 kolam", "90%"]),
        (f"{A} = 27 kolam / {B} = 30 kolam x 100%", ["27 kolam", "30 kolam"]),
        (f"P/Q x 100%; P = {A} = 27 kolam; Q = {B} (30 kolam)", ["27 kolam", "30 kolam"]),
        (f"{A} / {B} x 100% = 27 kolam : 30 kolam x 100% = 90%", ["27 kolam : 30 kolam x 100% = 90%"]),
    ],
)
def test_values_within_a_statement_are_left_out_and_listed(printed: str, omissions: list[str]) -> None:
    reading = read_formula(printed)
    assert reading.expression == IKAN
    assert {omission.kind for omission in reading.omissions} == {OmissionKind.MEASURED_VALUE}
    assert sorted(omission.text for omission in reading.omissions) == sorted(omissions)


def test_the_unit_of_a_number_is_left_out_and_listed() -> None:
    reading = read_formula(f"{A} / ({B} x 3 panen) x 100%")
    assert reading.expression == '"jumlah kolam ikan sehat" / ("jumlah kolam ikan" * 3) * 100%'
    assert reading.omissions == (Omission(OmissionKind.UNIT, "panen"),)


@pytest.mark.parametrize(
    ("printed", "expression"),
    [
        (
            f"{A} di kec. / {B} di kec. x 100%",
            '"jumlah kolam ikan sehat di kec." / "jumlah kolam ikan di kec." * 100%',
        ),
        ("Luas tambak kab. (ha) / luas laut kab. (ha)", '"luas tambak kab. (ha)" / "luas laut kab. (ha)"'),
        (
            "Jumlah laporan s.d. tahun n / Jumlah sumur s.d. tahun n",
            '"jumlah laporan s.d. tahun n" / "jumlah sumur s.d. tahun n"',
        ),
        ("Belanja pakan (Rp) / pagu pakan (Rp)", '"belanja pakan (rp)" / "pagu pakan (rp)"'),
        (
            f"Jumlah panen: ({A} / ({B} x jumlah hari))",
            '"jumlah kolam ikan sehat" / ("jumlah kolam ikan" * "jumlah hari")',
        ),
    ],
)
def test_short_forms_units_and_names_are_no_structure(printed: str, expression: str) -> None:
    reading = read_formula(printed)
    assert reading.expression == expression
    assert reading.confidence >= SURE


@pytest.mark.parametrize("printed", [f"{A} / {B} x 3 x 100%", f"1 - ({A} / {B}) x 100%"])
def test_what_brackets_would_read_otherwise_is_doubted(printed: str) -> None:
    assert read_formula(printed).confidence < SURE


@pytest.mark.parametrize(
    "printed",
    [
        f"{A}. / {B} x 100%",
        f"{A} / {B} / Jumlah desa",
        "Jumlah (bobot x skor)",
    ],
)
def test_a_sign_that_nothing_explains_is_doubted(printed: str) -> None:
    assert read_formula(printed).confidence < SURE


@pytest.mark.parametrize("remark", ["sumber: dinas perikanan", "petugas kolam : kepala balai"])
def test_a_remark_in_brackets_behind_the_scale_is_left_out(remark: str) -> None:
    reading = read_formula(f"{A} / {B} x 100% ({remark})")
    assert reading.expression == IKAN
    assert [omission.text for omission in reading.omissions] == [f"({remark})"]
