"""Which indicators a decree adds, drops, renames and changes against an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from extractors.record import Model, Period
from pipeline.assessment import Wording
from pipeline.audit.consistency import same_entries
from pipeline.audit.periods import relation
from pipeline.audit.telling import told_differences
from pipeline.audit.wording import same_words
from pipeline.building.linked import link_all
from pipeline.catalogue import DifferenceEntry, Verdicts
from pipeline.formulas import compare
from pipeline.linking.match import for_a_person
from pipeline.mention import mentions
from pipeline.words import normalise, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractors.record import Decree
    from pipeline.linking import Decision, Definition
    from pipeline.mention import Mention

    _Text = Callable[[Mention], str]
    _Same = Callable[[Mention, Mention], bool]
    _Field = tuple[_Text, _Same]

Status = Literal["added", "dropped", "renamed", "changed", "same"]
FieldName = Literal[
    "name", "objective", "formula", "unit", "targets", "data_sources", "responsible", "explanation",
    "goal", "goal_indicator",
]  # fmt: skip


class FieldChange(Model):
    """One field that says something else."""

    field: FieldName
    """Which."""
    old: str
    """What the earlier decree says; empty where nothing."""
    new: str
    """What the later one says; empty where nothing."""
    verdict: Verdicts | None = None
    """Of formulas: whether the later one still means the same; null where the earlier cannot be compared."""
    differences: Wording | None = None
    """Of formulas that differ: how, in words."""


class IndicatorChange(Model):
    """One indicator of either decree."""

    status: Status
    """``renamed`` may hold further changes; ``changed`` keeps the name."""
    holder: str | None
    """Whose it is, by the later decree where it stands there."""
    old: str | None
    """Name in the earlier decree."""
    new: str | None
    """Name in the later one."""
    changes: list[FieldChange]
    """Fields that say something else."""


class Side(Model):
    """One of the two decrees."""

    name: str
    """File name."""
    kind: Literal["IKU", "IKI"]
    """Its kind."""
    kecamatan: str | None
    """Whose."""
    number: str | None
    """Its number."""
    year: int | None
    """Its year."""
    period: Period | None
    """Its period."""


class DecreeDiff(Model):
    """All that a decree changes against an earlier one."""

    old: Side
    """The earlier."""
    new: Side
    """The later."""
    same_period: bool | None
    """Whether both are of one planning period, in which indicators should last; null where not known."""
    holders: list[FieldChange]
    """Goals that say something else, of holders that both have."""
    indicators: list[IndicatorChange]
    """As the later decree prints them, then those that it dropped."""
    kept: int
    """Indicators of the earlier decree that the later one still has, under whatever name."""
    of: int
    """Indicators of the earlier decree."""

    @property
    def changed(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.holders) or any(one.status != "same" for one in self.indicators)


class _Pair(NamedTuple):
    old: Mention | None
    new: Mention | None


def diff(
    old: Decree, new: Decree, definitions: Iterable[Definition], decisions: Iterable[Decision] = ()
) -> DecreeDiff:
    """What ``new`` changes against ``old``; names are paired by what they were linked to."""
    before, after = mentions(old), mentions(new)
    linked = link_all([*before, *after], definitions, decisions)
    targets = {case.mention: case.target for case in linked.cases}
    pairs = _paired(before, after, targets)
    found = relation(old, new)
    return DecreeDiff(
        old=_side(old),
        new=_side(new),
        same_period={"same": True, "other": False}.get(found),
        holders=_goals(old, new),
        indicators=[_change(pair) for pair in pairs],
        kept=sum(pair.old is not None and pair.new is not None for pair in pairs),
        of=len(before),
    )


def _side(decree: Decree) -> Side:
    fields = ("kind", "kecamatan", "number", "year", "period")
    return Side(name=decree.document.name, **{field: getattr(decree, field) for field in fields})


def _paired(
    before: tuple[Mention, ...], after: tuple[Mention, ...], targets: dict[Mention, str | None]
) -> list[_Pair]:
    """Each later indicator with the earlier one that it continues; the surest ties are made first."""
    rest, of = list(before), dict.fromkeys(after)
    ties: tuple[Callable[[Mention, Mention], bool], ...] = (
        lambda a, b: _same_holder(a, b) and same_words(a.name, b.name, b.kecamatan),
        lambda a, b: _same_holder(a, b) and targets[a] is not None and targets[a] == targets[b],
        lambda a, b: targets[a] is not None and targets[a] == targets[b],
        lambda a, b: _same_holder(a, b) and _same_formula(a, b),
        lambda a, b: _same_holder(a, b) and for_a_person(a.name, b.name, b.kecamatan),
    )
    for tie in ties:
        for later in after:
            earlier = next((one for one in rest if of[later] is None and tie(one, later)), None)
            if earlier is not None:
                rest.remove(earlier)
                of[later] = earlier
    return [*(_Pair(of[later], later) for later in after), *(_Pair(earlier, None) for earlier in rest)]


def _same_holder(left: Mention, right: Mention) -> bool:
    if left.decree.kind == right.decree.kind == "IKU":
        return True
    return same_words(left.holder.name or "", right.holder.name or "")


def _same_formula(left: Mention, right: Mention) -> bool:
    """Whether both have one and the same formula of several quantities: a bare count says too little."""
    if not (left.expression and right.expression) or left.expression.count('"') < len('""""'):
        return False
    return compare(left.expression, right.expression).verdict == "equivalent"


