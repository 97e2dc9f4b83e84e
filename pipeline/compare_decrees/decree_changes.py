"""Which indicators a decree adds, drops, renames and changes against an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from extractors.model.record import Period, StrictModel
from pipeline.audit.domain.messages import describe_differences
from pipeline.audit.domain.planning_periods import period_relation
from pipeline.audit.domain.text_comparison import same_words
from pipeline.audit.rules.consistency.entry_variants import same_entries
from pipeline.engine.stages.link import link_mentions
from pipeline.formulas import compare_formulas
from pipeline.language import normalise_text, text_vocabulary
from pipeline.linking.registry import needs_review
from pipeline.models.catalogue import DifferenceEntry, Verdicts
from pipeline.models.findings import Wording
from pipeline.models.mention import list_mentions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractors.model.record import Decree
    from pipeline.linking import Decision, Definition
    from pipeline.models.mention import Mention

    _TextGetter = Callable[[Mention], str]
    _Sameness = Callable[[Mention, Mention], bool]
    _ComparedField = tuple[_TextGetter, _Sameness]

ChangeStatus = Literal["added", "dropped", "renamed", "changed", "same"]
FieldName = Literal[
    "name", "objective", "formula", "unit", "targets", "data_sources", "responsible", "explanation",
    "goal", "goal_indicator",
]  # fmt: skip


class FieldChange(StrictModel):
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


class IndicatorChange(StrictModel):
    """One indicator of either decree."""

    status: ChangeStatus
    """``renamed`` may hold further changes; ``changed`` keeps the name."""
    holder: str | None
    """Whose it is, by the later decree where it stands there."""
    old: str | None
    """Name in the earlier decree."""
    new: str | None
    """Name in the later one."""
    changes: list[FieldChange]
    """Fields that say something else."""


class DecreeSide(StrictModel):
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


class DecreeDiff(StrictModel):
    """All that a decree changes against an earlier one."""

    old: DecreeSide
    """The earlier."""
    new: DecreeSide
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
    def has_changes(self) -> bool:
        """Return whether anything changed."""
        return bool(self.holders) or any(change.status != "same" for change in self.indicators)


class _IndicatorPair(NamedTuple):
    old: Mention | None
    new: Mention | None


def diff_decrees(
    old: Decree, new: Decree, definitions: Iterable[Definition], decisions: Iterable[Decision] = ()
) -> DecreeDiff:
    """Return what ``new`` changes against ``old``; indicators are paired by wording, link and formula."""
    old_mentions, new_mentions = list_mentions(old), list_mentions(new)
    linked_mentions = link_mentions([*old_mentions, *new_mentions], definitions, decisions)
    targets = {case.mention: case.target for case in linked_mentions.cases}
    pairs = _pair_indicators(old_mentions, new_mentions, targets)
    relation = period_relation(old, new)
    return DecreeDiff(
        old=_decree_side(old),
        new=_decree_side(new),
        same_period={"same": True, "other": False}.get(relation),
        holders=_compare_goals(old, new),
        indicators=[_compare_pair(pair) for pair in pairs],
        kept=sum(pair.old is not None and pair.new is not None for pair in pairs),
        of=len(old_mentions),
    )


def _decree_side(decree: Decree) -> DecreeSide:
    fields = ("kind", "kecamatan", "number", "year", "period")
    return DecreeSide(name=decree.document.name, **{field: getattr(decree, field) for field in fields})


def _pair_indicators(
    old_mentions: tuple[Mention, ...], new_mentions: tuple[Mention, ...], targets: dict[Mention, str | None]
) -> list[_IndicatorPair]:
    """Return each later indicator with the earlier one that it continues; certain pairs are made first."""
    unpaired, earlier_of = list(old_mentions), dict.fromkeys(new_mentions)
    criteria: tuple[Callable[[Mention, Mention], bool], ...] = (
        lambda a, b: _has_same_holder(a, b) and same_words(a.name, b.name, b.kecamatan),
        lambda a, b: _has_same_holder(a, b) and targets[a] is not None and targets[a] == targets[b],
        lambda a, b: targets[a] is not None and targets[a] == targets[b],
        lambda a, b: _has_same_holder(a, b) and _has_same_formula(a, b),
        lambda a, b: _has_same_holder(a, b) and needs_review(a.name, b.name, b.kecamatan),
    )
    for is_match in criteria:
        for later in new_mentions:
            earlier = next(
                (
                    candidate
                    for candidate in unpaired
                    if earlier_of[later] is None and is_match(candidate, later)
                ),
                None,
            )
            if earlier is not None:
                unpaired.remove(earlier)
                earlier_of[later] = earlier
    return [
        *(_IndicatorPair(earlier_of[later], later) for later in new_mentions),
        *(_IndicatorPair(earlier, None) for earlier in unpaired),
    ]


def _has_same_holder(left: Mention, right: Mention) -> bool:
    if left.decree.kind == right.decree.kind == "IKU":
        return True
    return same_words(left.holder.name or "", right.holder.name or "")


def _has_same_formula(left: Mention, right: Mention) -> bool:
    """Return whether both have the same formula of several quantities; a single count is no evidence."""
    if not (left.expression and right.expression) or left.expression.count('"') < len('""""'):
        return False
    return compare_formulas(left.expression, right.expression).verdict == "equivalent"


