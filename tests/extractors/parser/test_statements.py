"""A formula and what explains it are told apart by the sentence."""

import pytest

from extractors.model.page import Line
from extractors.model.passage import Passage, PrintedPlace
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables.cell_contents import split_formula_cell
from extractors.parser.tables.statements import StatementKind, classify_statement

FORMULA, LEGEND, PROSE = StatementKind.FORMULA, StatementKind.LEGEND, StatementKind.PROSE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jumlah desa tertib / Jumlah desa x 100%", FORMULA),
        ("Jumlah desa tertib : Jumlah desa x 100%", FORMULA),
        ("Volume tertangani dibagi volume timbulan dikali 100%", FORMULA),
        ("r = (Xt - Xo) / Xo x 100%", FORMULA),
        ("Jumlah laporan yang disusun", FORMULA),
        ("Xt = nilai tahun berjalan", LEGEND),
        ("Tuntas : dimuat dalam rencana kerja/dianggarkan tahun berjalan", LEGEND),
        ("Diambil dari lembar penilaian tim evaluasi", PROSE),
        ("Desa tertib adalah desa yang menyusun/menetapkan peraturan", PROSE),
        ("Angka ini memberi gambaran keadaan warga di desa. Makin besar makin baik.", PROSE),
        ("Keterangan : dinilai setiap tahun", PROSE),
    ],
)
def test_a_statement_says_what_it_is(text: str, kind: StatementKind) -> None:
    assert classify_statement(text) is kind


def split(*texts: str, mixed: bool = True) -> tuple[str, str]:
    """Return formula and explanation of a cell with these lines."""
    lines = [Line(Passage.from_text(text, PrintedPlace(lines=(1, 1)))) for text in texts]
    cell = split_formula_cell(lines, WordLedger(), mixed)
    return tuple(" ".join(line.text.text for line in part) for part in (cell.formula, cell.explanation))  # type: ignore[return-value]


def test_a_definition_that_wraps_stays_whole() -> None:
    formula, explanation = split(
        "(Usulan dijawab / Jumlah usulan) x 100 %",
        "Dijawab : dimuat dalam rencana",
        "kerja/ditolak dengan alasan",
    )
    assert formula == "(Usulan dijawab / Jumlah usulan) x 100 %"
    assert explanation == "Dijawab : dimuat dalam rencana kerja/ditolak dengan alasan"


def test_criteria_below_a_sentence_belong_to_it() -> None:
    formula, explanation = split(
        "Diambil dari lembar penilaian dengan unsur :", "1. Mutu rencana", "2. Ketepatan"
    )
    assert (formula, explanation) == (
        "",
        "Diambil dari lembar penilaian dengan unsur : 1. Mutu rencana 2. Ketepatan",
    )


def test_a_formula_amid_a_sentence_is_found() -> None:
    formula, explanation = split(
        "Batas jelas mencegah sengketa, cara mengukurnya yaitu jumlah desa berbatas",
        "dibagi jumlah desa dikali 100%",
    )
    assert formula == "jumlah desa berbatas dibagi jumlah desa dikali 100%"
    assert explanation == "Batas jelas mencegah sengketa"


def test_a_formula_behind_a_sentence_on_one_line_is_parted_from_it() -> None:
    formula, explanation = split("Survei dilakukan kepada pengguna. Nilai = jumlah skor : jumlah responden")
    assert (formula, explanation) == (
        "Nilai = jumlah skor : jumlah responden",
        "Survei dilakukan kepada pengguna.",
    )


def test_a_column_of_formulas_keeps_what_stands_alone_in_it() -> None:
    assert split("Diambil dari hasil survei tahunan.", mixed=False) == (
        "Diambil dari hasil survei tahunan.",
        "",
    )


def test_a_formula_below_its_table_finds_its_indicator() -> None:
    import extractors

    text = (
        "INDIKATOR KINERJA UTAMA\nKECAMATAN SUKAMULIH\n\n"
        "Sasaran\tIndikator\tTarget\nTertib desa\tPersentase desa tertib\t80\n\n"
        "Angka itu dihitung dengan rumus sebagai berikut :\n\nDesa tertib / Jumlah desa x 100%\n"
    )
    [one] = extractors.read_bytes(text.encode(), "a.txt").holders[0].indicators
    assert one.formula is not None and one.formula.raw == "Desa tertib / Jumlah desa x 100%"
