"""The published catalogue: documents, indicators, links, verdicts and findings of one build.

These models are the contract of ``catalogue.json``. The same build gives the same bytes: everything
is sorted, and nothing in it depends on time, machine or order of input.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from extractors.model.decree_kind import DecreeKind
from extractors.model.record import (
    Activity,
    Baseline,
    Correction,
    Coverage,
    Formula,
    IndicatorLevel,
    Note,
    Party,
    Period,
    Program,
    Provenance,
    QuarterTarget,
    Realisation,
    Signatory,
    StrictModel,
    Target,
)
from pipeline.models.completeness import CompletenessEntry
from pipeline.models.findings import (
    BasisEntry,
    Cause,
    ComparisonEntry,
    Finding,
    FindingGroup,
    Judgement,
    Place,
    QuestionEntry,
    RuleEntry,
    ScoreEntry,
    Severity,
    Smart,
    TaskEntry,
    VariantEntry,
    Waived,
    Wording,
)
from pipeline.models.office import Office

__all__ = [
    "BasisEntry",
    "CandidateEntry",
    "Catalogue",
    "Cause",
    "ClusterEntry",
    "ComparisonEntry",
    "DefinitionEntry",
    "DifferenceEntry",
    "DocumentEntry",
    "Failure",
    "Finding",
    "FindingGroup",
    "FormulaGroup",
    "FormulaGroupEntry",
    "Generator",
    "HolderEntry",
    "IndicatorEntry",
    "Judgement",
    "LinkEntry",
    "Place",
    "QuestionEntry",
    "RuleEntry",
    "ScoreEntry",
    "Severity",
    "Smart",
    "TaskEntry",
    "VariantEntry",
    "VerdictEntry",
    "Verdicts",
    "Waived",
    "Wording",
    "catalogue_schema",
]

CATALOGUE_VERSION: Literal["2"] = "2"

Verdicts = Literal["equivalent", "differs", "absent", "unreadable"]


class Generator(StrictModel):
    """The program that built the catalogue."""

    name: str
    """Name of the distribution."""
    version: str
    """Its version."""


class HolderEntry(StrictModel):
    """An agency or position of a document; its indicators stand in ``indicators``."""

    id: str
    """Document id and place, for example ``0123456789ab.h0``."""
    type: Literal["agency", "position"]
    """``agency`` (Instansi) or ``position`` (Jabatan)."""
    name: str | None
    """Instansi or Jabatan as printed."""
    duties: list[str]
    """Tugas, one entry a printed item."""
    functions: list[str]
    """Fungsi, one entry a printed item."""
    goal: str | None
    """Tujuan."""
    goal_indicator: str | None
    """Indikator Tujuan."""
    tasks: list[TaskEntry]
    """The Camat's tasks by law against ``functions``, item by item; empty for other posts."""


class DocumentEntry(StrictModel):
    """A document that was read: its identity, its header and its holders."""

    id: str
    """First twelve hexadecimal digits of ``sha256``."""
    sha256: str
    """SHA-256 of the file's bytes."""
    name: str
    """File name only."""
    also_named: list[str]
    """Other names under which the same bytes were given."""
    print_of: str | None
    """Id of the document that stands for the same decree, where this is another print of it (its scan, say).
    Such a document has no indicators and no findings of its own."""
    media_type: str
    """Media type of the file."""
    pages: int | None
    """Number of pages; null for plain text."""
    origin: Literal["digital", "scan", "text", "mixed"]
    """Where its text comes from."""
    kind: DecreeKind | None
    """``IKU``: of an agency; ``IKI``: of positions; ``PK``, ``renstra``, ``renja``, ``report``: other forms;
    null where it cannot be told."""
    title: str | None
    """Title as printed."""
    number: str | None
    """Nomor keputusan as printed, blanks included."""
    year: int | None
    """Year of the decree."""
    period: Period | None
    """Planning period."""
    kecamatan: str | None
    """Name of the kecamatan alone."""
    regency: str | None
    """``Kabupaten X`` or ``Kota X``."""
    region_code: str | None
    """Kemendagri code, where printed."""
    office: Office | None
    """Which kecamatan of the official list this is; null where the document names no kecamatan."""
    place: str | None
    """Place of enactment."""
    date: str | None
    """Date of enactment, ISO 8601."""
    signatory: Signatory | None
    """Who signed."""
    parties: list[Party]
    """Of a Perjanjian Kinerja: who promises, and who receives the promise."""
    considerations: list[str]
    """Menimbang."""
    legal_basis: list[str]
    """Mengingat."""
    dictums: list[str]
    """KESATU, KEDUA, …"""
    holders: list[HolderEntry]
    """Agency or positions, in printed order."""
    activities: list[Activity]
    """Annex rows."""
    programs: list[Program]
    """Programmes and budgets of a Perjanjian Kinerja."""
    coverage: Coverage
    """Where the printed words went."""
    notes: list[Note]
    """Doubts of the extractor."""
    corrected: dict[str, Correction] = Field(default_factory=dict)
    """What a person put right: JSON Pointer into the document's record, and what had been read there."""
    scores: list[ScoreEntry]
    """Answers to the evaluators' questions, in their order; empty for a further print of a decree."""

    @property
    def office_regency(self) -> str | None:
        """Return the regency of comparison: that of the document's office, else the printed one."""
        return (self.office.regency if self.office else None) or self.regency


