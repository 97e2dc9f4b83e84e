"""View model of the comparison between kecamatan: who has an indicator, where they agree, how they vary.

It also compares the Camat's tasks by law with the functions that each decree prints.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.reports.report_labels import load_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.models.catalogue import Catalogue, DocumentEntry, HolderEntry, Wording
    from pipeline.reports.view_model import OfficeSummary, ReportModel

COMPARED_FIELDS = {
    "name": "name_of",
    "objective": "objective",
    "formula": "formula",
    "data_sources": "sources",
    "responsible": "responsible",
    "goal": "goal",
    "goal_indicator": "goal_indicator",
}
"""The compared fields, and the keys of their labels."""
TASK_STATES = ("stated", "deviating", "missing")
"""A decree states a task, states it with another meaning, or does not print it."""


@dataclass(frozen=True)
class FieldVariant:
    """One way in which a field is stated; an empty text: the field is not stated."""

    text: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class ComparedIndicator:
    """One indicator within one regency, kind and period."""

    name: str
    group: tuple[str, str, str]
    """Regency, kind and period (such as ``2024–2026``; empty if not stated)."""
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    fields: tuple[tuple[str, tuple[FieldVariant, ...]], ...]
    """The field's label key and its variants, the most common first."""

    @property
    def varied_fields(self) -> list[tuple[str, tuple[FieldVariant, ...]]]:
        """Return the fields that are not stated alike."""
        return [(field, variants) for field, variants in self.fields if len(variants) > 1]

    @property
    def agreed_fields(self) -> list[tuple[str, str]]:
        """Return the fields that all state alike, with the common text."""
        return [
            (field, variant.text)
            for field, (variant, *further_variants) in self.fields
            if not further_variants and variant.text
        ]

    @property
    def unstated_fields(self) -> list[str]:
        """Return the fields that nobody states."""
        return [
            field
            for field, (variant, *further_variants) in self.fields
            if not further_variants and not variant.text
        ]

    @property
    def is_single(self) -> bool:
        """Return whether only one kecamatan has the indicator, so that nothing can be compared."""
        return len(self.has) == 1 and not self.varied_fields


@dataclass(frozen=True)
class TaskComparisonRow:
    """One task by law, with the kecamatan in each of the ``TASK_STATES``."""

    item: str
    task: Wording
    offices: tuple[tuple[str, ...], ...]
    """Names of kecamatan, one tuple for each of the ``TASK_STATES``."""


def group_comparisons(content: ReportModel) -> dict[tuple[str, str, str], list[ComparedIndicator]]:
    """Return the comparisons by regency, kind and period; those with most varied fields first."""
    comparisons: dict[tuple[str, str, str], list[ComparedIndicator]] = defaultdict(list)
    for comparison in _iterate_comparisons(content):
        comparisons[comparison.group].append(comparison)
    for entries in comparisons.values():
        entries.sort(
            key=lambda comparison: (-len(comparison.varied_fields), -len(comparison.has), comparison.name)
        )
    return dict(comparisons)


def _iterate_comparisons(content: ReportModel) -> Iterator[ComparedIndicator]:
    indicators = content.catalogue.indicators
    for entry in content.catalogue.comparisons:
        span = entry.period
        yield ComparedIndicator(
            name=entry.name,
            group=(entry.regency, entry.kind or "", f"{span.start}–{span.end}" if span else ""),
            has=_office_names(content, entry.has),
            lacks=_office_names(content, entry.lacks),
            fields=tuple(
                (
                    COMPARED_FIELDS[field.field],
                    tuple(
                        FieldVariant(
                            variant.text,
                            _office_names(
                                content,
                                (
                                    indicators[content.indicator_positions[id_]].document
                                    for id_ in variant.indicators
                                    if id_ in content.indicator_positions
                                ),
                            ),
                        )
                        for variant in field.variants
                    ),
                )
                for field in entry.fields
                if field.variants
            ),
        )


def _office_names(content: ReportModel, documents: Iterable[str]) -> tuple[str, ...]:
    numbers = dict.fromkeys(content.office_of[d] for d in documents if d in content.office_of)
    return tuple(content.offices[number].name for number in numbers)


def task_state(function: int | None, deviates: bool | None) -> str:
    """Return which of the ``TASK_STATES`` applies to a task of a decree."""
    return "missing" if function is None else "deviating" if deviates else "stated"


def holders_with_tasks(catalogue: Catalogue) -> Iterator[tuple[DocumentEntry, HolderEntry]]:
    """Yield the holders whose functions were compared with the law, but not those of further prints."""
    for document in catalogue.documents:
        if document.print_of is None:
            yield from ((document, holder) for holder in document.holders if holder.tasks)


def task_rows(content: ReportModel) -> list[TaskComparisonRow]:
    """Return the tasks in the law's order; a kecamatan counts by its best decree."""
    state_by_item: dict[str, dict[int, int]] = defaultdict(dict)
    wordings: dict[str, Wording] = {}
    for document, holder in holders_with_tasks(content.catalogue):
        office = content.office_of[document.id]
        for task in holder.tasks:
            wordings.setdefault(task.item, task.task)
            state_index = TASK_STATES.index(task_state(task.function, task.deviates))
            state_by_item[task.item][office] = min(
                state_index, state_by_item[task.item].get(office, state_index)
            )
    return [
        TaskComparisonRow(
            item,
            wording,
            tuple(
                _offices_in_state(content.offices, state_by_item[item], n) for n in range(len(TASK_STATES))
            ),
        )
        for item, wording in sorted(wordings.items())
    ]


def _offices_in_state(
    offices: tuple[OfficeSummary, ...], state_by_office: dict[int, int], state_index: int
) -> tuple[str, ...]:
    return tuple(
        offices[office].name for office, state in sorted(state_by_office.items()) if state == state_index
    )


def field_title(key: str) -> str:
    """Return a field's name in Indonesian."""
    return load_labels()[key].id