def _compare_pair(pair: _IndicatorPair) -> IndicatorChange:
    old, new = pair
    newest = new or old
    assert newest is not None
    if old is None or new is None:
        status: ChangeStatus = "added" if old is None else "dropped"
        return IndicatorChange(
            status=status,
            holder=newest.holder.name,
            old=old.name if old else None,
            new=new.name if new else None,
            changes=[],
        )
    changes = [
        change for field in _COMPARED_FIELDS if (change := _compare_field(field, old, new)) is not None
    ]
    is_renamed = any(change.field == "name" for change in changes)
    status = "renamed" if is_renamed else "changed" if changes else "same"
    return IndicatorChange(status=status, holder=new.holder.name, old=old.name, new=new.name, changes=changes)


def _compare_field(field: FieldName, old: Mention, new: Mention) -> FieldChange | None:
    """Return how a field changed; None if both mean the same."""
    text, is_same = _COMPARED_FIELDS[field]
    old_text, new_text = text(old), text(new)
    if old_text == new_text or is_same(old, new):
        return None
    if field != "formula":
        return FieldChange(field=field, old=old_text, new=new_text)
    return _compare_formulas(old, new, old_text, new_text)


def _compare_formulas(old: Mention, new: Mention, old_text: str, new_text: str) -> FieldChange:
    if new.raw_formula is not None and new.expression is None:
        return FieldChange(field="formula", old=old_text, new=new_text, verdict="unreadable")
    if old.expression is None:
        return FieldChange(field="formula", old=old_text, new=new_text)
    comparison = compare_formulas(old.expression, new.expression)
    wording = describe_differences(
        DifferenceEntry(side=d.side, kind=d.kind, definition=list(d.definition), decree=list(d.decree))
        for d in comparison.differences
    )
    return FieldChange(
        field="formula",
        old=old_text,
        new=new_text,
        verdict=comparison.verdict,
        differences=wording if comparison.differences else None,
    )


def _is_equivalent(old: Mention, new: Mention) -> bool:
    if not (old.expression and new.expression):
        return False
    return compare_formulas(old.expression, new.expression).verdict == "equivalent"


def _wording_field(text: _TextGetter) -> _ComparedField:
    return text, lambda old, new: same_words(text(old), text(new))


def _has_same_name(old: Mention, new: Mention) -> bool:
    """Return whether a name has the same words; a difference in spelling, punctuation or office is ignored.

    Possible OCR damage is not a renaming, either.
    """
    if not same_words(old.name, new.name, old.kecamatan):
        return False
    old_form, new_form = (
        normalise_text(mention.name, mention.kecamatan, text_vocabulary(counterpart.name))
        for mention, counterpart in ((old, new), (new, old))
    )
    return (
        old_form.has_unknown_words
        or new_form.has_unknown_words
        or old_form.words_after_step("measure") == new_form.words_after_step("measure")
    )


def _list_field(entries: Callable[[Mention], list[str]]) -> _ComparedField:
    return lambda mention: ", ".join(entries(mention)), lambda old, new: same_entries(
        entries(old), entries(new)
    )


def _format_targets(mention: Mention) -> str:
    return "; ".join(f"{t.year or '?'}: {t.value}" for t in mention.indicator.targets)


_COMPARED_FIELDS: dict[FieldName, _ComparedField] = {
    "name": (lambda mention: mention.name, _has_same_name),
    "objective": _wording_field(lambda mention: mention.indicator.objective or ""),
    "formula": (lambda mention: mention.raw_formula or "", _is_equivalent),
    "explanation": _wording_field(lambda mention: mention.indicator.explanation or ""),
    "unit": _wording_field(lambda mention: mention.indicator.unit or ""),
    "targets": (_format_targets, lambda old, new: _format_targets(old) == _format_targets(new)),
    "data_sources": _list_field(lambda mention: mention.indicator.data_sources),
    "responsible": _list_field(lambda mention: mention.indicator.responsible),
}


def _compare_goals(old: Decree, new: Decree) -> list[FieldChange]:
    """Return the changed goals and goal indicators of the first holder, if both decrees have one."""
    if not (old.holders and new.holders):
        return []
    fields: tuple[FieldName, ...] = ("goal", "goal_indicator")
    texts_by_field = (
        (field, *((getattr(d.holders[0], field) or "") for d in (old, new))) for field in fields
    )
    return [
        FieldChange(field=field, old=old_text, new=new_text)
        for field, old_text, new_text in texts_by_field
        if not same_words(old_text, new_text)
    ]
