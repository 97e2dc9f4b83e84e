"""The office of a document: which kecamatan of the official list has issued it, on what evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractors.model.record import StrictModel

Evidence = Literal[
    "code", "regency", "only-of-name", "signatory", "similar-name", "heading-repeats-name", "corrected"
]


class Office(StrictModel):
    """The office that a document is of. What the heading prints stays in ``kecamatan`` and ``regency``."""

    code: str | None
    """Kemendagri code of the kecamatan (``35.08.03``); null where it is open."""
    kecamatan: str | None
    """Official name of the kecamatan; null where it is open."""
    regency: str | None
    """Official name of the regency; it may be known where the kecamatan is open."""
    province: str | None
    """Name of the province."""
    evidence: list[Evidence]
    """What it rests on: the printed code, the printed regency, a name that the list has once, or the
    signatory, who signs for a kecamatan of that regency elsewhere. ``similar-name``: the name is damaged.
    ``heading-repeats-name``: the heading prints the kecamatan's name as the regency's.
    ``corrected``: a person named the office."""
    certainty: float
    """Chance (0 to 1) that the office is the right one; 0 where it is open."""
    candidates: list[str] = Field(default_factory=list)
    """Codes that may be meant where it is open: a person is asked."""
