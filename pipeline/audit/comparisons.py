"""Indicators between kecamatan as data: who has it, who lacks it, and how each field is stated."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from pipeline.audit.core.audit_context import unread_spans
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.audit.rules.consistency.formula_variants import same_formula
from pipeline.language import key_text
from pipeline.models.findings import ComparisonEntry, FieldEntry, StatementEntry
from pipeline.models.mention import document_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from extractors.model.decree_kind import DecreeKind
    from extractors.model.record import Decree, Period
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

ComparedFieldName = Literal[
    "name", "objective", "formula", "data_sources", "responsible", "goal", "goal_indicator"
]
ID_DIGITS = 10


class _ComparedField(NamedTuple):
    """How a field of an indicator is shown, and when two indicators state it alike."""

    text: Callable[[AuditedIndicator], str]
    is_same: Callable[[AuditedIndicator, AuditedIndicator], bool]


def build_comparisons(context: AuditContext, target_names: Mapping[str, str]) -> list[ComparisonEntry]:
    """Every indicator of the regencies of which several kecamatan are there; ``named``: names of targets."""
    return [
        entry
        for kind, regency, decrees in _comparable_groups(context)
        for entry in _compare_group(context, kind, regency, decrees, target_names)
    ]


def _comparable_groups(
    context: AuditContext,
) -> Iterator[tuple[DecreeKind | None, str, tuple[Decree, ...]]]:
    """Decrees of one kind, regency and period, of several kecamatan."""
    decrees_by_regency: dict[tuple[str, DecreeKind | None], list[Decree]] = {}
    for decree in context.decrees:
        if decree.regency and decree.kecamatan:
            decrees_by_regency.setdefault((decree.regency, decree.kind), []).append(decree)
    for (regency, kind), decrees in sorted(
        decrees_by_regency.items(), key=lambda item: (item[0][0], item[0][1] or "")
    ):
        for group in sorted(group_by_period(decrees), key=lambda g: _common_period(g) or (0, 0)):
            if len({decree.kecamatan for decree in group}) > 1:
                yield kind, regency, group


def _common_period(decrees: Sequence[Decree]) -> tuple[int, int] | None:
    """The period that most of the decrees name, the earlier of two."""
    period_counts = Counter((d.period.start, d.period.end) for d in decrees if d.period)
    return min(period_counts, key=lambda span: (-period_counts[span], span)) if period_counts else None


def _compare_group(
    context: AuditContext,
    kind: DecreeKind | None,
    regency: str,
    decrees: tuple[Decree, ...],
    target_names: Mapping[str, str],
) -> Iterator[ComparisonEntry]:
    cases_by_target: dict[str, list[AuditedIndicator]] = {}
    for decree in decrees:
        for case in context.decree_cases(decree):
            if case.target is not None:
                cases_by_target.setdefault(case.target, []).append(case)
    span = _common_period(decrees)
    fully_read = [document_id(decree) for decree in decrees if not unread_spans(decree)]
    for target, cases in sorted(cases_by_target.items()):
        holding_documents = list(dict.fromkeys(case.mention.document for case in cases))
        yield ComparisonEntry(
            id=_comparison_id(regency, kind, span, target),
            target=target,
            name=target_names.get(target, target),
            kind=kind,
            regency=regency,
            period=_period_of_span(decrees, span),
            has=holding_documents,
            lacks=[name for name in fully_read if name not in holding_documents],
            fields=[_field_entry(name, cases) for name in get_args(ComparedFieldName)],
        )


def _period_of_span(decrees: Sequence[Decree], span: tuple[int, int] | None) -> Period | None:
    return next((d.period for d in decrees if d.period and (d.period.start, d.period.end) == span), None)


def _comparison_id(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:ID_DIGITS]


def _field_entry(name: ComparedFieldName, cases: Sequence[AuditedIndicator]) -> FieldEntry:
    """The statements of a field: those of one text at once, then those that agree."""
    field = _FIELDS[name]
    cases_by_text: dict[str, list[AuditedIndicator]] = {}
    for case in cases:
        cases_by_text.setdefault(" ".join(field.text(case).split()), []).append(case)
    empty = cases_by_text.pop("", [])
    groups: list[tuple[str, list[AuditedIndicator]]] = []
    for text, text_cases in cases_by_text.items():
        matching_group = next(
            (members for _, members in groups if field.is_same(members[0], text_cases[0])), None
        )
        if matching_group is None:
            groups.append((text, list(text_cases)))
        else:
            matching_group.extend(text_cases)
    groups.sort(key=lambda group: -len(group[1]))
    if empty:
        groups.append(("", empty))
    order = {case.mention.id: index for index, case in enumerate(cases)}
    return FieldEntry(
        field=name,
        variants=[
            StatementEntry(
                text=text, indicators=sorted((c.mention.id for c in members), key=order.__getitem__)
            )
            for text, members in groups
        ],
    )


def _text_field(text: Callable[[AuditedIndicator], str]) -> _ComparedField:
    """A text is quoted for those alone who print it: what means the same in other words is a wording more."""
    return _ComparedField(text, lambda a, b: key_text(text(a)) == key_text(text(b)))


def _list_field(entries: Callable[[AuditedIndicator], list[str]]) -> _ComparedField:
    return _text_field(lambda case: ", ".join(entries(case)))


_FIELDS: dict[ComparedFieldName, _ComparedField] = {
    "name": _text_field(lambda case: case.mention.name),
    "objective": _text_field(lambda case: case.mention.indicator.objective or ""),
    "formula": _ComparedField(lambda case: case.mention.raw_formula or "", same_formula),
    "data_sources": _list_field(lambda case: case.mention.indicator.data_sources),
    "responsible": _list_field(lambda case: case.mention.indicator.responsible),
    "goal": _text_field(lambda case: case.mention.holder.goal or ""),
    "goal_indicator": _text_field(lambda case: case.mention.holder.goal_indicator or ""),
}
