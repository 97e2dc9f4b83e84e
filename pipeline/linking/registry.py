"""From a printed name to a definition: looked up by words, decided by alignment, told with reasons.

``Registry.match`` tells everything of one name. ``Registry.match_all`` decides the same for very many and
tells no reasons: most names that a definition covers are found by their words in one look-up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.language import align_names, measures_agree, normalise_text, text_vocabulary
from pipeline.language.alignment.align import token_root
from pipeline.language.normaliser import NameNormaliser
from pipeline.language.steps.ordinals import strip_year
from pipeline.linking.candidate_scoring import (
    IndexedName,
    ScoredCandidate,
    align_with_indexed,
    describe_difference,
    is_in_scope,
    score_candidate,
)
from pipeline.linking.reasons import format_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.language import NormalForm
    from pipeline.linking.definitions import Definition

LinkKind = Literal["definition", "cluster", "review"]
REVIEW_FROM = 0.4
"""Likeness from which an unsure comparison goes to a human and not to a cluster."""
MOST_CANDIDATES = 24
ALWAYS_COMPARED = 4
"""The nearest names are compared in any case: why they lost is told."""
MOST_RUNNERS_UP = 3
RUNNER_UP_FROM = 0.3
MOST_NEUTRAL = 6
"""Neutral words of a name with which it is still looked up: each doubles its entries."""
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
    """Why, in words (Indonesian)."""
    runners_up: tuple[Candidate, ...] = ()
    """The nearest others, best first."""


class Registry:
    """Definitions ready for look-up. ``match`` and ``match_all`` are pure functions of their arguments."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.definitions = {d.id: d for d in sorted(definitions, key=lambda d: d.id)}
        names = sorted((n, d.id) for d in self.definitions.values() for n in d.names)
        self._reader = NameNormaliser(text_vocabulary(*(n for n, _ in names)))
        self._names = [IndexedName(n, self.definitions[i], normalise_text(strip_year(n))) for n, i in names]
        self._index: dict[str, list[int]] = {}
        self._by_keys: dict[frozenset[str], list[IndexedName]] = {}
        for place, indexed in enumerate(self._names):
            for key in sorted(indexed.normal.keys):
                self._index.setdefault(key, []).append(place)
            for keys in lookup_keys(indexed.normal):
                self._by_keys.setdefault(keys, []).append(indexed)
        self._all_listed = not any(
            needs_comparison(indexed.normal) and indexed.definition.scope.regency for indexed in self._names
        )

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
        """The definition that ``name`` means, or none, with the reasons.

        A definition of another regency or of a later year than ``year`` does not count; the regency's own
        comes before a national one. ``objective`` only orders what is equally near. ``without`` are ids
        that a reviewer has ruled out. Never fails; a name without words means nothing.
        """
        query = NameQuery(name, kecamatan, objective, regency, year)
        normal = self._reader.normalise_exactly(strip_year(name), kecamatan)
        ranked = self._rank_candidates(normal, query, without)
        exact = self._find_by_keys(normal, query, without)
        if exact:
            ranked = [
                exact,
                *(c for c in ranked if c.indexed_name.definition is not exact.indexed_name.definition),
            ]
        return explain_link(ranked, normal, query)

    def match_all(self, queries: Iterable[NameQuery]) -> list[Match]:
        """What each name means, in the order given: what ``match`` decides, without the reasons.

        The same query is answered once; time grows with the distinct queries.
        """
        matches: dict[NameQuery, Match] = {}
        results = []
        for query in queries:
            match = matches.get(query)
            if match is None:
                match = matches[query] = self._match_query(query)
            results.append(match)
        return results

    def _match_query(self, query: NameQuery) -> Match:
        normal = self._reader.normalise_shared(strip_year(query.name), query.kecamatan)
        exact = self._find_by_keys(normal, query, NO_WORDS)
        if exact:
            return Match("definition", exact.indexed_name.definition.id, exact.probability)
        return decide_match(self._rank_candidates(normal, query, NO_WORDS))[0]

    def _find_by_keys(
        self, normal: NormalForm, query: NameQuery, without: frozenset[str]
    ) -> ScoredCandidate | None:
        """The best of the names that have just the text's words, or None where only comparing can tell."""
        if normal.has_unknown_words or not self._all_listed:
            return None
        candidates = [
            score_candidate(normal, query.kecamatan, indexed)
            for keys in lookup_keys(normal)
            for indexed in self._by_keys.get(keys, ())
            if measures_agree(normal.measures, indexed.normal.measures)
            and indexed.definition.id not in without
            and is_in_scope(indexed.definition, query.regency, query.year)
        ]
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        return min(nearest_per_definition(candidates), key=self._sort_order(query))

    def _rank_candidates(
        self, normal: NormalForm, query: NameQuery, without: frozenset[str]
    ) -> list[ScoredCandidate]:
        """The nearest name of every definition that shares a word and counts here, best first."""
        shared_counts = Counter([place for key in normal.all_keys for place in self._index.get(key, ())])
        candidates: list[ScoredCandidate] = []
        order = sorted(shared_counts, key=lambda p: (-shared_counts[p] / len(self._names[p].normal.keys), p))
        for rank, place in enumerate(order[:MOST_CANDIDATES]):
            indexed = self._names[place]
            target = indexed.definition.id
            if target in without or not is_in_scope(indexed.definition, query.regency, query.year):
                continue
            if rank >= ALWAYS_COMPARED and is_surely_different(normal, indexed.normal):
                continue
            candidates.append(score_candidate(normal, query.kecamatan, indexed))
        return sorted(nearest_per_definition(candidates), key=self._sort_order(query))

    def _sort_order(self, query: NameQuery) -> CandidateOrder:
        words = text_vocabulary(query.objective.lower()) if query.objective else NO_WORDS
        return lambda compared: compared.sort_key(words, query.regency)


