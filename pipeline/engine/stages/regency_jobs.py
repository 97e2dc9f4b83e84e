"""What workers do with the decrees of a regency, and with what goes beyond one regency."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.engine.build_context import RECORD_KIND
from pipeline.engine.stages.read_job import open_store
from pipeline.engine.stages.stage_values import (
    CataloguePiece,
    ClusterJob,
    ClusterResult,
    CrossRegencyJob,
    CrossRegencyResult,
    LinkJob,
    LinkResult,
    OfficeJob,
    OfficeResult,
    PartJob,
    PartResult,
    to_facts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Decree
    from pipeline.engine.cache import CacheStore
    from pipeline.engine.stages.assemble import ReadDocument
    from pipeline.engine.stages.link import Linker
    from pipeline.engine.stages.stage_values import RecordRef
    from pipeline.linking import Cluster, Link
    from pipeline.models.catalogue import Catalogue

SHARED_SECTIONS = {"definitions": "id", "questions": "code", "rules": "code"}
"""Sections of what others speak of, each thing once, known by this field."""
CROSS_REGENCY_SECTIONS = frozenset({"clusters", "failures"})
"""Sections that no single regency makes."""

_BODY_FIELDS = ("considerations", "legal_basis", "dictums", "holders", "activities")


def resolve_document_offices(job: OfficeJob) -> OfficeResult:
    """Resolve which office each document is of; an open one is compared within the printed regency."""
    from pipeline.places.office_resolution import Heading, resolve_offices

    store = open_store(job.cache)
    offices = resolve_offices(
        Heading(
            sha,
            heading.kecamatan,
            heading.regency,
            heading.region_code,
            heading.signatory_nip,
            heading.corrected_office,
        )
        for sha, heading in job.headings.items()
    )
    result = OfficeResult(
        offices={sha: office.model_dump_json() for sha, office in offices.items() if office is not None},
        regencies={
            sha: (office.regency if office else None) or job.headings[sha].regency or ""
            for sha, office in offices.items()
        },
    )
    store.put("offices", job.key, to_facts(result))
    return result


def link_regency(job: LinkJob) -> LinkResult:
    """Link the mentions of a regency; also keep what no definition covers and the decrees' headers."""
    from pipeline.engine.stages.assemble import DocumentSet

    store = open_store(job.cache)
    documents = DocumentSet.from_reads(_load_documents(store, job.records))
    mention_linker = load_linker(job.cache, job.tables)
    links = mention_linker.link_each(documents.mentions)
    open_mentions = [
        (m.name, m.id, m.kecamatan) for m in mention_linker.list_undefined(documents.mentions, links)
    ]
    result = LinkResult(
        links=_put_json(store, "links", {key: asdict(link) for key, link in links.items()}),
        open=_put_json(store, "open", open_mentions),
        headers=_put_json(store, "headers", [_strip_body(decree) for decree in documents.decrees]),
    )
    store.put("link", job.key, to_facts(result))
    return result


def cluster_mentions(job: ClusterJob) -> ClusterResult:
    """Cluster the mentions without definition: the catalogue's section, and each regency's share."""
    from pipeline.linking import PlainMention, cluster

    store = open_store(job.cache)
    entries, group_of_mention = [], {}
    for group, key in job.open.items():
        for name, id_, kecamatan in _get_json(store, "open", key):
            entries.append(PlainMention(id_, name, kecamatan))
            group_of_mention[id_] = group
    mention_clusters = cluster(entries)
    shares: dict[str, list[tuple[str, str, list[str]]]] = {group: [] for group in job.open}
    for mention_cluster in mention_clusters:
        members_by_group: dict[str, list[str]] = {}
        for member in mention_cluster.members:
            members_by_group.setdefault(group_of_mention[member], []).append(member)
        for group, members in members_by_group.items():
            shares[group].append((mention_cluster.id, mention_cluster.name, members))
    section = format_entries(
        {"id": c.id, "name": c.name, "members": list(c.members)} for c in mention_clusters
    )
    result = ClusterResult(
        count=len(mention_clusters),
        section=store.put_text("fragment", section),
        shares={group: _put_json(store, "share", share) for group, share in shares.items()},
    )
    store.put("cluster", job.key, to_facts(result))
    return result


