"""Computing definitions on figures: values, steps, and rows that cannot be right."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from extractors.errors import ConfigError
from pipeline.calculation import column_names, compute_definition, load_figures
from pipeline.calculation.scales import load_scales
from pipeline.cli import main
from pipeline.errors import DataError
from pipeline.linking import load_definitions

LUNAS = "desa_lunas_pbb_pct"
ELEMENTS = ",".join(f"U{n}" for n in range(1, 10))
DEFINITIONS = {definition.id: definition for definition in load_definitions()}


def iku(
    tmp_path: Path, definition: str, text: str, name: str = "data.csv"
) -> tuple[int, list[dict[str, Any]], str]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    run = CliRunner().invoke(main, ["compute", definition, "--data", str(file)])
    return run.exit_code, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_a_share_is_computed_with_its_steps(tmp_path: Path) -> None:
    status, (row,), _ = iku(
        tmp_path, LUNAS, "Kecamatan,Jumlah desa yg lunas PBB,Jumlah desa\nSukamulih,12,15\n"
    )
    assert (status, row["kecamatan"], row["value"], row["unit"]) == (0, "Sukamulih", 80.0, "%")
    assert row["steps"][-1] == "12 / 15 * 100% = 80"


def test_a_definition_may_be_given_by_its_name(tmp_path: Path) -> None:
    _, (row,), _ = iku(
        tmp_path, "Prosentase desa lunas PBB", "Kecamatan,Jumlah desa lunas PBB,Jumlah desa\nA,1,4\n"
    )
    assert (row["definition"], row["value"]) == (LUNAS, 25.0)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (",15", "is missing"),
        ("x,15", "is not a number"),
        ("3,0", "denominator is 0"),
        ("16,15", "larger than the whole"),
        ("-1,15", "is negative"),
        ("9" * 400 + ",15", "is not a number"),
    ],
)
def test_a_row_that_cannot_be_right_is_told_and_the_others_are_computed(
    tmp_path: Path, figures: str, told: str
) -> None:
    text = f"Kecamatan,Jumlah desa lunas PBB,Jumlah desa\nA,12,15\nB,{figures}\nC,3,4\n"
    status, rows, _ = iku(tmp_path, LUNAS, text)
    assert status == 1
    assert [row["value"] for row in (rows[0], rows[2])] == [80.0, 75.0]
    assert told in rows[1]["problems"][0]
    assert rows[1]["line"] == 3


def test_ikm_comes_out_of_its_elements_with_its_band(tmp_path: Path) -> None:
    scores = ("A,3.2,3.1,3.0,3.9,3.3,3.4,3.5,3.1,3.6", "B" + ",4" * 9, "C" + ",1" * 9)
    text = "\n".join([f"Kecamatan,{ELEMENTS}", *scores])
    status, rows, _ = iku(tmp_path, "ikm", text)
    assert status == 0
    assert [(row["value"], row["band"]) for row in rows] == [
        (83.6111, "B (baik)"),
        (100.0, "A (sangat baik)"),
        (25.0, "D (tidak baik)"),
    ]


@pytest.mark.parametrize(
    ("value", "band"), [(88.31, "A"), (88.304, "B"), (76.61, "B"), (76.6, "C"), (64.99, "D")]
)
def test_the_bands_of_ikm(value: float, band: str) -> None:
    found = load_scales()["ikm"].find_band(Fraction(str(value)))
    assert found is not None and found.name == band


def test_a_score_outside_the_scale_is_told(tmp_path: Path) -> None:
    _, (row,), _ = iku(tmp_path, "ikm", f"Kecamatan,{ELEMENTS}\nA,3,3,3,5,3,3,3,3,3\n")
    assert row["value"] is None and "outside the scale" in row["problems"][0]


def test_ikm_from_its_weighted_mean(tmp_path: Path) -> None:
    _, (row,), _ = iku(tmp_path, "ikm", "Kecamatan;Nilai rata-rata tertimbang\nA;3,25\n")
    assert (row["value"], row["band"]) == (81.25, "B (baik)")


@pytest.mark.parametrize(
    ("cell", "other", "value"),
    [
        ("1.234", "2,5", 1234),
        ("1.234", "2.5", Fraction("1.234")),
        ("1.234.567", "2", 1234567),
        ("80%", "1", 80),
    ],
)
def test_numbers_as_offices_write_them(tmp_path: Path, cell: str, other: str, value: Fraction) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"Kecamatan;X;Y\nA;{cell};{other}\n", encoding="utf-8")
    figures = load_figures(file)
    assert figures.parse_number(figures.rows[0][1][1]) == value


def test_a_workbook_is_read_as_a_csv_is(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["No", "Kecamatan", "Jumlah desa lunas PBB", "Jumlah desa"],
        [1, "A", 12, 15.0],
        [2, "B", None, 3],
    ):
        sheet.append(row)
    file = tmp_path / "data.xlsx"
    book.save(file)
    first, second = compute_definition(DEFINITIONS[LUNAS], load_figures(file))
    assert (first.kecamatan, first.value) == ("A", 80)
    assert second.problems


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line of titles"),
        ("Kecamatan,Jumlah desa\n", "line of titles"),
        ("Kecamatan,Jumlah desa\nA,3\n", "no column for “jumlah desa lunas pbb”"),
        ("PK\x03\x04", "workbook"),
        ("a\x00b", "neither CSV nor XLSX"),
    ],
)
def test_data_that_cannot_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    status, rows, stderr = iku(tmp_path, LUNAS, text)
    assert (status, rows) == (2, [])
    assert "data.csv" in stderr or "the data" in stderr
    assert told in stderr


def test_an_indicator_without_formula_is_told(tmp_path: Path) -> None:
    status, _, stderr = iku(tmp_path, "indeks_pelayanan_publik", "Kecamatan,X\nA,1\n")
    assert status == 2 and "has no formula" in stderr


def test_a_definition_that_is_none_is_told(tmp_path: Path) -> None:
    status, _, stderr = iku(tmp_path, "zzz", "Kecamatan,X\nA,1\n")
    assert status == 2 and "zzz" in stderr


def test_a_title_to_the_letter_comes_before_one_that_only_means_the_same(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("Kecamatan,Jumlah desa lunas PBB,Banyaknya desa,Jumlah desa\nA,1,2,3\n", encoding="utf-8")
    (result,) = compute_definition(DEFINITIONS[LUNAS], load_figures(file))
    assert result.value == Fraction(100, 3)


def test_two_columns_of_one_meaning_are_not_guessed_between(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("Kecamatan,Jumlah desa lunas PBB,Banyaknya desa,Total desa\nA,1,2,3\n", encoding="utf-8")
    with pytest.raises(DataError, match="both mean"):
        list(compute_definition(DEFINITIONS[LUNAS], load_figures(file)))


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\r\nKecamatan;Jumlah desa lunas PBB;Jumlah desa\r\nA;12,0;15\r\n",
        b"\xef\xbb\xbfCapaian PBB;;\r\n;;\r\nKecamatan;Jumlah desa lunas PBB;Jumlah desa\r\nA;12,0;15\r\n",
        "Kecamatan\tJumlah desa lunas PBB\tJumlah desa\r\nA\t12\t15\r\n".encode("utf-16"),
        "Kecamat\u00e1n;Jumlah desa lunas PBB;Jumlah desa\r\nA;12;15\r\n".encode("cp1252"),
        b"Capaian, triwulan I;;\nKecamatan;Jumlah desa lunas PBB;Jumlah desa\nA;12,0;15,0\n",
    ],
    ids=["sep=", "heading", "utf-16", "cp1252", "heading with a comma"],
)
def test_files_as_excel_exports_them(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "data.csv"
    file.write_bytes(data)
    (result,) = compute_definition(DEFINITIONS[LUNAS], load_figures(file))
    assert (result.kecamatan, result.value) == ("A", 80)


@pytest.mark.parametrize("called", ["Jumlah", "TOTAL", "Jumlah Total :", "Rata-rata"])
def test_a_row_of_totals_at_the_end_is_no_kecamatan(tmp_path: Path, called: str) -> None:
    text = f"Kecamatan,Jumlah desa lunas PBB,Jumlah desa\nA,12,15\nB,3,5\n{called},15,20\n"
    status, rows, _ = iku(tmp_path, LUNAS, text)
    assert status == 1
    assert [row["value"] for row in rows] == [80.0, 60.0, None]
    assert rows[2]["problems"] == [
        f"“{called.rstrip(' :')}” is the sum of the rows above, not a kecamatan: not computed"
    ]


def test_a_row_of_totals_named_in_the_numbers_column(tmp_path: Path) -> None:
    text = "No,Kecamatan,Jumlah desa lunas PBB,Jumlah desa\n1,A,12,15\nJumlah,,12,15\nRata-rata,,12,15\n"
    _, rows, _ = iku(tmp_path, LUNAS, text)
    assert [row["value"] for row in rows] == [80.0, None, None]


def test_a_kecamatan_is_computed_whatever_it_is_called(tmp_path: Path) -> None:
    text = "Kecamatan,Jumlah desa lunas PBB,Jumlah desa\nTotal Lama,1,2\nJumlah,12,15\nTotal Baru,3,5\n"
    _, rows, _ = iku(tmp_path, LUNAS, text)
    assert [row["value"] for row in rows] == [50.0, 80.0, 60.0]


@pytest.mark.parametrize("called", ["Jumlah", "TOTAL", "Rata-rata:"])
def test_a_row_of_totals_in_first_place_is_no_kecamatan_either(tmp_path: Path, called: str) -> None:
    text = f"Kecamatan,Jumlah desa lunas PBB,Jumlah desa\n{called},15,20\nA,12,15\nB,3,5\n"
    status, rows, _ = iku(tmp_path, LUNAS, text)
    assert status == 1
    assert [row["value"] for row in rows] == [None, 80.0, 60.0]
    assert rows[0]["problems"] == [
        f"“{called.rstrip(':')}” is the sum of the rows below, not a kecamatan: not computed"
    ]


def test_cells_beyond_the_titles_are_told_and_a_torn_figure_is_not_computed(tmp_path: Path) -> None:
    text = "Kecamatan,Jumlah desa lunas PBB,Jumlah desa,\nA,12,15,,\nB,2,5,8\nC,3,5,,catatan\n"
    status, rows, _ = iku(tmp_path, LUNAS, text)
    assert status == 1
    assert [row["value"] for row in rows] == [80.0, None, None]
    assert "“8”: beyond the columns with a title" in rows[1]["problems"][0]
    assert "“catatan”: beyond the columns with a title" in rows[2]["problems"][0]


def test_cells_beyond_the_titles_of_a_workbook_move_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Kecamatan", "Jumlah desa lunas PBB", "Jumlah desa", None],
        ["A", 12, 15, "belum final"],
        ["B", 3, 5, None],
    ):
        sheet.append(row)
    file = tmp_path / "data.xlsx"
    book.save(file)
    first, second = compute_definition(DEFINITIONS[LUNAS], load_figures(file))
    assert (first.value, first.problems) == (80, ["“belum final”: beyond the columns with a title, not used"])
    assert (second.value, second.problems) == (60, [])


def test_a_kecamatan_given_twice_is_told_in_both_rows(tmp_path: Path) -> None:
    text = "Kecamatan,Jumlah desa lunas PBB,Jumlah desa\nA Dua,12,15\nB,3,5\nKEC. A  DUA,1,4\n,1,2\n,1,2\n"
    status, rows, _ = iku(tmp_path, LUNAS, text)
    assert status == 1
    assert [row["value"] for row in rows] == [80.0, 60.0, 25.0, 50.0, 50.0]
    assert [row["problems"] for row in rows[:3]] == [
        ["“A Dua” is in lines 2 and 4"],
        [],
        ["“KEC. A  DUA” is in lines 2 and 4"],
    ]


def test_two_regencies_may_have_a_kecamatan_of_one_name(tmp_path: Path) -> None:
    text = "Kabupaten,Kecamatan,Jumlah desa lunas PBB,Jumlah desa\nP,A,12,15\nQ,A,3,5\n"
    status, rows, _ = iku(tmp_path, LUNAS, text)
    assert (status, [row["problems"] for row in rows]) == (0, [[], []])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Kecamatan,Jumlah desa\nA,3\n", "of another kind than its name says"),
        (b"", "of another kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of the old kind (.xls) or locked"),
        (b"PK\x03\x04" + bytes(60), "is not an Excel workbook"),
    ],
)
def test_what_is_no_workbook_whatever_its_name_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "data.XLSX"
    file.write_bytes(data)
    with pytest.raises(DataError, match=r"data\.XLSX: is not an Excel workbook \(\.xlsx\)") as failed:
        load_figures(file)
    assert told in str(failed.value)


WORDS = Path(column_names.__file__).with_suffix(".yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ("totals:", "total:", "total: unknown field"),
        ("nihil]", "nihil, Nihil]", "nothing: “Nihil” is given twice"),
        ("jlh,", "no,", "totals.3: a text is expected"),
        ("jlh,", "' ',", "totals: “ ” is empty"),
        ("[kecamatan, nama kecamatan, unit kerja, nama, instansi]", "kecamatan", "names: a list is expected"),
        ("[kecamatan, nama kecamatan, unit kerja, nama, instansi]", "[]", "names: a list of texts"),
        ("names:", "names: []\nnames:", "given twice"),
    ],
)
def test_a_spoilt_list_of_words_is_refused_with_its_line(here: str, there: str, told: str) -> None:
    assert WORDS.count(here) >= 1
    with pytest.raises(ConfigError, match=r"calculation/column_names\.yaml, line \d+") as failed:
        column_names.parse_column_words(WORDS.replace(here, there, 1))
    assert told in str(failed.value)


def test_every_problem_of_a_row_is_told(tmp_path: Path) -> None:
    _, rows, _ = iku(
        tmp_path, "ikm", f"Kecamatan;{ELEMENTS.replace(',', ';')}\nA;3;;3;x;3;3;3;3;3\nB;9;3;3;3;3;3;3;3;0\n"
    )
    assert [len(row["problems"]) for row in rows] == [2, 2]
    assert "“U2” is missing" in rows[0]["problems"]
    assert all("outside the scale" in problem for problem in rows[1]["problems"])


def test_lacking_elements_are_named(tmp_path: Path) -> None:
    status, _, stderr = iku(tmp_path, "ikm", "Kecamatan,U1,U2,U3,U4,U5,U6,U7\nA,3,3,3,3,3,3,3\n")
    assert status == 2 and "lacks the elements U8, U9" in stderr


def test_a_weight_in_percent_is_a_share(tmp_path: Path) -> None:
    weighed = DEFINITIONS[LUNAS].model_copy(update={"formula": '40% * "nilai rapat" + 60% * "nilai laporan"'})
    file = tmp_path / "data.csv"
    file.write_text("Kecamatan,Nilai rapat,Nilai laporan\nA,80,90\n", encoding="utf-8")
    (result,) = compute_definition(weighed, load_figures(file))
    assert result.value == 86
