"""The open questions of a catalogue: one for each printed text, with all that a reviewer needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import key_text
from pipeline.linking import DecisionReplay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.linking import Decision, Definition
    from pipeline.models.catalogue import Catalogue, DocumentEntry, IndicatorEntry


@dataclass(frozen=True)
class DefinitionChoice:
    """A definition that the text may mean."""

    id: str
    name: str
    score: float
    """Similarity from 0 to 1."""
    reason: str
    """What distinguishes them (Indonesian)."""
    formula: str | None


@dataclass(frozen=True)
class QuestionPlace:
    """One place where the text is printed, with its context."""

    document: str
    """File name."""
    kecamatan: str | None
    regency: str | None
    page: int | None
    lines: tuple[int, int] | None
    objective: str | None
    formula: str | None

    @property
    def location_text(self) -> str:
        """Return the file name with page or lines."""
        if self.page is not None:
            return f"{self.document}, page {self.page}"
        return f"{self.document}, line {self.lines[0]}" if self.lines else self.document


@dataclass(frozen=True)
class Question:
    """A text that could not be linked automatically."""

    text: str
    reason: str
    """Why a person is asked (Indonesian)."""
    choices: tuple[DefinitionChoice, ...]
    """Nearest first."""
    places: tuple[QuestionPlace, ...]
    regency: str | None = None
    """The decision is valid in this regency only, which has its own definition; None: everywhere."""


def collect_questions(
    catalogue: Catalogue, definitions: Iterable[Definition], decisions: Iterable[Decision]
) -> tuple[Question, ...]:
    """Return the questions that are not decided yet, those on most indicators first.

    A decision is void if its definition has changed since.
    """
    definitions_by_id = {definition.id: definition for definition in definitions}
    decision_index = DecisionReplay(
        decisions, {id_: definition.version for id_, definition in definitions_by_id.items()}
    )
    documents = {document.id: document for document in catalogue.documents}
    indicators_by_text: dict[tuple[str, str | None], list[IndicatorEntry]] = {}
    for indicator in catalogue.indicators:
        if indicator.link.kind == "review":
            regency = documents[indicator.document].office_regency
            entries = decision_index.find_decisions(indicator.name, regency)
            if not entries or decision_index.is_outdated(entries[-1]):
                key = (key_text(indicator.name), _regency_scope(indicator, regency, definitions_by_id))
                indicators_by_text.setdefault(key, []).append(indicator)
    question_list = (
        _make_question(entries, regency, definitions_by_id, documents)
        for (_, regency), entries in indicators_by_text.items()
    )
    return tuple(sorted(question_list, key=lambda q: (-len(q.places), q.text, q.regency or "")))


def _regency_scope(
    indicator: IndicatorEntry, regency: str | None, definitions_by_id: Mapping[str, Definition]
) -> str | None:
    """Return the regency if one of the candidates is its own definition."""
    targets = (definitions_by_id.get(candidate.target) for candidate in indicator.link.runners_up)
    return regency if any(target and target.scope.regency for target in targets) else None


def _make_question(
    indicators: list[IndicatorEntry],
    regency: str | None,
    definitions_by_id: Mapping[str, Definition],
    documents: Mapping[str, DocumentEntry],
) -> Question:
    first_indicator = indicators[0]
    choices = tuple(
        DefinitionChoice(
            c.target, definitions_by_id[c.target].name, c.score, c.reason, definitions_by_id[c.target].formula
        )
        for c in first_indicator.link.runners_up
        if c.target in definitions_by_id
    )
    places = tuple(_printed_place(indicator, documents[indicator.document]) for indicator in indicators)
    return Question(first_indicator.name, first_indicator.link.reason, choices, places, regency)


def _printed_place(indicator: IndicatorEntry, document: DocumentEntry) -> QuestionPlace:
    where = indicator.name_provenance
    return QuestionPlace(
        document.name,
        document.kecamatan,
        document.regency,
        where.page if where else None,
        where.lines if where else None,
        indicator.objective,
        indicator.formula.raw if indicator.formula else None,
    )
