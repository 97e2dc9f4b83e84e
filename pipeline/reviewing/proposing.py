"""Drafts of definitions from what kecamatan agree on, for a person to accept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from pipeline.formulas import compare
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.catalogue import Catalogue, ClusterEntry, DocumentEntry, IndicatorEntry

_NO_FORMULA = "Tidak satu pun keputusan mencetak rumus yang terbaca."
MOST_DIFFERING = 12


@dataclass(frozen=True)
class Form:
    """One of the formulas of a cluster, however written, and who uses it."""

    expression: str
    users: tuple[str, ...]
    """Kecamatan (or files), sorted."""


def drafts(catalogue: Catalogue, least: int = 2, taken: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Definitions as plain data, one for each cluster that at least ``least`` kecamatan share.

    ``taken``: ids that definitions have already. The most shared come first.
    """
    documents = {document.id: document for document in catalogue.documents}
    indicators = {indicator.id: indicator for indicator in catalogue.indicators}
    used = set(taken)
    out = []
    shared = [
        (members, made)
        for made in catalogue.clusters
        if len(_offices(members := [indicators[m] for m in made.members], documents)) >= least
    ]
    for members, made in sorted(shared, key=lambda pair: (-len(pair[0]), pair[1].id)):
        id_ = _id(made.name, used)
        used.add(id_)
        out.append(_draft(id_, made, members, documents))
    return out


def as_yaml(found: list[dict[str, Any]]) -> str:
    """The drafts as a file of definitions."""
    head = (
        "# Drafts by `iku propose`: look at each, mend it, and move it to a file of definitions.\n"
        "# `basis.evidence` is `unverified` until a person has seen the decrees.\n"
    )
    body = yaml.safe_dump({"definitions": found}, allow_unicode=True, sort_keys=False, width=110)
    return head + str(body)


def forms(members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]) -> list[Form]:
    """The formulas that are not equivalent to each other, the most used first."""
    groups: list[list[tuple[str, str]]] = []
    printed = [
        (m.formula.expression, _office(documents[m.document]))
        for m in members
        if m.formula and m.formula.expression
    ]
    for expression, user in sorted(printed):
        home = next((g for g in groups if compare(g[0][0], expression).verdict == "equivalent"), None)
        if home is None:
            groups.append([(expression, user)])
        else:
            home.append((expression, user))
    made = [
        Form(
            min(counts := Counter(e for e, _ in group), key=lambda e: (-counts[e], len(e), e)),
            tuple(sorted({user for _, user in group})),
        )
        for group in groups
    ]
    return sorted(made, key=lambda form: (-len(form.users), form.expression))


def _draft(
    id_: str, made: ClusterEntry, members: list[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> dict[str, Any]:
    found = forms(members, documents)
    regencies = {documents[m.document].regency for m in members}
    offices = _offices(members, documents)
    levels = Counter(documents[m.document].kind for m in members)
    units = Counter(m.unit for m in members if m.unit)
    draft: dict[str, Any] = {
        "id": id_,
        "name": made.name,
        "aliases": _aliases(made.name, members),
        "formula": found[0].expression if found else None,
    }
    if not found:
        draft["formula_reason"] = _NO_FORMULA
    draft |= {
        "unit": units.most_common(1)[0][0] if units else None,
        "scope": {"regency": next(iter(regencies)) if len(regencies) == 1 else None, "from_year": None},
        "basis": {
            "kind": "local-consensus",
            "source": f"Keputusan Camat: {', '.join(offices)}",
            "evidence": "unverified",
        },
        "level": "position" if levels["IKI"] > levels["IKU"] else "agency",
        "notes": _notes(found, offices),
    }
    return draft


def _notes(found: list[Form], offices: tuple[str, ...]) -> dict[str, str]:
    """Who has the formula, and who differs."""
    if not found:
        return {"id": _NO_FORMULA, "en": "No decree prints a formula that can be read."}
    others = "; ".join(f"{', '.join(f.users)}: {f.expression}" for f in found[1 : MOST_DIFFERING + 1])
    share = f"{len(found[0].users)}/{len(offices)}"
    return {
        "id": f"Rumus dipakai {share} kecamatan." + (f" Berbeda: {others}." if others else ""),
        "en": f"Formula of {share} kecamatan." + (f" Different: {others}." if others else ""),
    }


def _aliases(name: str, members: Iterable[IndicatorEntry]) -> list[str]:
    """Printed names that normalisation alone would not bring to the name, one of each kind."""
    kinds = {normalise(name).signature}
    out = []
    for printed in sorted({" ".join(m.name.split()) for m in members}, key=lambda n: (len(n), n)):
        if (kind := normalise(printed).signature) not in kinds:
            kinds.add(kind)
            out.append(printed)
    return out


def _offices(members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]) -> tuple[str, ...]:
    return tuple(sorted({_office(documents[m.document]) for m in members}))


def _office(document: DocumentEntry) -> str:
    return document.kecamatan or document.name


def _id(name: str, used: set[str]) -> str:
    """A readable id that no definition has."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60].strip("_")
    base = words if words[:1].isalpha() else f"indikator_{words}".strip("_")
    return next(i for n in range(1, len(used) + 3) if (i := base if n == 1 else f"{base}_{n}") not in used)
