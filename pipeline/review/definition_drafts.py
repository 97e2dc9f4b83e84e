"""Drafts of definitions from what kecamatan agree on, for a person to accept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from pipeline.formulas import compare_formulas
from pipeline.language import key_text, normalise_text
from pipeline.language.lexicon import load_lexicon
from pipeline.places import regencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.models.catalogue import Catalogue, ClusterEntry, DocumentEntry, IndicatorEntry

_NO_FORMULA = "Tidak satu pun keputusan mencetak rumus yang terbaca."
MOST_DIFFERING = 12
PERCENT = "%"
LONGEST_ID = 60
MOST_ALIASES = 12


@dataclass(frozen=True)
class FormulaForm:
    """One of the formulas of a cluster, however written, and who uses it."""

    expression: str
    users: tuple[str, ...]
    """Kecamatan (or files), sorted."""


def draft_definitions(
    catalogue: Catalogue, least: int = 2, existing_ids: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Definitions as plain data, one for each cluster that at least ``least`` kecamatan share.

    ``taken``: ids that definitions have already. The most shared come first.
    """
    documents = {document.id: document for document in catalogue.documents}
    indicators = {indicator.id: indicator for indicator in catalogue.indicators}
    used_ids = set(existing_ids)
    draft_list = []
    shared_clusters = [
        (members, cluster)
        for cluster in catalogue.clusters
        if len(_office_names(members := [indicators[m] for m in cluster.members], documents)) >= least
    ]
    for members, cluster in sorted(shared_clusters, key=lambda pair: (-len(pair[0]), pair[1].id)):
        id_ = _new_id(cluster.name, used_ids)
        used_ids.add(id_)
        draft_list.append(_make_draft(id_, cluster, members, documents))
    return draft_list


def drafts_to_yaml(draft_list: list[dict[str, Any]]) -> str:
    """The drafts as a file of definitions."""
    head = (
        "# Drafts by `iku propose`: look at each, mend it, and move it to a file of definitions.\n"
        "# `basis.evidence` is `unverified` until a person has seen the decrees.\n"
    )
    undeclared_regencies = sorted(
        {r for draft in draft_list if (r := draft["scope"]["regency"]) and regencies.official_name(r) is None}
    )
    if undeclared_regencies:
        head += (
            "# `regencies`: what the list of regencies does not hold. Look whether each is spelled right.\n"
        )
    regencies_entry = {"regencies": undeclared_regencies} if undeclared_regencies else {}
    body = yaml.safe_dump(
        {**regencies_entry, "definitions": draft_list}, allow_unicode=True, sort_keys=False, width=110
    )
    return head + str(body)


