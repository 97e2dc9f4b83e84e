"""Workbooks: cells as shown, merged ranges, blocks of a sheet, what is hidden."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractors.errors import ReadError
from extractors.model.office_address import SheetAddress
from extractors.model.page import Table
from extractors.model.passage import word_place
from extractors.sheet.cell_formats import format_value
from samples.office_files.workbook_file import BORDERED, DATE, MONEY, PERCENT, SheetContent, workbook_file
from tests.support.office_pages import aside_texts, line_texts, read_sheets, table_texts

TITLES = {"A": "No", "B": "Sasaran", "C": "Indikator Kinerja", "D": "Target"}


def sheet(**changes: object) -> SheetContent:
    """A title, a table of two indicators with a merged objective, and a signature."""
    content = SheetContent(
        "IKU",
        {
            1: {"A": "INDIKATOR KINERJA UTAMA"},
            3: TITLES,
            4: {"A": 1, "B": "Mutu layanan", "C": "Indeks kepuasan", "D": 83.5},
            5: {"C": "Pengaduan dijawab", "D": 90},
            7: {"D": "CAMAT SENDANG MULIH"},
        },
        merged=["A4:A5", "B4:B5"],
    )
    for name, value in changes.items():
        setattr(content, name, value)
    return content


def test_titles_and_signatures_are_lines_and_what_is_between_is_a_table() -> None:
    [page] = read_sheets(workbook_file(sheet()))
    assert line_texts(page) == ["INDIKATOR KINERJA UTAMA", "CAMAT SENDANG MULIH"]
    assert table_texts(page) == [
        ["No", "Sasaran", "Indikator Kinerja", "Target"],
        ["1", "Mutu layanan", "Indeks kepuasan", "83,5"],
        ["^", "^", "Pengaduan dijawab", "90"],
    ]


def test_words_know_their_sheet_and_cell() -> None:
    [page] = read_sheets(workbook_file(sheet()))
    printed_table = next(block for block in page.blocks if isinstance(block, Table))
    address = word_place(printed_table.rows[2][2].lines[0].text.words[0]).address
    assert address == SheetAddress("IKU", 5, 3)
    assert isinstance(address, SheetAddress)
    assert address.cell == "C5"


def test_borders_part_a_table_from_what_stands_right_below_it() -> None:
    bordered = {f"{letter}{row}": BORDERED for letter in "ABCD" for row in (3, 4, 5)}
    rows = {**sheet().rows, 6: {"A": "Catatan", "C": "PIHAK KEDUA", "D": "PIHAK PERTAMA"}}
    [page] = read_sheets(workbook_file(sheet(rows=rows, styles=bordered)))
    assert len(table_texts(page)) == 3


def test_signatures_side_by_side_stay_together_over_blank_rows() -> None:
    rows = {
        1: {"A": "PIHAK KEDUA", "D": "PIHAK PERTAMA"},
        5: {"A": "HARDIMAN", "D": "RINI"},
        6: {"D": "NIP. 19820719 200112 2 001"},
    }
    [page] = read_sheets(workbook_file(sheet(rows=rows, merged=())))
    assert table_texts(page) == [
        ["PIHAK KEDUA", "PIHAK PERTAMA"],
        ["HARDIMAN", "RINI"],
        ["", "NIP. 19820719 200112 2 001"],
    ]


def test_hidden_sheets_and_rows_are_set_aside() -> None:
    shown = sheet(hidden_rows=frozenset({5}))
    pages = read_sheets(
        workbook_file(shown, sheet(name="Lama", hidden=True, rows={1: {"A": "usang"}}, merged=()))
    )
    assert aside_texts(pages[0]) == [("hidden-cells", "Pengaduan dijawab 90")]
    assert aside_texts(pages[1]) == [("hidden-cells", "usang")]
    assert pages[1].blocks == ()


def test_a_formula_shows_its_stored_value_and_one_without_is_told_of() -> None:
    rows = {**sheet().rows, 5: {"C": "Pengaduan dijawab", "D": 90}, 6: {"C": "Jumlah", "D": ""}}
    content = sheet(rows=rows, formulas={"D5": "SUM(A1:A9)", "D6": "[1]Lain!A1"})
    [page] = read_sheets(workbook_file(content))
    assert table_texts(page)[2][3] == "90"
    assert [(aside.reason.value, aside.detail) for aside in page.asides] == [
        ("value-missing", "sheet IKU: D6")
    ]


def test_a_formula_with_an_empty_value_was_never_calculated() -> None:
    rows = {**sheet().rows, 6: {"C": "Jumlah", "D": ""}}
    data = workbook_file(sheet(rows=rows, formulas={"D6": "B1/B2"}))
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(rewritten, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(b"</f></c>", b"</f><v></v></c>"))
    [page] = read_sheets(rewritten.getvalue())
    assert [aside.reason.value for aside in page.asides] == ["value-missing"]


def test_numbers_are_shown_in_their_format() -> None:
    rows = {1: {"A": 0.855, "B": 187450000, "C": 45306}, 2: {"A": "x", "B": "y", "C": "z"}}
    styles = {"A1": PERCENT, "B1": MONEY, "C1": DATE}
    [page] = read_sheets(workbook_file(sheet(rows=rows, merged=(), styles=styles)))
    assert table_texts(page)[0] == ["85,50%", "Rp187.450.000", "15/01/2024"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("83.5", "General", "83,5"),
        ("88.890000000000001", "General", "88,89"),
        ("1E+3", "General", "1000"),
        ("-5", "#,##0;(#,##0)", "(5)"),
        ("0.5", "_(* 0%_)", "50%"),
        ("12", '0 "desa"', "12 desa"),
        ("100", "[$Rp-421]#,##0", "Rp100"),
        ("bukan angka", "0.00", "bukan angka"),
        ("1e400", "0", "1e400"),
        ("99999999", "dd/mm/yyyy", "99999999"),
    ],
)
def test_formats(value: str, code: str, shown: str) -> None:
    assert format_value(value, code, False) == shown


def test_a_workbook_without_any_text_is_empty() -> None:
    with pytest.raises(ReadError) as caught:
        read_sheets(workbook_file(SheetContent("Kosong")))
    assert caught.value.status == "empty"


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    [page] = read_sheets(workbook_file(sheet(merged=("A1:XFD1048576",))))
    assert line_texts(page) == ["INDIKATOR KINERJA UTAMA"]
    assert len(aside_texts(page)) == 1