class CandidateEntry(StrictModel):
    """A target that a link did not take."""

    target: str
    """Id of the definition or cluster."""
    score: float
    """The chance (0 to 1) that it is meant."""
    reason: str
    """Why it lost, in words."""


class LinkEntry(StrictModel):
    """What an indicator's name was linked to."""

    kind: Literal["definition", "cluster", "review"]
    """``definition``: a canonical one; ``cluster``: mentions without one; ``review``: undecided."""
    target: str | None
    """Id of the definition or cluster; null in review."""
    score: float
    """The chance (0 to 1) that the target is meant, or where there is none the nearest definition."""
    reason: str
    """Why, in words."""
    runners_up: list[CandidateEntry]
    """What else came near."""


class DifferenceEntry(StrictModel):
    """One difference between a decree's formula and another."""

    side: str
    """``numerator``, ``denominator``, ``multiplier`` or ``structure``."""
    kind: str
    """What differs, for example ``qualifier-added`` or ``missing-multiplier``."""
    definition: list[str]
    """Words of the definition that it is about; empty where the kind says all."""
    decree: list[str]
    """Words of the decree that it is about; empty where the kind says all."""


class VerdictEntry(StrictModel):
    """The decree's formula against the definition's."""

    verdict: Verdicts
    """``equivalent``, ``differs``, ``absent`` (none printed) or ``unreadable``."""
    differences: list[DifferenceEntry]
    """Each difference by name; empty unless the verdict is ``differs``."""


class IndicatorEntry(StrictModel):
    """One indicator of one document, with what it was linked to and how its formula compares."""

    id: str
    """Document id and place, for example ``0123456789ab.h0.i2``."""
    document: str
    """Id of the document."""
    holder: str
    """Id of the holder."""
    pointer: str
    """JSON Pointer into the document's record."""
    number: int | None
    """Number as printed."""
    objective: str | None
    """Sasaran."""
    group: str | None
    """The section row across the table above it."""
    level: IndicatorLevel | None
    """Level of planning, where the form has a group of columns for each."""
    name: str
    """Name as printed."""
    formula: Formula | None
    """Printed formula and its reading; null where the cell is empty."""
    explanation: str | None
    """Penjelasan."""
    unit: str | None
    """Satuan as printed."""
    baseline: Baseline | None
    """Kondisi Awal."""
    targets: list[Target]
    """Targets by year."""
    quarter_targets: list[QuarterTarget]
    """Targets by quarter."""
    realisations: list[Realisation]
    """Values reached, by year or by quarter."""
    data_sources: list[str]
    """Sumber Data."""
    responsible: list[str]
    """Penanggung Jawab."""
    extra: dict[str, str]
    """Other columns: printed header to cell."""
    name_provenance: Provenance | None
    """Where the name was read; null where not known."""
    formula_provenance: Provenance | None
    """Where the formula was read; null where not known."""
    link: LinkEntry
    """What the name means."""
    verdict: VerdictEntry | None
    """Formula against the definition; null where no definition with a formula is linked."""
    smart: Smart
    """The criteria of question 1.b.5, each by itself."""
    operational_definition: Judgement
    """Whether it says clearly what is counted and how (question 2.a.2)."""
    data_collection: Judgement
    """Whether its source can be traced and one post answers for it (question 2.a.3)."""


