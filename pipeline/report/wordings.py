"""Sentences of the report made of several parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.catalogue import Wording
from pipeline.report.labels import known

if TYPE_CHECKING:
    from pipeline.catalogue import BasisEntry


def basis_told(basis: BasisEntry) -> Wording:
    """What something rests on, of which kind that is, and how far it was verified."""
    kind, evidence = known("kind", basis.kind), known("evidence", basis.evidence)
    return Wording(
        id=f"{basis.source} ({kind.id}; {evidence.id})", en=f"{basis.source} ({kind.en}; {evidence.en})"
    )