def audit_across_regencies(job: CrossRegencyJob) -> CrossRegencyResult:
    """Apply the rules that compare all regencies to the headers of all decrees."""
    from extractors.model.record import Decree
    from pipeline.audit import AuditContext, audit_decrees
    from pipeline.engine.stages.assemble import document_order
    from pipeline.models.mention import document_id

    store = open_store(job.cache)
    decrees, group_of_document = [], {}
    for group, key in job.headers.items():
        for row in _get_json(store, "headers", key):
            decrees.append(Decree.model_validate(row))
            group_of_document[document_id(decrees[-1])] = group
    findings_by_group: dict[str, list[Any]] = {group: [] for group in job.headers}
    for finding in audit_decrees(AuditContext(tuple(sorted(decrees, key=document_order)), ()), ["all"]):
        findings_by_group[group_of_document[finding.place.document]].append(finding.model_dump(mode="json"))
    result = CrossRegencyResult(
        {group: _put_json(store, "found", rows) for group, rows in findings_by_group.items()}
    )
    store.put("across", job.key, to_facts(result))
    return result


def build_regency_part(job: PartJob) -> PartResult:
    """Audit a regency and assemble its part of the catalogue and of the summary."""
    from pipeline.audit import SCOPES, AuditContext, audit_decrees
    from pipeline.engine.stages.assemble import DocumentSet, assemble_catalogue
    from pipeline.linking import Cluster
    from pipeline.models.findings import Finding

    store = open_store(job.cache)
    documents = DocumentSet.from_reads(_load_documents(store, job.records))
    links = {key: _link_from_row(row) for key, row in _get_json(store, "links", job.links).items()}
    clusters: list[Cluster] = [
        Cluster(id_, name, tuple(members)) for id_, name, members in _get_json(store, "share", job.share)
    ]
    linked = load_linker(job.cache, job.tables).complete_links(documents.mentions, links, clusters)
    cross_regency_findings = [Finding.model_validate(row) for row in _get_json(store, "found", job.findings)]
    context = AuditContext(documents.decrees, linked.cases)
    findings = audit_decrees(context, [scope for scope in SCOPES if scope != "all"], cross_regency_findings)
    catalogue, met_waivers = _apply_settings(store, assemble_catalogue(documents, linked, findings), job)
    result = PartResult(
        pieces=tuple(
            _store_piece(store, name, piece_catalogue)
            for name, piece_catalogue in sorted(split_by_regency(catalogue).items())
        ),
        shared_entries=collect_shared_entries(catalogue),
        has_serious_findings=any(
            f.severity in ("error", "warning") and f.waived is None for f in catalogue.findings
        ),
        waived=sum(f.waived is not None for f in catalogue.findings),
        met_waivers=met_waivers,
    )
    store.put("part", job.key, to_facts(result))
    return result


@lru_cache(maxsize=2)
def load_linker(cache: str, tables: str) -> Linker:
    """Return the linker of a build's definitions and decisions."""
    from pipeline.engine.stages.link import Linker
    from pipeline.linking import Decision, Definition

    rows = _get_json(open_store(cache), "reviewed", tables)
    return Linker(
        [Definition.model_validate(row) for row in rows["definitions"]],
        [Decision.model_validate(row) for row in rows["decisions"]],
    )


def _load_documents(store: CacheStore, records: Iterable[RecordRef]) -> list[ReadDocument]:
    """Return decrees from the cache under their names."""
    from extractors.model.record import Decree
    from pipeline.engine.stages.assemble import ReadDocument
    from pipeline.models.office import Office

    documents = []
    for record in records:
        decree = Decree.model_validate_json(store.get_required(RECORD_KIND, record.key).text)
        decree.document.name = record.name
        office = Office.model_validate_json(record.office) if record.office else None
        decree.set_office_regency(office.regency if office else None)
        documents.append(ReadDocument(decree, record.also_named, office))
    return documents