if TYPE_CHECKING:
    from collections.abc import Callable

    CandidateOrder = Callable[[ScoredCandidate], tuple[object, ...]]


def nearest_per_definition(candidates: Iterable[ScoredCandidate]) -> Iterable[ScoredCandidate]:
    """Of each definition the name that is nearest, the first of equals."""
    best: dict[str, ScoredCandidate] = {}
    for compared in candidates:
        nearest_name = best.get(compared.indexed_name.definition.id)
        if nearest_name is None or compared.nearness > nearest_name.nearness:
            best[compared.indexed_name.definition.id] = compared
    return best.values()


def needs_comparison(normal: NormalForm) -> bool:
    """Whether a name cannot be found by its words alone: some may be misread, or say nothing."""
    return normal.has_unknown_words or len(normal.all_keys) - len(normal.keys) > MOST_NEUTRAL


def lookup_keys(normal: NormalForm) -> Iterator[frozenset[str]]:
    """The words by which a name is looked up: its content words, with and without each neutral one.

    Two names of known words are the same just where one of these is the same for both (and the measures
    agree): every content word of one is a word of the other then, and the other way round.
    """
    keys = normal.keys
    if needs_comparison(normal) or not keys:
        return
    yield keys
    if len(normal.all_keys) == len(keys):
        return
    neutral = sorted(normal.all_keys - keys)
    for size in range(1, len(neutral) + 1):
        for added_keys in combinations(neutral, size):
            yield keys.union(added_keys)


def is_surely_different(left: NormalForm, right: NormalForm) -> bool:
    """Whether two names cannot be the same, before their words are aligned, which takes long.

    Beside a name of known words only, a known word has its like there, or another form of its root.
    """
    if left.has_unknown_words == right.has_unknown_words:
        return left.has_unknown_words and not measures_agree(left.measures, right.measures)
    if not measures_agree(left.measures, right.measures):
        return True
    doubtful, reference = (left, right) if left.has_unknown_words else (right, left)
    alone = [token for token in doubtful.content if token.is_known and token.key not in reference.all_keys]
    return bool(alone) and not {token_root(token) for token in alone} <= {
        token_root(token) for token in reference.tokens
    }


def decide_match(ranked: list[ScoredCandidate]) -> tuple[Match, ScoredCandidate | None]:
    """What the ranked comparisons decide, and the one that decides it."""
    if not ranked:
        return Match("cluster", None, 0.0), None
    best = ranked[0]
    if best.same:
        return Match("definition", best.indexed_name.definition.id, best.probability), best
    unsure = next((c for c in ranked if not c.sure and c.score >= REVIEW_FROM), None)
    if unsure:
        return Match("review", None, unsure.probability), unsure
    return Match("cluster", None, best.probability), best


def needs_review(name: str, other_name: str, kecamatan: str | None = None) -> bool:
    """Whether two names are so near that only a person can say whether they are one."""
    alignment = align_names(name, other_name, kecamatan)
    return not alignment.same and not alignment.sure and alignment.score >= REVIEW_FROM


def explain_link(ranked: list[ScoredCandidate], normal: NormalForm, query: NameQuery) -> Link:
    """The link that the ranked comparisons make, with its reasons."""
    match, decisive = decide_match(ranked)
    rest = ranked[1:] if match.kind == "definition" else ranked
    runners_up = tuple(
        explain_runner_up(c, ranked[0], normal, query)
        for c in rest[:MOST_RUNNERS_UP]
        if is_worth_reporting(c)
    )
    if decisive is None:
        return Link(*match, format_reason(_no_candidate_reason(normal)))
    name = decisive.indexed_name.name
    if match.kind == "definition":
        return Link(*match, format_reason("same" if decisive.sure else "repaired", name=name), runners_up)
    if match.kind == "review":
        return Link(*match, format_reason("doubtful", name=name), runners_up)
    differences = describe_difference(align_with_indexed(normal, query.kecamatan, decisive.indexed_name))
    return Link(*match, format_reason("other", name=name, difference=differences), runners_up)


def _no_candidate_reason(normal: NormalForm) -> str:
    """Why a name is like no definition at all, as a key of the reasons."""
    if not normal.text.strip():
        return "empty"
    return "nothing-shared" if normal.tokens or normal.measures else "no-words"


def is_worth_reporting(compared: ScoredCandidate) -> bool:
    """Whether a lost candidate is worth telling."""
    return compared.score >= RUNNER_UP_FROM


def explain_runner_up(
    compared: ScoredCandidate, best: ScoredCandidate, normal: NormalForm, query: NameQuery
) -> Candidate:
    """A candidate with the reason why it was not taken."""
    definition, winner = compared.indexed_name.definition, best.indexed_name.definition
    if not compared.same:
        why = describe_difference(align_with_indexed(normal, query.kecamatan, compared.indexed_name))
    elif winner.scope.regency and winner.scope != definition.scope:
        why = format_reason("regency-first", regency=query.regency or "")
    else:
        why = format_reason("nearer", id=winner.id)
    return Candidate(definition.id, compared.probability, why)
