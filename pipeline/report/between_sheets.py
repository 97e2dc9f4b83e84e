"""The workbook's sheets on what differs between kecamatan: indicators field by field, tasks item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.report.between import compared, field_title, held_against_law, state
from pipeline.report.cells import Column, title
from pipeline.report.labels import known, labels

if TYPE_CHECKING:
    from pipeline.report.cells import Book
    from pipeline.report.content import Content

_COMPARED = (
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
_TASKS = (
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
SHADES = {"stated": "equivalent", "deviating": "differs", "missing": "absent"}
Row = list[str | float | None]


def comparison(book: Book, content: Content) -> None:
    """A row for each way in which a field is stated."""
    rows: list[Row] = [
        [
            *group,
            one.name,
            field_title(field),
            f"{number} / {len(variants)}",
            variant.text or labels()["not_stated"].id,
            len(variant.offices),
            ", ".join(variant.offices),
            len(one.has),
            ", ".join(one.lacks),
        ]
        for group, entries in compared(content).items()
        for one in entries
        for field, variants in one.fields
        for number, variant in enumerate(variants, start=1)
    ]
    columns = [Column(title(key), width, style) for key, width, style in _COMPARED]
    book.sheet("Perbandingan", 1, 4).table(0, columns, rows)


def functions(book: Book, content: Content) -> None:
    """A row for each task of each Camat's office."""
    rows: list[Row] = []
    shades = []
    for document, holder in held_against_law(content.catalogue):
        for task in holder.tasks:
            reached = state(task.function, task.deviates)
            shades.append((known("task", reached).id, SHADES[reached]))
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
    columns = [Column(title(key), width, style) for key, width, style in _TASKS]
    sheet = book.sheet("Fungsi Camat", 1, 2)
    sheet.table(0, columns, rows)
    for down, (name, shade) in enumerate(shades, start=1):
        sheet.put(down, 3, name, "text", shade)
