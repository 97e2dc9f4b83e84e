"""The comparison matrix: which kecamatan has which indicator, and the verdict on its formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.unread_pages import unread_ranges
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.language import key_text

if TYPE_CHECKING:
    from pipeline.models.catalogue import Catalogue, DocumentEntry, IndicatorEntry

NONE, UNLINKED = "none", "unlinked"
_WORST_FIRST = ("unreadable", "absent", "differs", UNLINKED, "equivalent")
"""If a kecamatan has an indicator several times, the first of these that applies is shown."""


@dataclass(frozen=True)
class MatrixRow:
    """One indicator in all columns of a group."""

    name: str
    """Canonical name; the printed one if no definition is linked."""
    marks: tuple[str, ...]
    """A verdict, ``unlinked`` or ``none`` for each column."""
    cells: tuple[tuple[IndicatorEntry, ...], ...] = ()
    """The indicators of each column; empty if its mark is ``none``."""


@dataclass(frozen=True)
class DecreeGroup:
    """The decrees of one kind, regency and period."""

    regency: str | None
    kind: str
    documents: tuple[DocumentEntry, ...]
    columns: tuple[str, ...]
    """Names of the kecamatan."""
    rows: tuple[MatrixRow, ...]

    @property
    def period(self) -> str:
        """Return the years of the group, such as ``2024–2026``; empty if no decree states them."""
        spans = sorted({(d.period.start, d.period.end) for d in self.documents if d.period})
        years = sorted({str(d.year) for d in self.documents if d.year})
        return ", ".join(f"{a}–{b}" for a, b in spans) or ", ".join(years)

    @property
    def undated_columns(self) -> frozenset[str]:
        """Return the columns whose decrees state neither year nor period."""
        dated = {d.kecamatan or d.name for d in self.documents if d.year or d.period}
        return frozenset(self.columns) - dated

    @property
    def unread_columns(self) -> frozenset[str]:
        """Return the columns with an unread page, on which a seemingly missing indicator may be printed."""
        return frozenset(d.kecamatan or d.name for d in self.documents if unread_ranges(d.notes))


def group_decrees(catalogue: Catalogue) -> tuple[DecreeGroup, ...]:
    """Return all groups of the catalogue: by regency, agencies before positions, by period."""
    sorted_documents: dict[tuple[str, int], list[DocumentEntry]] = {}
    for document in catalogue.documents:
        key = (document.office_regency or "", int(document.kind == "IKI"))
        sorted_documents.setdefault(key, []).append(document)
    group_list = [
        _make_group(catalogue, members)
        for _, documents in sorted(sorted_documents.items())
        for members in group_by_period(documents)
    ]
    return tuple(sorted(group_list, key=lambda g: (g.regency or "", g.kind == "IKI", g.period, g.columns)))


def _make_group(catalogue: Catalogue, documents: tuple[DocumentEntry, ...]) -> DecreeGroup:
    column_of = {d.id: d.kecamatan or d.name for d in documents}
    columns = tuple(sorted(set(column_of.values())))
    names = {d.id: d.name for d in catalogue.definitions} | {c.id: c.name for c in catalogue.clusters}
    cells: dict[str, dict[str, list[IndicatorEntry]]] = {}
    titles: dict[str, str] = {}
    for indicator in catalogue.indicators:
        if indicator.document in column_of:
            # One name that waits for a person is one row, whoever prints it.
            key = indicator.link.target or key_text(indicator.name) or indicator.id
            titles.setdefault(key, names.get(key, indicator.name))
            cells.setdefault(key, {}).setdefault(column_of[indicator.document], []).append(indicator)
    rows = [
        _make_row(titles[key], [cells_by_column.get(c, []) for c in columns])
        for key, cells_by_column in cells.items()
    ]
    # What most kecamatan share comes first; otherwise the printed order is kept.
    rows.sort(key=lambda row: sum(mark == NONE for mark in row.marks))
    first_document = documents[0]
    return DecreeGroup(
        first_document.office_regency, first_document.kind or "", documents, columns, tuple(rows)
    )


def _make_row(name: str, cells: list[list[IndicatorEntry]]) -> MatrixRow:
    marks = tuple(_worst_mark([verdict_mark(indicator) for indicator in cell]) for cell in cells)
    return MatrixRow(name, marks, tuple(tuple(cell) for cell in cells))


def verdict_mark(indicator: IndicatorEntry) -> str:
    """Return the indicator's verdict; ``unlinked`` if there is no definition to compare its formula with."""
    if indicator.verdict is not None:
        return indicator.verdict.verdict
    return UNLINKED if indicator.formula else "absent"


def _worst_mark(marks: list[str]) -> str:
    return next((mark for mark in _WORST_FIRST if mark in marks), NONE)
