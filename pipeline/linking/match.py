"""From a printed name to a definition: looked up by words, decided by alignment, told with reasons.

``Registry.match`` tells everything of one name. ``Registry.match_all`` decides the same for very many and
tells no reasons: most names that a definition covers are found by their words in one look-up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.linking.comparing import Compared, Known, aligned, compare, difference, in_scope
from pipeline.linking.telling import reason
from pipeline.words import align, normalise, same_measure, vocabulary
from pipeline.words.align import root
from pipeline.words.numbers import without_year
from pipeline.words.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.linking.definitions import Definition
    from pipeline.words import Normal

Kind = Literal["definition", "cluster", "review"]
REVIEW_FROM = 0.4
"""Likeness from which an unsure comparison goes to a human and not to a cluster."""
MOST_CANDIDATES = 24
ALWAYS_COMPARED = 4
"""The nearest names are compared in any case: why they lost is told."""
MOST_RUNNERS_UP = 3
RUNNER_UP_FROM = 0.3
MOST_NEUTRAL = 6
"""Neutral words of a name with which it is still looked up: each doubles its entries."""
NOTHING: frozenset[str] = frozenset()


class Query(NamedTuple):
    """A printed name and what is known of where it stands."""

    name: str
    kecamatan: str | None = None
    objective: str | None = None
    regency: str | None = None
    year: int | None = None


class Answer(NamedTuple):
    """What a printed name means, without the reasons."""

    kind: Kind
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

    kind: Kind
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
        self._reader = Reader(vocabulary(*(n for n, _ in names)))
        self._names = [Known(n, self.definitions[i], normalise(without_year(n))) for n, i in names]
        self._index: dict[str, list[int]] = {}
        self._by_keys: dict[frozenset[str], list[Known]] = {}
        for place, known in enumerate(self._names):
            for key in sorted(known.normal.keys):
                self._index.setdefault(key, []).append(place)
            for keys in listed(known.normal):
                self._by_keys.setdefault(keys, []).append(known)
        self._all_listed = not any(
            unlisted(known.normal) and known.definition.scope.regency for known in self._names
        )

    def match(
        self,
        name: str,
        kecamatan: str | None = None,
        objective: str | None = None,
        regency: str | None = None,
        year: int | None = None,
        *,
        without: frozenset[str] = NOTHING,
    ) -> Link:
        """The definition that ``name`` means, or none, with the reasons.

        A definition of another regency or of a later year than ``year`` does not count; the regency's own
        comes before a national one. ``objective`` only orders what is equally near. ``without`` are ids
        that a reviewer has ruled out. Never fails; a name without words means nothing.
        """
        query = Query(name, kecamatan, objective, regency, year)
        normal = self._reader.read(without_year(name), kecamatan)
        ranked = self._ranked(normal, query, without)
        first = self._looked_up(normal, query, without)
        if first:
            ranked = [first, *(c for c in ranked if c.known.definition is not first.known.definition)]
        return told(ranked, normal, query)

    def match_all(self, queries: Iterable[Query]) -> list[Answer]:
        """What each name means, in the order given: what ``match`` decides, without the reasons.

        The same query is answered once; time grows with the distinct queries.
        """
        answered: dict[Query, Answer] = {}
        out = []
        for query in queries:
            answer = answered.get(query)
            if answer is None:
                answer = answered[query] = self._answer(query)
            out.append(answer)
        return out

    def _answer(self, query: Query) -> Answer:
        normal = self._reader.understood(without_year(query.name), query.kecamatan)
        first = self._looked_up(normal, query, NOTHING)
        if first:
            return Answer("definition", first.known.definition.id, first.chance)
        return decided(self._ranked(normal, query, NOTHING))[0]

    def _looked_up(self, normal: Normal, query: Query, without: frozenset[str]) -> Compared | None:
        """The best of the names that have just the text's words, or None where only comparing can tell."""
        if normal.doubtful or not self._all_listed:
            return None
        found = [
            compare(normal, query.kecamatan, known)
            for keys in listed(normal)
            for known in self._by_keys.get(keys, ())
            if same_measure(normal.measures, known.normal.measures)
            and known.definition.id not in without
            and in_scope(known.definition, query.regency, query.year)
        ]
        if len(found) < 2:
            return found[0] if found else None
        return min(nearest(found), key=self._order(query))

    def _ranked(self, normal: Normal, query: Query, without: frozenset[str]) -> list[Compared]:
        """The nearest name of every definition that shares a word and counts here, best first."""
        shared = Counter([place for key in normal.every for place in self._index.get(key, ())])
        found: list[Compared] = []
        order = sorted(shared, key=lambda p: (-shared[p] / len(self._names[p].normal.keys), p))
        for rank, place in enumerate(order[:MOST_CANDIDATES]):
            known = self._names[place]
            target = known.definition.id
            if target in without or not in_scope(known.definition, query.regency, query.year):
                continue
            if rank >= ALWAYS_COMPARED and surely_other(normal, known.normal):
                continue
            found.append(compare(normal, query.kecamatan, known))
        return sorted(nearest(found), key=self._order(query))

    def _order(self, query: Query) -> Order:
        words = vocabulary(query.objective.lower()) if query.objective else NOTHING
        return lambda compared: compared.rank(words, query.regency)


