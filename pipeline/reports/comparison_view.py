"""Indicators between kecamatan, ready to be shown: who has them, where they agree, how they vary.

And the Camat's tasks by law against what each decree prints.
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
"""The fields that are compared, and their labels."""
TASK_STATES = ("stated", "deviating", "missing")
"""What a decree does with a task: states it, says something else of it, does not print it."""


@dataclass(frozen=True)
class FieldVariant:
    """One way in which a field is stated; empty where it is not."""

    text: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class ComparedIndicator:
    """One indicator within one regency, kind and period."""

    name: str
    group: tuple[str, str, str]
    """Regency, kind and period (``2024–2026``, or nothing)."""
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    fields: tuple[tuple[str, tuple[FieldVariant, ...]], ...]
    """Label of the field and how it is stated, the most common first."""

    @property
    def varied_fields(self) -> list[tuple[str, tuple[FieldVariant, ...]]]:
        """The fields that are not stated alike."""
        return [(field, variants) for field, variants in self.fields if len(variants) > 1]

    @property
    def agreed_fields(self) -> list[tuple[str, str]]:
        """The fields that all state alike, and what they state."""
        return [
            (field, variant.text)
            for field, (variant, *further_variants) in self.fields
            if not further_variants and variant.text
        ]

    @property
    def unstated_fields(self) -> list[str]:
        """The fields that nobody states."""
        return [
            field
            for field, (variant, *further_variants) in self.fields
            if not further_variants and not variant.text
        ]

    @property
    def is_single(self) -> bool:
        """Whether one kecamatan has it, so that there is nothing to compare."""
        return len(self.has) == 1 and not self.varied_fields


@dataclass(frozen=True)
class TaskComparisonRow:
    """One task by law: which kecamatan state it, which say something else, which do not print it."""

    item: str
    task: Wording
    offices: tuple[tuple[str, ...], ...]
    """By ``STATES``."""


def group_comparisons(content: ReportModel) -> dict[tuple[str, str, str], list[ComparedIndicator]]:
    """The comparisons by regency, kind and period; those of which most varies first."""
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
    """Which of ``STATES`` a task of a decree is in."""
    return "missing" if function is None else "deviating" if deviates else "stated"


def holders_with_tasks(catalogue: Catalogue) -> Iterator[tuple[DocumentEntry, HolderEntry]]:
    """The holders whose functions were held against the law; further prints of a decree do not count."""
    for document in catalogue.documents:
        if document.print_of is None:
            yield from ((document, holder) for holder in document.holders if holder.tasks)


def task_rows(content: ReportModel) -> list[TaskComparisonRow]:
    """The tasks in the law's order; a kecamatan counts by its best decree."""
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
        offices[office].name for office, number in sorted(state_by_office.items()) if number == state_index
    )


def field_title(key: str) -> str:
    """A field's name in a cell."""
    return load_labels()[key].id
