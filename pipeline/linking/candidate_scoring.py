"""One name beside one definition: whether they are the same, and what to tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.language import align_in_context
from pipeline.language.alignment.align import agree_in_context, cached_vocabulary
from pipeline.language.alignment.key_agreement import agree_by_keys
from pipeline.linking.calibration import link_probability
from pipeline.linking.reasons import format_reason
from pipeline.places import regencies

if TYPE_CHECKING:
    from pipeline.language import Alignment, NormalForm
    from pipeline.linking.definitions import Definition

OBJECTIVE_BONUS = 0.001


class IndexedName(NamedTuple):
    """One name of a definition, ready for comparing."""

    name: str
    definition: Definition
    normal: NormalForm


class ScoredCandidate(NamedTuple):
    """A name beside one that is known."""

    indexed_name: IndexedName
    same: bool
    score: float
    """Likeness from 0 to 1."""
    sure: bool
    exact: bool
    """Every word stands on both sides; none had to be guessed."""

    @property
    def probability(self) -> float:
        """How likely it is that the definition is meant."""
        if self.same:
            return link_probability("same" if self.sure else "guessed", self.score)
        return link_probability("other" if self.sure else "review", self.score)

    @property
    def nearness(self) -> tuple[bool, bool, float]:
        """Order among the names of one definition: the same, then the more like."""
        return self.same, self.same and self.exact, self.score

    def sort_key(self, objective: frozenset[str], regency: str | None) -> tuple[object, ...]:
        """Sort key, best first: same, the regency's own, the latest period, exact, likeness, id."""
        definition = self.indexed_name.definition
        is_regency_own = definition.scope.regency is not None and holds_in_regency(definition, regency)
        bonus = (
            OBJECTIVE_BONUS * len(objective & cached_vocabulary(self.indexed_name.name.lower()))
            if objective
            else 0.0
        )
        year = definition.scope.from_year or 0
        exact = self.same and self.exact
        return (
            not self.same,
            not is_regency_own,
            -year if is_regency_own else 0,
            not exact,
            -self.score - bonus,
            definition.id,
        )


def score_candidate(normal: NormalForm, kecamatan: str | None, indexed_name: IndexedName) -> ScoredCandidate:
    """Compare a name with one that is known: by keys where the tables explain both, else word by word."""
    if not (normal.has_unknown_words or indexed_name.normal.has_unknown_words):
        return ScoredCandidate(indexed_name, *agree_by_keys(normal, indexed_name.normal), exact=True)
    return ScoredCandidate(
        indexed_name, *agree_in_context(normal, indexed_name.normal, kecamatan, None), exact=False
    )


def align_with_indexed(normal: NormalForm, kecamatan: str | None, indexed_name: IndexedName) -> Alignment:
    """A name word by word beside one that is known."""
    return align_in_context(normal, indexed_name.normal, kecamatan, None)


def holds_in_regency(definition: Definition, regency: str | None) -> bool:
    """Whether a definition holds in a regency (None: not known)."""
    scope_regency = definition.scope.regency
    return scope_regency is None or (
        regency is not None and regencies.is_same_regency(scope_regency, regency)
    )


def is_in_scope(definition: Definition, regency: str | None, year: int | None) -> bool:
    """Whether a definition can hold for a decree of this regency and year (None: not known)."""
    first_year = definition.scope.from_year
    return holds_in_regency(definition, regency) and (
        first_year is None or year is None or year >= first_year
    )


def describe_difference(alignment: Alignment) -> str:
    """What keeps two names apart, in words."""
    parts = [format_reason("replaced", here=a or "—", there=b or "—") for a, b in alignment.replaced]
    parts += [format_reason("only-here", word=word) for word in alignment.only_left]
    parts += [format_reason("only-there", word=word) for word in alignment.only_right]
    return "; ".join(parts) or format_reason("other-words")
