"""Which kecamatan of a regency have handed in a decree for a plan, and which have not."""

from __future__ import annotations

from pydantic import Field

from extractors.model.decree_kind import DecreeKind
from extractors.model.record import Period, StrictModel


class ListedKecamatan(StrictModel):
    """A kecamatan of the official list, with its decrees."""

    code: str
    """Kemendagri code."""
    name: str
    """Official name."""
    documents: list[str] = Field(default_factory=list)
    """Ids of its documents for this plan; empty where it has none."""


class CompletenessEntry(StrictModel):
    """The kecamatan of a regency for one kind of documents and one plan."""

    regency: str
    """Official name of the regency."""
    code: str
    """Its Kemendagri code."""
    kind: DecreeKind | None
    """Kind of the documents."""
    period: Period | None
    """Years of the plan that the documents name; null where none names any."""
    present: list[ListedKecamatan]
    """Those that have a document, by code."""
    missing: list[ListedKecamatan]
    """Those that have none, by code."""
    unresolved: list[str]
    """Ids of documents of this regency whose kecamatan is open: they may be of a missing one."""
