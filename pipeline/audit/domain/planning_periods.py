"""Which decrees of one regency may be compared: those of one kind and one planning period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Period

PeriodRelation = Literal["same", "unknown", "other"]


class HasPeriod(Protocol):
    """Anything of a year and a period: a decree, or its entry in the catalogue."""

    @property
    def year(self) -> int | None:
        """Year of the decree."""

    @property
    def period(self) -> Period | None:
        """Planning period."""


HasPeriodT = TypeVar("HasPeriodT", bound=HasPeriod)


def period_relation(left: HasPeriod, right: HasPeriod) -> PeriodRelation:
    """Whether two decrees are of the same planning period.

    Periods that share two years, or where one holds the other, are one. A decree that names no period is of
    the period that begins with its year or the next, or that its year lies within; in a period's last year it
    may already fix the next one. Without year or period nothing is known.
    """
    if left.period and right.period:
        shared_years = min(left.period.end, right.period.end) - max(left.period.start, right.period.start) + 1
        shortest = min(left.period.end - left.period.start, right.period.end - right.period.start) + 1
        return "same" if shared_years >= min(2, shortest) else "other"
    if left.year is None or right.year is None:
        return "unknown"
    if left.period or right.period:
        period, year = (left.period, right.year) if left.period else (right.period, left.year)
        assert period is not None
        if period.start - 1 <= year < period.end:
            return "same"
        return "unknown" if year == period.end else "other"
    return "same" if left.year == right.year else "unknown"


def group_by_period(decrees: Iterable[HasPeriodT]) -> list[tuple[HasPeriodT, ...]]:
    """Groups of decrees that belong to one period, or may; an undated one is in every group it may be of."""
    decrees = list(decrees)
    groups: list[list[HasPeriodT]] = []
    for decree in decrees:
        matching_groups = [
            g for g in groups if any(period_relation(decree, member) == "same" for member in g)
        ]
        merged_group = [member for group in matching_groups for member in group] + [decree]
        groups = [g for g in groups if g not in matching_groups] + [merged_group]
    dated_groups = [g for g in groups if any(d.period or d.year for d in g)]
    result: list[tuple[HasPeriodT, ...]] = []
    for group in dated_groups or [decrees]:
        members = {id(d) for d in group}
        members_or_undated = [
            d for d in decrees if id(d) in members or all(period_relation(d, m) == "unknown" for m in group)
        ]
        if tuple(members_or_undated) not in result:
            result.append(tuple(members_or_undated))
    return result
