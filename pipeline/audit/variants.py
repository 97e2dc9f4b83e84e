"""One indicator in several kecamatan: which decrees agree, and how those that do not differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

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


def listed(groups: list[list[Case]], text: Callable[[Case], str]) -> str:
    """The variants in words: ``"…" (Kecamatan A, B); "…" (Kecamatan C)``."""
    return "; ".join(
        f'"{text(group[0])}" ({", ".join(sorted({c.mention.decree.kecamatan or "?" for c in group}))})'
        for group in groups
    )
