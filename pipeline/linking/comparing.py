"""One name beside one definition: whether they are the same, and what to tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.linking import regencies
from pipeline.linking.calibration import chance
from pipeline.linking.telling import reason
from pipeline.words import align_again
from pipeline.words.agreement import agree
from pipeline.words.align import agree_again, words_in

if TYPE_CHECKING:
    from pipeline.linking.definitions import Definition
    from pipeline.words import Alignment, Normal

OBJECTIVE_BONUS = 0.001


class Known(NamedTuple):
    """One name of a definition, ready for comparing."""

    name: str
    definition: Definition
    normal: Normal


class Compared(NamedTuple):
    """A name beside one that is known."""

    known: Known
    same: bool
    score: float
    """Likeness from 0 to 1."""
    sure: bool
    exact: bool
    """Every word stands on both sides; none had to be guessed."""

    @property
    def chance(self) -> float:
        """How likely it is that the definition is meant."""
        if self.same:
            return chance("same" if self.sure else "guessed", self.score)
        return chance("other" if self.sure else "review", self.score)

    @property
    def nearness(self) -> tuple[bool, bool, float]:
        """Order among the names of one definition: the same, then the more like."""
        return self.same, self.same and self.exact, self.score

    def rank(self, objective: frozenset[str], regency: str | None) -> tuple[object, ...]:
        """Sort key, best first: same, the regency's own, the latest period, exact, likeness, id."""
        definition = self.known.definition
        own = definition.scope.regency is not None and in_regency(definition, regency)
        bonus = OBJECTIVE_BONUS * len(objective & words_in(self.known.name.lower())) if objective else 0.0
        year = definition.scope.from_year or 0
        exact = self.same and self.exact
        return (not self.same, not own, -year if own else 0, not exact, -self.score - bonus, definition.id)


def compare(normal: Normal, kecamatan: str | None, known: Known) -> Compared:
    """Compare a name with one that is known: by keys where the tables explain both, else word by word."""
    if not (normal.doubtful or known.normal.doubtful):
        return Compared(known, *agree(normal, known.normal), exact=True)
    return Compared(known, *agree_again(normal, known.normal, kecamatan, None), exact=False)


def aligned(normal: Normal, kecamatan: str | None, known: Known) -> Alignment:
    """A name word by word beside one that is known."""
    return align_again(normal, known.normal, kecamatan, None)


def in_regency(definition: Definition, regency: str | None) -> bool:
    """Whether a definition holds in a regency (None: not known)."""
    own = definition.scope.regency
    return own is None or (regency is not None and regencies.same(own, regency))


def in_scope(definition: Definition, regency: str | None, year: int | None) -> bool:
    """Whether a definition can hold for a decree of this regency and year (None: not known)."""
    first = definition.scope.from_year
    return in_regency(definition, regency) and (first is None or year is None or year >= first)


def difference(alignment: Alignment) -> str:
    """What keeps two names apart, in words."""
    parts = [reason("replaced", here=a or "—", there=b or "—") for a, b in alignment.replaced]
    parts += [reason("only-here", word=word) for word in alignment.only_left]
    parts += [reason("only-there", word=word) for word in alignment.only_right]
    return "; ".join(parts) or reason("other-words")
