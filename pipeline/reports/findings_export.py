"""``findings.json``: the findings for other programs, each with its decree and its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from extractors.model.decree_kind import DecreeKind
from extractors.model.record import StrictModel
from pipeline.models.catalogue import (
    BasisEntry,
    Cause,
    Failure,
    Generator,
    Place,
    Severity,
    VariantEntry,
    Waived,
    Wording,
)

if TYPE_CHECKING:
    from pipeline.models.catalogue import Catalogue, Finding
    from pipeline.reports.view_model import ReportModel

FINDINGS_VERSION: Literal["1"] = "1"


class FindingRow(StrictModel):
    """A finding as it goes into an evaluation report."""

    id: str
    """Id of the finding in the catalogue."""
    fingerprint: str
    """The same in every build until the text changes."""
    code: str
    """Code of the rule, for example ``F003``."""
    name: str
    """Kind of finding."""
    family: str
    """First letter of the code."""
    severity: Severity
    """``error``, ``warning`` or ``info``."""
    cause: Cause
    """``decree_fault``, ``ocr_artefact`` (look at the original first) or ``uncertain``."""
    regency: str | None
    """Regency of the decree."""
    kecamatan: str | None
    """Kecamatan of the decree."""
    file: str
    """Name of the decree's file."""
    sha256: str
    """SHA-256 of the file's bytes."""
    kind: DecreeKind | None
    """Kind of the decree."""
    year: int | None
    """Year of the decree."""
    indicator: str | None
    """Name of the indicator that it is about, as printed; null where it is about none alone."""
    place: Place
    """Where; ``quote`` is what is printed there."""
    related: list[Place]
    """Other places that belong to it."""
    also_concerns: list[str]
    """Other kecamatan (or files) that it is about."""
    variants: list[VariantEntry]
    """What disagrees, side by side."""
    title: Wording
    """The rule in a few words."""
    condition: Wording
    """Kondisi: what was found."""
    criterion: Wording
    """Kriteria: what was expected."""
    recommendation: Wording
    """Rekomendasi: what to do."""
    basis: list[BasisEntry]
    """What the rule rests on, and how far that was verified."""
    waived: Waived | None
    """Set where the finding is known and accepted."""


class Findings(StrictModel):
    """All findings of a catalogue, or of one of its regencies."""

    schema_version: Literal["1"] = FINDINGS_VERSION
    """Version of this shape."""
    generator: Generator
    """The program that built the catalogue."""
    findings: list[FindingRow] = Field(default_factory=list)
    """In the order of the catalogue."""
    failures: list[Failure] = Field(default_factory=list)
    """Files that gave no record, and so no findings."""

    def to_json(self) -> str:
        """Return JSON text, indented by two, with a newline at the end; the same for the same catalogue."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def collect_findings(catalogue: Catalogue, content: ReportModel) -> Findings:
    """Return the catalogue's findings with their exact texts; ``content`` is the report model of it."""
    return Findings(
        generator=catalogue.generator,
        findings=[_finding_row(finding, catalogue, content) for finding in catalogue.findings],
        failures=catalogue.failures,
    )


def findings_schema() -> dict[str, Any]:
    """Return the JSON Schema of the findings."""
    schema = Findings.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


_COPIED_FIELDS = (
    "id",
    "fingerprint",
    "code",
    "name",
    "severity",
    "cause",
    "place",
    "related",
    "variants",
    "title",
)
_DOCUMENT_FIELDS = ("regency", "kecamatan", "sha256", "kind", "year")


def _finding_row(finding: Finding, catalogue: Catalogue, content: ReportModel) -> FindingRow:
    document = catalogue.documents[content.document_positions[finding.place.document]]
    position = content.indicator_at(finding.place)
    return FindingRow(
        family=finding.code[:1],
        file=document.name,
        indicator=catalogue.indicators[position].name if position is not None else None,
        also_concerns=[content.offices[number].name for number in content.concerned_offices(finding)[1:]],
        condition=finding.message,
        criterion=finding.expected,
        recommendation=finding.recommendation,
        basis=finding.basis,
        waived=finding.waived,
        **{name: getattr(finding, name) for name in _COPIED_FIELDS},
        **{name: getattr(document, name) for name in _DOCUMENT_FIELDS},
    )
