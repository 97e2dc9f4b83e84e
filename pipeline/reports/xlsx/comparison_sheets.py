"""The sheets on what differs between kecamatan: indicators field by field, tasks item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reports.comparison_view import field_title, group_comparisons, holders_with_tasks, task_state
from pipeline.reports.report_labels import load_labels, value_label
from pipeline.reports.xlsx.sheet_names import load_sheet_names
from pipeline.reports.xlsx.sheet_writer import SheetColumn, column_title

if TYPE_CHECKING:
    from pipeline.reports.view_model import ReportModel
    from pipeline.reports.xlsx.sheet_writer import WorkbookWriter

_COMPARISON_COLUMNS = (
    ("regency", 22, "text"),
    ("kind", 7, "text"),
    ("period", 12, "text"),
    ("indicator", 40, "text"),
    ("field", 18, "text"),
    ("version_of", 9, "text"),
    ("stated", 60, "text"),
    ("offices_count", 11, "number"),
    ("used_by", 44, "text"),
    ("have", 8, "number"),
    ("lacked_by", 44, "text"),
)
_TASK_COLUMNS = (
    ("offices", 20, "text"),
    ("code", 7, "text"),
    ("task", 44, "text"),
    ("verdict", 20, "text"),
    ("function", 60, "text"),
    ("holder", 34, "text"),
    ("year", 8, "number"),
    ("regency", 22, "text"),
    ("file", 28, "text"),
)
STATE_STYLES = {"stated": "equivalent", "deviating": "differs", "missing": "absent"}
ComparisonSheetRow = list[str | float | None]


def add_comparison_sheet(book: WorkbookWriter, content: ReportModel) -> None:
    """Add the sheet of indicators: a row for each way in which a field is stated."""
    rows: list[ComparisonSheetRow] = [
        [
            *group,
            indicator.name,
            field_title(field),
            f"{number} / {len(variants)}",
            variant.text or load_labels()["not_stated"].id,
            len(variant.offices),
            ", ".join(variant.offices),
            len(indicator.has),
            ", ".join(indicator.lacks),
        ]
        for group, entries in group_comparisons(content).items()
        for indicator in entries
        for field, variants in indicator.fields
        for number, variant in enumerate(variants, start=1)
    ]
    columns = [SheetColumn(column_title(key), width, style) for key, width, style in _COMPARISON_COLUMNS]
    book.add_sheet(load_sheet_names().comparison, 1, 4).write_table(0, columns, rows)


def add_functions_sheet(book: WorkbookWriter, content: ReportModel) -> None:
    """Add the sheet of the Camats' functions: a row for each task of each office."""
    rows: list[ComparisonSheetRow] = []
    shades = []
    for document, holder in holders_with_tasks(content.catalogue):
        for task in holder.tasks:
            state_name = task_state(task.function, task.deviates)
            shades.append((value_label("task", state_name).id, STATE_STYLES[state_name]))
            rows.append(
                [
                    content.offices[content.office_of[document.id]].name,
                    task.item,
                    task.task.id,
                    shades[-1][0],
                    holder.functions[task.function] if task.function is not None else None,
                    holder.name,
                    document.year,
                    document.regency,
                    document.name,
                ]
            )
    columns = [SheetColumn(column_title(key), width, style) for key, width, style in _TASK_COLUMNS]
    sheet = book.add_sheet(load_sheet_names().functions, 1, 2)
    sheet.write_table(0, columns, rows)
    for down, (name, shade) in enumerate(shades, start=1):
        sheet.write_cell(down, 3, name, "text", shade)
