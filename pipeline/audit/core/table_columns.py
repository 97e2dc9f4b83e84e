"""Which columns the table of a decree has: a form without a column has no empty cells in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.audit.core.audit_context import AuditedIndicator

MIN_ROWS_OF_FORM = 3
"""Indicators from which a field that none of them fills is no column of the form."""


def has_column(cases: Iterable[AuditedIndicator], field: str) -> bool:
    """Return whether the table of these indicators has a column for a field of them."""
    values = [_field_value(case, field) for case in cases]
    return len(values) < MIN_ROWS_OF_FORM or any(values)


def _field_value(case: AuditedIndicator, field: str) -> object:
    return case.mention.raw_formula if field == "formula" else getattr(case.mention.indicator, field)
