"""Which decrees of one regency may be compared: those of one kind and one plan."""

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
    """Return whether two decrees are of the same plan.

    Printed periods are of one plan where they begin or end with the same year (an amendment, or what is left
    of a period), or where one is a year of the other: RPJMD 2025-2029 and RPD 2024-2026 are two plans though
    their years overlap. A decree without a period is of the plan that begins with its year or the next, or
    that its year lies within; in a plan's last year it may already set up the next one. Without year or
    period nothing is known.
    """
    if left.period and right.period:
        return "same" if _share_plan(left.period, right.period) else "other"
    if left.year is None or right.year is None:
        return "unknown"
    if left.period or right.period:
        period, year = (left.period, right.year) if left.period else (right.period, left.year)
        assert period is not None
        if period.start - 1 <= year < period.end:
            return "same"
        return "unknown" if year == period.end else "other"
    return "same" if left.year == right.year else "unknown"


def _share_plan(left: Period, right: Period) -> bool:
    if left.start == right.start or left.end == right.end:
        return True
    return any(
        short.start == short.end and wide.start <= short.start <= wide.end
        for short, wide in ((left, right), (right, left))
    )


def group_by_period(decrees: Iterable[HasPeriodT]) -> list[tuple[HasPeriodT, ...]]:
    """Return groups of decrees of one plan; one that may be of several plans is in each of their groups."""
    decrees = list(decrees)
    groups = _merge_related([d for d in decrees if d.period])
    without_plan = [
        d
        for d in decrees
        if not d.period and d.year and not any(period_relation(d, m) == "same" for g in groups for m in g)
    ]
    groups += _merge_related(without_plan)
    result: list[tuple[HasPeriodT, ...]] = []
    for group in groups or [decrees]:
        member_ids = {id(d) for d in group}
        members = tuple(
            d
            for d in decrees
            if id(d) in member_ids
            or (not d.period and any(period_relation(d, m) == "same" for m in group))
            or all(period_relation(d, m) == "unknown" for m in group)
        )
        if members not in result:
            result.append(members)
    return result


def _merge_related(decrees: list[HasPeriodT]) -> list[list[HasPeriodT]]:
    """Return the decrees in groups; two of one plan are in one group, whatever their order."""
    groups: list[list[HasPeriodT]] = []
    for decree in decrees:
        related = [g for g in groups if any(period_relation(decree, member) == "same" for member in g)]
        merged = [member for group in related for member in group] + [decree]
        groups = [g for g in groups if g not in related] + [merged]
    return groups
