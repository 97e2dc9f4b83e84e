"""One indicator in several kecamatan: which decrees agree, and how those that do not differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipeline.audit.core.audit_context import Violation, indicator_location
from pipeline.audit.domain.planning_periods import group_by_period, period_relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator


Item = TypeVar("Item")


@dataclass(frozen=True)
class SharedIndicator:
    """One indicator as several kecamatan of one regency and period have it."""

    regency: str
    cases: tuple[AuditedIndicator, ...]


def shared_indicators(context: AuditContext) -> Iterator[SharedIndicator]:
    """Indicators that two or more kecamatan of one regency share within a period, sorted."""
    groups: dict[tuple[str, str, str], list[AuditedIndicator]] = {}
    for case in context.cases:
        decree = case.mention.decree
        if case.target and decree.regency and decree.kecamatan:
            groups.setdefault((decree.regency, decree.kind or "", case.target), []).append(case)
    for (regency, _, _), cases in sorted(groups.items(), key=lambda item: item[0]):
        decrees = list({id(c.mention.decree): c.mention.decree for c in cases}.values())
        for members in group_by_period(decrees):
            member_ids = {id(d) for d in members}
            member_cases = tuple(c for c in cases if id(c.mention.decree) in member_ids)
            if len({c.mention.decree.kecamatan for c in member_cases}) > 1:
                yield SharedIndicator(regency, member_cases)


def group_variants(items: tuple[Item, ...], is_same: Callable[[Item, Item], bool]) -> list[list[Item]]:
    """The items in groups that agree; each group is known by its first."""
    groups: list[list[Item]] = []
    for item in items:
        matching_group = next((group for group in groups if is_same(group[0], item)), None)
        if matching_group is None:
            groups.append([item])
        else:
            matching_group.append(item)
    return groups


def disagree_within_period(groups: list[list[AuditedIndicator]]) -> bool:
    """Whether two decrees that are surely of one period, and of two kecamatan, disagree."""
    return any(
        period_relation(a.mention.decree, b.mention.decree) == "same"
        and a.mention.decree.kecamatan != b.mention.decree.kecamatan
        for index, group in enumerate(groups)
        for other_group in groups[index + 1 :]
        for a in group
        for b in other_group
    )


def disagree_across_kecamatan(groups: list[list[AuditedIndicator]]) -> bool:
    """Whether the disagreement is between kecamatan, and not only within one decree."""
    return len(groups) > 1 and len({c.mention.decree.kecamatan for group in groups for c in group}) > 1


def variant_violation(
    indicator: SharedIndicator,
    groups: list[list[AuditedIndicator]],
    field: str,
    message_text: Callable[[AuditedIndicator], str],
    side_text: Callable[[AuditedIndicator], str],
    quote_text: Callable[[AuditedIndicator], str],
    is_doubtful: Callable[[AuditedIndicator], bool] = lambda case: False,
) -> Violation:
    """One indicator that decrees state in several ways; the place is the variant that stands out.

    ``told`` is what the message says of a case, ``stated`` what stands side by side, ``printed`` the quote;
    what is ``doubtful`` by itself stands out first.
    """
    outlier = min(groups, key=lambda group: (not any(map(is_doubtful, group)), *rank_variant(group)))
    spots = tuple(
        indicator_location(c, field, quote_text(c))
        for group in [outlier, *(g for g in groups if g is not outlier)]
        for c in group
    )
    first_case = groups[0][0]
    values = {
        "name": first_case.mention.name,
        "regency": indicator.regency,
        "count": str(len(groups)),
        "variants": list_variants(groups, message_text),
        "proposal": first_case.definition_formula_suffix(),
    }
    sides = tuple((side_text(group[0]), tuple(c.mention.decree for c in group)) for group in groups)
    return Violation(
        spots, values, first_case.level, "certain" if disagree_within_period(groups) else "undated", sides
    )


def rank_variant(group: list[AuditedIndicator]) -> tuple[bool, int]:
    """Return a variant's rank: the definition's formula stands best, else the most common one."""
    is_canonical = any(c.verdict is not None and c.verdict.verdict == "equivalent" for c in group)
    return is_canonical, len(group)


def list_variants(groups: list[list[AuditedIndicator]], text: Callable[[AuditedIndicator], str]) -> str:
    """The variants in words: ``"…" (Kecamatan A, B); "…" (Kecamatan C)``."""
    return "; ".join(
        f'"{text(group[0])}" ({", ".join(sorted({c.mention.decree.kecamatan or "?" for c in group}))})'
        for group in groups
    )
