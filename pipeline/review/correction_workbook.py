"""The fields of a record as a workbook for officers who correct in Excel, and their corrections back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.corrections.correction_file import CorrectionError
from pipeline.corrections.new_corrections import default_reason, make_correction, make_removal
from pipeline.review.answer_sheet import AnswerSheet, RejectedRow, cell_text
from pipeline.review.review_words import ReviewColumn

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from extractors.model.record import Decree, Provenance
    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.corrections.field_readings import FieldReading

ColumnKey = Literal[
    "pointer",
    "place",
    "confidence",
    "notes",
    "picture",
    "read",
    "printed",
    "remove",
    "reason",
    "who",
    "document",
]
CorrectionRow = dict[ColumnKey, str]
"""The texts of a row by column."""


class CorrectionWords(TableModel):
    """The table ``correction_words.yaml``."""

    sheet: str
    remove: str
    columns: dict[ColumnKey, ReviewColumn]

    def column_index(self, key: ColumnKey) -> int:
        """Return the position of a column, from 0."""
        return list(self.columns).index(key)


@cache
def correction_words() -> CorrectionWords:
    """Return the texts. Raises ConfigError where the table is wrong."""
    return load_table("pipeline.review", "correction_words.yaml", CorrectionWords)


@cache
def _answer_sheet() -> AnswerSheet:
    words = correction_words()
    return AnswerSheet(
        words.sheet,
        tuple((column.title, column.width) for column in words.columns.values()),
        "iku correct",
        {words.column_index("remove"): (words.remove,)},
    )


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
    picture_column = correction_words().column_index("picture")
    rows: list[CorrectionRow] = [
        {
            "pointer": reading.pointer,
            "place": describe_place(reading.passage),
            "confidence": f"{reading.confidence:.0%}",
            "notes": "\n".join(reading.notes),
            "read": _field_text(reading),
            "document": document,
        }
        for reading in fields
    ]
    _answer_sheet().write(
        (tuple(row.get(key, "") for key in correction_words().columns) for row in rows),
        out,
        {
            (index, picture_column): pictures[reading.pointer]
            for index, reading in enumerate(fields)
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
    columns = tuple(correction_words().columns)
    for number, texts in enumerate(_answer_sheet().read(file), start=2):
        row: CorrectionRow = dict(zip(columns, texts, strict=True))
        if not row["printed"].strip() and not row["remove"].strip():
            continue
        try:
            _check_row(row, decree, open_fields.pop(row["pointer"], None))
            corrections.append(_row_correction(row, decree, who, when))
        except CorrectionError as error:
            rejected_rows.append(RejectedRow(number, error.message))
    return corrections, rejected_rows


def _check_row(row: CorrectionRow, decree: Decree, reading: FieldReading | None) -> None:
    """Raise CorrectionError unless a row is about a field that is still open and reads as it did."""
    if row["document"] != decree.document.sha256:
        raise CorrectionError("the row is about another document.")
    if reading is None or row["read"] != cell_text(_field_text(reading)):
        raise CorrectionError("the field is corrected already, or is read otherwise now: export it again.")
    if row["remove"].strip() and (
        row["remove"].strip().lower() != correction_words().remove or row["printed"].strip()
    ):
        raise CorrectionError(f"fill in either what is printed, or “{correction_words().remove}”.")


def _row_correction(row: CorrectionRow, decree: Decree, who: str | None, when: datetime) -> CorrectionEntry:
    signed = row["who"].strip() or who
    if not signed:
        raise CorrectionError("nobody signs for it: fill in its column, or give --who.")
    reason = row["reason"].strip() or default_reason()
    if row["remove"].strip():
        return make_removal(decree, row["pointer"], signed, when, reason)
    return make_correction(decree, row["pointer"], row["printed"].strip(), signed, when, reason)


def _field_text(reading: FieldReading) -> str:
    return "" if reading.value is None else str(reading.value)