def _put_json(store: CacheStore, kind: str, value: object) -> str:
    return store.put_text(kind, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _get_json(store: CacheStore, kind: str, key: str) -> Any:
    return json.loads(store.get_required(kind, key).text)


def _strip_body(decree: Decree) -> dict[str, Any]:
    """Return a decree without its body, as JSON values."""
    header_provenance = {
        pointer: passage
        for pointer, passage in decree.provenance.items()
        if pointer.split("/")[1] not in _BODY_FIELDS
    }
    header_only = decree.model_copy(
        update={**{name: [] for name in _BODY_FIELDS}, "notes": [], "provenance": header_provenance}
    )
    return header_only.model_dump(mode="json")


def _apply_settings(
    store: CacheStore, catalogue: Catalogue, job: PartJob
) -> tuple[Catalogue, tuple[tuple[str, str], ...]]:
    """Return the part under the audit's settings, and the waivers that its findings meet."""
    if job.settings is None:
        return catalogue, ()
    from datetime import date

    from pipeline.audit.settings.audit_settings import AuditSettings, apply_settings, find_unused_waivers

    settings = AuditSettings.model_validate_json(store.get_required("settings", job.settings).text)
    unused_waivers = find_unused_waivers(settings, catalogue.findings)
    met_waivers = tuple(
        (waiver.code, waiver.fingerprint) for waiver in settings.waivers if waiver not in unused_waivers
    )
    return apply_settings(catalogue, settings, date.fromisoformat(job.today)), met_waivers


def _link_from_row(row: dict[str, Any]) -> Link:
    from pipeline.linking import Candidate, Link

    return replace(
        Link(**row), runners_up=tuple(Candidate(**candidate_row) for candidate_row in row["runners_up"])
    )


def split_by_regency(catalogue: Catalogue) -> dict[str, Catalogue]:
    """Return the catalogue cut by regency: the order in which parts are put together."""
    regency_of_document = {document.id: document.office_regency or "" for document in catalogue.documents}
    sections = {name: getattr(catalogue, name) for name in type(catalogue).model_fields}
    catalogue_of_regency = {}
    for regency in set(regency_of_document.values()):
        regency_sections = {
            name: [
                entry for entry in entries if _entry_regency(entry, regency_of_document) in (None, regency)
            ]
            for name, entries in sections.items()
            if isinstance(entries, list)
        }
        catalogue_of_regency[regency] = catalogue.model_copy(update=regency_sections)
    return catalogue_of_regency


def _entry_regency(entry: Any, regency_of_document: dict[str, str]) -> str | None:
    """Return the regency of a section's entry; None where it belongs to none."""
    from pipeline.models.catalogue import DocumentEntry, IndicatorEntry
    from pipeline.models.findings import Finding

    if isinstance(entry, DocumentEntry):
        return regency_of_document[entry.id]
    if isinstance(entry, IndicatorEntry):
        return regency_of_document[entry.document]
    if isinstance(entry, Finding):
        return regency_of_document[entry.place.document]
    return (entry.regency or "") if hasattr(entry, "regency") else None


def _store_piece(store: CacheStore, regency: str, catalogue: Catalogue) -> CataloguePiece:
    from pipeline.reports.summary import summarize_part

    sections = {
        name: store.put_text("fragment", format_entries(rows))
        for name, rows in catalogue.model_dump(mode="json").items()
        if isinstance(rows, list) and name not in CROSS_REGENCY_SECTIONS and name not in SHARED_SECTIONS
    }
    part = summarize_part(catalogue)
    return CataloguePiece(
        regency=regency,
        sections=sections,
        summary=_put_json(store, "summary", asdict(replace(part, groups=[]))),
        summary_groups=_put_json(store, "groups", part.groups),
    )


def collect_shared_entries(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Return the entries of the shared sections as JSON, by section and id."""
    catalogue_fields = catalogue.model_dump(mode="json", include=set(SHARED_SECTIONS))
    return {
        name: {row[key]: format_entries([row]).decode() for row in catalogue_fields[name]}
        for name, key in SHARED_SECTIONS.items()
    }


def format_entries(rows: Iterable[object]) -> bytes:
    """Return entries as in a section of the catalogue, with commas between them."""
    texts = (json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n    ") for row in rows)
    return ",\n".join(f"    {text}" for text in texts).encode()
