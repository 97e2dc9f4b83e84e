"""Who computes an indicator how: a regency's formulas for each indicator, grouped by algebra."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from extractors.record import Period
from pipeline.audit.periods import comparable
from pipeline.catalogue import FormulaGroup, FormulaGroupEntry
from pipeline.formulas import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractors.record import Decree
    from pipeline.audit import Case

COMPARED = 16_384
"""Pairs of formulas whose equality is kept: most decrees of a regency print the same few."""


def formula_groups(cases: Iterable[Case]) -> list[FormulaGroupEntry]:
    """For each indicator, regency, kind and period its formulas, those of one meaning together.

    Indicators under review, which mean nothing yet, are in none. A decree without year and period is in each
    period that it may be of. What is given for one regency depends on its cases alone.
    """
    shared: dict[tuple[str, str, str], list[Case]] = {}
    for case in cases:
        if case.target:
            decree = case.mention.decree
            shared.setdefault((decree.regency or "", decree.kind, case.target), []).append(case)
    return [entry for _, found in sorted(shared.items()) for entry in _entries(found)]


def _entries(cases: Sequence[Case]) -> list[FormulaGroupEntry]:
    """One entry for each period."""
    decrees = list({id(case.mention.decree): case.mention.decree for case in cases}.values())
    entries = []
    for members in comparable(decrees):
        inside = {id(decree) for decree in members}
        chosen = [case for case in cases if id(case.mention.decree) in inside]
        first = chosen[0]
        entries.append(
            FormulaGroupEntry(
                target=first.target or "",
                regency=first.mention.decree.regency,
                kind=first.mention.decree.kind,
                period=_span(members),
                documents=sorted({case.mention.document for case in chosen}),
                groups=_groups(chosen),
            )
        )
    return sorted(entries, key=lambda entry: (entry.period.start if entry.period else 0, entry.documents))


def _span(decrees: Sequence[Decree]) -> Period | None:
    periods = [decree.period for decree in decrees if decree.period]
    if not periods:
        return None
    return Period(start=min(p.start for p in periods), end=max(p.end for p in periods))


def _groups(cases: Sequence[Case]) -> list[FormulaGroup]:
    """The formulas by meaning; a group is known by its most common form, the definition's by its verdict."""
    right = [case for case in cases if _is_definition(case)]
    others = [case for case in cases if not _is_definition(case)]
    read = [case for case in others if case.formula is not None]
    common = Counter(case.mention.expression or "" for case in read)
    groups: dict[str, list[Case]] = {}
    homes: dict[str, str] = {}
    for form in sorted(common, key=lambda form: (-common[form], form)):
        homes[form] = next((known for known in groups if _equal(known, form)), form)
        groups.setdefault(homes[form], [])
    for case in read:
        groups[homes[case.mention.expression or ""]].append(case)
    made = [_group("formula", members) for members in groups.values()]
    made.sort(key=lambda group: (-len(group.indicators), group.expression or ""))
    absent = [case for case in others if case.mention.raw is None]
    unreadable = [case for case in others if case.formula is None and case.mention.raw is not None]
    return [
        *([_group("formula", right, equals=True)] if right else []),
        *made,
        *([_group("absent", absent)] if absent else []),
        *([_group("unreadable", unreadable)] if unreadable else []),
    ]


def _is_definition(case: Case) -> bool:
    return case.verdict is not None and case.verdict.verdict == "equivalent"


@lru_cache(maxsize=COMPARED)
def _equal(left: str, right: str) -> bool:
    return compare(left, right).verdict == "equivalent"


def _group(
    state: Literal["formula", "absent", "unreadable"], cases: Sequence[Case], *, equals: bool = False
) -> FormulaGroup:
    forms = Counter(case.mention.expression or "" for case in cases if state == "formula")
    ordered = sorted(forms, key=lambda form: (-forms[form], form))
    return FormulaGroup(
        state=state,
        expression=ordered[0] if ordered else None,
        forms=ordered,
        equals_definition=equals,
        indicators=[case.mention.id for case in cases],
        kecamatan=sorted({case.mention.decree.kecamatan for case in cases if case.mention.decree.kecamatan}),
    )
