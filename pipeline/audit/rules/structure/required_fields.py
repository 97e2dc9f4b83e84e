"""S rules: fields that a decree must have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import (
    Location,
    Violation,
    holder_level,
    indicator_location,
    text_origin,
)
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.village_deadlines import find_contradictions
from pipeline.audit.rules.structure.target_values import is_filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

EMPTY_FIELD, EXPLICIT_NIL = "empty-field", "explicit-nil"
"""Codes of the extractor's notes: a label without a value, and one with a dash for a value."""
MIN_COPIED_DUTIES, MIN_DUTY_WORDS = 2, 6
"""So many duties of so many words are alike by copying; a short one (other tasks) is common to all posts."""


def _cases_by_holder(context: AuditContext) -> Iterator[tuple[Decree, int, list[AuditedIndicator]]]:
    for decree in context.decrees:
        for index in range(len(decree.holders)):
            cases = [c for c in context.decree_cases(decree) if c.mention.holder_index == index]
            if cases:
                yield decree, index, cases


def _holder_label(decree: Decree, index: int) -> str:
    return decree.holders[index].name or f"{decree.kecamatan or decree.document.name} ({index + 1})"


def _empty_fields(
    context: AuditContext, field: str, is_required: Callable[[Decree, int, list[AuditedIndicator]], bool]
) -> Iterator[Violation]:
    """One hit a holder: the first empty field is the place, the others are related."""
    for decree, index, cases in _cases_by_holder(context):
        empty_cases = [c for c in cases if not getattr(c.mention.indicator, field)]
        if empty_cases and is_required(decree, index, cases):
            values = {"count": str(len(empty_cases)), "holder": _holder_label(decree, index)}
            spots = tuple(indicator_location(c, field) for c in empty_cases)
            yield Violation(spots, values, empty_cases[0].level, text_origin(decree))


def missing_objective(context: AuditContext) -> Iterator[Violation]:
    """S001: indicators without an objective."""
    return _empty_fields(context, "objective", lambda *_: True)


def missing_source(context: AuditContext) -> Iterator[Violation]:
    """S002: indicators without a data source."""
    return _empty_fields(context, "data_sources", lambda *_: True)


def missing_responsible(context: AuditContext) -> Iterator[Violation]:
    """S003: agency indicators without a responsible officer; a position answers for its own."""
    return _empty_fields(
        context, "responsible", lambda decree, index, _: decree.holders[index].type == "agency"
    )


def missing_functions(context: AuditContext) -> Iterator[Violation]:
    """S004: a section head or Camat without functions, or any post whose printed label is left empty.

    ``Fungsi : -`` is an explicit nil and no gap.
    """
    for decree, index, cases in _cases_by_holder(context):
        pointer = f"/holders/{index}/functions"
        note_codes = {note.code for note in decree.notes if note.pointer == pointer}
        is_required = EMPTY_FIELD in note_codes or holder_level(decree, index) in ("head", "officer")
        if not decree.holders[index].functions and is_required and EXPLICIT_NIL not in note_codes:
            yield Violation(
                (Location(decree, pointer),),
                {"holder": _holder_label(decree, index)},
                cases[0].level,
                text_origin(decree),
            )


def missing_duties(context: AuditContext) -> Iterator[Violation]:
    """S027: no duties, where the decree prints them for other posts, or prints functions."""
    for decree in context.decrees:
        others_have_duties = any(holder.duties for holder in decree.holders)
        for index, holder in enumerate(decree.holders):
            if not holder.duties and (others_have_duties or holder.functions) and holder.indicators:
                spots = (Location(decree, f"/holders/{index}/duties"),)
                yield Violation(
                    spots,
                    {"holder": _holder_label(decree, index)},
                    holder_level(decree, index),
                    text_origin(decree),
                )