def _change(pair: _Pair) -> IndicatorChange:
    old, new = pair
    present = new or old
    assert present is not None
    if old is None or new is None:
        status: Status = "added" if old is None else "dropped"
        return IndicatorChange(
            status=status,
            holder=present.holder.name,
            old=old.name if old else None,
            new=new.name if new else None,
            changes=[],
        )
    changes = [change for field in _FIELDS if (change := _field(field, old, new)) is not None]
    renamed = any(change.field == "name" for change in changes)
    status = "renamed" if renamed else "changed" if changes else "same"
    return IndicatorChange(status=status, holder=new.holder.name, old=old.name, new=new.name, changes=changes)


def _field(field: FieldName, old: Mention, new: Mention) -> FieldChange | None:
    """How a field changed; None where both say the same, whatever the words."""
    text, same = _FIELDS[field]
    before, after = text(old), text(new)
    if before == after or same(old, new):
        return None
    if field != "formula":
        return FieldChange(field=field, old=before, new=after)
    return _formula(old, new, before, after)


def _formula(old: Mention, new: Mention, before: str, after: str) -> FieldChange:
    if new.raw is not None and new.expression is None:
        return FieldChange(field="formula", old=before, new=after, verdict="unreadable")
    if old.expression is None:
        return FieldChange(field="formula", old=before, new=after)
    made = compare(old.expression, new.expression)
    told = told_differences(
        DifferenceEntry(side=d.side, kind=d.kind, definition=list(d.definition), decree=list(d.decree))
        for d in made.differences
    )
    return FieldChange(
        field="formula",
        old=before,
        new=after,
        verdict=made.verdict,
        differences=told if made.differences else None,
    )


def _equivalent(old: Mention, new: Mention) -> bool:
    if not (old.expression and new.expression):
        return False
    return compare(old.expression, new.expression).verdict == "equivalent"


def _worded(text: _Text) -> _Field:
    return text, lambda old, new: same_words(text(old), text(new))


def _same_name(old: Mention, new: Mention) -> bool:
    """Whether a name is worded as before: another spelling, sign or office is no other name, other words are.

    What OCR may have done to a word is no renaming either.
    """
    if not same_words(old.name, new.name, old.kecamatan):
        return False
    one, other = (
        normalise(here.name, here.kecamatan, vocabulary(there.name))
        for here, there in ((old, new), (new, old))
    )
    return one.doubtful or other.doubtful or one.stage("measure") == other.stage("measure")


def _listed(entries: Callable[[Mention], list[str]]) -> _Field:
    return lambda one: ", ".join(entries(one)), lambda old, new: same_entries(entries(old), entries(new))


def _targets(one: Mention) -> str:
    return "; ".join(f"{t.year or '?'}: {t.value}" for t in one.indicator.targets)


_FIELDS: dict[FieldName, _Field] = {
    "name": (lambda one: one.name, _same_name),
    "objective": _worded(lambda one: one.indicator.objective or ""),
    "formula": (lambda one: one.raw or "", _equivalent),
    "explanation": _worded(lambda one: one.indicator.explanation or ""),
    "unit": _worded(lambda one: one.indicator.unit or ""),
    "targets": (_targets, lambda old, new: _targets(old) == _targets(new)),
    "data_sources": _listed(lambda one: one.indicator.data_sources),
    "responsible": _listed(lambda one: one.indicator.responsible),
}


def _goals(old: Decree, new: Decree) -> list[FieldChange]:
    """Goals and goal indicators of the first holder, where both decrees have one."""
    if not (old.holders and new.holders):
        return []
    fields: tuple[FieldName, ...] = ("goal", "goal_indicator")
    found = ((field, *((getattr(d.holders[0], field) or "") for d in (old, new))) for field in fields)
    return [
        FieldChange(field=field, old=before, new=after)
        for field, before, after in found
        if not same_words(before, after)
    ]
