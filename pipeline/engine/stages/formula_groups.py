"""Group the formulas that a regency's decrees give an indicator, by algebraic equality."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from extractors.model.record import Period
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.formulas import compare_formulas
from pipeline.models.catalogue import FormulaGroup, FormulaGroupEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractors.model.record import Decree
    from pipeline.audit import AuditedIndicator

EQUALITY_CACHE_SIZE = 16_384
"""Pairs of formulas whose equality is cached: most decrees of a regency print the same few."""


def group_formulas(cases: Iterable[AuditedIndicator]) -> list[FormulaGroupEntry]:
    """Return the formulas of each indicator, regency, kind and period, equal ones grouped.

    Indicators under review are left out. A decree without year and period is in each period that it may
    belong to. The entries of a regency depend on its cases only.
    """
    cases_by_target: dict[tuple[str, str, str], list[AuditedIndicator]] = {}
    for case in cases:
        if case.target:
            decree = case.mention.decree
            cases_by_target.setdefault(
                (decree.office_regency or "", decree.kind or "", case.target), []
            ).append(case)
    return [
        entry
        for _, target_cases in sorted(cases_by_target.items())
        for entry in _period_entries(target_cases)
    ]


def _period_entries(cases: Sequence[AuditedIndicator]) -> list[FormulaGroupEntry]:
    """Return an entry for each period."""
    decrees = list({id(case.mention.decree): case.mention.decree for case in cases}.values())
    entries = []
    for members in group_by_period(decrees):
        member_ids = {id(decree) for decree in members}
        member_cases = [case for case in cases if id(case.mention.decree) in member_ids]
        first_case = member_cases[0]
        entries.append(
            FormulaGroupEntry(
                target=first_case.target or "",
                regency=first_case.mention.decree.office_regency,
                kind=first_case.mention.decree.kind,
                period=_period_span(members),
                documents=sorted({case.mention.document for case in member_cases}),
                groups=_group_by_meaning(member_cases),
            )
        )
    return sorted(entries, key=lambda entry: (entry.period.start if entry.period else 0, entry.documents))


def _period_span(decrees: Sequence[Decree]) -> Period | None:
    periods = [decree.period for decree in decrees if decree.period]
    if not periods:
        return None
    return Period(start=min(p.start for p in periods), end=max(p.end for p in periods))


def _group_by_meaning(cases: Sequence[AuditedIndicator]) -> list[FormulaGroup]:
    """Return the groups of equal formulas: the definition's first, known by the verdict, then by size."""
    definition_cases = [case for case in cases if _is_definition(case)]
    other_cases = [case for case in cases if not _is_definition(case)]
    read_cases = [case for case in other_cases if case.formula is not None]
    form_counts = Counter(case.mention.expression or "" for case in read_cases)
    groups: dict[str, list[AuditedIndicator]] = {}
    group_of_form: dict[str, str] = {}
    for form in sorted(form_counts, key=lambda form: (-form_counts[form], form)):
        group_of_form[form] = next(
            (group_form for group_form in groups if _is_same_formula(group_form, form)), form
        )
        groups.setdefault(group_of_form[form], [])
    for case in read_cases:
        groups[group_of_form[case.mention.expression or ""]].append(case)
    meaning_groups = [_make_group("formula", members) for members in groups.values()]
    meaning_groups.sort(key=lambda group: (-len(group.indicators), group.expression or ""))
    absent_cases = [case for case in other_cases if case.mention.raw_formula is None]
    unreadable_cases = [
        case for case in other_cases if case.formula is None and case.mention.raw_formula is not None
    ]
    return [
        *([_make_group("formula", definition_cases, equals=True)] if definition_cases else []),
        *meaning_groups,
        *([_make_group("absent", absent_cases)] if absent_cases else []),
        *([_make_group("unreadable", unreadable_cases)] if unreadable_cases else []),
    ]


def _is_definition(case: AuditedIndicator) -> bool:
    return case.verdict is not None and case.verdict.verdict == "equivalent"


@lru_cache(maxsize=EQUALITY_CACHE_SIZE)
def _is_same_formula(left: str, right: str) -> bool:
    return compare_formulas(left, right).verdict == "equivalent"


def _make_group(
    state: Literal["formula", "absent", "unreadable"],
    cases: Sequence[AuditedIndicator],
    *,
    equals: bool = False,
) -> FormulaGroup:
    forms = Counter(case.mention.expression or "" for case in cases if state == "formula")
    sorted_forms = sorted(forms, key=lambda form: (-forms[form], form))
    return FormulaGroup(
        state=state,
        expression=sorted_forms[0] if sorted_forms else None,
        forms=sorted_forms,
        equals_definition=equals,
        indicators=[case.mention.id for case in cases],
        kecamatan=sorted({case.mention.decree.kecamatan for case in cases if case.mention.decree.kecamatan}),
    )
