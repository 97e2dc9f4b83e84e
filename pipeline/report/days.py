"""Days as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.telling import day_told as day_told
from pipeline.report.labels import told

if TYPE_CHECKING:
    from pipeline.catalogue import Waived, Wording


def waiver_told(waived: Waived) -> Wording:
    """Who accepted a finding, when and why."""
    return told("waived", who=waived.who, when=day_told(waived.when), reason=waived.reason)
