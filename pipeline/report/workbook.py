"""The workbook ``audit.xlsx``: matrix, comparison, findings, SMART as evaluators lay it out, scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.assessment import CRITERIA
from pipeline.report import between_sheets
from pipeline.report.cells import Book, Column, title
from pipeline.report.days import waiver_told
from pipeline.report.labels import known, labels
from pipeline.report.places import worded
from pipeline.report.wordings import basis_told
from pipeline.reviewing import sheets
from pipeline.summary.matrix import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.catalogue import Finding, IndicatorEntry
    from pipeline.report.cells import Sheet
    from pipeline.report.content import Content
    from pipeline.reviewing.questions import Question
    from pipeline.summary.matrix import Group

SIGNS = {"equivalent": "✓", "differs": "≠", "absent": "∅", "unreadable": "?", "unlinked": "•", "none": "–"}
Row = list[str | float | None]


def packed(content: Content, questions: Sequence[Question] = ()) -> bytes:
    """The workbook; the same bytes for the same catalogue. ``questions``: what a person has to decide."""
    book = Book(labels()["title"].id)
    for number, group in enumerate(content.groups, start=1):
        name = "Matriks" if len(content.groups) == 1 else f"Matriks {number}"
        _matrix(book.sheet(name, 4, 1), group)
    between_sheets.comparison(book, content)
    between_sheets.functions(book, content)
    _findings(book, content)
    _smart(book, content)
    _scores(book, content)
    _review(book, questions)
    return book.packed()


def _matrix(sheet: Sheet, group: Group) -> None:
    regency = group.regency or labels()["no_regency"].id
    sheet.put(0, 0, f"{regency} · {group.kind} {group.period}".strip(), "title")
    legend = "; ".join(f"{sign} {known('mark', mark).id}" for mark, sign in SIGNS.items())
    sheet.put(1, 0, legend, "note")
    many = len(group.columns) > 8
    sheet.inner.set_column(0, 0, 58)
    sheet.inner.set_column(1, len(group.columns), 5 if many else 16)
    sheet.inner.set_column(len(group.columns) + 1, len(group.columns) + 1, 9)
    sheet.put(3, 0, title("indicator"), "head")
    unread, mark_unread = group.unread, f" ({labels()['partly_unread'].id})"
    for number, name in enumerate(group.columns, start=1):
        sheet.put(3, number, name + mark_unread * (name in unread), "turned" if many else "head")
    sheet.put(3, len(group.columns) + 1, title("have"), "head")
    for down, row in enumerate(group.rows, start=4):
        sheet.put(down, 0, row.name, "text")
        for number, mark in enumerate(row.marks, start=1):
            sheet.put(down, number, SIGNS[mark], "sign", mark)
        sheet.put(down, len(group.columns) + 1, sum(mark != NONE for mark in row.marks), "number")
    sheet.inner.autofilter(3, 0, 3 + max(1, len(group.rows)), len(group.columns) + 1)
    sheet.inner.repeat_rows(3)
    sheet.inner.repeat_columns(0)


_FINDINGS = (
    ("offices", 18, "text"),
    ("code", 7, "text"),
    ("finding", 26, "text"),
    ("level", 11, "text"),
    ("indicator", 30, "text"),
    ("condition", 52, "text"),
    ("criterion", 40, "text"),
    ("cause", 18, "text"),
    ("recommendation", 40, "text"),
    ("quote", 40, "text"),
    ("file", 26, "text"),
    ("place", 12, "text"),
    ("basis", 40, "text"),
    ("regency", 20, "text"),
    ("accepted_by", 24, "text"),
    ("condition_english", 52, "text"),
    ("finding_id", 18, "text"),
)


def _findings(book: Book, content: Content) -> None:
    columns = [Column(title(key), width, style) for key, width, style in _FINDINGS]
    rows = [_finding(content, finding) for finding in content.catalogue.findings]
    sheet = book.sheet("Temuan", 1, 3)
    sheet.table(0, columns, rows)
    for down, finding in enumerate(content.catalogue.findings, start=1):
        sheet.put(down, 3, known("severity", finding.severity).id, "text", finding.severity)


def _finding(content: Content, finding: Finding) -> Row:
    document = content.documents[finding.place.document]
    at = content.indicator_at(finding.place)
    accepted = finding.waived
    return [
        content.offices[content.office_of[document.id]].name,
        finding.code,
        finding.title.id,
        known("severity", finding.severity).id,
        content.catalogue.indicators[at].name if at is not None else None,
        finding.message.id,
        finding.expected.id,
        known("cause", finding.cause).id,
        finding.recommendation.id,
        finding.place.quote,
        document.name,
        worded(finding.place.provenance).id,
        "\n".join(basis_told(basis).id for basis in finding.basis),
        document.regency,
        waiver_told(accepted).id if accepted else None,
        finding.message.en,
        finding.id,
    ]


_KKE = (
    ("kke_goal", 34, "text"),
    ("indicator", 40, "text"),
    ("targets", 16, "text"),
    ("smart_specific", 10, "number"),
    ("smart_measurable", 10, "number"),
    ("smart_achievable", 10, "number"),
    ("smart_relevant", 10, "number"),
    ("smart_timebound", 10, "number"),
    ("kke_sum", 9, "number"),
    ("kke_challenging", 11, "number"),
    ("kke_note", 60, "text"),
    ("offices", 18, "text"),
    ("holder", 30, "text"),
    ("file", 26, "text"),
)
"""KKE Format 1, and behind it whose indicator it is."""


def _smart(book: Book, content: Content) -> None:
    """A criterion that cannot be judged stays empty, and so does the sum: no score is invented."""
    columns = [Column(title(key), width, style) for key, width, style in _KKE]
    indicators = content.catalogue.indicators
    sheet = book.sheet("SMART", 1, 2)
    sheet.table(0, columns, [_judged(content, indicator) for indicator in indicators])
    for down, indicator in enumerate(indicators, start=1):
        values = [getattr(indicator.smart, name).value for name in CRITERIA]
        total = "" if None in values else sum(map(bool, values))
        formula = f'=IF(COUNT(D{down + 1}:H{down + 1})=5,SUM(D{down + 1}:H{down + 1}),"")'
        sheet.inner.write_formula(down, 8, formula, book.format("number"), total)


def _judged(content: Content, indicator: IndicatorEntry) -> Row:
    document = content.documents[indicator.document]
    judged = [(name, getattr(indicator.smart, name)) for name in CRITERIA]
    targets = "; ".join(f"{target.year or ''} {target.value}".strip() for target in indicator.targets)
    notes = [f"{known('smart', name).id}: {one.reason.id}" for name, one in judged if not one.value]
    return [
        indicator.objective,
        indicator.name,
        targets,
        *(None if one.value is None else int(one.value) for _, one in judged),
        None,
        None,
        "\n".join(notes),
        content.offices[content.office_of[document.id]].name,
        next((holder.name for holder in document.holders if holder.id == indicator.holder), None),
        document.name,
    ]


_SCORES = (
    ("offices", 20, "text"),
    ("kind", 8, "text"),
    ("year", 8, "number"),
    ("code", 8, "text"),
    ("question", 44, "text"),
    ("met_count", 10, "number"),
    ("judged", 10, "number"),
    ("unjudged", 12, "number"),
    ("share", 12, "percent"),
    ("band", 8, "number"),
    ("sentence", 64, "text"),
    ("regency", 22, "text"),
    ("file", 28, "text"),
)


def _scores(book: Book, content: Content) -> None:
    columns = [Column(title(key), width, style) for key, width, style in _SCORES]
    questions = {question.code: question for question in content.catalogue.questions}
    rows: list[Row] = [
        [
            content.offices[content.office_of[document.id]].name,
            document.kind,
            document.year,
            score.question,
            questions[score.question].text.id if score.question in questions else None,
            score.met,
            score.judged,
            score.not_judgeable,
            score.share,
            score.band,
            score.sentence.id,
            document.regency,
            document.name,
        ]
        for document in content.catalogue.documents
        for score in document.scores
    ]
    book.sheet("Skor", 1, 1).table(0, columns, rows)


def _review(book: Book, questions: Iterable[Question]) -> None:
    """The sheet that ``iku review --import`` takes back."""
    columns = [Column(name, width) for name, width in sheets.COLUMNS]
    rows = [sheets.values(question) for question in questions]
    sheet = book.sheet(sheets.SHEET, 1, 1)
    sheet.table(0, columns, rows)
    choice = {"validate": "list", "source": list(sheets.VERDICTS)}
    sheet.inner.data_validation(1, sheets.VERDICT, max(1, len(rows)), sheets.VERDICT, choice)
