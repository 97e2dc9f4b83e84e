"""Indicators between kecamatan as data: who has it, who lacks it, and how each field is stated."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from pipeline.assessment import ComparisonEntry, FieldEntry, StatementEntry
from pipeline.audit.context import unread
from pipeline.audit.formula_variants import same_formula
from pipeline.audit.periods import comparable
from pipeline.mention import document_id
from pipeline.words import key_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from extractors.record import Decree, Period
    from pipeline.audit.context import Case, Context

FieldName = Literal["name", "objective", "formula", "data_sources", "responsible", "goal", "goal_indicator"]
ID_DIGITS = 10


class _Field(NamedTuple):
    """How a field of an indicator is shown, and when two indicators state it alike."""

    text: Callable[[Case], str]
    same: Callable[[Case, Case], bool]


def comparisons(context: Context, named: Mapping[str, str]) -> list[ComparisonEntry]:
    """Every indicator of the regencies of which several kecamatan are there; ``named``: names of targets."""
    return [
        entry
        for kind, regency, decrees in _groups(context)
        for entry in _compared(context, kind, regency, decrees, named)
    ]


def _groups(context: Context) -> Iterator[tuple[Literal["IKU", "IKI"], str, tuple[Decree, ...]]]:
    """Decrees of one kind, regency and period, of several kecamatan."""
    found: dict[tuple[str, Literal["IKU", "IKI"]], list[Decree]] = {}
    for decree in context.decrees:
        if decree.regency and decree.kecamatan:
            found.setdefault((decree.regency, decree.kind), []).append(decree)
    for (regency, kind), decrees in sorted(found.items(), key=lambda item: item[0]):
        for group in sorted(comparable(decrees), key=lambda g: _period(g) or (0, 0)):
            if len({decree.kecamatan for decree in group}) > 1:
                yield kind, regency, group


def _period(decrees: Sequence[Decree]) -> tuple[int, int] | None:
    """The period that most of the decrees name, the earlier of two."""
    counted = Counter((d.period.start, d.period.end) for d in decrees if d.period)
    return min(counted, key=lambda span: (-counted[span], span)) if counted else None


def _compared(
    context: Context,
    kind: Literal["IKU", "IKI"],
    regency: str,
    decrees: tuple[Decree, ...],
    named: Mapping[str, str],
) -> Iterator[ComparisonEntry]:
    of_target: dict[str, list[Case]] = {}
    for decree in decrees:
        for case in context.of(decree):
            if case.target is not None:
                of_target.setdefault(case.target, []).append(case)
    span = _period(decrees)
    whole = [document_id(decree) for decree in decrees if not unread(decree)]
    for target, cases in sorted(of_target.items()):
        having = list(dict.fromkeys(case.mention.document for case in cases))
        yield ComparisonEntry(
            id=_id(regency, kind, span, target),
            target=target,
            name=named.get(target, target),
            kind=kind,
            regency=regency,
            period=_as_period(decrees, span),
            has=having,
            lacks=[name for name in whole if name not in having],
            fields=[_field(name, cases) for name in get_args(FieldName)],
        )


def _as_period(decrees: Sequence[Decree], span: tuple[int, int] | None) -> Period | None:
    return next((d.period for d in decrees if d.period and (d.period.start, d.period.end) == span), None)


def _id(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:ID_DIGITS]


def _field(name: FieldName, cases: Sequence[Case]) -> FieldEntry:
    """The statements of a field: those of one text at once, then those that agree."""
    field = _FIELDS[name]
    of_text: dict[str, list[Case]] = {}
    for case in cases:
        of_text.setdefault(" ".join(field.text(case).split()), []).append(case)
    empty = of_text.pop("", [])
    groups: list[tuple[str, list[Case]]] = []
    for text, stating in of_text.items():
        home = next((members for _, members in groups if field.same(members[0], stating[0])), None)
        if home is None:
            groups.append((text, list(stating)))
        else:
            home.extend(stating)
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


def _worded(text: Callable[[Case], str]) -> _Field:
    """A text is quoted for those alone who print it: what means the same in other words is a wording more."""
    return _Field(text, lambda a, b: key_text(text(a)) == key_text(text(b)))


def _listed(entries: Callable[[Case], list[str]]) -> _Field:
    return _worded(lambda case: ", ".join(entries(case)))


_FIELDS: dict[FieldName, _Field] = {
    "name": _worded(lambda case: case.mention.name),
    "objective": _worded(lambda case: case.mention.indicator.objective or ""),
    "formula": _Field(lambda case: case.mention.raw or "", same_formula),
    "data_sources": _listed(lambda case: case.mention.indicator.data_sources),
    "responsible": _listed(lambda case: case.mention.indicator.responsible),
    "goal": _worded(lambda case: case.mention.holder.goal or ""),
    "goal_indicator": _worded(lambda case: case.mention.holder.goal_indicator or ""),
}