class DefinitionEntry(StrictModel):
    """A canonical indicator that an indicator of this catalogue is linked to."""

    id: str
    """Key of the definition."""
    name: str
    """Canonical name."""
    formula: str | None
    """Formula in the linear syntax; null for an index given by an evaluator."""
    also: list[str]
    """Other formulas that count as right."""
    unit: str | None
    """Unit."""
    basis: BasisEntry
    """What it rests on."""


class ClusterEntry(StrictModel):
    """Indicators that mean the same and that no definition covers."""

    id: str
    """Stable id made from the content."""
    name: str
    """Proposed name: the most central of the members'."""
    members: list[str]
    """Ids of the indicators."""


class FormulaGroup(StrictModel):
    """Formulas of one meaning that documents give one indicator, or the lack of any."""

    state: Literal["formula", "absent", "unreadable"]
    """``formula``; ``absent``: nothing is printed; ``unreadable``: something is, and cannot be read."""
    expression: str | None
    """The form that most of them have, in the linear syntax; null unless ``state`` is ``formula``."""
    forms: list[str]
    """All its forms in the linear syntax, each once: they are equal by algebra."""
    equals_definition: bool
    """Whether it is the definition's formula, or another that counts as right."""
    indicators: list[str]
    """Ids of the indicators."""
    kecamatan: list[str]
    """Who uses it."""


class FormulaGroupEntry(StrictModel):
    """All formulas that decrees of one regency, kind and period give one indicator, grouped by algebra."""

    target: str
    """Id of the definition or cluster."""
    regency: str | None
    """``Kabupaten X`` or ``Kota X``; null for decrees that name none."""
    kind: DecreeKind | None
    """Kind of the decrees."""
    period: Period | None
    """From the first to the last year of the decrees' periods; null where none is printed."""
    documents: list[str]
    """Ids of the documents that have the indicator."""
    groups: list[FormulaGroup]
    """The definition's first, then by number of indicators; one where all agree."""


class Failure(StrictModel):
    """A file that gave no record; it costs itself alone."""

    name: str
    """File name only."""
    status: str
    """Why, for programs, for example ``no-table``."""
    message: str
    """What was found."""
    mend: str
    """What to do."""


class Catalogue(StrictModel):
    """All decrees of one build: read, linked, compared and audited."""

    schema_version: Literal["2"] = CATALOGUE_VERSION
    """Version of this shape."""
    generator: Generator
    """The program that built it."""
    documents: list[DocumentEntry] = Field(default_factory=list)
    """By regency, kecamatan, kind, year and id."""
    indicators: list[IndicatorEntry] = Field(default_factory=list)
    """In the order of the documents, then as printed."""
    definitions: list[DefinitionEntry] = Field(default_factory=list)
    """Those that are used, by id."""
    clusters: list[ClusterEntry] = Field(default_factory=list)
    """By id."""
    formula_groups: list[FormulaGroupEntry] = Field(default_factory=list)
    """By regency, kind, target and period: who computes an indicator how."""
    findings: list[Finding] = Field(default_factory=list)
    """In the order of the documents, then by place and code."""
    finding_groups: list[FindingGroup] = Field(default_factory=list)
    """Each finding in exactly one group: one fact once, by regency, then by severity, certainty, kecamatan
    touched and level of the post; accepted ones last."""
    comparisons: list[ComparisonEntry] = Field(default_factory=list)
    """Indicators between kecamatan, by regency, kind, period and target."""
    completeness: list[CompletenessEntry] = Field(default_factory=list)
    """Which kecamatan have a decree and which have none, by regency, kind and plan."""
    questions: list[QuestionEntry] = Field(default_factory=list)
    """The questions that ``scores`` answer, by code."""
    rules: list[RuleEntry] = Field(default_factory=list)
    """Pages of the rules that found something, by code."""
    failures: list[Failure] = Field(default_factory=list)
    """By file name."""

    def to_json(self) -> str:
        """Return JSON text, indented by two, with a newline at the end; the same for the same build."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def catalogue_schema() -> dict[str, Any]:
    """Return the JSON Schema of a catalogue."""
    schema = Catalogue.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
