"""What workers do with the decrees of a regency, and with what goes beyond one regency."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.engine.stages.read_job import load_read_documents, open_store, to_json_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Decree
    from pipeline.engine.stages.link import Linker
    from pipeline.linking import Cluster, Link
    from pipeline.models.catalogue import Catalogue

SHARED_SECTIONS = {"definitions": "id", "questions": "code", "rules": "code"}
"""Sections that tell what others speak of, each thing once, by this field."""
CROSS_REGENCY_SECTIONS = frozenset({"clusters", "failures"})
"""Sections that no single regency makes."""

_BODY_FIELDS = ("considerations", "legal_basis", "dictums", "holders", "activities")


@lru_cache(maxsize=2)
def load_linker(cache: str, reviewed: str) -> Linker:
    """Definitions and decisions of a build, ready to link."""
    from pipeline.engine.stages.link import Linker
    from pipeline.linking import Decision, Definition

    tables = json.loads(open_store(cache).get_required("reviewed", reviewed).text)
    return Linker(
        [Definition.model_validate(row) for row in tables["definitions"]],
        [Decision.model_validate(row) for row in tables["decisions"]],
    )


def link_regency(job: dict[str, Any]) -> dict[str, Any]:
    """The decrees of a regency: links, what no definition covers, and headers for rules beyond regencies."""
    from pipeline.engine.stages.assemble import DocumentSet

    cache_store = open_store(job["cache"])
    documents = DocumentSet.from_reads(
        load_read_documents(cache_store, [(key, "", []) for key in job["members"]])
    )
    mention_linker = load_linker(job["cache"], job["reviewed"])
    links = mention_linker.link_each(documents.mentions)
    open_mentions = [
        (m.name, m.id, m.kecamatan) for m in mention_linker.list_undefined(documents.mentions, links)
    ]
    facts = {
        "links": cache_store.put_text(
            "links", to_json_bytes({key: asdict(mention_link) for key, mention_link in links.items()})
        ),
        "open": cache_store.put_text("open", to_json_bytes(open_mentions)),
        "headers": cache_store.put_text(
            "headers", to_json_bytes([_strip_body(decree) for decree in documents.decrees])
        ),
    }
    cache_store.put("link", job["key"], facts)
    return facts


def _strip_body(decree: Decree) -> dict[str, Any]:
    """A decree without its body."""
    header_provenance = {
        pointer: passage
        for pointer, passage in decree.provenance.items()
        if pointer.split("/")[1] not in _BODY_FIELDS
    }
    header_only = decree.model_copy(
        update={**{name: [] for name in _BODY_FIELDS}, "notes": [], "provenance": header_provenance}
    )
    return header_only.model_dump(mode="json")


def cluster_mentions(job: dict[str, Any]) -> dict[str, Any]:
    """Mentions without definition in clusters: the catalogue's section, and each regency's share."""
    from pipeline.linking import PlainMention, cluster

    cache_store = open_store(job["cache"])
    entries, group_of_mention = [], {}
    for group, key in job["groups"].items():
        for name, id_, kecamatan in json.loads(cache_store.get_required("open", key).text):
            entries.append(PlainMention(id_, name, kecamatan))
            group_of_mention[id_] = group
    mention_clusters = cluster(entries)
    shares: dict[str, list[tuple[str, str, list[str]]]] = {group: [] for group in job["groups"]}
    for mention_cluster in mention_clusters:
        members_by_group: dict[str, list[str]] = {}
        for member in mention_cluster.members:
            members_by_group.setdefault(group_of_mention[member], []).append(member)
        for group, members in members_by_group.items():
            shares[group].append((mention_cluster.id, mention_cluster.name, members))
    section = format_entries(
        {"id": c.id, "name": c.name, "members": list(c.members)} for c in mention_clusters
    )
    facts = {
        "count": len(mention_clusters),
        "section": cache_store.put_text("fragment", section),
        "shares": {
            group: cache_store.put_text("share", to_json_bytes(share)) for group, share in shares.items()
        },
    }
    cache_store.put("cluster", job["key"], facts)
    return facts


def audit_across_regencies(job: dict[str, Any]) -> dict[str, Any]:
    """The rules that look at all regencies, on the headers of all decrees: each regency's findings."""
    from extractors.model.record import Decree
    from pipeline.audit import AuditContext, audit_decrees
    from pipeline.engine.stages.assemble import document_order
    from pipeline.models.mention import document_id

    cache_store = open_store(job["cache"])
    decrees, group_of_document = [], {}
    for group, key in job["groups"].items():
        for row in json.loads(cache_store.get_required("headers", key).text):
            decrees.append(Decree.model_validate(row))
            group_of_document[document_id(decrees[-1])] = group
    findings_by_group: dict[str, list[Any]] = {group: [] for group in job["groups"]}
    for finding in audit_decrees(AuditContext(tuple(sorted(decrees, key=document_order)), ()), ["all"]):
        findings_by_group[group_of_document[finding.place.document]].append(finding.model_dump(mode="json"))
    facts = {
        "found": {
            group: cache_store.put_text("found", to_json_bytes(rows))
            for group, rows in findings_by_group.items()
        }
    }
    cache_store.put("across", job["key"], facts)
    return facts


