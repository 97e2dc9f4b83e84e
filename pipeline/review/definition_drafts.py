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
from pipeline.models.findings import Wording
from pipeline.places import regencies
from pipeline.review.review_words import fill_sentence, review_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.models.catalogue import Catalogue, ClusterEntry, DocumentEntry, IndicatorEntry

MOST_DIFFERING = 12
PERCENT = "%"
LONGEST_ID = 60
MOST_ALIASES = 12


@dataclass(frozen=True)
class FormulaForm:
    """A formula of a cluster in its most common notation, and who uses it."""

    expression: str
    users: tuple[str, ...]
    """Kecamatan (or files), sorted."""


def draft_definitions(
    catalogue: Catalogue, least: int = 2, existing_ids: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return drafts as plain data, one for each cluster that at least ``least`` kecamatan share.

    The most shared come first. ``existing_ids`` are not used again.
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
    """Return the drafts as the text of a file of definitions."""
    head = (
        "# Drafts by `iku propose`: check and correct each, and move it to a file of definitions.\n"
        "# `basis.evidence` is `unverified` until a person has seen the decrees.\n"
    )
    undeclared_regencies = sorted(
        {r for draft in draft_list if (r := draft["scope"]["regency"]) and regencies.official_name(r) is None}
    )
    if undeclared_regencies:
        head += "# `regencies`: names that the official list does not have. Check their spelling.\n"
    regencies_entry = {"regencies": undeclared_regencies} if undeclared_regencies else {}
    body = yaml.safe_dump(
        {**regencies_entry, "definitions": draft_list}, allow_unicode=True, sort_keys=False, width=110
    )
    return head + str(body)


def distinct_formulas(
    members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> list[FormulaForm]:
    """Return the formulas that are not equivalent to each other, the most used first."""
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
    # At a tie, the formula of a percentage is preferred that multiplies by 100%.
    ranked_forms = sorted(
        distinct_formulas(members, documents),
        key=lambda form: (-len(form.users), unit == PERCENT and PERCENT not in form.expression),
    )
    homes = {documents[m.document].office_regency for m in members}
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
        draft["formula_reason"] = review_words().draft.no_formula[0]
    draft |= {
        "unit": units.most_common(1)[0][0] if units else unit,
        "scope": {"regency": next(iter(homes)) if len(homes) == 1 else None, "from_year": None},
        "basis": {
            "kind": "local-consensus",
            "source": review_words().draft.source.format(offices=", ".join(offices)),
            "evidence": "unverified",
        },
        "level": "position" if levels["IKI"] > levels["IKU"] else "agency",
        "notes": _draft_note(ranked_forms, offices).model_dump(),
    }
    return draft


def _unit_of_name(name: str) -> str | None:
    """Return the unit that the name implies (percent), where no decree prints one."""
    return PERCENT if load_lexicon().grammar.percent in normalise_text(name).measures else None


def _draft_note(ranked_forms: list[FormulaForm], offices: tuple[str, ...]) -> Wording:
    """Return a note on who uses the formula, whether most do, and who differs."""
    words = review_words().draft
    if not ranked_forms:
        return fill_sentence(words.no_formula)
    other_forms = "; ".join(
        f"{', '.join(f.users)}: {f.expression}" for f in ranked_forms[1 : MOST_DIFFERING + 1]
    )
    share = f"{len(ranked_forms[0].users)}/{len(offices)}"
    tied_count = sum(len(form.users) == len(ranked_forms[0].users) for form in ranked_forms)
    users = ", ".join(ranked_forms[0].users)
    note = fill_sentence(
        words.tie if tied_count > 1 else words.majority, share=share, count=tied_count, users=users
    )
    if not other_forms:
        return note
    addition = fill_sentence(words.different, others=other_forms)
    return Wording(id=note.id + addition.id, en=note.en + addition.en)


def _find_aliases(
    name: str, members: Iterable[IndicatorEntry], documents: Mapping[str, DocumentEntry]
) -> list[str]:
    """Return other printed forms of the name, the most frequent first, without any that OCR may have damaged.

    A form that contains the kecamatan's own name is left out, too: it would fit that kecamatan only.
    """
    spellings: dict[str, Counter[str]] = {}
    for member in members:
        if _is_clean_alias(member.name, documents[member.document].kecamatan):
            spellings.setdefault(key_text(member.name), Counter())[" ".join(member.name.split())] += 1
    spellings.pop(key_text(name), None)
    by_frequency = sorted(spellings.values(), key=lambda forms: (-forms.total(), min(forms)))
    return [min(forms, key=lambda form: (-forms[form], form)) for forms in by_frequency[:MOST_ALIASES]]


def _is_clean_alias(name: str, kecamatan: str | None) -> bool:
    """Return whether a name needs no repair but known spellings, and does not contain its own office."""
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
    """Return a readable id of complete words that no definition has."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if len(words) > LONGEST_ID:
        words = (
            words[:LONGEST_ID]
            if "_" not in words[: LONGEST_ID + 1]
            else words[: LONGEST_ID + 1].rpartition("_")[0]
        )
    base = words if words[:1].isalpha() else f"{review_words().draft.id_prefix}_{words}".strip("_")
    return next(
        i for n in range(1, len(used_ids) + 3) if (i := base if n == 1 else f"{base}_{n}") not in used_ids
    )
