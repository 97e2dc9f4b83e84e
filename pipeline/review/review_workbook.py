"""Questions as a workbook for officers who review in Excel, and their answers back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from pipeline.language import key_text
from pipeline.linking import Decision
from pipeline.linking.definitions import format_validation_error
from pipeline.review.answer_sheet import AnswerSheet, RejectedRow

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
VERDICT_COLUMN = 6
"""Column of the verdict, from 0."""
_TEXT_COLUMN, _DEFINITION_COLUMN, _WHO_COLUMN, _NOTE_COLUMN, _REGENCY_COLUMN = 0, 7, 8, 9, 10


_SHEET = AnswerSheet(SHEET_NAME, SHEET_COLUMNS, "iku review", {VERDICT_COLUMN: tuple(VERDICT_WORDS)})


def export_questions(questions: Iterable[Question], out: io.BytesIO) -> None:
    """Write the questions as a workbook; the verdict and the definition are chosen from lists."""
    _SHEET.write(map(row_values, questions), out)


def row_values(question: Question) -> tuple[str, ...]:
    """What a question's row holds, a text for each of ``SHEET_COLUMNS``."""
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
        AnswerSheetError: the file is no such workbook.
    """
    open_questions = {(key_text(q.text), q.regency): q for q in questions}
    decisions: list[Decision] = []
    rejected_rows: list[RejectedRow] = []
    for number, row in enumerate(_SHEET.read(file), start=2):
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
