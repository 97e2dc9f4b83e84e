"""From a printed name to a definition: looked up by words, decided level by level, explained.

``Registry.match`` explains one name. ``Registry.match_all`` decides the same for very many names, without the
reasons; names that are read alike are decided once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.language import normalise_text, text_vocabulary
from pipeline.language.normaliser import NameNormaliser
from pipeline.language.steps.ordinals import strip_year
from pipeline.linking.candidate_scoring import (
    IndexedName,
    ScoredCandidate,
    describe_differences,
    is_in_scope,
    score_candidate,
)
from pipeline.linking.comparison_levels import compare_levels
from pipeline.linking.name_families import may_be_same, name_families, possible_acronyms
from pipeline.linking.reasons import format_reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.language import NormalForm
    from pipeline.linking.definitions import Definition

LinkKind = Literal["definition", "cluster", "review"]
MOST_CANDIDATES = 24
ALWAYS_COMPARED = 3
"""The nearest names are compared in any case: why they lost is explained."""
MOST_RUNNERS_UP = 3
RUNNER_UP_FROM = 0.15
"""Likeness from which a lost candidate is worth reporting."""
NO_WORDS: frozenset[str] = frozenset()


class NameQuery(NamedTuple):
    """A printed name and what is known of where it stands."""

    name: str
    kecamatan: str | None = None
    objective: str | None = None
    regency: str | None = None
    year: int | None = None


class Match(NamedTuple):
    """What a printed name means, without the reasons."""

    kind: LinkKind
    target: str | None
    """Id of the definition; None where there is none, or a person must say."""
    score: float
    """As that of ``Link``."""


@dataclass(frozen=True)
class Candidate:
    """A definition that a name was compared with."""

    target: str
    """Id of the definition."""
    score: float
    """The chance (0 to 1) that it is meant; see ``calibration.yaml``."""
    reason: str
    """Why it lost, in words (Indonesian)."""


@dataclass(frozen=True)
class Link:
    """What a printed name means."""

    kind: LinkKind
    """``definition``: that one; ``cluster``: none of them; ``review``: a human must say."""
    target: str | None
    """Id of the definition or cluster; None in review, and where no cluster is given yet."""
    score: float
    """The chance (0 to 1) that the target is meant, or where there is none the nearest definition."""
    reason: str
    """Why, in words (Indonesian): the differences, level by level."""
    runners_up: tuple[Candidate, ...] = ()
    """The nearest others, best first."""


class Registry:
    """Definitions ready for look-up. ``match`` and ``match_all`` are pure functions of their arguments."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.definitions = {d.id: d for d in sorted(definitions, key=lambda d: d.id)}
        names = sorted((n, d.id) for d in self.definitions.values() for n in d.names)
        printed_names = [n for n, _ in names]
        self._normaliser = NameNormaliser(text_vocabulary(*printed_names), printed_names)
        plain = NameNormaliser(NO_WORDS, printed_names)
        self._names = [
            IndexedName(n, self.definitions[i], plain.normalise_exactly(strip_year(n))) for n, i in names
        ]
        self._index: dict[str, list[int]] = {}
        self._families = [name_families(indexed.normal) for indexed in self._names]
        for place, families in enumerate(self._families):
            for key in sorted(families.keys | families.inside):
                self._index.setdefault(key, []).append(place)
        self._acronyms: dict[str, list[int]] = {}
        for place, indexed in enumerate(self._names):
            for acronym in possible_acronyms(indexed.normal):
                self._acronyms.setdefault(acronym, []).append(place)

    @classmethod
    def load(cls, source: Path | None = None) -> Registry:
        """Return the registry of a file or folder of definitions; by default of the reviewed ones."""
        from pipeline.linking.definitions import load_definitions

        return cls(load_definitions(source))

    def match(
        self,
        name: str,
        kecamatan: str | None = None,
        objective: str | None = None,
        regency: str | None = None,
        year: int | None = None,
        *,
        without: frozenset[str] = NO_WORDS,
    ) -> Link:
        """Return the definition that ``name`` means, or none, with the reasons.

        A definition of another regency or of a later year than ``year`` does not count; the regency's own
        comes before a national one. ``objective`` only orders what is equally near. ``without`` are ids
        that a reviewer has ruled out. Never fails; a name without words means nothing.
        """
        query = NameQuery(name, kecamatan, objective, regency, year)
        normal = self._normaliser.normalise_exactly(strip_year(name), kecamatan)
        return explain_link(self._rank_candidates(normal, query, without), normal, query)

    def match_all(self, queries: Iterable[NameQuery]) -> list[Match]:
        """Return what each name means, in the order given: what ``match`` decides, without the reasons.

        Time grows with the distinct readings of the names.
        """
        matches: dict[NameQuery, Match] = {}
        by_reading: dict[tuple[object, ...], Match] = {}
        results = []
        for query in queries:
            match = matches.get(query)
            if match is None:
                normal = self._normaliser.normalise_shared(strip_year(query.name), query.kecamatan)
                reading = (normal.reading, *query[2:])
                match = by_reading.get(reading)
                if match is None:
                    match = decide_match(self._rank_candidates(normal, query, NO_WORDS))[0]
                    by_reading[reading] = match
                matches[query] = match
            results.append(match)
        return results

    def _rank_candidates(
        self, normal: NormalForm, query: NameQuery, without: frozenset[str]
    ) -> list[ScoredCandidate]:
        """Return the nearest name of every definition that shares a word and counts here, best first."""
        shared: Counter[int] = Counter()
        families = name_families(normal)
        for key in families.keys:
            shared.update(self._index.get(key, ()))
        for token in normal.tokens:
            if not token.is_known:
                shared.update(self._acronyms.get(token.form, ()))
        order = nsmallest(
            MOST_CANDIDATES, shared, key=lambda p: (-shared[p] / (len(self._names[p].normal.keys) or 1), p)
        )
        candidates = [
            score_candidate(normal, self._names[place])
            for rank, place in enumerate(order)
            if self._names[place].definition.id not in without
            and is_in_scope(self._names[place].definition, query.regency, query.year)
            and (rank < ALWAYS_COMPARED or may_be_same(families, self._families[place]))
        ]
        words = text_vocabulary(query.objective.lower()) if query.objective else NO_WORDS
        return sorted(nearest_per_definition(candidates), key=lambda c: c.sort_key(words, query.regency))