def build_regency_part(job: dict[str, Any]) -> dict[str, Any]:
    """A regency's part of the catalogue and of the summary."""
    from pipeline.audit import SCOPES, AuditContext, audit_decrees
    from pipeline.engine.stages.assemble import DocumentSet, assemble_catalogue
    from pipeline.linking import Cluster
    from pipeline.models.findings import Finding

    cache_store = open_store(job["cache"])
    documents = DocumentSet.from_reads(load_read_documents(cache_store, job["members"]))
    links = {
        key: _link_from_row(row)
        for key, row in json.loads(cache_store.get_required("links", job["links"]).text).items()
    }
    share = json.loads(cache_store.get_required("share", job["share"]).text)
    clusters: list[Cluster] = [Cluster(id_, name, tuple(members)) for id_, name, members in share]
    linked = load_linker(job["cache"], job["reviewed"]).complete_links(documents.mentions, links, clusters)
    cross_regency_findings = [
        Finding.model_validate(row)
        for row in json.loads(cache_store.get_required("found", job["found"]).text)
    ]
    context = AuditContext(documents.decrees, linked.cases)
    findings = audit_decrees(context, [scope for scope in SCOPES if scope != "all"], cross_regency_findings)
    catalogue, met_waivers = _apply_settings(assemble_catalogue(documents, linked, findings), job)
    facts = {
        "pieces": [
            _store_piece(job["cache"], name, piece_catalogue)
            for name, piece_catalogue in sorted(split_by_regency(catalogue).items())
        ],
        "unions": collect_shared_entries(catalogue),
        "serious": any(f.severity in ("error", "warning") and f.waived is None for f in catalogue.findings),
        "waived": sum(f.waived is not None for f in catalogue.findings),
        "met": met_waivers,
    }
    cache_store.put("part", job["key"], facts)
    return facts


def _apply_settings(catalogue: Catalogue, job: dict[str, Any]) -> tuple[Catalogue, list[tuple[str, str]]]:
    """The part under the audit's settings, and the waivers that its findings meet."""
    if "settings" not in job:
        return catalogue, []
    from datetime import date

    from pipeline.audit.settings.audit_settings import AuditSettings, apply_settings, find_unused_waivers

    settings = AuditSettings.model_validate_json(
        open_store(job["cache"]).get_required("settings", job["settings"]).text
    )
    idle_waivers = find_unused_waivers(settings, catalogue.findings)
    met_waivers = [
        (waiver.code, waiver.fingerprint) for waiver in settings.waivers if waiver not in idle_waivers
    ]
    return apply_settings(catalogue, settings, date.fromisoformat(job["today"])), met_waivers


def _link_from_row(row: dict[str, Any]) -> Link:
    from pipeline.linking import Candidate, Link

    return replace(
        Link(**row), runners_up=tuple(Candidate(**candidate_row) for candidate_row in row["runners_up"])
    )


def split_by_regency(catalogue: Catalogue) -> dict[str, Catalogue]:
    """A catalogue cut by the regency's exact name: the order in which parts are put together."""
    regency_of_document = {document.id: document.regency or "" for document in catalogue.documents}
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
    """The regency that an entry of a section is of; None where it is of none."""
    from pipeline.models.catalogue import DocumentEntry, IndicatorEntry
    from pipeline.models.findings import Finding

    if isinstance(entry, DocumentEntry):
        return regency_of_document[entry.id]
    if isinstance(entry, IndicatorEntry):
        return regency_of_document[entry.document]
    if isinstance(entry, Finding):
        return regency_of_document[entry.place.document]
    return (entry.regency or "") if hasattr(entry, "regency") else None


def _store_piece(cache: str, regency: str, catalogue: Catalogue) -> dict[str, Any]:
    from pipeline.reports.summary import summarize_part

    cache_store = open_store(cache)
    catalogue_fields = catalogue.model_dump(mode="json")
    sections = {
        name: cache_store.put_text("fragment", format_entries(rows))
        for name, rows in catalogue_fields.items()
        if isinstance(rows, list) and name not in CROSS_REGENCY_SECTIONS and name not in SHARED_SECTIONS
    }
    summary_piece = asdict(summarize_part(catalogue))
    groups = cache_store.put_text("groups", to_json_bytes(summary_piece.pop("groups")))
    return {"regency": regency, "sections": sections, "summary": summary_piece, "groups": groups}


def collect_shared_entries(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """The entries of the sections that tell what others speak of, by what each is known by."""
    catalogue_fields = catalogue.model_dump(mode="json", include=set(SHARED_SECTIONS))
    return {
        name: {row[key]: format_entries([row]).decode() for row in catalogue_fields[name]}
        for name, key in SHARED_SECTIONS.items()
    }


def format_entries(rows: Iterable[object]) -> bytes:
    """Entries of a section as they stand in the catalogue, commas between them; empty where there is none."""
    texts = (json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n    ") for row in rows)
    return ",\n".join(f"    {text}" for text in texts).encode()
