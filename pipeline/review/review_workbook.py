"""Questions as a workbook for officers who review in Excel, and their answers back."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from pydantic import ValidationError

from extractors.errors import ConfigError
from pipeline.language import key_text
from pipeline.linking import Decision
from pipeline.linking.definitions import format_validation_error

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.linking import Definition
    from pipeline.review.questions import Question

SHEET_NAME = "Tinjauan"
VERDICT_WORDS = {
    "sama": "same",
    "beda": "different",
    "baru": "new",
    "bukan indikator": "not-an-indicator",
}
"""What an officer chooses, and the verdict it is."""
SHEET_COLUMNS = (
    ("Teks tercetak", 50),
    ("Kecamatan", 24),
    ("Sasaran", 36),
    ("Rumus tercetak", 40),
    ("Alasan ditanyakan", 40),
    ("Calon definisi", 60),
    ("Putusan", 16),
    ("Definisi", 32),
    ("Oleh", 18),
    ("Catatan", 32),
    ("Hanya di", 24),
)
MAX_FILE_BYTES = 20 * 2**20
MOST_ROWS = 100_000
VERDICT_COLUMN = 6
"""Column of the verdict, from 0."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_COLUMN, _DEFINITION_COLUMN, _WHO_COLUMN, _NOTE_COLUMN, _REGENCY_COLUMN = 0, 7, 8, 9, 10


class ReviewWorkbookError(ConfigError):
    """A workbook that holds no questions."""


@dataclass(frozen=True)
class RejectedRow:
    """A row that gives no decision."""

    row: int
    reason: str


def export_questions(questions: Iterable[Question], out: io.BytesIO) -> None:
    """Write the questions as a workbook; the verdict and the definition are chosen from lists."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET_NAME
    sheet.append([title for title, _ in SHEET_COLUMNS])
    for cell, (_, width) in zip(sheet[1], SHEET_COLUMNS, strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"
    for number, question in enumerate(questions, start=2):
        _write_row(sheet, number, question)
    choice = DataValidation(type="list", formula1=f'"{",".join(VERDICT_WORDS)}"', allow_blank=True)
    choice.add(f"G2:G{max(2, sheet.max_row)}")
    sheet.add_data_validation(choice)
    book.save(out)


def _write_row(sheet: Any, number: int, question: Question) -> None:
    for column, value in enumerate(row_values(question), start=1):
        cell = sheet.cell(number, column)
        cell.value, cell.data_type = _cell_text(value), "s"  # never a formula, whatever a decree prints
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def row_values(question: Question) -> tuple[str, ...]:
    """What a question's row holds, a text for each of ``COLUMNS``."""
    choices = "\n".join(f"{c.id}: {c.name} ({c.score:.2f}; {c.reason})" for c in question.choices)
    first_id = question.choices[0].id if question.choices else ""
    return (
        question.text,
        ", ".join(sorted({p.kecamatan for p in question.places if p.kecamatan})),
        next((p.objective for p in question.places if p.objective), ""),
        next((p.formula for p in question.places if p.formula), ""),
        question.reason,
        choices,
        "",
        first_id,
        "",
        "",
        question.regency or "",
    )


def _cell_text(text: str) -> str:
    """The text without signs that a workbook cannot hold, no longer than a cell."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)[:32_000]


def read_answers(
    file: Path,
    questions: Iterable[Question],
    definitions: Mapping[str, Definition],
    who: str | None,
    today: date,
) -> tuple[list[Decision], list[RejectedRow]]:
    """The decisions of a workbook's rows, and the rows that cannot be used. Rows without verdict are skipped.

    ``questions`` are those that are still open: what was decided meanwhile is not decided again.

    Raises:
        SheetError: the file is no such workbook.
    """
    open_questions = {(key_text(q.text), q.regency): q for q in questions}
    decisions: list[Decision] = []
    rejected_rows: list[RejectedRow] = []
    for number, row in enumerate(_read_rows(file), start=2):
        if not row[VERDICT_COLUMN].strip():
            continue
        question = open_questions.pop(
            (key_text(row[_TEXT_COLUMN]), row[_REGENCY_COLUMN].strip() or None), None
        )
        if question is None:
            rejected_rows.append(
                RejectedRow(number, "the text is no open question: decided already, or changed")
            )
            continue
        decision = _row_decision(row, question, definitions, who, today)
        if isinstance(decision, str):
            rejected_rows.append(RejectedRow(number, decision))
        else:
            decisions.append(decision)
    return decisions, rejected_rows


def _row_decision(
    row: list[str], question: Question, definitions: Mapping[str, Definition], who: str | None, today: date
) -> Decision | str:
    """A row's decision, or why it gives none."""
    verdict = VERDICT_WORDS.get(row[VERDICT_COLUMN].strip().lower())
    if verdict is None:
        return f"Putusan “{row[VERDICT_COLUMN]}”: choose one of {', '.join(VERDICT_WORDS)}"
    definition = row[_DEFINITION_COLUMN].strip() if verdict in ("same", "different") else None
    if definition is not None and definition not in definitions:
        return f"Definisi “{definition}”: no definition has this id"
    fields = {
        "verdict": verdict,
        "text": question.text,
        "definition": definition,
        "version": definitions[definition].version if definition else None,
        "regency": question.regency,
        "who": row[_WHO_COLUMN].strip() or who or "",
        "when": today,
        "note": row[_NOTE_COLUMN].strip() or None,
    }
    try:
        return Decision.model_validate(fields)
    except ValidationError as error:
        return format_validation_error(error)


def _describe_unreadable(file: Path) -> str:
    """What a file is that cannot be opened as a workbook, and what to do."""
    hint = "give the one that `iku review --export` wrote, with its answers."
    try:
        with file.open("rb") as stream:
            begin = stream.read(len(_OLD_EXCEL))
    except OSError as error:
        return f"it cannot be read: {error.strerror}."
    if begin == _OLD_EXCEL:
        return "it is an old .xls file or locked with a password: save it again as .xlsx."
    if begin.startswith(b"PK"):
        return f"it is damaged or of another kind: {hint}"
    return f"its content is of another kind, whatever its name says: {hint}"


def _read_rows(file: Path) -> list[list[str]]:
    """The rows under the titles, each as many texts as there are columns."""
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ReviewWorkbookError(f"{file.name}: larger than {MAX_FILE_BYTES // 2**20} MB")
        book = load_workbook(file, read_only=True, data_only=True)
        if SHEET_NAME not in book.sheetnames:
            raise ReviewWorkbookError(
                f"{file.name}: has no sheet “{SHEET_NAME}”; export it with `iku review --export`."
            )
        rows = list(
            book[SHEET_NAME].iter_rows(max_row=MOST_ROWS, max_col=len(SHEET_COLUMNS), values_only=True)
        )
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError) as error:
        raise ReviewWorkbookError(
            f"{file.name}: is no Excel workbook (.xlsx); {_describe_unreadable(file)}"
        ) from error
    titles = [str(title or "") for title in (rows[0] if rows else ())]
    if titles != [title for title, _ in SHEET_COLUMNS]:
        raise ReviewWorkbookError(f"{file.name}: the columns are not those of `iku review --export`.")
    return [["" if value is None else str(value) for value in row] for row in rows[1:]]
