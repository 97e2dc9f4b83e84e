"""Places in words: a page, lines of a text, a paragraph or cell of an office file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reports.report_labels import fill_label

if TYPE_CHECKING:
    from extractors.model.record import Provenance
    from pipeline.models.catalogue import Wording


def describe_location(where: Provenance | None) -> Wording:
    """Return a page, lines, or a place in an office file, in words; also whether a person corrected it."""
    place = _describe_passage(where)
    return fill_label("corrected_place", place=place) if where is not None and where.corrected else place


def _describe_passage(where: Provenance | None) -> Wording:
    if where is not None and where.page is not None:
        return fill_label("page", page=where.page)
    if where is not None and where.lines is not None:
        first, last = where.lines
        return (
            fill_label("line", line=first) if first == last else fill_label("lines", first=first, last=last)
        )
    if where is not None and where.sheet is not None:
        return fill_label("sheet_cell", sheet=where.sheet, cell=where.cell)
    if where is not None and where.table is not None:
        return fill_label("table_cell", table=where.table, row=where.row, cell=where.cell)
    if where is not None and where.paragraph is not None:
        return fill_label("paragraph", paragraph=where.paragraph)
    return fill_label("place_unknown")
