"""The workbook ``audit.xlsx``: matrix, comparison, findings, SMART as evaluators lay it out, scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.models.findings import SMART_CRITERIA
from pipeline.reports.date_format import describe_waiver
from pipeline.reports.location_text import describe_location
from pipeline.reports.report_labels import load_labels, value_label
from pipeline.reports.report_phrases import describe_basis
from pipeline.reports.summary.comparison_matrix import NONE
from pipeline.reports.xlsx import comparison_sheets
from pipeline.reports.xlsx.sheet_names import load_sheet_names
from pipeline.reports.xlsx.sheet_writer import SheetColumn, WorkbookWriter, column_title
from pipeline.review import review_workbook
from pipeline.review.review_words import review_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.models.catalogue import Finding, IndicatorEntry
    from pipeline.reports.summary.comparison_matrix import DecreeGroup
    from pipeline.reports.view_model import ReportModel
    from pipeline.reports.xlsx.sheet_writer import SheetWriter
    from pipeline.review.questions import Question

MARK_SIGNS = {
    "equivalent": "✓",
    "differs": "≠",
    "absent": "∅",
    "unreadable": "?",
    "unlinked": "•",
    "none": "–",
}
AuditSheetRow = list[str | float | None]


def render_workbook(content: ReportModel, questions: Sequence[Question] = ()) -> bytes:
    """Return the workbook: the same bytes for the same catalogue and open questions."""
    book = WorkbookWriter(load_labels()["title"].id)
    for number, group in enumerate(content.matrix_groups, start=1):
        suffix = "" if len(content.matrix_groups) == 1 else f" {number}"
        _write_matrix(book.add_sheet(load_sheet_names().matrix + suffix, 4, 1), group)
    comparison_sheets.add_comparison_sheet(book, content)
    comparison_sheets.add_functions_sheet(book, content)
    _write_findings(book, content)
    _write_smart(book, content)
    _write_scores(book, content)
    _write_review(book, questions)
    return book.to_bytes()


def _write_matrix(sheet: SheetWriter, group: DecreeGroup) -> None:
    regency = group.regency or load_labels()["no_regency"].id
    sheet.write_cell(0, 0, f"{regency} · {group.kind} {group.period}".strip(), "title")
    legend = "; ".join(f"{sign} {value_label('mark', mark).id}" for mark, sign in MARK_SIGNS.items())
    sheet.write_cell(1, 0, legend, "note")
    is_wide = len(group.columns) > 8
    sheet.worksheet.set_column(0, 0, 58)
    sheet.worksheet.set_column(1, len(group.columns), 5 if is_wide else 16)
    sheet.worksheet.set_column(len(group.columns) + 1, len(group.columns) + 1, 9)
    sheet.write_cell(3, 0, column_title("indicator"), "head")
    unread, mark_unread = group.unread_columns, f" ({load_labels()['partly_unread'].id})"
    for number, name in enumerate(group.columns, start=1):
        sheet.write_cell(3, number, name + mark_unread * (name in unread), "turned" if is_wide else "head")
    sheet.write_cell(3, len(group.columns) + 1, column_title("have"), "head")
    for row_number, row in enumerate(group.rows, start=4):
        sheet.write_cell(row_number, 0, row.name, "text")
        for number, mark in enumerate(row.marks, start=1):
            sheet.write_cell(row_number, number, MARK_SIGNS[mark], "sign", mark)
        sheet.write_cell(
            row_number, len(group.columns) + 1, sum(mark != NONE for mark in row.marks), "number"
        )
    sheet.worksheet.autofilter(3, 0, 3 + max(1, len(group.rows)), len(group.columns) + 1)
    sheet.worksheet.repeat_rows(3)
    sheet.worksheet.repeat_columns(0)


_FINDING_COLUMNS = (
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
    ("finding_entry", 10, "number"),
)


def _write_findings(book: WorkbookWriter, content: ReportModel) -> None:
    columns = [SheetColumn(column_title(key), width, style) for key, width, style in _FINDING_COLUMNS]
    findings = content.ranked_findings
    rows = [_finding_cells(content, finding) for finding in findings]
    sheet = book.add_sheet(load_sheet_names().findings, 1, 3)
    sheet.write_table(0, columns, rows)
    for row_number, finding in enumerate(findings, start=1):
        sheet.write_cell(
            row_number, 3, value_label("severity", finding.severity).id, "text", finding.severity
        )


def _finding_cells(content: ReportModel, finding: Finding) -> AuditSheetRow:
    document = content.documents_by_id[finding.place.document]
    position = content.indicator_at(finding.place)
    waiver = finding.waived
    return [
        content.offices[content.office_of[document.id]].name,
        finding.code,
        finding.title.id,
        value_label("severity", finding.severity).id,
        content.catalogue.indicators[position].name if position is not None else None,
        finding.message.id,
        finding.expected.id,
        value_label("cause", finding.cause).id,
        finding.recommendation.id,
        finding.place.quote,
        document.name,
        describe_location(finding.place.provenance).id,
        "\n".join(describe_basis(basis).id for basis in finding.basis),
        document.regency,
        describe_waiver(waiver).id if waiver else None,
        finding.message.en,
        finding.id,
        content.entry_numbers.get(finding.id),
    ]


_KKE_COLUMNS = (
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
"""KKE Format 1, followed by whose indicator it is."""


def _write_smart(book: WorkbookWriter, content: ReportModel) -> None:
    """Write the criteria. What cannot be judged stays empty, and so does the sum: no score is invented."""
    columns = [SheetColumn(column_title(key), width, style) for key, width, style in _KKE_COLUMNS]
    indicators = content.catalogue.indicators
    sheet = book.add_sheet(load_sheet_names().smart, 1, 2)
    sheet.write_table(0, columns, [_smart_cells(content, indicator) for indicator in indicators])
    for row_number, indicator in enumerate(indicators, start=1):
        values = [getattr(indicator.smart, name).value for name in SMART_CRITERIA]
        total = "" if None in values else sum(map(bool, values))
        formula = (
            f'=IF(COUNT(D{row_number + 1}:H{row_number + 1})=5,SUM(D{row_number + 1}:H{row_number + 1}),"")'
        )
        sheet.worksheet.write_formula(row_number, 8, formula, book.combined_format("number"), total)


def _smart_cells(content: ReportModel, indicator: IndicatorEntry) -> AuditSheetRow:
    document = content.documents_by_id[indicator.document]
    judgements = [(name, getattr(indicator.smart, name)) for name in SMART_CRITERIA]
    targets = "; ".join(f"{target.year or ''} {target.value}".strip() for target in indicator.targets)
    notes = [
        f"{value_label('smart', name).id}: {judgement.reason.id}"
        for name, judgement in judgements
        if not judgement.value
    ]
    return [
        indicator.objective,
        indicator.name,
        targets,
        *(None if judgement.value is None else int(judgement.value) for _, judgement in judgements),
        None,
        None,
        "\n".join(notes),
        content.offices[content.office_of[document.id]].name,
        next((holder.name for holder in document.holders if holder.id == indicator.holder), None),
        document.name,
    ]


_SCORE_COLUMNS = (
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


def _write_scores(book: WorkbookWriter, content: ReportModel) -> None:
    columns = [SheetColumn(column_title(key), width, style) for key, width, style in _SCORE_COLUMNS]
    questions = {question.code: question for question in content.catalogue.questions}
    rows: list[AuditSheetRow] = [
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
    book.add_sheet(load_sheet_names().scores, 1, 1).write_table(0, columns, rows)


def _write_review(book: WorkbookWriter, questions: Iterable[Question]) -> None:
    """Write the sheet that ``iku review --import`` reads."""
    words = review_words()
    columns = [SheetColumn(column.title, column.width) for column in words.columns.values()]
    rows = [review_workbook.row_values(question) for question in questions]
    sheet = book.add_sheet(words.sheet, 1, 1)
    sheet.write_table(0, columns, rows)
    choice = {"validate": "list", "source": list(words.verdicts)}
    column = words.column_index("verdict")
    sheet.worksheet.data_validation(1, column, max(1, len(rows)), column, choice)
