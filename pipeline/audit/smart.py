"""Criteria of the evaluators' worksheet for each indicator: SMART, its operational definition, its data.

A rule that names a criterion fails it where it finds something. What is put down to OCR, or is uncertain,
fails nothing: it cannot be judged before somebody has looked at the original.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.assessment import CRITERIA, Judgement, Smart, Wording
from pipeline.audit.context import unread
from pipeline.audit.damage import formula_damage, noise
from pipeline.audit.lexicon import lexicon, load
from pipeline.audit.rulebook import rulebook
from pipeline.audit.wording import bare, readable
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.assessment import Finding
    from pipeline.audit.context import Case

    Judge = Callable[[Case], Judgement]

TASK_LENGTH = 120
"""Characters of a duty that a reason quotes."""


class Judged(NamedTuple):
    """All judgements of one indicator."""

    smart: Smart
    operational_definition: Judgement
    data_collection: Judgement


def judge(cases: Iterable[Case], findings: Iterable[Finding]) -> dict[str, Judged]:
    """Each indicator judged, by its id; the findings are those of the rules that need one document only."""
    found = _by_indicator(findings)
    return {case.mention.id: _judged(case, found.get(case.mention.id, {})) for case in cases}


def _by_indicator(findings: Iterable[Finding]) -> dict[str, dict[str, list[Finding]]]:
    """Findings of rules that name a criterion, by the indicator that they lie in and by criterion."""
    made: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        for criterion in rulebook()[finding.code].criteria if finding.severity != "info" else ():
            for place in (finding.place, *finding.related):
                parts = place.pointer.split("/")
                if len(parts) > 4 and (parts[1], parts[3]) == ("holders", "indicators"):
                    made[f"{place.document}.h{parts[2]}.i{parts[4]}"][criterion].append(finding)
    return made


def _judged(case: Case, found: Mapping[str, list[Finding]]) -> Judged:
    made = {name: _judgement(case, name, found.get(name, [])) for name in _JUDGES}
    smart = Smart(**{name: made[name] for name in CRITERIA})
    return Judged(smart, made["operational_definition"], made["data_collection"])


def _judgement(case: Case, name: str, found: list[Finding]) -> Judgement:
    """Failed by a rule that is sure, open by one that is not or by damage, else as the criterion has it."""
    sure = next((f for f in found if f.cause == "decree_fault"), None)
    damaged = name in _READ_FROM and any(look(case) for look in _READ_FROM[name])
    if damaged:
        return Judgement(value=None, reason=_said("damaged"))
    if sure is not None:
        return Judgement(value=False, reason=sure.message)
    if found:
        first = found[0].message
        told = _said("doubtful")
        reason = Wording(id=told.id.format(message=first.id), en=told.en.format(message=first.en))
        return Judgement(value=None, reason=reason)
    return _JUDGES[name](case)


def _specific(case: Case) -> Judgement:
    return _met("specific")


def _measurable(case: Case) -> Judgement:
    name = case.mention.name
    measure = lexicon()["measures"].first(name) or next(iter(normalise(name).measures), "")
    return _met("measurable", measure=measure) if measure else _open("measurable", "unclear")


def _achievable(case: Case) -> Judgement:
    """Within a printed duty or function: one that shares a content word with the name."""
    holder, kecamatan = case.mention.holder, case.mention.kecamatan
    tasks = [*holder.functions, *holder.duties]
    if not tasks:
        return _open("achievable", "nothing")
    keys = normalise(bare(case.mention.name), kecamatan).keys
    task = max(tasks, key=lambda text: len(keys & normalise(text, kecamatan).keys))
    if not keys & normalise(task, kecamatan).keys:
        return _open("achievable", "unclear")
    shown = task if len(task) <= TASK_LENGTH else task[: TASK_LENGTH - 1] + "…"
    return _met("achievable", task=shown)


def _relevant(case: Case) -> Judgement:
    return _met("relevant") if case.formula is not None else _open("relevant", "nothing")


def _timebound(case: Case) -> Judgement:
    indicator, period = case.mention.indicator, case.mention.decree.period
    if period is not None:
        years = str(period.start) if period.start == period.end else f"{period.start}–{period.end}"
        return _told("timebound", "period", True, period=years)
    years = ", ".join(str(target.year) for target in indicator.targets if target.year)
    if years:
        return _told("timebound", "targets", True, years=years)
    texts = (indicator.name, case.mention.raw or "", indicator.explanation or "")
    words = next(filter(None, map(lexicon()["periods"].first, texts)), None)
    if words:
        return _told("timebound", "words", True, words=words)
    if unread(case.mention.decree):
        return _open("timebound", "unread")
    return _told("timebound", "unmet", False)


def _operational(case: Case) -> Judgement:
    if case.formula is None or not case.mention.expression:
        return _open("operational_definition", "unclear")
    return _met("operational_definition", formula=readable(case.mention.expression))


def _collection(case: Case) -> Judgement:
    return _met("data_collection")


def _met(criterion: str, **values: str) -> Judgement:
    return _told(criterion, "met", True, **values)


def _open(criterion: str, why: str) -> Judgement:
    return _told(criterion, why, None)


def _told(criterion: str, key: str, value: bool | None, **values: str) -> Judgement:
    text = _reasons()[criterion][key]
    reason = Wording(id=_filled(text["id"], values), en=_filled(text["en"], values))
    return Judgement(value=value, reason=reason)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The placeholders filled; printed braces in the values stay as they are."""
    return text.format(**values) if values else text


def _said(key: str) -> Wording:
    return Wording(**_reasons()[key])


@cache
def _reasons() -> dict[str, dict[str, dict[str, str]]]:
    table: dict[str, dict[str, dict[str, str]]] = load("rules/smart.yaml")
    return table


def _name_damaged(case: Case) -> bool:
    return bool(noise(case.mention.name))


def _raw_damaged(case: Case) -> bool:
    return formula_damage(case.mention.raw)


_JUDGES: dict[str, Judge] = {
    "specific": _specific,
    "measurable": _measurable,
    "achievable": _achievable,
    "relevant": _relevant,
    "timebound": _timebound,
    "operational_definition": _operational,
    "data_collection": _collection,
}
_READ_FROM: dict[str, tuple[Callable[[Case], bool], ...]] = {
    "specific": (_name_damaged,),
    "measurable": (_name_damaged,),
    "achievable": (_name_damaged,),
    "relevant": (_name_damaged, _raw_damaged),
    "operational_definition": (_raw_damaged,),
}
"""From which texts a criterion is read; where one is damaged, it cannot be judged."""
