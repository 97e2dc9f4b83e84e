"""Which decrees of one regency may be compared: those of one kind and one planning period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.record import Period

Relation = Literal["same", "unknown", "other"]


class Dated(Protocol):
    """Anything of a year and a period: a decree, or its entry in the catalogue."""

    @property
    def year(self) -> int | None:
        """Year of the decree."""

    @property
    def period(self) -> Period | None:
        """Planning period."""


DatedT = TypeVar("DatedT", bound=Dated)


def relation(left: Dated, right: Dated) -> Relation:
    """Whether two decrees are of the same planning period.

    Periods that share two years, or where one holds the other, are one. A decree that names no period is of
    the period that begins with its year or the next, or that its year lies within; in a period's last year it
    may already fix the next one. Without year or period nothing is known.
    """
    if left.period and right.period:
        shared = min(left.period.end, right.period.end) - max(left.period.start, right.period.start) + 1
        shortest = min(left.period.end - left.period.start, right.period.end - right.period.start) + 1
        return "same" if shared >= min(2, shortest) else "other"
    if left.year is None or right.year is None:
        return "unknown"
    if left.period or right.period:
        period, year = (left.period, right.year) if left.period else (right.period, left.year)
        assert period is not None
        if period.start - 1 <= year < period.end:
            return "same"
        return "unknown" if year == period.end else "other"
    return "same" if left.year == right.year else "unknown"


def comparable(decrees: Iterable[DatedT]) -> list[tuple[DatedT, ...]]:
    """Groups of decrees that belong to one period, or may; an undated one is in every group it may be of."""
    decrees = list(decrees)
    groups: list[list[DatedT]] = []
    for decree in decrees:
        fitting = [g for g in groups if any(relation(decree, member) == "same" for member in g)]
        joined = [member for group in fitting for member in group] + [decree]
        groups = [g for g in groups if g not in fitting] + [joined]
    dated = [g for g in groups if any(d.period or d.year for d in g)]
    made: list[tuple[DatedT, ...]] = []
    for group in dated or [decrees]:
        members = {id(d) for d in group}
        fits = [d for d in decrees if id(d) in members or all(relation(d, m) == "unknown" for m in group)]
        if tuple(fits) not in made:
            made.append(tuple(fits))
    return made
