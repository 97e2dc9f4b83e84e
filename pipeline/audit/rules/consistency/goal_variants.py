"""K rules on goals: what agencies of one regency and plan pursue, and how they measure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation
from pipeline.audit.domain.kecamatan_variants import group_variants
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.audit.domain.text_comparison import same_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext


def goal_indicators_differ(context: AuditContext) -> Iterator[Violation]:
    """K005: agencies of one regency and plan pursue goals measured by different indicators."""
    return _differing_goals(context, "goal_indicator", _goal_indicator)


def goal_variants(context: AuditContext) -> Iterator[Violation]:
    """K017: agencies of one regency and plan pursue goals of different words."""
    return _differing_goals(context, "goal", _goal_text)


def _differing_goals(context: AuditContext, field: str, text: Callable[[Decree], str]) -> Iterator[Violation]:
    regencies: dict[str, list[Decree]] = {}
    for decree in context.decrees:
        if decree.kind == "IKU" and decree.regency and decree.holders and text(decree):
            regencies.setdefault(decree.regency, []).append(decree)
    for regency, decrees in sorted(regencies.items()):
        for group in group_by_period(decrees):
            versions = group_variants(group, lambda a, b: same_words(text(a), text(b)))
            if len(versions) > 1:
                yield _goal_violation(regency, field, versions, text)


def _goal_violation(
    regency: str, field: str, versions: list[list[Decree]], text: Callable[[Decree], str]
) -> Violation:
    """Return the violation with the goal that stands alone in the first place."""
    outlier = min(versions, key=len)
    ordered = [outlier, *(v for v in versions if v is not outlier)]
    spots = tuple(Location(d, f"/holders/0/{field}", text(d)) for v in ordered for d in v)
    descriptions = [f'"{text(v[0])}" ({", ".join(d.kecamatan or "?" for d in v)})' for v in versions]
    period = "certain" if _disagree_in_period(versions) else "undated"
    ask = format_phrase("nothing" if period == "certain" else "ask-period")
    values = {
        "regency": regency,
        "variants": "; ".join(descriptions),
        "ask_id": ask.id,
        "ask_en": ask.en,
    }
    return Violation(
        spots, values, circumstance=period, variants=tuple((text(v[0]), tuple(v)) for v in versions)
    )


def _disagree_in_period(versions: list[list[Decree]]) -> bool:
    """Return whether two decrees that print one and the same period disagree."""
    return any(
        a.period is not None and a.period == b.period
        for index, group in enumerate(versions)
        for other_group in versions[index + 1 :]
        for a in group
        for b in other_group
    )


def _goal_text(decree: Decree) -> str:
    return decree.holders[0].goal or ""


def _goal_indicator(decree: Decree) -> str:
    return decree.holders[0].goal_indicator or ""


RULES = {"K005": goal_indicators_differ, "K017": goal_variants}
