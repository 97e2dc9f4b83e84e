"""Sentences of the report that are composed of several labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.models.catalogue import Wording
from pipeline.reports.report_labels import value_label

if TYPE_CHECKING:
    from pipeline.models.catalogue import BasisEntry


def describe_basis(basis: BasisEntry) -> Wording:
    """Return the source of a definition or rule, its kind, and how far it was verified."""
    kind, evidence = value_label("kind", basis.kind), value_label("evidence", basis.evidence)
    return Wording(
        id=f"{basis.source} ({kind.id}; {evidence.id})", en=f"{basis.source} ({kind.en}; {evidence.en})"
    )
