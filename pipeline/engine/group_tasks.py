"""What workers do with the decrees of a regency, and with what goes beyond one regency."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.engine.tasks import loaded, plain, store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.record import Decree
    from pipeline.building.linked import Linker
    from pipeline.catalogue import Catalogue
    from pipeline.linking import Cluster, Link

UNIONS = {"definitions": "id", "questions": "code", "rules": "code"}
"""Sections that tell what others speak of, each thing once, by this field."""
WHOLE = frozenset({"clusters", "failures"})
"""Sections that no single regency makes."""

_HEADER = ("considerations", "legal_basis", "dictums", "holders", "activities")


@lru_cache(maxsize=2)
def linker(cache: str, reviewed: str) -> Linker:
    """Definitions and decisions of a build, ready to link."""
    from pipeline.building.linked import Linker
    from pipeline.linking import Decision, Definition

    found = json.loads(store(cache).need("reviewed", reviewed).text)
    return Linker(
        [Definition.model_validate(one) for one in found["definitions"]],
        [Decision.model_validate(one) for one in found["decisions"]],
    )


def link(job: dict[str, Any]) -> dict[str, Any]:
    """The decrees of a regency: links, what no definition covers, and headers for rules beyond regencies."""
    from pipeline.building.parts import Ordered

    where = store(job["cache"])
    whole = Ordered.of(loaded(where, [(key, "", []) for key in job["members"]]))
    linked = linker(job["cache"], job["reviewed"])
    links = linked.links(whole.mentions)
    free = [(m.name, m.id, m.kecamatan) for m in linked.without_definition(whole.mentions, links)]
    facts = {
        "links": where.content("links", plain({key: asdict(one) for key, one in links.items()})),
        "open": where.content("open", plain(free)),
        "headers": where.content("headers", plain([_header(decree) for decree in whole.decrees])),
    }
    where.put("link", job["key"], facts)
    return facts


def _header(decree: Decree) -> dict[str, Any]:
    """A decree without its body."""
    kept = {
        pointer: place for pointer, place in decree.provenance.items() if pointer.split("/")[1] not in _HEADER
    }
    slim = decree.model_copy(update={**{name: [] for name in _HEADER}, "notes": [], "provenance": kept})
    return slim.model_dump(mode="json")


def cluster(job: dict[str, Any]) -> dict[str, Any]:
    """Mentions without definition in clusters: the catalogue's section, and each regency's share."""
    from pipeline.linking import Entry
    from pipeline.linking import cluster as clusters

    where = store(job["cache"])
    entries, home = [], {}
    for group, key in job["groups"].items():
        for name, id_, kecamatan in json.loads(where.need("open", key).text):
            entries.append(Entry(id_, name, kecamatan))
            home[id_] = group
    made = clusters(entries)
    shares: dict[str, list[tuple[str, str, list[str]]]] = {group: [] for group in job["groups"]}
    for one in made:
        inside: dict[str, list[str]] = {}
        for member in one.members:
            inside.setdefault(home[member], []).append(member)
        for group, members in inside.items():
            shares[group].append((one.id, one.name, members))
    section = entry_text({"id": c.id, "name": c.name, "members": list(c.members)} for c in made)
    facts = {
        "count": len(made),
        "section": where.content("fragment", section),
        "shares": {group: where.content("share", plain(share)) for group, share in shares.items()},
    }
    where.put("cluster", job["key"], facts)
    return facts


def across(job: dict[str, Any]) -> dict[str, Any]:
    """The rules that look at all regencies, on the headers of all decrees: each regency's findings."""
    from extractors.record import Decree
    from pipeline.audit import Context, audit
    from pipeline.building.parts import order
    from pipeline.mention import document_id

    where = store(job["cache"])
    decrees, home = [], {}
    for group, key in job["groups"].items():
        for row in json.loads(where.need("headers", key).text):
            decrees.append(Decree.model_validate(row))
            home[document_id(decrees[-1])] = group
    found: dict[str, list[Any]] = {group: [] for group in job["groups"]}
    for finding in audit(Context(tuple(sorted(decrees, key=order)), ()), ["all"]):
        found[home[finding.place.document]].append(finding.model_dump(mode="json"))
    facts = {"found": {group: where.content("found", plain(rows)) for group, rows in found.items()}}
    where.put("across", job["key"], facts)
    return facts


