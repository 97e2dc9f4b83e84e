"""Indicators between kecamatan, ready to be shown: who has them, where they agree, how they vary.

And the Camat's tasks by law against what each decree prints.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.report.labels import labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.catalogue import Catalogue, DocumentEntry, HolderEntry, Wording
    from pipeline.report.content import Content, Office

FIELDS = {
    "name": "name_of",
    "objective": "objective",
    "formula": "formula",
    "data_sources": "sources",
    "responsible": "responsible",
    "goal": "goal",
    "goal_indicator": "goal_indicator",
}
"""The fields that are compared, and their labels."""
STATES = ("stated", "deviating", "missing")
"""What a decree does with a task: states it, says something else of it, does not print it."""


@dataclass(frozen=True)
class Variant:
    """One way in which a field is stated; empty where it is not."""

    text: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One indicator within one regency, kind and period."""

    name: str
    group: tuple[str, str, str]
    """Regency, kind and period (``2024–2026``, or nothing)."""
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    fields: tuple[tuple[str, tuple[Variant, ...]], ...]
    """Label of the field and how it is stated, the most common first."""

    @property
    def varied(self) -> list[tuple[str, tuple[Variant, ...]]]:
        """The fields that are not stated alike."""
        return [(field, variants) for field, variants in self.fields if len(variants) > 1]

    @property
    def agreed(self) -> list[tuple[str, str]]:
        """The fields that all state alike, and what they state."""
        return [(field, one.text) for field, (one, *more) in self.fields if not more and one.text]

    @property
    def unstated(self) -> list[str]:
        """The fields that nobody states."""
        return [field for field, (one, *more) in self.fields if not more and not one.text]

    @property
    def alone(self) -> bool:
        """Whether one kecamatan has it, so that there is nothing to compare."""
        return len(self.has) == 1 and not self.varied


@dataclass(frozen=True)
class TaskRow:
    """One task by law: which kecamatan state it, which say something else, which do not print it."""

    item: str
    task: Wording
    offices: tuple[tuple[str, ...], ...]
    """By ``STATES``."""


def compared(content: Content) -> dict[tuple[str, str, str], list[Compared]]:
    """The comparisons by regency, kind and period; those of which most varies first."""
    found: dict[tuple[str, str, str], list[Compared]] = defaultdict(list)
    for one in _each(content):
        found[one.group].append(one)
    for entries in found.values():
        entries.sort(key=lambda one: (-len(one.varied), -len(one.has), one.name))
    return dict(found)


def _each(content: Content) -> Iterator[Compared]:
    indicators = content.catalogue.indicators
    for entry in content.catalogue.comparisons:
        span = entry.period
        yield Compared(
            name=entry.name,
            group=(entry.regency, entry.kind, f"{span.start}–{span.end}" if span else ""),
            has=_offices(content, entry.has),
            lacks=_offices(content, entry.lacks),
            fields=tuple(
                (
                    FIELDS[field.field],
                    tuple(
                        Variant(
                            one.text,
                            _offices(
                                content,
                                (
                                    indicators[content.numbers[id_]].document
                                    for id_ in one.indicators
                                    if id_ in content.numbers
                                ),
                            ),
                        )
                        for one in field.variants
                    ),
                )
                for field in entry.fields
                if field.variants
            ),
        )


def _offices(content: Content, documents: Iterable[str]) -> tuple[str, ...]:
    numbers = dict.fromkeys(content.office_of[d] for d in documents if d in content.office_of)
    return tuple(content.offices[number].name for number in numbers)


def state(function: int | None, deviates: bool | None) -> str:
    """Which of ``STATES`` a task of a decree is in."""
    return "missing" if function is None else "deviating" if deviates else "stated"


def held_against_law(catalogue: Catalogue) -> Iterator[tuple[DocumentEntry, HolderEntry]]:
    """The holders whose functions were held against the law; further prints of a decree do not count."""
    for document in catalogue.documents:
        if document.print_of is None:
            yield from ((document, holder) for holder in document.holders if holder.tasks)


def tasks(content: Content) -> list[TaskRow]:
    """The tasks in the law's order; a kecamatan counts by its best decree."""
    best: dict[str, dict[int, int]] = defaultdict(dict)
    told: dict[str, Wording] = {}
    for document, holder in held_against_law(content.catalogue):
        office = content.office_of[document.id]
        for task in holder.tasks:
            told.setdefault(task.item, task.task)
            reached = STATES.index(state(task.function, task.deviates))
            best[task.item][office] = min(reached, best[task.item].get(office, reached))
    return [
        TaskRow(item, wording, tuple(_in_state(content.offices, best[item], n) for n in range(len(STATES))))
        for item, wording in sorted(told.items())
    ]


def _in_state(offices: tuple[Office, ...], reached: dict[int, int], wanted: int) -> tuple[str, ...]:
    return tuple(offices[office].name for office, number in sorted(reached.items()) if number == wanted)


def field_title(key: str) -> str:
    """A field's name in a cell."""
    return labels()[key].id
