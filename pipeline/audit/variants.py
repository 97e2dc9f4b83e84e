"""One indicator in several kecamatan: which decrees agree, and how those that do not differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipeline.audit.context import Hit, spot
from pipeline.audit.periods import comparable, relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.audit.context import Case, Context


Item = TypeVar("Item")


@dataclass(frozen=True)
class Shared:
    """One indicator as several kecamatan of one regency and period have it."""

    regency: str
    cases: tuple[Case, ...]


def shared(context: Context) -> Iterator[Shared]:
    """Indicators that two or more kecamatan of one regency share within a period, sorted."""
    groups: dict[tuple[str, str, str], list[Case]] = {}
    for case in context.cases:
        decree = case.mention.decree
        if case.target and decree.regency and decree.kecamatan:
            groups.setdefault((decree.regency, decree.kind, case.target), []).append(case)
    for (regency, _, _), cases in sorted(groups.items(), key=lambda item: item[0]):
        decrees = list({id(c.mention.decree): c.mention.decree for c in cases}.values())
        for members in comparable(decrees):
            inside = {id(d) for d in members}
            chosen = tuple(c for c in cases if id(c.mention.decree) in inside)
            if len({c.mention.decree.kecamatan for c in chosen}) > 1:
                yield Shared(regency, chosen)


def variants(items: tuple[Item, ...], same: Callable[[Item, Item], bool]) -> list[list[Item]]:
    """The items in groups that agree; each group is known by its first."""
    groups: list[list[Item]] = []
    for item in items:
        home = next((group for group in groups if same(group[0], item)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return groups


def certain(groups: list[list[Case]]) -> bool:
    """Whether two decrees that are surely of one period, and of two kecamatan, disagree."""
    return any(
        relation(a.mention.decree, b.mention.decree) == "same"
        and a.mention.decree.kecamatan != b.mention.decree.kecamatan
        for index, group in enumerate(groups)
        for other in groups[index + 1 :]
        for a in group
        for b in other
    )


def across(groups: list[list[Case]]) -> bool:
    """Whether the disagreement is between kecamatan, and not only within one decree."""
    return len(groups) > 1 and len({c.mention.decree.kecamatan for group in groups for c in group}) > 1


def variant_hit(
    one: Shared,
    groups: list[list[Case]],
    field: str,
    told: Callable[[Case], str],
    stated: Callable[[Case], str],
    printed: Callable[[Case], str],
    doubtful: Callable[[Case], bool] = lambda case: False,
) -> Hit:
    """One indicator that decrees state in several ways; the place is the variant that stands out.

    ``told`` is what the message says of a case, ``stated`` what stands side by side, ``printed`` the quote;
    what is ``doubtful`` by itself stands out first.
    """
    odd = min(groups, key=lambda group: (not any(map(doubtful, group)), *_standing(group)))
    spots = tuple(
        spot(c, field, printed(c)) for group in [odd, *(g for g in groups if g is not odd)] for c in group
    )
    first = groups[0][0]
    values = {
        "name": first.mention.name,
        "regency": one.regency,
        "count": str(len(groups)),
        "variants": listed(groups, told),
        "proposal": first.proposal(),
    }
    sides = tuple((stated(group[0]), tuple(c.mention.decree for c in group)) for group in groups)
    return Hit(spots, values, first.level, "certain" if certain(groups) else "undated", sides)


def _standing(group: list[Case]) -> tuple[bool, int]:
    """How well a variant stands: one that is the definition's stands best, else the most common one."""
    right = any(c.verdict is not None and c.verdict.verdict == "equivalent" for c in group)
    return right, len(group)


def listed(groups: list[list[Case]], text: Callable[[Case], str]) -> str:
    """The variants in words: ``"…" (Kecamatan A, B); "…" (Kecamatan C)``."""
    return "; ".join(
        f'"{text(group[0])}" ({", ".join(sorted({c.mention.decree.kecamatan or "?" for c in group}))})'
        for group in groups
    )
