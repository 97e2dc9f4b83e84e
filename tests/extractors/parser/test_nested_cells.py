"""What a small table within a cell says: sides of a fraction, a legend of codes, a list."""

from __future__ import annotations

import pytest

from extractors.model.page import Cell, Line, Page, Table
from extractors.model.passage import Passage, PrintedPlace
from extractors.parser import parse_pages
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import nested_cells
from pipeline.read_decree import read_formulas


def printed(text: str) -> Passage:
    return Passage.from_text(text, PrintedPlace(lines=(1, 1))) if text else Passage()


def row(*texts: str) -> Line:
    cells = tuple(map(printed, texts))
    return Line(Passage.join(" ", cells), parts=cells)


def formula(*lines: Line) -> list[str]:
    return [line.text.text for line in nested_cells.read_formula_cell(lines, WordLedger()).lines]


SIDES = (row("Pembilang", "Jumlah desa lunas"), row("Penyebut", "Jumlah desa"))


def test_labelled_sides_are_a_fraction() -> None:
    assert formula(*SIDES) == ["Jumlah desa lunas / Jumlah desa"]


@pytest.mark.parametrize(
    "rows",
    [
        (row("Penyebut", "Jumlah desa"), row("Pembilang", "Jumlah desa lunas")),
        (row("Pembilang", ":", "Jumlah desa lunas"), row("Penyebut", ":", "Jumlah desa")),
        (row("Pembilan g", "Jumlah desa lunas"), row("Penyebut :", "Jumlah desa")),
        (row("Pembilang", "Penyebut"), row("Jumlah desa lunas", "Jumlah desa")),
        (row("Pembilang", "Jumlah desa"), row("", "lunas"), row("Penyebut", "Jumlah desa")),
    ],
)
def test_labelled_sides_in_other_forms(rows: tuple[Line, ...]) -> None:
    assert formula(*rows) == ["Jumlah desa lunas / Jumlah desa"]


def test_what_multiplies_stands_behind_the_fraction() -> None:
    whole = "(Jumlah desa lunas / Jumlah desa) x 100%"
    assert formula(*SIDES, Line(printed("x 100%"))) == [whole]
    assert formula(*SIDES, row("x 100%", "")) == [whole]
    assert formula(Line(printed("Persentase =")), *SIDES) == [
        "Persentase = (Jumlah desa lunas / Jumlah desa)"
    ]


def test_the_labels_are_furniture_and_the_sides_keep_their_words() -> None:
    ledger = WordLedger()
    taken = nested_cells.read_formula_cell(SIDES, ledger)
    assert {id(w) for w in ledger.furniture} == {id(w) for line in SIDES for w in line.parts[0].words}
    assert {id(w) for w in taken.lines[0].text.words} == {
        id(w) for line in SIDES for w in line.parts[1].words
    }


def test_codes_stand_before_what_they_mean() -> None:
    legend = (Line(printed("A / B x 100%")), row("A", "Jumlah desa lunas"), row("B", "Jumlah desa"))
    assert formula(*legend) == ["A / B x 100%", "A : Jumlah desa lunas", "B : Jumlah desa"]


def test_what_a_small_table_means_is_not_guessed() -> None:
    taken = nested_cells.read_formula_cell([row("Kategori", "Nilai"), row("Baik", "4")], WordLedger())
    assert not taken.is_understood
    assert [line.text.text for line in taken.lines] == ["Kategori Nilai", "Baik 4"]


def test_each_row_of_a_list_is_an_item() -> None:
    ledger = WordLedger()
    taken = nested_cells.read_list_cell(
        [row("•", "Buku register"), row("2", "Laporan kinerja"), row("SPJ")], ledger
    )
    assert [(line.text.text, line.bullet) for line in taken.lines] == [
        ("Buku register", True),
        ("Laporan kinerja", True),
        ("SPJ", True),
    ]
    assert len(ledger.furniture) == 2
    assert taken.is_understood


def cell(*texts: str | Line) -> Cell:
    return Cell(tuple(text if isinstance(text, Line) else Line(printed(text)) for text in texts))


def record(*rows: tuple[Cell, ...]):
    page = Page((Line(printed("INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH")), Table(rows)))
    document = {"sha256": "0" * 64, "name": "a.pdf", "media_type": "application/pdf", "pages": 1}
    parsed, _ = parse_pages([page], {**document, "origin": "digital"})
    return read_formulas(parsed.to_decree())


HEADER = (cell("No"), cell("Indikator Kinerja"), cell("Formula"), cell("Sumber Data"))


def test_a_decree_with_labelled_sides_has_their_division() -> None:
    decree = record(
        HEADER,
        (cell("1"), cell("Persentase desa lunas PBB"), cell(*SIDES, "x 100%"), cell(row("-", "SPJ"))),
    )
    indicator = decree.holders[0].indicators[0]
    assert indicator.formula is not None
    assert indicator.formula.expression == '"jumlah desa lunas" / "jumlah desa" * 100%'
    assert indicator.data_sources == ["SPJ"]
    assert decree.document.coverage.notes == 0
    assert not decree.notes


def test_walls_that_part_the_formula_s_column_say_the_same() -> None:
    covered = Cell(covered=True)
    decree = record(
        (cell("No"), cell("Indikator Kinerja"), cell("Formula"), covered, cell("Sumber Data")),
        (
            cell("1"),
            cell("Persentase desa lunas PBB"),
            cell("Pembilang"),
            cell("Jumlah desa lunas"),
            cell("SPJ"),
        ),
        (covered, covered, cell("Penyebut"), cell("Jumlah desa"), covered),
    )
    assert decree.holders[0].indicators[0].formula.expression == '"jumlah desa lunas" / "jumlah desa"'


def test_a_small_table_that_says_nothing_known_is_noted() -> None:
    small = (row("Kategori", "Nilai"), row("Baik", "4"))
    decree = record(HEADER, (cell("1"), cell("Predikat kinerja"), cell(*small), cell("SPJ")))
    assert [note.pointer for note in decree.notes if note.code == "nested-table"] == [
        "/holders/0/indicators/0/formula"
    ]
