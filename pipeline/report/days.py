"""Days as people write them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.catalogue import Wording
from pipeline.report.labels import told

if TYPE_CHECKING:
    from pipeline.catalogue import Waived


def day_told(iso: str) -> Wording:
    """``2023-05-17`` as *17 Mei 2023* and *17 May 2023*; what is no day of the calendar as it stands."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return Wording(id=iso, en=iso)
    months = told("months")
    return Wording(
        id=f"{day.day} {months.id.split()[day.month - 1]} {day.year}",
        en=f"{day.day} {months.en.split()[day.month - 1]} {day.year}",
    )


def waiver_told(waived: Waived) -> Wording:
    """Who accepted a finding, when and why."""
    return told("waived", who=waived.who, when=day_told(waived.when), reason=waived.reason)
