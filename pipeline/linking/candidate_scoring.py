"""A name against one name of a definition: their comparison, its chance, and the order of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.language.alignment.align import cached_vocabulary
from pipeline.linking.calibration import link_probability
from pipeline.linking.comparison_levels import LevelComparison, compare_levels
from pipeline.linking.reasons import format_reason
from pipeline.places import regencies

if TYPE_CHECKING:
    from pipeline.language import NormalForm
    from pipeline.linking.definitions import Definition

OBJECTIVE_BONUS = 0.001
DECISION_ORDER = ("same", "review", "different")


class IndexedName(NamedTuple):
    """One name of a definition, ready for comparing."""

    name: str
    definition: Definition
    normal: NormalForm


@dataclass(frozen=True)
class ScoredCandidate:
    """A name of a definition and how another name compares with it."""

    indexed_name: IndexedName
    comparison: LevelComparison

    @property
    def probability(self) -> float:
        """How likely it is that the definition is meant."""
        return link_probability(self.comparison.decision, self.comparison.likeness)

    @property
    def nearness(self) -> tuple[float, float]:
        """Order among the names of one definition: the least cost, then the most words shared."""
        return -self.comparison.cost, self.comparison.shared

    def sort_key(self, objective: frozenset[str], regency: str | None) -> tuple[object, ...]:
        """Sort key, best first: same, the regency's own, the latest period, likeness, id."""
        definition = self.indexed_name.definition
        decision = self.comparison.decision
        is_same = decision == "same"
        is_regency_own = definition.scope.regency is not None and holds_in_regency(definition, regency)
        bonus = (
            OBJECTIVE_BONUS * len(objective & cached_vocabulary(self.indexed_name.name.lower()))
            if objective
            else 0.0
        )
        return (
            DECISION_ORDER.index(decision),
            is_same and not is_regency_own,
            -(definition.scope.from_year or 0) if is_same and is_regency_own else 0,
            -self.comparison.likeness - bonus,
            definition.id,
        )


def score_candidate(normal: NormalForm, indexed_name: IndexedName) -> ScoredCandidate:
    """Return a name compared with one that is known."""
    return ScoredCandidate(indexed_name, compare_levels(normal, indexed_name.normal))


def holds_in_regency(definition: Definition, regency: str | None) -> bool:
    """Return whether a definition holds in a regency (None: not known)."""
    scope_regency = definition.scope.regency
    return scope_regency is None or (
        regency is not None and regencies.is_same_regency(scope_regency, regency)
    )


def is_in_scope(definition: Definition, regency: str | None, year: int | None) -> bool:
    """Return whether a definition can hold for a decree of this regency and year (None: not known)."""
    first_year = definition.scope.from_year
    return holds_in_regency(definition, regency) and (
        first_year is None or year is None or year >= first_year
    )


def describe_differences(comparison: LevelComparison) -> str:
    """Return the differences of two names in words, level by level."""
    parts = []
    for difference in sorted(comparison.differences, key=lambda d: -d.cost):
        side = "replaced" if difference.here and difference.there else "only-here"
        if not difference.here:
            side = "only-there"
        words = {"here": difference.here, "there": difference.there}
        shown = format_reason(side, word=difference.here or difference.there, **words)
        parts.append(f"{format_reason('level-' + difference.level)}: {shown}")
    return "; ".join(parts) or format_reason("other-words")
