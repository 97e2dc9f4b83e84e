"""Dates and waivers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.domain.messages import format_date as format_date
from pipeline.reports.report_labels import fill_label

if TYPE_CHECKING:
    from pipeline.models.catalogue import Waived, Wording


def describe_waiver(waived: Waived) -> Wording:
    """Return a sentence on who accepted a finding, when and why."""
    return fill_label("waived", who=waived.who, when=format_date(waived.when), reason=waived.reason)