def distinct_formulas(
    members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> list[FormulaForm]:
    """The formulas that are not equivalent to each other, the most used first."""
    groups: list[list[tuple[str, str]]] = []
    printed_formulas = [
        (m.formula.expression, _office_name(documents[m.document]))
        for m in members
        if m.formula and m.formula.expression
    ]
    for expression, user in sorted(printed_formulas):
        home = next(
            (g for g in groups if compare_formulas(g[0][0], expression).verdict == "equivalent"), None
        )
        if home is None:
            groups.append([(expression, user)])
        else:
            home.append((expression, user))
    formula_forms = [
        FormulaForm(
            min(counts := Counter(e for e, _ in group), key=lambda e: (-counts[e], len(e), e)),
            tuple(sorted({user for _, user in group})),
        )
        for group in groups
    ]
    return sorted(formula_forms, key=lambda form: (-len(form.users), form.expression))


def _make_draft(
    id_: str, cluster: ClusterEntry, members: list[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> dict[str, Any]:
    unit = _unit_of_name(cluster.name)
    # At a tie the form above is the one that a percentage is computed by: times 100%.
    ranked_forms = sorted(
        distinct_formulas(members, documents),
        key=lambda form: (-len(form.users), unit == PERCENT and PERCENT not in form.expression),
    )
    homes = {documents[m.document].regency for m in members}
    offices = _office_names(members, documents)
    levels = Counter(documents[m.document].kind for m in members)
    units = Counter(m.unit for m in members if m.unit)
    draft: dict[str, Any] = {
        "id": id_,
        "name": cluster.name,
        "aliases": _find_aliases(cluster.name, members, documents),
        "formula": ranked_forms[0].expression if ranked_forms else None,
    }
    if not ranked_forms:
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
        "notes": _draft_notes(ranked_forms, offices),
    }
    return draft


def _unit_of_name(name: str) -> str | None:
    """The unit that the name itself tells, where no decree prints one: of a percentage."""
    return PERCENT if load_lexicon().grammar.percent in normalise_text(name).measures else None


def _draft_notes(ranked_forms: list[FormulaForm], offices: tuple[str, ...]) -> dict[str, str]:
    """Who has the formula, whether it is that of most, and who differs."""
    if not ranked_forms:
        return {"id": _NO_FORMULA, "en": "No decree prints a formula that can be read."}
    other_forms = "; ".join(
        f"{', '.join(f.users)}: {f.expression}" for f in ranked_forms[1 : MOST_DIFFERING + 1]
    )
    share = f"{len(ranked_forms[0].users)}/{len(offices)}"
    tied_count = sum(len(form.users) == len(ranked_forms[0].users) for form in ranked_forms)
    if tied_count > 1:
        return {
            "id": f"Tidak ada rumus mayoritas: {tied_count} rumus masing-masing dipakai {share} kecamatan; "
            f"pilih satu. Yang di atas: {', '.join(ranked_forms[0].users)}. Berbeda: {other_forms}.",
            "en": f"No formula is that of most: {tied_count} formulas with {share} kecamatan each; "
            f"choose one. The one above: {', '.join(ranked_forms[0].users)}. Different: {other_forms}.",
        }
    return {
        "id": f"Rumus dipakai {share} kecamatan." + (f" Berbeda: {other_forms}." if other_forms else ""),
        "en": f"Formula of {share} kecamatan." + (f" Different: {other_forms}." if other_forms else ""),
    }


def _find_aliases(
    name: str, members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> list[str]:
    """How decrees print the name otherwise, the most frequent first; no form that OCR may have spoilt.

    A form with the kecamatan's own name in it would be of that kecamatan alone, and is left out too.
    """
    spellings: dict[str, Counter[str]] = {}
    for member in members:
        if _is_clean_alias(member.name, documents[member.document].kecamatan):
            spellings.setdefault(key_text(member.name), Counter())[" ".join(member.name.split())] += 1
    spellings.pop(key_text(name), None)
    by_frequency = sorted(spellings.values(), key=lambda forms: (-forms.total(), min(forms)))
    return [min(forms, key=lambda form: (-forms[form], form)) for forms in by_frequency[:MOST_ALIASES]]


def _is_clean_alias(name: str, kecamatan: str | None) -> bool:
    """Whether a printed name needs no mending beyond known spellings, and names no office of its own."""
    normal = normalise_text(name, kecamatan)
    steps = {step.name: step for step in normal.steps}
    if normal.has_unknown_words or "office" in steps:
        return False
    if "repair" not in steps:
        return True
    known_spellings = load_lexicon().spelling.keys() | load_lexicon().short.keys()
    repaired_words = steps["repair"].after.split()
    return all(
        word in known_spellings for word in steps["repair"].before.split() if word not in repaired_words
    )


def _office_names(
    members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> tuple[str, ...]:
    return tuple(sorted({_office_name(documents[m.document]) for m in members}))


def _office_name(document: DocumentEntry) -> str:
    return document.kecamatan or document.name


def _new_id(name: str, used_ids: set[str]) -> str:
    """A readable id that no definition has, of whole words."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if len(words) > LONGEST_ID:
        words = (
            words[:LONGEST_ID]
            if "_" not in words[: LONGEST_ID + 1]
            else words[: LONGEST_ID + 1].rpartition("_")[0]
        )
    base = words if words[:1].isalpha() else f"indikator_{words}".strip("_")
    return next(
        i for n in range(1, len(used_ids) + 3) if (i := base if n == 1 else f"{base}_{n}") not in used_ids
    )