def part(job: dict[str, Any]) -> dict[str, Any]:
    """A regency's part of the catalogue and of the summary."""
    from pipeline.assessment import Finding
    from pipeline.audit import SCOPES, Context, audit
    from pipeline.building.parts import Ordered, catalogue_of
    from pipeline.linking import Cluster

    where = store(job["cache"])
    whole = Ordered.of(loaded(where, job["members"]))
    links = {key: _link(row) for key, row in json.loads(where.need("links", job["links"]).text).items()}
    share = json.loads(where.need("share", job["share"]).text)
    clusters: list[Cluster] = [Cluster(id_, name, tuple(members)) for id_, name, members in share]
    linked = linker(job["cache"], job["reviewed"]).finished(whole.mentions, links, clusters)
    known = [Finding.model_validate(row) for row in json.loads(where.need("found", job["found"]).text)]
    context = Context(whole.decrees, linked.cases)
    findings = audit(context, [scope for scope in SCOPES if scope != "all"], known)
    made, met = _under_settings(catalogue_of(whole, linked, findings), job)
    facts = {
        "pieces": [_piece(job["cache"], name, one) for name, one in sorted(by_regency(made).items())],
        "unions": unions(made),
        "serious": any(f.severity in ("error", "warning") and f.waived is None for f in made.findings),
        "waived": sum(f.waived is not None for f in made.findings),
        "met": met,
    }
    where.put("part", job["key"], facts)
    return facts


def _under_settings(made: Catalogue, job: dict[str, Any]) -> tuple[Catalogue, list[tuple[str, str]]]:
    """The part under the audit's settings, and the waivers that its findings meet."""
    if "settings" not in job:
        return made, []
    from datetime import date

    from pipeline.audit.settings import Settings, applied, idle

    chosen = Settings.model_validate_json(store(job["cache"]).need("settings", job["settings"]).text)
    left = idle(chosen, made.findings)
    met = [(waiver.code, waiver.fingerprint) for waiver in chosen.waivers if waiver not in left]
    return applied(made, chosen, date.fromisoformat(job["today"])), met


def _link(row: dict[str, Any]) -> Link:
    from pipeline.linking import Candidate, Link

    return replace(Link(**row), runners_up=tuple(Candidate(**other) for other in row["runners_up"]))


def by_regency(whole: Catalogue) -> dict[str, Catalogue]:
    """A catalogue cut by the regency's exact name: the order in which parts are put together."""
    homes = {document.id: document.regency or "" for document in whole.documents}
    sections = {name: getattr(whole, name) for name in type(whole).model_fields}
    made = {}
    for regency in set(homes.values()):
        own = {
            name: [entry for entry in entries if _home(entry, homes) in (None, regency)]
            for name, entries in sections.items()
            if isinstance(entries, list)
        }
        made[regency] = whole.model_copy(update=own)
    return made


def _home(entry: Any, homes: dict[str, str]) -> str | None:
    """The regency that an entry of a section is of; None where it is of none."""
    from pipeline.assessment import Finding
    from pipeline.catalogue import DocumentEntry, IndicatorEntry

    if isinstance(entry, DocumentEntry):
        return homes[entry.id]
    if isinstance(entry, IndicatorEntry):
        return homes[entry.document]
    if isinstance(entry, Finding):
        return homes[entry.place.document]
    return (entry.regency or "") if hasattr(entry, "regency") else None


def _piece(cache: str, regency: str, made: Catalogue) -> dict[str, Any]:
    from pipeline.summary import piece

    where = store(cache)
    dumped = made.model_dump(mode="json")
    sections = {
        name: where.content("fragment", entry_text(rows))
        for name, rows in dumped.items()
        if isinstance(rows, list) and name not in WHOLE and name not in UNIONS
    }
    told = asdict(piece(made))
    groups = where.content("groups", plain(told.pop("groups")))
    return {"regency": regency, "sections": sections, "summary": told, "groups": groups}


def unions(made: Catalogue) -> dict[str, dict[str, str]]:
    """The entries of the sections that tell what others speak of, by what each is known by."""
    dumped = made.model_dump(mode="json", include=set(UNIONS))
    return {
        name: {row[key]: entry_text([row]).decode() for row in dumped[name]} for name, key in UNIONS.items()
    }


def entry_text(rows: Iterable[object]) -> bytes:
    """Entries of a section as they stand in the catalogue, commas between them; empty where there is none."""
    texts = (json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n    ") for row in rows)
    return ",\n".join(f"    {text}" for text in texts).encode()
