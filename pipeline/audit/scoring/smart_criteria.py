"""Criteria of the evaluators' worksheet for each indicator: SMART, its operational definition, its data.

A rule that names a criterion fails it where it finds something. What is put down to OCR, or is uncertain,
fails nothing: it cannot be judged before somebody has looked at the original.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import RootModel

from extractors.knowledge.yaml_loader import load_table
from pipeline.audit.core.audit_context import unread_spans
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.domain.ocr_damage import find_ocr_noise, has_formula_damage
from pipeline.audit.domain.text_comparison import readable_formula, strip_measures
from pipeline.audit.rulebook.rule_registry import load_rulebook
from pipeline.language import normalise_text
from pipeline.models.findings import SMART_CRITERIA, Judgement, Smart, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.audit.core.audit_context import AuditedIndicator
    from pipeline.models.findings import Finding

    CriterionJudge = Callable[[AuditedIndicator], Judgement]

TASK_LENGTH = 120
"""Characters of a duty that a reason quotes."""


class IndicatorJudgements(NamedTuple):
    """All judgements of one indicator."""

    smart: Smart
    operational_definition: Judgement
    data_collection: Judgement


def judge_indicators(
    cases: Iterable[AuditedIndicator], findings: Iterable[Finding]
) -> dict[str, IndicatorJudgements]:
    """Each indicator judged, by its id; the findings are those of the rules that need one document only."""
    findings_by_indicator = _group_by_indicator(findings)
    return {
        case.mention.id: _judge_indicator(case, findings_by_indicator.get(case.mention.id, {}))
        for case in cases
    }


def _group_by_indicator(findings: Iterable[Finding]) -> dict[str, dict[str, list[Finding]]]:
    """Findings of rules that name a criterion, by the indicator that they lie in and by criterion."""
    findings_by_criterion: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        for criterion in load_rulebook()[finding.code].criteria:
            for place in (finding.place, *finding.related):
                parts = place.pointer.split("/")
                if len(parts) > 4 and (parts[1], parts[3]) == ("holders", "indicators"):
                    findings_by_criterion[f"{place.document}.h{parts[2]}.i{parts[4]}"][criterion].append(
                        finding
                    )
    return findings_by_criterion


def _judge_indicator(
    case: AuditedIndicator, criterion_findings: Mapping[str, list[Finding]]
) -> IndicatorJudgements:
    judgements = {name: _judge_criterion(case, name, criterion_findings.get(name, [])) for name in _JUDGES}
    smart = Smart(**{name: judgements[name] for name in SMART_CRITERIA})
    return IndicatorJudgements(smart, judgements["operational_definition"], judgements["data_collection"])


def _judge_criterion(case: AuditedIndicator, name: str, criterion_findings: list[Finding]) -> Judgement:
    """Failed by a rule that is sure, open by one that is not or by damage, else as the criterion has it."""
    certain_finding = next((f for f in criterion_findings if f.cause == "decree_fault"), None)
    is_damaged = name in _DAMAGE_CHECKS and any(
        is_text_damaged(case) for is_text_damaged in _DAMAGE_CHECKS[name]
    )
    if is_damaged:
        return Judgement(value=None, reason=_reason_wording("damaged"))
    if certain_finding is not None:
        return Judgement(value=False, reason=certain_finding.message)
    if criterion_findings:
        first_message = criterion_findings[0].message
        doubt = _reason_wording("doubtful")
        reason = Wording(
            id=doubt.id.format(message=first_message.id), en=doubt.en.format(message=first_message.en)
        )
        return Judgement(value=None, reason=reason)
    return _JUDGES[name](case)


def _judge_specific(case: AuditedIndicator) -> Judgement:
    return _met_judgement("specific")


def _judge_measurable(case: AuditedIndicator) -> Judgement:
    name = case.mention.name
    measure = load_lexicon().measures.find_first(name) or next(iter(normalise_text(name).measures), "")
    return (
        _met_judgement("measurable", measure=measure) if measure else _open_judgement("measurable", "unclear")
    )


def _judge_achievable(case: AuditedIndicator) -> Judgement:
    """Within a printed duty or function: one that shares a content word with the name."""
    holder, kecamatan = case.mention.holder, case.mention.kecamatan
    tasks = [*holder.functions, *holder.duties]
    if not tasks:
        return _open_judgement("achievable", "nothing")
    keys = normalise_text(strip_measures(case.mention.name), kecamatan).keys
    task = max(tasks, key=lambda text: len(keys & normalise_text(text, kecamatan).keys))
    if not keys & normalise_text(task, kecamatan).keys:
        return _open_judgement("achievable", "unclear")
    shortened_task = task if len(task) <= TASK_LENGTH else task[: TASK_LENGTH - 1] + "…"
    return _met_judgement("achievable", task=shortened_task)


def _judge_relevant(case: AuditedIndicator) -> Judgement:
    return _met_judgement("relevant") if case.formula is not None else _open_judgement("relevant", "nothing")


def _judge_timebound(case: AuditedIndicator) -> Judgement:
    indicator, period = case.mention.indicator, case.mention.decree.period
    if period is not None:
        years = str(period.start) if period.start == period.end else f"{period.start}–{period.end}"
        return _make_judgement("timebound", "period", True, period=years)
    years = ", ".join(str(target.year) for target in indicator.targets if target.year)
    if years:
        return _make_judgement("timebound", "targets", True, years=years)
    texts = (indicator.name, case.mention.raw_formula or "", indicator.explanation or "")
    words = next(filter(None, map(load_lexicon().periods.find_first, texts)), None)
    if words:
        return _make_judgement("timebound", "words", True, words=words)
    if unread_spans(case.mention.decree):
        return _open_judgement("timebound", "unread")
    return _make_judgement("timebound", "unmet", False)


def _judge_operational_definition(case: AuditedIndicator) -> Judgement:
    if case.formula is None or not case.mention.expression:
        return _open_judgement("operational_definition", "unclear")
    return _met_judgement("operational_definition", formula=readable_formula(case.mention.expression))


def _judge_data_collection(case: AuditedIndicator) -> Judgement:
    return _met_judgement("data_collection")


def _met_judgement(criterion: str, **values: str) -> Judgement:
    return _make_judgement(criterion, "met", True, **values)


def _open_judgement(criterion: str, reason_key: str) -> Judgement:
    return _make_judgement(criterion, reason_key, None)


def _make_judgement(criterion: str, key: str, value: bool | None, **values: str) -> Judgement:
    text = _reason_table()[criterion][key]
    reason = Wording(id=_fill_placeholders(text.id, values), en=_fill_placeholders(text.en, values))
    return Judgement(value=value, reason=reason)


def _fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """The placeholders filled; printed braces in the values stay as they are."""
    return text.format(**values) if values else text


def _reason_wording(key: str) -> Wording:
    return _reason_table()["open"][key]


class SmartReasonTable(RootModel[dict[str, dict[str, Wording]]]):
    """What is said of an indicator, by criterion and case."""


@cache
def _reason_table() -> dict[str, dict[str, Wording]]:
    return load_table(__package__, "smart_criteria.yaml", SmartReasonTable).root


def _is_name_damaged(case: AuditedIndicator) -> bool:
    return bool(find_ocr_noise(case.mention.name))


def _is_formula_damaged(case: AuditedIndicator) -> bool:
    return has_formula_damage(case.mention.raw_formula)


_JUDGES: dict[str, CriterionJudge] = {
    "specific": _judge_specific,
    "measurable": _judge_measurable,
    "achievable": _judge_achievable,
    "relevant": _judge_relevant,
    "timebound": _judge_timebound,
    "operational_definition": _judge_operational_definition,
    "data_collection": _judge_data_collection,
}
_DAMAGE_CHECKS: dict[str, tuple[Callable[[AuditedIndicator], bool], ...]] = {
    "specific": (_is_name_damaged,),
    "measurable": (_is_name_damaged,),
    "achievable": (_is_name_damaged,),
    "relevant": (_is_name_damaged, _is_formula_damaged),
    "operational_definition": (_is_formula_damaged,),
}
"""From which texts a criterion is read; where one is damaged, it cannot be judged."""