def unpaired_goal(context: AuditContext) -> Iterator[Violation]:
    """S028: a goal without its indicator, or the other way round; who prints neither has no such part."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            if bool(holder.goal) != bool(holder.goal_indicator):
                missing_part = "goal_indicator" if holder.goal else "goal"
                part_name = format_phrase(missing_part)
                values = {
                    "holder": _holder_label(decree, index),
                    "part_id": part_name.id,
                    "part_en": part_name.en,
                }
                yield Violation(
                    (Location(decree, f"/holders/{index}/{missing_part}"),),
                    values,
                    holder_level(decree, index),
                    text_origin(decree),
                )


def _holders_with_field(context: AuditContext, field: str) -> set[str]:
    """Ids of the holders of which any indicator has the field: their tables have a column for it."""
    return {c.mention.holder_id for c in context.cases if getattr(c.mention.indicator, field)}


def missing_unit(context: AuditContext) -> Iterator[Violation]:
    """S034: no unit, where other indicators of the table have one."""
    holders_with_units = _holders_with_field(context, "unit")
    for case in context.cases:
        if not (case.mention.indicator.unit or "").strip() and case.mention.holder_id in holders_with_units:
            yield Violation(
                (indicator_location(case, "unit"),), {"name": case.mention.name}, case.level, case.origin
            )


def no_indicator(context: AuditContext) -> Iterator[Violation]:
    """S036: an agency or a post without any indicator."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            if not holder.indicators:
                spots = (Location(decree, f"/holders/{index}/indicators"),)
                yield Violation(
                    spots,
                    {"holder": _holder_label(decree, index)},
                    holder_level(decree, index),
                    text_origin(decree),
                )


def copied_duties(context: AuditContext) -> Iterator[Violation]:
    """S037: several duties of one post are word for word those of another."""
    for decree in context.decrees:
        first_holder: dict[str, int] = {}
        for index, holder in enumerate(decree.holders):
            holder_duties = {
                _normalise_text(text) for text in holder.duties if len(text.split()) >= MIN_DUTY_WORDS
            }
            copies_by_holder = Counter(
                first_holder[duty] for duty in sorted(holder_duties) if duty in first_holder
            )
            for duty in holder_duties:
                first_holder.setdefault(duty, index)
            source_holder, count = copies_by_holder.most_common(1)[0] if copies_by_holder else (0, 0)
            if count >= MIN_COPIED_DUTIES:
                values = {
                    "holder": _holder_label(decree, index),
                    "other": _holder_label(decree, source_holder),
                    "number": str(count),
                }
                spots = (
                    Location(decree, f"/holders/{index}/duties"),
                    Location(decree, f"/holders/{source_holder}/duties"),
                )
                yield Violation(spots, values, holder_level(decree, index), text_origin(decree))


def _normalise_text(text: str) -> str:
    return " ".join(split_words(text))


def missing_target(context: AuditContext) -> Iterator[Violation]:
    """S011: a year of the period, or of the table's other rows, without target."""
    holders_with_targets = _holders_with_field(context, "targets")
    years_by_holder: dict[str, set[int]] = {}
    for case in context.cases:
        years_by_holder.setdefault(case.mention.holder_id, set()).update(
            t.year for t in case.mention.indicator.targets if t.year is not None and is_filled(t.value)
        )
    for case in context.cases:
        targets, period = case.mention.indicator.targets, case.mention.decree.period
        years = {t.year for t in targets if t.year is not None and is_filled(t.value)}
        if not years and case.mention.holder_id not in holders_with_targets:
            continue
        table_years = years_by_holder.get(case.mention.holder_id, set())
        start, end = (
            (period.start, period.end)
            if period
            else (min(table_years, default=0), max(table_years, default=-1))
        )
        missing_years = [year for year in range(start, min(end, start + 20) + 1) if year not in years]
        if missing_years:
            target_text = "; ".join(f"{t.year}: {t.value}" for t in targets)
            values = {"years": ", ".join(map(str, missing_years)), "period": f"{start}–{end}"}
            yield Violation((indicator_location(case, "targets", target_text),), values, case.level)


def wrong_deadline(context: AuditContext) -> Iterator[Violation]:
    """S012: a deadline of a village document later than the law's."""
    for case in context.cases:
        indicator = case.mention.indicator
        texts = [("explanation", indicator.explanation or ""), ("formula", case.mention.raw_formula or "")]
        texts += [("name", indicator.name), ("objective", indicator.objective or "")]
        texts += [(f"data_sources/{i}", text) for i, text in enumerate(indicator.data_sources)]
        for field, text in texts:
            for contradiction in find_contradictions(text, indicator.name):
                law = {"law_id": contradiction.law.id, "law_en": contradiction.law.en}
                values = {"document": contradiction.document, "stated": contradiction.stated, **law}
                yield Violation(
                    (indicator_location(case, field, text),), values, case.level, law=(contradiction.basis,)
                )


RULES = {
    "S001": missing_objective,
    "S002": missing_source,
    "S003": missing_responsible,
    "S004": missing_functions,
    "S011": missing_target,
    "S012": wrong_deadline,
    "S027": missing_duties,
    "S028": unpaired_goal,
    "S034": missing_unit,
    "S036": no_indicator,
    "S037": copied_duties,
}