if TYPE_CHECKING:
    from collections.abc import Callable

    Order = Callable[[Compared], tuple[object, ...]]


def nearest(found: Iterable[Compared]) -> Iterable[Compared]:
    """Of each definition the name that is nearest, the first of equals."""
    best: dict[str, Compared] = {}
    for compared in found:
        kept = best.get(compared.known.definition.id)
        if kept is None or compared.nearness > kept.nearness:
            best[compared.known.definition.id] = compared
    return best.values()


def unlisted(normal: Normal) -> bool:
    """Whether a name cannot be found by its words alone: some may be misread, or say nothing."""
    return normal.doubtful or len(normal.every) - len(normal.keys) > MOST_NEUTRAL


def listed(normal: Normal) -> Iterator[frozenset[str]]:
    """The words by which a name is looked up: its content words, with and without each neutral one.

    Two names of known words are the same just where one of these is the same for both (and the measures
    agree): every content word of one is a word of the other then, and the other way round.
    """
    keys = normal.keys
    if unlisted(normal) or not keys:
        return
    yield keys
    if len(normal.every) == len(keys):
        return
    neutral = sorted(normal.every - keys)
    for size in range(1, len(neutral) + 1):
        for some in combinations(neutral, size):
            yield keys.union(some)


def surely_other(one: Normal, other: Normal) -> bool:
    """Whether two names cannot be the same, before their words are aligned, which takes long.

    Beside a name of known words only, a known word has its like there, or another form of its root.
    """
    if one.doubtful == other.doubtful:
        return one.doubtful and not same_measure(one.measures, other.measures)
    if not same_measure(one.measures, other.measures):
        return True
    doubtful, known = (one, other) if one.doubtful else (other, one)
    alone = [token for token in doubtful.content if token.known and token.key not in known.every]
    return bool(alone) and not {root(token) for token in alone} <= {root(token) for token in known.tokens}


def decided(ranked: list[Compared]) -> tuple[Answer, Compared | None]:
    """What the ranked comparisons decide, and the one that decides it."""
    if not ranked:
        return Answer("cluster", None, 0.0), None
    first = ranked[0]
    if first.same:
        return Answer("definition", first.known.definition.id, first.chance), first
    unsure = next((c for c in ranked if not c.sure and c.score >= REVIEW_FROM), None)
    if unsure:
        return Answer("review", None, unsure.chance), unsure
    return Answer("cluster", None, first.chance), first


def for_a_person(name: str, other: str, kecamatan: str | None = None) -> bool:
    """Whether two names are so near that only a person can say whether they are one."""
    found = align(name, other, kecamatan)
    return not found.same and not found.sure and found.score >= REVIEW_FROM


def told(ranked: list[Compared], normal: Normal, query: Query) -> Link:
    """The link that the ranked comparisons make, with its reasons."""
    answer, by = decided(ranked)
    rest = ranked[1:] if answer.kind == "definition" else ranked
    others = tuple(lost(c, ranked[0], normal, query) for c in rest[:MOST_RUNNERS_UP] if near(c))
    if by is None:
        return Link(*answer, reason(_nothing(normal)))
    name = by.known.name
    if answer.kind == "definition":
        return Link(*answer, reason("same" if by.sure else "repaired", name=name), others)
    if answer.kind == "review":
        return Link(*answer, reason("doubtful", name=name), others)
    apart = difference(aligned(normal, query.kecamatan, by.known))
    return Link(*answer, reason("other", name=name, difference=apart), others)


def _nothing(normal: Normal) -> str:
    """Why a name is like no definition at all, as a key of the reasons."""
    if not normal.text.strip():
        return "empty"
    return "nothing-shared" if normal.tokens or normal.measures else "no-words"


def near(compared: Compared) -> bool:
    """Whether a lost candidate is worth telling."""
    return compared.score >= RUNNER_UP_FROM


def lost(compared: Compared, first: Compared, normal: Normal, query: Query) -> Candidate:
    """A candidate with the reason why it was not taken."""
    definition, winner = compared.known.definition, first.known.definition
    if not compared.same:
        why = difference(aligned(normal, query.kecamatan, compared.known))
    elif winner.scope.regency and winner.scope != definition.scope:
        why = reason("regency-first", regency=query.regency or "")
    else:
        why = reason("nearer", id=winner.id)
    return Candidate(definition.id, compared.chance, why)
