"""What a catalogue leaves open: one question for each printed text, with all that a reviewer needs to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.linking import Decisions
from pipeline.words import key_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.catalogue import Catalogue, DocumentEntry, IndicatorEntry
    from pipeline.linking import Decision, Definition


@dataclass(frozen=True)
class Choice:
    """A definition that the text may mean."""

    id: str
    name: str
    score: float
    """Likeness from 0 to 1."""
    reason: str
    """What keeps them apart (Indonesian)."""
    formula: str | None


@dataclass(frozen=True)
class Printed:
    """One place where the text is printed, and what stands around it."""

    document: str
    """File name."""
    kecamatan: str | None
    regency: str | None
    page: int | None
    lines: tuple[int, int] | None
    objective: str | None
    formula: str | None

    @property
    def where(self) -> str:
        """File, and page or lines."""
        if self.page is not None:
            return f"{self.document}, page {self.page}"
        return f"{self.document}, line {self.lines[0]}" if self.lines else self.document


@dataclass(frozen=True)
class Question:
    """A text that the machine cannot link alone."""

    text: str
    reason: str
    """Why it is asked (Indonesian)."""
    choices: tuple[Choice, ...]
    """Nearest first."""
    places: tuple[Printed, ...]
    regency: str | None = None
    """The decision holds in this regency only, since a choice is its own; None: everywhere."""


def questions(
    catalogue: Catalogue, definitions: Iterable[Definition], decisions: Iterable[Decision]
) -> tuple[Question, ...]:
    """The open questions, those that most indicators wait for first; none that was decided already.

    A decision whose definition has changed since counts as none.
    """
    known = {definition.id: definition for definition in definitions}
    decided = Decisions(decisions, {id_: definition.version for id_, definition in known.items()})
    documents = {document.id: document for document in catalogue.documents}
    of_text: dict[tuple[str, str | None], list[IndicatorEntry]] = {}
    for indicator in catalogue.indicators:
        if indicator.link.kind == "review":
            regency = documents[indicator.document].regency
            found = decided.on(indicator.name, regency)
            if not found or decided.out_of_date(found[-1]):
                key = (key_text(indicator.name), _only_in(indicator, regency, known))
                of_text.setdefault(key, []).append(indicator)
    made = (_question(found, regency, known, documents) for (_, regency), found in of_text.items())
    return tuple(sorted(made, key=lambda q: (-len(q.places), q.text, q.regency or "")))


def _only_in(indicator: IndicatorEntry, regency: str | None, known: Mapping[str, Definition]) -> str | None:
    """The regency, where one of the candidates is its own definition."""
    targets = (known.get(candidate.target) for candidate in indicator.link.runners_up)
    return regency if any(target and target.scope.regency for target in targets) else None


def _question(
    found: list[IndicatorEntry],
    regency: str | None,
    known: Mapping[str, Definition],
    documents: Mapping[str, DocumentEntry],
) -> Question:
    first = found[0]
    choices = tuple(
        Choice(c.target, known[c.target].name, c.score, c.reason, known[c.target].formula)
        for c in first.link.runners_up
        if c.target in known
    )
    places = tuple(_printed(indicator, documents[indicator.document]) for indicator in found)
    return Question(first.name, first.link.reason, choices, places, regency)


def _printed(indicator: IndicatorEntry, document: DocumentEntry) -> Printed:
    where = indicator.name_provenance
    return Printed(
        document.name,
        document.kecamatan,
        document.regency,
        where.page if where else None,
        where.lines if where else None,
        indicator.objective,
        indicator.formula.raw if indicator.formula else None,
    )
