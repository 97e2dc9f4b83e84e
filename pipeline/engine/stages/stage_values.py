"""Jobs of the stages and their results as plain dataclasses, and the results as facts of the cache."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.engine.request import DocumentFailure

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from pipeline.corrections.correction_file import CorrectionEntry

ResultT = TypeVar("ResultT")
_ADAPTERS: dict[type[Any], Any] = {}
"""Pydantic's adapter of each class of results, which is costly to make."""


@dataclass(frozen=True)
class RecordRef:
    """A record in the cache, and the names under which its document was given."""

    key: str
    name: str = ""
    also_named: tuple[str, ...] = ()
    office: str = ""
    """The document's office as JSON; empty where it names no kecamatan."""


@dataclass(frozen=True)
class PrintedHeading:
    """What a document prints of its office."""

    kecamatan: str | None = None
    regency: str | None = None
    region_code: str | None = None
    signatory_nip: str | None = None
    corrected_office: str | None = None
    """Kemendagri code of the office that a person named; it is not printed."""


@dataclass(frozen=True)
class ReadJob:
    """One document to be read."""

    cache: str
    address: str
    name: str
    sha: str
    media: str
    unlocked_key: str
    """Key of the record if a password opened the document: no other build finds it."""
    corrections: tuple[CorrectionEntry, ...] = ()
    """What people said of this document."""
    passwords: tuple[str, ...] = ()
    seconds: float | None = None
    """Time limit without the time for pages; None: the limit is given and not extended."""


@dataclass(frozen=True)
class ReadOutcome:
    """The record that a document gave, or why it gave none."""

    status: str
    message: str = ""
    remedy: str = ""
    record: str = ""
    """Key of the record."""
    checksum: str = ""
    """Checksum of the record."""
    heading: PrintedHeading = PrintedHeading()
    pages: int | None = None
    ocr_share: float | None = None
    unread: tuple[tuple[int, int], ...] = ()
    """Ranges of pages that could not be read."""
    corrected: int = 0
    """Corrections that stand in the record."""
    open_corrections: tuple[str, ...] = ()
    """Corrections that a person must look at again, in words: lapsed ones, and where people disagree."""
    is_unlocked: bool = False
    """Whether a password opened the document; its record is then kept for this build alone."""

    def to_failure(self, name: str) -> DocumentFailure:
        """Return why the document of this name gave no record."""
        return DocumentFailure(name, self.status, self.message, self.remedy)


@dataclass(frozen=True)
class GroupJob:
    """Work on the decrees of a regency, or of all regencies; ``key`` covers everything it depends on."""

    cache: str
    key: str


@dataclass(frozen=True)
class OfficeJob(GroupJob):
    """The headings of all documents by the SHA-256 of their files."""

    headings: dict[str, PrintedHeading]


@dataclass(frozen=True)
class OfficeResult:
    """Offices as JSON, and the name of the regency that each document is compared within, by SHA-256."""

    offices: dict[str, str]
    regencies: dict[str, str]


@dataclass(frozen=True)
class LinkJob(GroupJob):
    """The decrees of a regency, to be linked."""

    tables: str
    """Key of the definitions and decisions."""
    records: tuple[RecordRef, ...]


@dataclass(frozen=True)
class LinkResult:
    """Keys of texts: links by mention, mentions without definition, decrees without their bodies."""

    links: str
    open: str
    headers: str


@dataclass(frozen=True)
class ClusterJob(GroupJob):
    """Mentions of all regencies that no definition covers; key of the text by regency."""

    open: dict[str, str]


@dataclass(frozen=True)
class ClusterResult:
    """The clusters: how many, the catalogue's section, and each regency's share (keys of texts)."""

    count: int = 0
    section: str = ""
    shares: dict[str, str] | None = None


@dataclass(frozen=True)
class CrossRegencyJob(GroupJob):
    """The headers of all decrees, for the rules that compare regencies; key of the text by regency."""

    headers: dict[str, str]


@dataclass(frozen=True)
class CrossRegencyResult:
    """Findings of each regency (keys of texts)."""

    findings: dict[str, str]


@dataclass(frozen=True)
class PartJob(GroupJob):
    """A regency's part of the catalogue, to be audited and assembled."""

    tables: str
    records: tuple[RecordRef, ...]
    links: str
    share: str
    findings: str
    settings: str | None
    """Key of the audit's settings."""
    today: str


@dataclass(frozen=True)
class CataloguePiece:
    """What one regency adds to the catalogue and the summary (keys of texts)."""

    regency: str
    sections: dict[str, str]
    summary: str
    summary_groups: str


@dataclass(frozen=True)
class PartResult:
    """A part of the catalogue: a piece for each exact name of the regency."""

    pieces: tuple[CataloguePiece, ...]
    shared_entries: dict[str, dict[str, str]]
    """Definitions, questions and rules that it speaks of: JSON by section and id."""
    has_serious_findings: bool
    waived: int
    met_waivers: tuple[tuple[str, str], ...]
    """Code and fingerprint of the waivers that a finding meets."""


def to_facts(result: DataclassInstance) -> dict[str, Any]:
    """Return a result as JSON values, for the cache."""
    return asdict(result)


def from_facts(kind: type[ResultT], facts: dict[str, Any]) -> ResultT:
    """Return the result that ``to_facts`` made the facts of."""
    from pydantic import TypeAdapter

    adapter: TypeAdapter[ResultT] | None = _ADAPTERS.get(kind)
    if adapter is None:
        adapter = _ADAPTERS[kind] = TypeAdapter(kind)
    return adapter.validate_python(facts)
