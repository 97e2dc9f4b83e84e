"""Drafts of definitions from what kecamatan agree on, for a person to accept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from pipeline.formulas import compare
from pipeline.linking import regencies
from pipeline.words import key_text, normalise
from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.catalogue import Catalogue, ClusterEntry, DocumentEntry, IndicatorEntry

_NO_FORMULA = "Tidak satu pun keputusan mencetak rumus yang terbaca."
MOST_DIFFERING = 12
PERCENT = "%"
LONGEST_ID = 60
MOST_ALIASES = 12


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
    undeclared = sorted(
        {r for draft in found if (r := draft["scope"]["regency"]) and regencies.official(r) is None}
    )
    if undeclared:
        head += (
            "# `regencies`: what the list of regencies does not hold. Look whether each is spelled right.\n"
        )
    declared = {"regencies": undeclared} if undeclared else {}
    body = yaml.safe_dump({**declared, "definitions": found}, allow_unicode=True, sort_keys=False, width=110)
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
    unit = _unit(made.name)
    # At a tie the form above is the one that a percentage is computed by: times 100%.
    found = sorted(
        forms(members, documents),
        key=lambda form: (-len(form.users), unit == PERCENT and PERCENT not in form.expression),
    )
    homes = {documents[m.document].regency for m in members}
    offices = _offices(members, documents)
    levels = Counter(documents[m.document].kind for m in members)
    units = Counter(m.unit for m in members if m.unit)
    draft: dict[str, Any] = {
        "id": id_,
        "name": made.name,
        "aliases": _aliases(made.name, members, documents),
        "formula": found[0].expression if found else None,
    }
    if not found:
        draft["formula_reason"] = _NO_FORMULA
    draft |= {
        "unit": units.most_common(1)[0][0] if units else unit,
        "scope": {"regency": next(iter(homes)) if len(homes) == 1 else None, "from_year": None},
        "basis": {
            "kind": "local-consensus",
            "source": f"Keputusan Camat: {', '.join(offices)}",
            "evidence": "unverified",
        },
        "level": "position" if levels["IKI"] > levels["IKU"] else "agency",
        "notes": _notes(found, offices),
    }
    return draft


def _unit(name: str) -> str | None:
    """The unit that the name itself tells, where no decree prints one: of a percentage."""
    return PERCENT if tables().grammar["percent"] in normalise(name).measures else None


def _notes(found: list[Form], offices: tuple[str, ...]) -> dict[str, str]:
    """Who has the formula, whether it is that of most, and who differs."""
    if not found:
        return {"id": _NO_FORMULA, "en": "No decree prints a formula that can be read."}
    others = "; ".join(f"{', '.join(f.users)}: {f.expression}" for f in found[1 : MOST_DIFFERING + 1])
    share = f"{len(found[0].users)}/{len(offices)}"
    equal = sum(len(form.users) == len(found[0].users) for form in found)
    if equal > 1:
        return {
            "id": f"Tidak ada rumus mayoritas: {equal} rumus masing-masing dipakai {share} kecamatan; pilih "
            f"satu. Yang di atas: {', '.join(found[0].users)}. Berbeda: {others}.",
            "en": f"No formula is that of most: {equal} formulas with {share} kecamatan each; choose one. "
            f"The one above: {', '.join(found[0].users)}. Different: {others}.",
        }
    return {
        "id": f"Rumus dipakai {share} kecamatan." + (f" Berbeda: {others}." if others else ""),
        "en": f"Formula of {share} kecamatan." + (f" Different: {others}." if others else ""),
    }


def _aliases(
    name: str, members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> list[str]:
    """How decrees print the name otherwise, the most frequent first; no form that OCR may have spoilt.

    A form with the kecamatan's own name in it would be of that kecamatan alone, and is left out too.
    """
    printed: dict[str, Counter[str]] = {}
    for member in members:
        if _is_model(member.name, documents[member.document].kecamatan):
            printed.setdefault(key_text(member.name), Counter())[" ".join(member.name.split())] += 1
    printed.pop(key_text(name), None)
    often = sorted(printed.values(), key=lambda forms: (-forms.total(), min(forms)))
    return [min(forms, key=lambda form: (-forms[form], form)) for forms in often[:MOST_ALIASES]]


def _is_model(name: str, kecamatan: str | None) -> bool:
    """Whether a printed name needs no mending beyond known spellings, and names no office of its own."""
    normal = normalise(name, kecamatan)
    steps = {step.name: step for step in normal.steps}
    if normal.doubtful or "office" in steps:
        return False
    if "repair" not in steps:
        return True
    known = tables().spelling.keys() | tables().short.keys()
    mended = steps["repair"].after.split()
    return all(word in known for word in steps["repair"].before.split() if word not in mended)


def _offices(members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]) -> tuple[str, ...]:
    return tuple(sorted({_office(documents[m.document]) for m in members}))


def _office(document: DocumentEntry) -> str:
    return document.kecamatan or document.name


def _id(name: str, used: set[str]) -> str:
    """A readable id that no definition has, of whole words."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if len(words) > LONGEST_ID:
        words = (
            words[:LONGEST_ID]
            if "_" not in words[: LONGEST_ID + 1]
            else words[: LONGEST_ID + 1].rpartition("_")[0]
        )
    base = words if words[:1].isalpha() else f"indikator_{words}".strip("_")
    return next(i for n in range(1, len(used) + 3) if (i := base if n == 1 else f"{base}_{n}") not in used)
