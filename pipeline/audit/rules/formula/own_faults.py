"""Formulas with a fault of their own, which comparisons between decrees leave to that fault's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.domain.formula_shape import divides_sum_once
from pipeline.audit.rules.formula.against_definition import upright_formula
from pipeline.audit.rules.formula.formula_faults import lost_name_condition, quantity_on_both_sides

if TYPE_CHECKING:
    from pipeline.audit.core.audit_context import AuditedIndicator


def has_own_fault(case: AuditedIndicator) -> bool:
    """Return whether a formula is wrong by itself: what it differs in is the echo of that fault."""
    return bool(quantity_on_both_sides(case) or upright_formula(case) or lost_name_condition(case))


def is_corrected_fault(old: AuditedIndicator, new: AuditedIndicator) -> bool:
    """Return whether a formula replaces one that was wrong by itself, or that the definition contradicts."""
    if has_own_fault(old) or divides_sum_once(old.formula, old.mention.name):
        return True
    return bool(
        old.verdict
        and new.verdict
        and old.verdict.verdict == "differs"
        and new.verdict.verdict == "equivalent"
    )
