"""From a printed name to a definition: looked up by words, decided by alignment, told with reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.linking.telling import reason
from pipeline.words import Alignment, align_again, normalise, same_measure, vocabulary
from pipeline.words.align import root, settled, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.linking.definitions import Definition
    from pipeline.words import Normal

REVIEW_FROM = 0.4
"""Likeness from which an unsure comparison goes to a human and not to a cluster."""
MOST_CANDIDATES = 24
ALWAYS_COMPARED = 4
"""The nearest names are compared in any case: why they lost is told."""
MOST_RUNNERS_UP = 3
RUNNER_UP_FROM = 0.3
OBJECTIVE_BONUS = 0.001


@dataclass(frozen=True)
class Candidate:
    """A definition that a name was compared with."""

    target: str
    """Id of the definition."""
    score: float
    """Likeness from 0 to 1."""
    reason: str
    """Why it lost, in words (Indonesian)."""


@dataclass(frozen=True)
class Link:
    """What a printed name means."""

    kind: Literal["definition", "cluster", "review"]
    """``definition``: that one; ``cluster``: none of them; ``review``: a human must say."""
    target: str | None
    """Id of the definition or cluster; None in review, and where no cluster is given yet."""
    score: float
    """Likeness from 0 to 1 of the target, or of the nearest definition."""
    reason: str
    """Why, in words (Indonesian)."""
    runners_up: tuple[Candidate, ...] = ()
    """The nearest others, best first."""


@dataclass(frozen=True)
class Compared:
    """One definition compared with a name by that of its names which is nearest."""

    definition: Definition
    name: str
    alignment: Alignment

    @property
    def nearness(self) -> tuple[bool, float]:
        """Order among the names of one definition: the same, then the more like."""
        return self.alignment.same, self.alignment.score

    def rank(self, objective: frozenset[str], regency: str | None) -> tuple[bool, bool, int, float, str]:
        """Sort key, best first: same, the regency's own, the latest period, likeness, id."""
        own = self.definition.scope.regency is not None and self.definition.scope.regency == regency
        bonus = OBJECTIVE_BONUS * len(objective & words_in(self.name.lower())) if objective else 0.0
        score = self.alignment.score + bonus
        year = self.definition.scope.from_year or 0
        return (not self.alignment.same, not own, -year if own else 0, -score, self.definition.id)


class Registry:
    """Definitions ready for look-up. Immutable once made; ``match`` is a pure function of its arguments."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.definitions = {d.id: d for d in sorted(definitions, key=lambda d: d.id)}
        names = sorted((n, d.id) for d in self.definitions.values() for n in d.names)
        self._words = vocabulary(*(n for n, _ in names))
        self._names: list[tuple[str, str, Normal]] = [(n, i, normalise(n)) for n, i in names]
        self._index: dict[str, list[int]] = {}
        for place, (_, _, normal) in enumerate(self._names):
            for key in sorted(normal.keys):
                self._index.setdefault(key, []).append(place)

    def match(
        self,
        name: str,
        kecamatan: str | None = None,
        objective: str | None = None,
        regency: str | None = None,
        year: int | None = None,
        *,
        without: frozenset[str] = frozenset(),
    ) -> Link:
        """The definition that ``name`` means, or none.

        A definition of another regency or of a later year than ``year`` does not count; the regency's own
        comes before a national one. ``objective`` only orders what is equally near. ``without`` are ids
        that a reviewer has ruled out. Never fails; a name without words means nothing.
        """
        normal = normalise(name, kecamatan, self._words)
        compared = [
            c
            for c in self._compare(normal, kecamatan)
            if c.definition.id not in without and in_scope(c.definition, regency, year)
        ]
        words = vocabulary(objective.lower()) if objective else frozenset()
        ranked = sorted(compared, key=lambda c: c.rank(words, regency))
        return decided(ranked, regency)

    def _compare(self, normal: Normal, kecamatan: str | None) -> list[Compared]:
        """The nearest name of every definition that shares a word, compared with the text."""
        shared = Counter(
            place for key in {t.key for t in normal.tokens} for place in self._index.get(key, ())
        )
        best: dict[str, Compared] = {}
        order = sorted(shared, key=lambda p: (-self._overlap(shared[p], p), p))
        for rank, place in enumerate(order[:MOST_CANDIDATES]):
            name, target, other = self._names[place]
            if rank >= ALWAYS_COMPARED and surely_other(normal, other):
                continue
            found = Compared(self.definitions[target], name, align_again(normal, other, kecamatan, None))
            kept = best.get(target)
            if kept is None or found.nearness > kept.nearness:
                best[target] = found
        return list(best.values())

    def _overlap(self, shared: int, place: int) -> float:
        """Share of a name's words that the text has: a cheap bound for the order of comparing."""
        return shared / max(1, len(self._names[place][2].keys))