def nearest_per_definition(candidates: Iterable[ScoredCandidate]) -> Iterable[ScoredCandidate]:
    """Return of each definition the name that is nearest, the first of equals."""
    best: dict[str, ScoredCandidate] = {}
    for candidate in candidates:
        nearest = best.get(candidate.indexed_name.definition.id)
        if nearest is None or candidate.nearness > nearest.nearness:
            best[candidate.indexed_name.definition.id] = candidate
    return best.values()


def decide_match(ranked: list[ScoredCandidate]) -> tuple[Match, ScoredCandidate | None]:
    """Return what the ranked comparisons decide, and the one that decides it."""
    if not ranked:
        return Match("cluster", None, 0.0), None
    best = ranked[0]
    decision = best.comparison.decision
    if decision == "same" and any(is_tied(best, other) for other in ranked[1:2]):
        decision = "review"
    if decision == "same":
        return Match("definition", best.indexed_name.definition.id, best.probability), best
    return Match("review" if decision == "review" else "cluster", None, best.probability), best


def is_tied(best: ScoredCandidate, other: ScoredCandidate) -> bool:
    """Return whether a guess fits a second definition of the same scope just as well."""
    is_guess = any(d.kind == "guessed" for d in best.comparison.differences)
    same_scope = best.indexed_name.definition.scope == other.indexed_name.definition.scope
    is_as_near = other.comparison.decision == "same" and other.comparison.cost == best.comparison.cost
    return is_guess and same_scope and is_as_near


def needs_review(name: str, other_name: str, kecamatan: str | None = None) -> bool:
    """Return whether two names are so near that only a person can say whether they are one."""
    left, right = normalise_text(name, kecamatan), normalise_text(other_name, kecamatan)
    return compare_levels(left, right).decision == "review"


def explain_link(ranked: list[ScoredCandidate], normal: NormalForm, query: NameQuery) -> Link:
    """Return the link that the ranked comparisons make, with its reasons."""
    match, decisive = decide_match(ranked)
    if decisive is None:
        return Link(*match, format_reason(_no_candidate_reason(normal)))
    others = ranked[1:] if match.kind == "definition" else ranked
    runners_up = tuple(
        explain_runner_up(candidate, ranked[0], query)
        for candidate in others[:MOST_RUNNERS_UP]
        if candidate.comparison.likeness >= RUNNER_UP_FROM
    )
    comparison, name = decisive.comparison, decisive.indexed_name.name
    phrases = {"definition": "alike" if comparison.differences else "same", "review": "doubtful"}
    reason = format_reason(
        phrases.get(match.kind, "other"), name=name, difference=describe_differences(comparison)
    )
    return Link(*match, reason, runners_up)


def _no_candidate_reason(normal: NormalForm) -> str:
    """Return why a name is like no definition at all, as a key of the reasons."""
    if not normal.text.strip():
        return "empty"
    return "nothing-shared" if normal.tokens or normal.measures else "no-words"


def explain_runner_up(candidate: ScoredCandidate, best: ScoredCandidate, query: NameQuery) -> Candidate:
    """Return a candidate with the reason why it was not taken."""
    definition, winner = candidate.indexed_name.definition, best.indexed_name.definition
    if candidate.comparison.decision != "same":
        why = describe_differences(candidate.comparison)
    elif winner.scope.regency and winner.scope != definition.scope:
        why = format_reason("regency-first", regency=query.regency or "")
    else:
        why = format_reason("nearer", id=winner.id)
    return Candidate(definition.id, candidate.probability, why)
