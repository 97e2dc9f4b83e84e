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

from extractors.errors import TableError
from pipeline.linking import Decision
from pipeline.linking.definitions import reasons
from pipeline.words import key_text

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.linking import Definition
    from pipeline.reviewing.questions import Question

SHEET = "Tinjauan"
VERDICTS = {
    "sama": "same",
    "beda": "different",
    "baru": "new",
    "bukan indikator": "not-an-indicator",
}
"""What an officer chooses, and the verdict it is."""
COLUMNS = (
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
LARGEST = 20 * 2**20
MOST_ROWS = 100_000
VERDICT = 6
"""Column of the verdict, from 0."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT, _DEFINITION, _WHO, _NOTE, _REGENCY = 0, 7, 8, 9, 10


class SheetError(TableError):
    """A workbook that holds no questions."""


@dataclass(frozen=True)
class Refused:
    """A row that gives no decision."""

    row: int
    reason: str


def export(questions: Iterable[Question], out: io.BytesIO) -> None:
    """Write the questions as a workbook; the verdict and the definition are chosen from lists."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    sheet.append([title for title, _ in COLUMNS])
    for cell, (_, width) in zip(sheet[1], COLUMNS, strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"
    for number, question in enumerate(questions, start=2):
        _row(sheet, number, question)
    choice = DataValidation(type="list", formula1=f'"{",".join(VERDICTS)}"', allow_blank=True)
    choice.add(f"G2:G{max(2, sheet.max_row)}")
    sheet.add_data_validation(choice)
    book.save(out)


def _row(sheet: Any, number: int, question: Question) -> None:
    for column, value in enumerate(values(question), start=1):
        cell = sheet.cell(number, column)
        cell.value, cell.data_type = _plain(value), "s"  # never a formula, whatever a decree prints
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def values(question: Question) -> tuple[str, ...]:
    """What a question's row holds, a text for each of ``COLUMNS``."""
    choices = "\n".join(f"{c.id}: {c.name} ({c.score:.2f}; {c.reason})" for c in question.choices)
    first = question.choices[0].id if question.choices else ""
    return (
        question.text,
        ", ".join(sorted({p.kecamatan for p in question.places if p.kecamatan})),
        next((p.objective for p in question.places if p.objective), ""),
        next((p.formula for p in question.places if p.formula), ""),
        question.reason,
        choices,
        "",
        first,
        "",
        "",
        question.regency or "",
    )


def _plain(text: str) -> str:
    """The text without signs that a workbook cannot hold, no longer than a cell."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)[:32_000]


def answers(
    file: Path,
    questions: Iterable[Question],
    definitions: Mapping[str, Definition],
    who: str | None,
    today: date,
) -> tuple[list[Decision], list[Refused]]:
    """The decisions of a workbook's rows, and the rows that cannot be used. Rows without verdict are skipped.

    ``questions`` are those that are still open: what was decided meanwhile is not decided again.

    Raises:
        SheetError: the file is no such workbook.
    """
    opened = {(key_text(q.text), q.regency): q for q in questions}
    decisions: list[Decision] = []
    refused: list[Refused] = []
    for number, row in enumerate(_rows(file), start=2):
        if not row[VERDICT].strip():
            continue
        question = opened.pop((key_text(row[_TEXT]), row[_REGENCY].strip() or None), None)
        if question is None:
            refused.append(Refused(number, "the text is no open question: decided already, or changed"))
            continue
        made = _decision(row, question, definitions, who, today)
        if isinstance(made, str):
            refused.append(Refused(number, made))
        else:
            decisions.append(made)
    return decisions, refused


def _decision(
    row: list[str], question: Question, definitions: Mapping[str, Definition], who: str | None, today: date
) -> Decision | str:
    """A row's decision, or why it gives none."""
    verdict = VERDICTS.get(row[VERDICT].strip().lower())
    if verdict is None:
        return f"Putusan “{row[VERDICT]}”: choose one of {', '.join(VERDICTS)}"
    definition = row[_DEFINITION].strip() if verdict in ("same", "different") else None
    if definition is not None and definition not in definitions:
        return f"Definisi “{definition}”: no definition has this id"
    fields = {
        "verdict": verdict,
        "text": question.text,
        "definition": definition,
        "version": definitions[definition].version if definition else None,
        "regency": question.regency,
        "who": row[_WHO].strip() or who or "",
        "when": today,
        "note": row[_NOTE].strip() or None,
    }
    try:
        return Decision.model_validate(fields)
    except ValidationError as error:
        return reasons(error)


def _found(file: Path) -> str:
    """What a file is that cannot be opened as a workbook, and what to do."""
    export = "give the one that `iku review --export` wrote, with its answers."
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(_OLD_EXCEL))
    except OSError as error:
        return f"it cannot be read: {error.strerror}."
    if begin == _OLD_EXCEL:
        return "it is of the old kind (.xls) or locked with a password: save it anew as .xlsx."
    if begin.startswith(b"PK"):
        return f"it is damaged or of another kind: {export}"
    return f"its content is of another kind, whatever its name says: {export}"


def _rows(file: Path) -> list[list[str]]:
    """The rows under the titles, each as many texts as there are columns."""
    try:
        if file.stat().st_size > LARGEST:
            raise SheetError(f"{file.name}: larger than {LARGEST // 2**20} MB")
        book = load_workbook(file, read_only=True, data_only=True)
        if SHEET not in book.sheetnames:
            raise SheetError(f"{file.name}: has no sheet “{SHEET}”; export it with `iku review --export`.")
        rows = list(book[SHEET].iter_rows(max_row=MOST_ROWS, max_col=len(COLUMNS), values_only=True))
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError) as error:
        raise SheetError(f"{file.name}: is no Excel workbook (.xlsx); {_found(file)}") from error
    titles = [str(title or "") for title in (rows[0] if rows else ())]
    if titles != [title for title, _ in COLUMNS]:
        raise SheetError(f"{file.name}: the columns are not those of `iku review --export`.")
    return [["" if value is None else str(value) for value in row] for row in rows[1:]]