def surely_other(one: Normal, other: Normal) -> bool:
    """Whether two names certainly mean other things: cheap, before their words are aligned.

    Where the tables explain every word, each must stand on the other side, or another form of its root.
    """
    if not same_measure(one.measures, other.measures):
        return True
    if one.keys == other.keys or not (settled(one.text) and settled(other.text)):
        return False
    if one.doubtful or other.doubtful:
        return False
    here = sorted(root(token) for token in one.content if token.key not in other.keys)
    there = sorted(root(token) for token in other.content if token.key not in one.keys)
    return here != there


def in_scope(definition: Definition, regency: str | None, year: int | None) -> bool:
    """Whether a definition can hold for a decree of this regency and year (None: not known)."""
    scope = definition.scope
    here = scope.regency is None or (regency is not None and scope.regency.casefold() == regency.casefold())
    then = scope.from_year is None or year is None or year >= scope.from_year
    return here and then


def decided(ranked: list[Compared], regency: str | None) -> Link:
    """The link that the ranked comparisons make."""
    if not ranked:
        return Link("cluster", None, 0.0, reason("nothing-shared"))
    first, rest = ranked[0], ranked[1:]
    score = first.alignment.score
    if first.alignment.same:
        others = tuple(lost(c, first, regency) for c in rest[:MOST_RUNNERS_UP] if near(c))
        return Link("definition", first.definition.id, score, won(first), others)
    others = tuple(lost(c, first, regency) for c in ranked[:MOST_RUNNERS_UP] if near(c))
    unsure = next((c for c in ranked if not c.alignment.sure and c.alignment.score >= REVIEW_FROM), None)
    if unsure:
        told = reason("doubtful", name=unsure.name)
        return Link("review", None, unsure.alignment.score, told, others)
    told = reason("other", name=first.name, difference=difference(first.alignment))
    return Link("cluster", None, score, told, others)


def near(compared: Compared) -> bool:
    """Whether a lost candidate is worth telling."""
    return compared.alignment.score >= RUNNER_UP_FROM


def won(first: Compared) -> str:
    """Why a definition was taken."""
    return reason("same" if first.alignment.sure else "repaired", name=first.name)


def lost(compared: Compared, first: Compared, regency: str | None) -> Candidate:
    """A candidate with the reason why it was not taken."""
    if not compared.alignment.same:
        told = difference(compared.alignment)
    elif first.definition.scope.regency and first.definition.scope != compared.definition.scope:
        told = reason("regency-first", regency=regency or "")
    else:
        told = reason("nearer", id=first.definition.id)
    return Candidate(compared.definition.id, compared.alignment.score, told)


def difference(alignment: Alignment) -> str:
    """What keeps two names apart, in words."""
    parts = [reason("replaced", here=a or "—", there=b or "—") for a, b in alignment.replaced]
    parts += [reason("only-here", word=word) for word in alignment.only_left]
    parts += [reason("only-there", word=word) for word in alignment.only_right]
    return "; ".join(parts) or reason("other-words")
