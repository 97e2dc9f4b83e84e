"""Questions as a workbook for officers who review in Excel, and their answers back."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from pydantic import ValidationError

from extractors.errors import ConfigError
from pipeline.language import key_text
from pipeline.linking import Decision
from pipeline.linking.definitions import format_validation_error
from pipeline.review.review_words import ColumnKey, review_words

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.linking import Definition
    from pipeline.review.questions import Question

MAX_FILE_BYTES = 20 * 2**20
MOST_ROWS = 100_000
AnswerRow = dict[ColumnKey, str]
"""The texts of a row by column."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a file of Excel before 2007, or of a locked one."""


class ReviewWorkbookError(ConfigError):
    """A file that is not a workbook of questions."""


@dataclass(frozen=True)
class RejectedRow:
    """A row that cannot be used as a decision, and why."""

    row: int
    reason: str


def export_questions(questions: Iterable[Question], out: io.BytesIO) -> None:
    """Write the questions as a workbook; the verdict and the definition are chosen from lists."""
    words = review_words()
    book = Workbook()
    sheet: Any = book.active
    sheet.title = words.sheet
    sheet.append([column.title for column in words.columns.values()])
    for cell, column in zip(sheet[1], words.columns.values(), strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
        sheet.column_dimensions[cell.column_letter].width = column.width
    sheet.freeze_panes = "B2"
    for number, question in enumerate(questions, start=2):
        _write_row(sheet, number, question)
    choice = DataValidation(type="list", formula1=f'"{",".join(words.verdicts)}"', allow_blank=True)
    letter = get_column_letter(words.column_index("verdict") + 1)
    choice.add(f"{letter}2:{letter}{max(2, sheet.max_row)}")
    sheet.add_data_validation(choice)
    book.save(out)


def _write_row(sheet: Any, number: int, question: Question) -> None:
    for column, value in enumerate(row_values(question), start=1):
        cell = sheet.cell(number, column)
        cell.value, cell.data_type = (
            _cell_text(value),
            "s",
        )  # a text, never a formula
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def row_values(question: Question) -> tuple[str, ...]:
    """Return the texts of a question's row, one for each column of ``review_words``."""
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
    """Return the text without characters that a workbook cannot hold, cut to the length of a cell."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)[:32_000]


def read_answers(
    file: Path,
    questions: Iterable[Question],
    definitions: Mapping[str, Definition],
    who: str | None,
    today: date,
) -> tuple[list[Decision], list[RejectedRow]]:
    """Return the decisions of a workbook's rows, and the rows that cannot be used.

    Rows without a verdict are skipped. ``questions`` are those still open: a text that has been decided since
    the export is not decided again.

    Raises:
        ReviewWorkbookError: the file is not a workbook of questions.
    """
    open_questions = {(key_text(q.text), q.regency): q for q in questions}
    decisions: list[Decision] = []
    rejected_rows: list[RejectedRow] = []
    for number, row in enumerate(_read_rows(file), start=2):
        if not row["verdict"].strip():
            continue
        question = open_questions.pop((key_text(row["text"]), row["regency"].strip() or None), None)
        if question is None:
            rejected_rows.append(
                RejectedRow(number, "there is no open question on this text: decided already, or changed")
            )
            continue
        decision = _row_decision(row, question, definitions, who, today)
        if isinstance(decision, str):
            rejected_rows.append(RejectedRow(number, decision))
        else:
            decisions.append(decision)
    return decisions, rejected_rows


def _row_decision(
    row: AnswerRow, question: Question, definitions: Mapping[str, Definition], who: str | None, today: date
) -> Decision | str:
    """Return a row's decision, or a message that says why it has none."""
    words = review_words()
    verdict = words.verdicts.get(row["verdict"].strip().lower())
    if verdict is None:
        title = words.columns["verdict"].title
        return f"{title} “{row['verdict']}”: choose one of {', '.join(words.verdicts)}"
    definition = row["definition"].strip() if verdict in ("same", "different") else None
    if definition is not None and definition not in definitions:
        return f"{words.columns['definition'].title} “{definition}”: no definition has this id"
    fields = {
        "verdict": verdict,
        "text": question.text,
        "definition": definition,
        "version": definitions[definition].version if definition else None,
        "regency": question.regency,
        "who": row["who"].strip() or who or "",
        "when": today,
        "note": row["note"].strip() or None,
    }
    try:
        return Decision.model_validate(fields)
    except ValidationError as error:
        return format_validation_error(error)


def _describe_unreadable(file: Path) -> str:
    """Return why a file cannot be opened as a workbook, and what to do."""
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
    return f"its content is of another kind than its name says: {hint}"


def _read_rows(file: Path) -> list[AnswerRow]:
    """Return the rows below the titles, each as texts by column."""
    words = review_words()
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ReviewWorkbookError(f"{file.name}: larger than {MAX_FILE_BYTES // 2**20} MB")
        book = load_workbook(file, read_only=True, data_only=True)
        if words.sheet not in book.sheetnames:
            raise ReviewWorkbookError(
                f"{file.name}: has no sheet “{words.sheet}”; export it with `iku review --export`."
            )
        sheet = book[words.sheet]
        rows = list(sheet.iter_rows(max_row=MOST_ROWS, max_col=len(words.columns), values_only=True))
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError) as error:
        raise ReviewWorkbookError(
            f"{file.name}: is not an Excel workbook (.xlsx); {_describe_unreadable(file)}"
        ) from error
    titles = [str(title or "") for title in (rows[0] if rows else ())]
    if titles != [column.title for column in words.columns.values()]:
        raise ReviewWorkbookError(f"{file.name}: the columns are not those of `iku review --export`.")
    return [
        {key: "" if value is None else str(value) for key, value in zip(words.columns, values, strict=True)}
        for values in rows[1:]
    ]
