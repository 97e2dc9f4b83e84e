"""K019: what a decree changes that replaces another of the same office within one plan."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit.core.audit_context import Location, Violation, indicator_location
from pipeline.audit.domain.formula_shape import is_ratio
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.audit.domain.text_comparison import readable_formula, same_words
from pipeline.audit.rules.consistency.formula_variants import compare_cases
from pipeline.audit.rules.formula.own_faults import has_own_fault, is_corrected_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator
    from pipeline.models.findings import Wording


class DecreeChange(NamedTuple):
    """An indicator that is not the one it was: either side may be missing."""

    old: AuditedIndicator | None
    new: AuditedIndicator | None


def changed_indicators(context: AuditContext) -> Iterator[Violation]:
    """K019: an indicator dropped, added, or computed otherwise within a plan; a correction is none."""
    for old, new in replaced_decrees(context):
        old_cases, new_cases = context.decree_cases(old), context.decree_cases(new)
        kept = [(a, b) for b in new_cases for a in old_cases if same_indicator(a, b)]
        for a, b in kept:
            if _is_recomputed(a, b):
                formula = readable_formula(a.mention.expression or "")
                yield _change_violation(new, DecreeChange(a, b), "iku-recomputed", "formula", other=formula)
        kept_old, kept_new = {id(a) for a, _ in kept}, {id(b) for _, b in kept}
        added = [c for c in new_cases if id(c) not in kept_new]
        dropped = [c for c in old_cases if id(c) not in kept_old]
        for change in _pair_changes(dropped, added):
            if change.old and change.new:
                yield _change_violation(new, change, "iku-exchanged", "", other=change.old.mention.name)
            else:
                yield _change_violation(new, change, "iku-added" if change.new else "iku-dropped", "")


def replaced_decrees(context: AuditContext) -> Iterator[tuple[Decree, Decree]]:
    """Return each decree of an agency with the next one of the same office and plan."""
    by_office: dict[tuple[str, str], list[Decree]] = {}
    for decree in context.decrees:
        if decree.kind == "IKU" and decree.kecamatan and decree.regency and decree.period:
            by_office.setdefault((decree.regency, decree.kecamatan), []).append(decree)
    for _, decrees in sorted(by_office.items(), key=lambda item: item[0]):
        for group in group_by_period(decrees):
            for old, new in pairwise(sorted(group, key=_adoption_order)):
                if (
                    _adoption_order(old)[0] < _adoption_order(new)[0]
                    or "" < _adoption_order(old)[1] < _adoption_order(new)[1]
                ):
                    yield old, new


def same_indicator(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Return whether two decrees of one office mean one indicator."""
    if left.target is not None and left.target == right.target:
        return True
    return same_words(left.mention.name, right.mention.name, left.mention.kecamatan)


def _adoption_order(decree: Decree) -> tuple[int, str]:
    return decree.year or 0, decree.date or ""


def _is_recomputed(old: AuditedIndicator, new: AuditedIndicator) -> bool:
    """Return whether a ratio is another one now; the words of a count or an index say little."""
    if old.formula is None or new.formula is None or not (is_ratio(old.formula) and is_ratio(new.formula)):
        return False
    if old.may_be_misread or new.may_be_misread:
        return False
    if is_corrected_fault(old, new) or has_own_fault(new):
        return False
    comparison = compare_cases(old, new)
    return comparison.verdict == "differs" and any(d.side != "multiplier" for d in comparison.differences)


def _pair_changes(dropped: list[AuditedIndicator], added: list[AuditedIndicator]) -> Iterator[DecreeChange]:
    """Return each added indicator with the dropped one of its objective or number, and what is left over."""
    remaining = list(dropped)
    for case in added:
        partner = next((old for old in remaining if _stand_alike(old, case)), None)
        if partner is not None:
            remaining.remove(partner)
        yield DecreeChange(partner, case)
    yield from (DecreeChange(case, None) for case in remaining)


def _stand_alike(old: AuditedIndicator, new: AuditedIndicator) -> bool:
    a, b = old.mention.indicator, new.mention.indicator
    if a.objective and b.objective and same_words(a.objective, b.objective):
        return True
    return a.number is not None and a.number == b.number


def _change_violation(
    new_decree: Decree, change: DecreeChange, phrase_key: str, field: str, **values: str
) -> Violation:
    case = change.new or change.old
    assert case is not None
    spots = [
        indicator_location(c, field, (c.mention.raw_formula or "") if field else c.mention.name)
        for c in (change.new, change.old)
        if c is not None
    ]
    if change.new is None:
        spots.append(Location(new_decree, "/holders/0"))
    what: Wording = format_phrase(phrase_key, **values)
    texts = {"name": case.mention.name, "what_id": what.id, "what_en": what.en}
    return Violation(tuple(spots), texts, case.level, case.origin)


RULES = {"K019": changed_indicators}
