"""``iku correct`` and ``iku corrections``: a person says what is printed, in the terminal or in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from extractors.model.record import Decree, Note, Provenance
from pipeline import read_decree
from pipeline.cli import main
from pipeline.corrections.apply_corrections import replay_corrections
from pipeline.corrections.correction_file import CorrectionError, append_corrections, load_corrections
from pipeline.corrections.field_readings import list_fields
from pipeline.corrections.new_corrections import make_correction, make_removal
from pipeline.review.correction_session import CorrectionSession
from tests.support.audit_cases import decree, indicator
from tests.support.engine_cases import sheet
from tests.support.pdf_prints import printed, text, together

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
NAME = "/holders/0/indicators/0/name"
FORMULA = "/holders/0/indicators/0/formula"


def iku(*arguments: object, answers: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answers)


def record() -> Decree:
    """A scan in which a name was read with doubt, and a number that a note misses."""
    made = decree(
        indicator(name="Nilai lKM"), indicator(name="Persentase desa lunas"), origin="scan", number=None
    )
    made.provenance[NAME] = Provenance(page=1, bbox=(1, 2, 3, 4), confidence=0.41)
    made.provenance["/title"] = Provenance(page=1, bbox=(1, 2, 3, 4), confidence=0.97)
    made.notes.append(Note(code="number-unread", message="The number cannot be read.", pointer="/number"))
    return made


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CorrectionSession]:
    yield CorrectionSession(record(), tmp_path / "corrections.yaml", "Camat")


def pointers(of: CorrectionSession) -> list[str]:
    """The pointers that a session asks for, in order."""
    asked = []
    while of.current_field is not None:
        asked.append(of.current_field.pointer)
        of.keep()
    return asked


def test_noted_fields_come_first_then_the_least_sure() -> None:
    fields = list_fields(record())
    assert [reading.pointer for reading in fields[:4]] == ["/number", "/office", NAME, "/title"]
    assert (fields[0].value, fields[0].notes) == (None, ("The number cannot be read.",))
    assert len({reading.pointer for reading in fields}) == len(fields)


def test_a_note_on_a_list_is_about_its_items_and_one_on_the_record_about_no_field() -> None:
    made = record()
    sources = "/holders/0/indicators/1/data_sources"
    made.notes = [
        Note(code="cells-shared", message="Given to each.", pointer=sources),
        Note(code="unplaced-text", message="Some words.", pointer=""),
    ]
    assert [r.pointer for r in list_fields(made) if r.notes] == [f"{sources}/0"]


def test_a_formula_is_one_field_and_as_sure_as_its_less_sure_half() -> None:
    made = record()
    made.provenance[f"{FORMULA}/raw"] = Provenance(page=1, confidence=0.9)
    made.provenance[f"{FORMULA}/expression"] = Provenance(page=1, confidence=0.3)
    fields = {reading.pointer: reading for reading in list_fields(made)}
    assert fields[FORMULA].confidence == 0.3 and f"{FORMULA}/raw" not in fields


def test_a_typed_text_becomes_a_value_of_the_fields_type() -> None:
    assert make_correction(record(), "/year", "2025", "Camat", NOW).value == 2025
    assert make_correction(record(), FORMULA, "A / B", "Camat", NOW).value == "A / B"


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/year", "dua ribu"),
        ("/tahun", "2025"),
        (NAME, "Nilai lKM"),
        ("/office", "35.08"),
        ("/date", "kemarin"),
    ],
)
def test_what_does_not_fit_or_changes_nothing_is_refused(pointer: str, text: str) -> None:
    with pytest.raises(CorrectionError):
        make_correction(record(), pointer, text, "Camat", NOW)


@pytest.mark.parametrize(
    ("pointer", "removed"),
    [("/title", "/title"), (NAME, "/holders/0/indicators/0"), (FORMULA, FORMULA)],
)
def test_a_removal_empties_a_field_and_at_a_rows_name_removes_the_row(pointer: str, removed: str) -> None:
    entry = make_removal(record(), pointer, "Camat", NOW)
    assert (entry.pointer, entry.value) == (removed, None)


def test_a_field_that_may_not_be_empty_stays() -> None:
    with pytest.raises(CorrectionError):
        make_removal(record(), "/holders/0/type", "Camat", NOW)


def test_each_answer_is_written_at_once_and_not_asked_again(
    session: CorrectionSession, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.yaml"
    session.replace("188.4/7/2024")
    assert [entry.value for entry in load_corrections(file)] == ["188.4/7/2024"]
    session.keep()
    session.remove()
    assert not any(pointer.startswith("/holders/0/indicators/0/") for pointer in pointers(session))
    again = pointers(CorrectionSession(record(), file, "Camat"))
    assert "/number" not in again and NAME not in again and again[0] == "/office"


def test_a_row_that_was_not_read_is_added_once(session: CorrectionSession, tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    with pytest.raises(CorrectionError, match="only at a field of an indicator"):
        session.add_row({"name": "Jumlah surat"})
    while session.current_field is not None and session.current_field.pointer != NAME:
        session.keep()
    session.add_row({"name": "Jumlah surat", "formula": "Jumlah surat", "data_sources": "Buku agenda"})
    assert session.current_field is not None and session.current_field.pointer == NAME
    corrected = replay_corrections(record(), load_corrections(file)).decree
    added = corrected.holders[0].indicators[-1]
    assert (added.name, added.data_sources) == ("Jumlah surat", ["Buku agenda"])
    assert corrected.provenance["/holders/0/indicators/2/data_sources/0"].corrected is not None
    with pytest.raises(CorrectionError):
        session.add_row({"nama": "Jumlah surat lain"})
    with pytest.raises(CorrectionError):
        session.add_row({"name": "Persentase desa lunas"})
    assert len(load_corrections(file)) == 1


def test_a_lapsed_correction_is_asked_again_with_its_story(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    CorrectionSession(record(), file, "Camat").replace("188.4/7/2024")
    read_otherwise = record().model_copy(update={"number": "188.4/I/2024"})
    field = CorrectionSession(read_otherwise, file, "Camat").current_field
    assert field is not None and field.pointer == "/number"
    assert any("has lapsed" in note and "188.4/7/2024" in note for note in field.notes)


def test_the_terminal_asks_field_by_field(tmp_path: Path) -> None:
    document, file = sheet(tmp_path, "WANASARI"), tmp_path / "corrections.yaml"
    doubtful = "/holders/0/indicators/2/formula"
    row = "Jumlah surat\n\nJumlah surat masuk\nSurat\n\n\n"
    answers = f"a\n{row}Jumlah lumbung tertata / Jumlah lumbung x 100%\nLumajang\n35.08.03\n\nq\n"
    run = iku("correct", document, "--corrections", file, "--who", "BO", answers=answers)
    assert run.exit_code == 0 and run.stdout == ""
    assert "The formula's reading is doubtful" in run.stderr
    assert "not the code of a kecamatan" in run.stderr and "3 corrected" in run.stderr
    added, *entries = load_corrections(file)
    assert added.value == {"name": "Jumlah surat", "formula": "Jumlah surat masuk", "unit": "Surat"}
    assert [(entry.pointer, entry.who) for entry in entries] == [(doubtful, "BO"), ("/office", "BO")]
    assert entries[1].value == "35.08.03"


def test_a_workbook_goes_there_and_back(tmp_path: Path) -> None:
    document, file, book = sheet(tmp_path, "WANASARI"), tmp_path / "corrections.yaml", tmp_path / "isian.xlsx"
    assert iku("correct", document, "--corrections", file, "--export", book).exit_code == 0
    opened: Any = load_workbook(book)
    rows = {row[0].value: row for row in opened["Koreksi"].iter_rows(min_row=2)}
    columns = {cell.value: index for index, cell in enumerate(opened["Koreksi"][1])}
    rows["/year"][columns["Yang tercetak"]].value = "2025"
    rows["/year"][columns["Oleh"]].value = "Camat"
    rows["/place"][columns["Hapus"]].value = "hapus"
    rows["/date"][columns["Yang tercetak"]].value = "kemarin"
    opened.save(book)
    run = iku("correct", document, "--corrections", file, "--import", book, "--who", "BO")
    assert run.exit_code == 1 and "2 corrections added, 1 rows refused" in run.stderr
    by_pointer = {entry.pointer: entry for entry in load_corrections(file)}
    assert (by_pointer["/year"].value, by_pointer["/year"].who) == (2025, "Camat")
    assert (by_pointer["/place"].value, by_pointer["/place"].who) == (None, "BO")
    again = iku("correct", document, "--corrections", file, "--import", book, "--who", "BO")
    assert "0 corrections added, 3 rows refused" in again.stderr
    other = sheet(tmp_path, "CIHERANG")
    foreign = iku("correct", other, "--corrections", file, "--import", book, "--who", "BO")
    assert "another document" in foreign.stderr and len(load_corrections(file)) == 2


def test_a_workbook_shows_the_page_beside_a_doubtful_field(tmp_path: Path) -> None:
    lines = (
        "INDIKATOR KINERJA UTAMA KECAMATAN WANASARI",
        "Sasaran : Meningkatnya pelayanan",
        "Indikator : Nilai IKM",
        "Formulasi : A / B / C / / D",
        "Sumber Data : Laporan SKM",
    )
    document = tmp_path / "keputusan.pdf"
    document.write_bytes(printed(together(*(text(50, 80 + 20 * i, line) for i, line in enumerate(lines)))))
    book = tmp_path / "isian.xlsx"
    assert iku("correct", document, "--corrections", tmp_path / "c.yaml", "--export", book).exit_code == 0
    opened: Any = load_workbook(book)
    sheet_of_fields = opened["Koreksi"]
    (picture,) = sheet_of_fields._images
    row = picture.anchor._from.row + 1
    assert sheet_of_fields.cell(row, 1).value == FORMULA and sheet_of_fields.row_dimensions[row].height > 20


def test_corrections_are_listed_verified_and_taken_back(tmp_path: Path) -> None:
    document, file = sheet(tmp_path, "WANASARI"), tmp_path / "corrections.yaml"
    made = read_decree.read(document)
    session = CorrectionSession(made, file, "BO")
    while session.current_field is not None:
        if session.current_field.pointer in ("/place", "/title"):
            session.replace("Tertulis lain")
        else:
            session.keep()
    listed = iku("corrections", file)
    assert listed.exit_code == 0 and listed.stdout.count("unknown") == 2
    assert "Corrected fields: place 1, title 1." in listed.stdout
    assert iku("corrections", file, tmp_path).stdout.count("standing") == 2
    text = file.read_text("utf-8").replace('"Wanasari"', '"Wamasari"', 1)
    file.write_text(text, "utf-8")
    lapsed = iku("corrections", file, document)
    assert lapsed.exit_code == 1 and lapsed.stdout.count("lapsed") == 1
    unfit = make_correction(made, "/year", "2025", "BO", NOW).model_copy(update={"value": "dua ribu"})
    append_corrections(tmp_path / "unfit.yaml", [unfit])
    refused = iku("corrections", tmp_path / "unfit.yaml", document)
    assert refused.exit_code == 1 and "1  unfit" in refused.stdout
    assert iku("corrections", file, "--revoke", 1).exit_code == 2, "nobody signs"
    assert iku("corrections", file, "--revoke", 9, "--who", "BO").exit_code == 2
    assert iku("corrections", file, "--revoke", 1, "--who", "BO").exit_code == 0
    assert len(load_corrections(file)) == 3 and iku("corrections", file).stdout.count("unknown") == 1


def test_a_build_replays_the_file_beside_its_outputs_or_the_named_one(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    document = sheet(folder, "WANASARI")
    made = make_correction(read_decree.read(document), "/place", "Wonosari", "BO", NOW)
    append_corrections(out / "corrections.yaml", [made])
    append_corrections(tmp_path / "other.yaml", [made.model_copy(update={"value": "Lain"})])
    options = ("--out", out, "--cache", "none", "--jobs", 1, "-q")
    iku("build", folder, *options)
    assert '"place": "Wonosari"' in (out / "catalogue.json").read_text("utf-8")
    iku("build", folder, *options, "--corrections", tmp_path / "other.yaml")
    assert '"place": "Lain"' in (out / "catalogue.json").read_text("utf-8")
