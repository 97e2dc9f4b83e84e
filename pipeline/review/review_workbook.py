"""Questions as a workbook for officers who review in Excel, and their answers back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pipeline.language import key_text
from pipeline.linking import Decision
from pipeline.linking.definitions import format_validation_error
from pipeline.review.answer_sheet import AnswerSheet, RejectedRow
from pipeline.review.review_words import ColumnKey, review_words

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.linking import Definition
    from pipeline.review.questions import Question

AnswerRow = dict[ColumnKey, str]
"""The texts of a row by column."""


@cache
def _answer_sheet() -> AnswerSheet:
    words = review_words()
    return AnswerSheet(
        words.sheet,
        tuple((column.title, column.width) for column in words.columns.values()),
        "iku review",
        {words.column_index("verdict"): tuple(words.verdicts)},
    )


def export_questions(questions: Iterable[Question], out: io.BytesIO) -> None:
    """Write the questions as a workbook; the verdict and the definition are chosen from lists."""
    _answer_sheet().write(map(row_values, questions), out)


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
        AnswerSheetError: the file is not a workbook of questions.
    """
    open_questions = {(key_text(q.text), q.regency): q for q in questions}
    decisions: list[Decision] = []
    rejected_rows: list[RejectedRow] = []
    columns = tuple(review_words().columns)
    for number, texts in enumerate(_answer_sheet().read(file), start=2):
        row: AnswerRow = dict(zip(columns, texts, strict=True))
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
