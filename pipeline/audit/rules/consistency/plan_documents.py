"""K021: targets and formulas of one office, in its decree, its plan and its performance agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Violation, indicator_location
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.planning_periods import period_relation
from pipeline.audit.domain.text_comparison import readable_formula
from pipeline.audit.rules.consistency.formula_variants import compare_cases
from pipeline.audit.rules.consistency.replaced_decrees import same_indicator
from pipeline.audit.rules.structure.target_values import yearly_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

PLAN_KINDS = frozenset({"PK", "renstra", "renja"})
"""Kinds of document whose targets and formulas must be those of the decree on indicators."""


def other_targets(context: AuditContext) -> Iterator[Violation]:
    """K021: an agreement or a plan has another target for a year, or another formula, than the decree."""
    for decree, other in _documents_of_one_office(context):
        for case in context.decree_cases(other):
            own = next((c for c in context.decree_cases(decree) if same_indicator(c, case)), None)
            if own is None:
                continue
            yield from _target_violations(own, case)
            if _is_computed_otherwise(own, case):
                formulas = {
                    "stated": readable_formula(case.mention.expression or ""),
                    "other": readable_formula(own.mention.expression or ""),
                }
                yield _plan_violation(own, case, "formula", "plan-formula", **formulas)


def _documents_of_one_office(context: AuditContext) -> Iterator[tuple[Decree, Decree]]:
    """Return each decree on indicators with the other documents of its office and plan."""
    for decree in (d for d in context.decrees if d.kind == "IKU" and d.kecamatan):
        for other in (d for d in context.decrees if d.kind in PLAN_KINDS):
            is_same_office = (decree.regency, decree.kecamatan) == (other.regency, other.kecamatan)
            if is_same_office and period_relation(decree, other) != "other":
                yield decree, other


def _target_violations(own: AuditedIndicator, case: AuditedIndicator) -> Iterator[Violation]:
    own_values = {target.year: target.value for target in yearly_targets(own)}
    for target in yearly_targets(case):
        value = own_values.get(target.year)
        if value is not None and value != target.value:
            figures = {"year": str(target.year), "stated": f"{target.value:g}", "other": f"{value:g}"}
            yield _plan_violation(own, case, "targets", "plan-target", **figures)


def _is_computed_otherwise(own: AuditedIndicator, case: AuditedIndicator) -> bool:
    if own.formula is None or case.formula is None or own.may_be_misread or case.may_be_misread:
        return False
    comparison = compare_cases(own, case)
    return comparison.verdict == "differs" and any(d.side != "multiplier" for d in comparison.differences)


def _plan_violation(
    own: AuditedIndicator, case: AuditedIndicator, field: str, phrase_key: str, **values: str
) -> Violation:
    what = format_phrase(phrase_key, **values)
    spots = (
        indicator_location(case, field, values["stated"]),
        indicator_location(own, field, values["other"]),
    )
    texts = {"name": case.mention.name, "what_id": what.id, "what_en": what.en}
    return Violation(spots, texts, case.level, case.origin)


RULES = {"K021": other_targets}
