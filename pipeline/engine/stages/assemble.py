"""The documents of a regency in order, and their part of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit import (
    AuditContext,
    build_comparisons,
    judge_indicators,
    load_questions,
    load_rulebook,
    rule_entry,
    score_document,
    unread_spans,
)
from pipeline.audit.grouping.finding_groups import group_findings
from pipeline.engine.stages.catalogue_entries import make_document_entry, make_indicator_entry
from pipeline.engine.stages.duplicates import find_duplicates
from pipeline.engine.stages.formula_groups import group_formulas
from pipeline.engine.stages.measure_completeness import measure_completeness
from pipeline.models.catalogue import Catalogue, Generator
from pipeline.models.mention import document_id, list_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractors.model.record import Decree
    from pipeline.engine.stages.link import LinkedMentions
    from pipeline.models.catalogue import Failure
    from pipeline.models.findings import Finding
    from pipeline.models.mention import Mention
    from pipeline.models.office import Office

DISTRIBUTION = "iku-katalog"


class ReadDocument(NamedTuple):
    """A decree, the further names under which its bytes were given, and its office."""

    decree: Decree
    also_named: tuple[str, ...]
    office: Office | None = None


@dataclass(frozen=True)
class DocumentSet:
    """Documents in the catalogue's order; further prints of a decree are not linked or audited."""

    reads: tuple[ReadDocument, ...]
    duplicates: Mapping[str, str]
    """Ids of further prints, with the id of the document that stands for them."""
    decrees: tuple[Decree, ...]
    """The decrees without further prints."""
    mentions: tuple[Mention, ...]

    @classmethod
    def from_reads(cls, reads: Iterable[ReadDocument]) -> DocumentSet:
        """Return the documents in the order of the catalogue."""
        sorted_reads = tuple(sorted(reads, key=lambda read: document_order(read.decree, read.office)))
        duplicates = find_duplicates(read_document.decree for read_document in sorted_reads)
        decrees = tuple(
            read_document.decree
            for read_document in sorted_reads
            if document_id(read_document.decree) not in duplicates
        )
        return cls(
            sorted_reads, duplicates, decrees, tuple(m for decree in decrees for m in list_mentions(decree))
        )


def document_order(decree: Decree, office: Office | None = None) -> tuple[str, str, bool, int, str]:
    """Return regency, kecamatan, agencies before positions, year; the identity settles the rest."""
    return (
        (office.regency if office else None) or decree.regency or "",
        (office.kecamatan if office else None) or decree.kecamatan or "",
        decree.kind == "IKI",
        decree.year or 0,
        document_id(decree),
    )


def assemble_catalogue(
    documents: DocumentSet,
    linked: LinkedMentions,
    findings: Iterable[Finding],
    failures: Iterable[Failure] = (),
) -> Catalogue:
    """Return the catalogue of some linked and audited documents."""
    findings = list(findings)
    names = {item.id: item.name for item in linked.definitions} | {
        item.id: item.name for item in linked.clusters
    }
    # Scores depend on the document alone, not on the other documents of the build.
    document_findings = [finding for finding in findings if load_rulebook()[finding.code].scope == "document"]
    judgements = judge_indicators(linked.cases, document_findings)
    by_document: dict[str, list[Finding]] = {}
    for finding in document_findings:
        by_document.setdefault(finding.place.document, []).append(finding)
    scores_by_document = {
        name: score_document(
            [judgements[m.id] for m in list_mentions(decree)],
            by_document.get(name, []),
            pages_unread=bool(unread_spans(decree)),
        )
        for decree in documents.decrees
        for name in (document_id(decree),)
    }
    document_entries = [
        make_document_entry(item, documents.duplicates.get(name), scores_by_document.get(name, []))
        for item in documents.reads
        for name in (document_id(item.decree),)
    ]
    return Catalogue(
        generator=Generator(name=DISTRIBUTION, version=program_version()),
        documents=document_entries,
        indicators=[
            make_indicator_entry(m, linked.links[m.id], linked.verdicts.get(m.id), judgements[m.id])
            for m in documents.mentions
        ],
        definitions=list(linked.definitions),
        clusters=list(linked.clusters),
        formula_groups=group_formulas(linked.cases),
        findings=findings,
        finding_groups=group_findings(document_entries, findings),
        questions=list(load_questions()),
        comparisons=build_comparisons(AuditContext(documents.decrees, linked.cases), names),
        completeness=measure_completeness(document_entries),
        rules=[rule_entry(code) for code in sorted({finding.code for finding in findings})],
        failures=list(failures),
    )


def program_version() -> str:
    """Return the version of this program."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # running from a source tree
        return "0"
