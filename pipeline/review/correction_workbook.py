"""The fields of a record as a workbook for officers who correct in Excel, and their corrections back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.corrections.correction_file import CorrectionError
from pipeline.corrections.new_corrections import DEFAULT_REASON, make_correction, make_removal
from pipeline.review.answer_sheet import AnswerSheet, RejectedRow, cell_text

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from extractors.model.record import Decree, Provenance
    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.corrections.field_readings import FieldReading

REMOVE_WORD = "hapus"
"""What an officer chooses where nothing of the kind is printed."""
_COLUMNS = (
    ("Isian", 40),
    ("Letak", 20),
    ("Keyakinan", 12),
    ("Catatan pembaca", 40),
    ("Gambar", 70),
    ("Terbaca", 60),
    ("Yang tercetak", 60),
    ("Hapus", 10),
    ("Alasan", 24),
    ("Oleh", 20),
    ("Dokumen (SHA-256)", 24),
)
_POINTER, _PICTURE, _READ, _PRINTED, _REMOVE, _REASON, _WHO, _DOCUMENT = 0, 4, 5, 6, 7, 8, 9, 10
_SHEET = AnswerSheet("Koreksi", _COLUMNS, "iku correct", {_REMOVE: (REMOVE_WORD,)})


def export_fields(
    document: str,
    fields: Iterable[FieldReading],
    describe_place: Callable[[Provenance | None], str],
    pictures: Mapping[str, bytes],
    out: io.BytesIO,
) -> None:
    """Write the fields of a document (its SHA-256) as a workbook in which what is printed is filled in.

    ``pictures`` show the page where a field was read, by its pointer.
    """
    fields = tuple(fields)
    _SHEET.write(
        (
            (
                reading.pointer,
                describe_place(reading.passage),
                f"{reading.confidence:.0%}",
                "\n".join(reading.notes),
                "",
                _field_text(reading),
                "",
                "",
                "",
                "",
                document,
            )
            for reading in fields
        ),
        out,
        {
            (row, _PICTURE): pictures[reading.pointer]
            for row, reading in enumerate(fields)
            if reading.pointer in pictures
        },
    )


def read_corrections(
    file: Path, decree: Decree, fields: Iterable[FieldReading], who: str | None, when: datetime
) -> tuple[list[CorrectionEntry], list[RejectedRow]]:
    """Return the corrections of a workbook's rows, and the rows that cannot be used.

    ``fields`` are those that are still open: what was corrected meanwhile is not corrected again. Rows
    without an answer are skipped.

    Raises:
        AnswerSheetError: the file is no such workbook.
    """
    open_fields = {reading.pointer: reading for reading in fields}
    corrections: list[CorrectionEntry] = []
    rejected_rows: list[RejectedRow] = []
    for number, row in enumerate(_SHEET.read(file), start=2):
        if not row[_PRINTED].strip() and not row[_REMOVE].strip():
            continue
        try:
            _check_row(row, decree, open_fields.pop(row[_POINTER], None))
            corrections.append(_row_correction(row, decree, who, when))
        except CorrectionError as error:
            rejected_rows.append(RejectedRow(number, error.message))
    return corrections, rejected_rows


def _check_row(row: list[str], decree: Decree, reading: FieldReading | None) -> None:
    """Raise CorrectionError unless a row is about a field that is still open and reads as it did."""
    if row[_DOCUMENT] != decree.document.sha256:
        raise CorrectionError("the row is about another document.")
    if reading is None or row[_READ] != cell_text(_field_text(reading)):
        raise CorrectionError("the field is corrected already, or is read otherwise now: export it again.")
    if row[_REMOVE].strip() and (row[_REMOVE].strip().lower() != REMOVE_WORD or row[_PRINTED].strip()):
        raise CorrectionError(f"fill in either what is printed, or “{REMOVE_WORD}”.")


def _row_correction(row: list[str], decree: Decree, who: str | None, when: datetime) -> CorrectionEntry:
    signed = row[_WHO].strip() or who
    if not signed:
        raise CorrectionError("nobody signs for it: fill in “Oleh”, or give --who.")
    reason = row[_REASON].strip() or DEFAULT_REASON
    if row[_REMOVE].strip():
        return make_removal(decree, row[_POINTER], signed, when, reason)
    return make_correction(decree, row[_POINTER], row[_PRINTED].strip(), signed, when, reason)


def _field_text(reading: FieldReading) -> str:
    return "" if reading.value is None else str(reading.value)
