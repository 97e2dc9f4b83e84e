"""K rules: further fields in which kecamatan of one regency, or an agency and its posts, differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, indicator_location
from pipeline.audit.core.audit_lexicon import load_lexicon, split_words
from pipeline.audit.domain.kecamatan_variants import (
    disagree_across_kecamatan,
    group_variants,
    shared_indicators,
    variant_violation,
)
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.ocr_damage import has_formula_damage
from pipeline.audit.domain.planning_periods import group_by_period, period_relation
from pipeline.audit.domain.text_comparison import readable_formula, same_words
from pipeline.audit.domain.village_deadlines import find_contradictions, same_deadlines
from pipeline.audit.rules.consistency.cascading import is_carried_by
from pipeline.audit.rules.structure.target_values import yearly_targets
from pipeline.formulas import compare_formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

SCALE_FACTOR = 10
"""Times by which targets of one indicator differ when they are not of one scale (0,8 and 80)."""


def _differing_texts(
    context: AuditContext,
    field: str,
    text: Callable[[AuditedIndicator], str],
    is_same: Callable[[str, str], bool],
) -> Iterator[Violation]:
    """Indicators whose field, where it is filled, is stated in several ways by several kecamatan."""
    for indicator in shared_indicators(context):
        stated_cases = tuple(c for c in indicator.cases if text(c).strip())
        groups = group_variants(stated_cases, lambda a, b: is_same(text(a), text(b)))
        if disagree_across_kecamatan(groups):
            yield variant_violation(indicator, groups, field, text, text, text)


def unit_variants(context: AuditContext) -> Iterator[Violation]:
    """K009: one indicator in several units; ``%`` and ``persen`` are one."""
    percent = load_lexicon()["percentages"]

    def same_unit(left: str, right: str) -> bool:
        return split_words(left) == split_words(right) or (
            percent.occurs_in(left) and percent.occurs_in(right)
        )

    return _differing_texts(context, "unit", lambda c: c.mention.indicator.unit or "", same_unit)


def explanation_variants(context: AuditContext) -> Iterator[Violation]:
    """K010: one indicator, several operational definitions; the same day in other words is no other."""
    for indicator in shared_indicators(context):
        stated_cases = tuple(c for c in indicator.cases if _explanation_text(c).strip())
        groups = group_variants(stated_cases, _same_definition)
        if disagree_across_kecamatan(groups):
            yield variant_violation(
                indicator,
                groups,
                "explanation",
                _explanation_text,
                _explanation_text,
                _explanation_text,
                _has_unlawful_deadline,
            )


def _same_definition(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    left_text, right_text = _explanation_text(left), _explanation_text(right)
    if same_words(left_text, right_text):
        return True
    return _qualifier_words(left_text) == _qualifier_words(right_text) and same_deadlines(
        left_text, right_text, left.mention.name
    )


def _qualifier_words(text: str) -> set[str]:
    """The conditions that an explanation sets beside being in time."""
    return {word for word in split_words(text) if load_lexicon()["qualifiers"].is_entry(word)} - {
        "tepat",
        "waktu",
    }


def _explanation_text(case: AuditedIndicator) -> str:
    return case.mention.indicator.explanation or ""


def _has_unlawful_deadline(case: AuditedIndicator) -> bool:
    """Whether an explanation gives a deadline that the law does not: then the other one is right."""
    return any(find_contradictions(_explanation_text(case), case.mention.name))


def objective_variants(context: AuditContext) -> Iterator[Violation]:
    """K013: one indicator under several objectives."""
    return _differing_texts(context, "objective", lambda c: c.mention.indicator.objective or "", same_words)


def name_variants(context: AuditContext) -> Iterator[Violation]:
    """K014: one indicator under several names."""
    return _differing_texts(
        context, "name", lambda c: c.mention.name, lambda a, b: split_words(a) == split_words(b)
    )


def target_variants(context: AuditContext) -> Iterator[Violation]:
    """K011: targets of one indicator that rise here and fall there, or are of another scale."""
    for indicator in shared_indicators(context):
        cases_with_targets = tuple(c for c in indicator.cases if yearly_targets(c))
        groups = group_variants(
            cases_with_targets,
            lambda a, b: _target_direction(a) * _target_direction(b) >= 0 and not _differ_in_scale(a, b),
        )
        if disagree_across_kecamatan(groups):
            yield variant_violation(
                indicator, groups, "targets", _printed_targets, _printed_targets, _printed_targets
            )


def _target_direction(case: AuditedIndicator) -> int:
    """Whether targets rise (1), fall (-1) or stay."""
    year_targets = yearly_targets(case)
    change = year_targets[-1].value - year_targets[0].value
    return (change > 0) - (change < 0)


def _differ_in_scale(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Whether the targets cannot be of one scale; what is counted may well differ between kecamatan."""
    if not (left.is_percentage or load_lexicon()["scores"].occurs_in(left.mention.name)):
        return False
    low, high = sorted(max(abs(aim.value) for aim in yearly_targets(case)) for case in (left, right))
    return low > 0 and high / low >= SCALE_FACTOR


def _printed_targets(case: AuditedIndicator) -> str:
    return "; ".join(f"{t.year}: {t.value}" for t in case.mention.indicator.targets)


def period_variants(context: AuditContext) -> Iterator[Violation]:
    """K012: decrees of one regency whose periods overlap and are not the same."""
    regencies: dict[tuple[str, str], list[Decree]] = {}
    for decree in context.decrees:
        if decree.regency and decree.period:
            regencies.setdefault((decree.regency, decree.kind or ""), []).append(decree)
    for (regency, _), decrees in sorted(regencies.items(), key=lambda item: item[0]):
        for group in group_by_period(decrees):
            versions = group_variants(group, lambda a, b: a.period == b.period)
            if len({d.kecamatan for version in versions for d in version}) > 1 and len(versions) > 1:
                outlier = min(versions, key=len)
                ordered = [outlier, *(v for v in versions if v is not outlier)]
                spots = tuple(Location(d, "/period", _period_text(d)) for version in ordered for d in version)
                variant_texts = tuple((_period_text(v[0]), tuple(v)) for v in versions)
                description = "; ".join(
                    f"{span} ({', '.join(sorted({d.kecamatan or '?' for d in members}))})"
                    for span, members in variant_texts
                )
                yield Violation(spots, {"regency": regency, "variants": description}, variants=variant_texts)


def _period_text(decree: Decree) -> str:
    period = decree.period
    return f"{period.start}–{period.end}" if period else ""


def cascaded_formula_differs(context: AuditContext) -> Iterator[Violation]:
    """K015: a post carries the agency's indicator and computes it by another formula."""
    for agency, posts in _agencies_with_posts(context):
        agency_cases = {c.target: c for c in context.decree_cases(agency) if c.target and c.formula}
        for case in (c for post in posts for c in context.decree_cases(post) if c.formula):
            agency_case = agency_cases.get(case.target or "")
            if (
                agency_case is None
                or has_formula_damage(case.mention.raw_formula)
                or has_formula_damage(agency_case.mention.raw_formula)
            ):
                continue
            comparison = compare_formulas(agency_case.mention.expression or "", case.mention.expression)
            if comparison.verdict == "differs" and any(
                d.side != "multiplier" for d in comparison.differences
            ):
                spots = (
                    indicator_location(case, "formula", case.mention.raw_formula or ""),
                    indicator_location(agency_case, "formula", agency_case.mention.raw_formula or ""),
                )
                values = {
                    "name": case.mention.name,
                    "formula": readable_formula(case.mention.expression or ""),
                    "other": readable_formula(agency_case.mention.expression or ""),
                }
                yield Violation(spots, values, case.level, case.origin)


def serves_nothing(context: AuditContext) -> Iterator[Violation]:
    """K016: a post's indicator that serves no objective and no indicator of its agency."""
    for agency, posts in _agencies_with_posts(context):
        agency_cases = context.decree_cases(agency)
        agency_targets = {c.target for c in agency_cases} - {None}
        agency_objectives = {c.mention.indicator.objective for c in agency_cases} - {None}
        for case in (c for post in posts for c in context.decree_cases(post)):
            objective = case.mention.indicator.objective
            if not objective or not agency_cases or case.target in agency_targets:
                continue
            serves_objective = any(same_words(objective, aim or "") for aim in agency_objectives)
            if not serves_objective and not any(
                is_carried_by(c, case) or is_carried_by(case, c) for c in agency_cases
            ):
                spots = (indicator_location(case, "objective", objective), Location(agency, "/holders/0"))
                yield Violation(spots, {"name": case.mention.name, "objective": objective}, case.level)


def _agencies_with_posts(context: AuditContext) -> Iterator[tuple[Decree, list[Decree]]]:
    """Each agency's decree with those of the posts of the same kecamatan and period."""
    for agency in (d for d in context.decrees if d.kind == "IKU" and d.kecamatan):
        place = (agency.kecamatan, agency.regency)
        posts = [
            d
            for d in context.decrees
            if d.kind == "IKI" and (d.kecamatan, d.regency) == place and period_relation(agency, d) != "other"
        ]
        if posts:
            yield agency, posts


def goal_variants(context: AuditContext) -> Iterator[Violation]:
    """K017: agencies of one regency and period pursue goals of different words."""
    regencies: dict[str, list[Decree]] = {}
    for decree in context.decrees:
        if decree.kind == "IKU" and decree.regency and decree.holders and decree.holders[0].goal:
            regencies.setdefault(decree.regency, []).append(decree)
    for regency, decrees in sorted(regencies.items()):
        for group in group_by_period(decrees):
            versions = group_variants(group, lambda a, b: same_words(_goal_text(a), _goal_text(b)))
            if len(versions) > 1:
                spots = tuple(Location(d, "/holders/0/goal", _goal_text(d)) for d in group)
                variant_texts = tuple((_goal_text(v[0]), tuple(v)) for v in versions)
                descriptions = [
                    f'"{goal}" ({", ".join(d.kecamatan or "?" for d in v)})' for goal, v in variant_texts
                ]
                period = "certain" if _disagree_in_period(versions) else "undated"
                ask = format_phrase("nothing" if period == "certain" else "ask-period")
                values = {
                    "regency": regency,
                    "variants": "; ".join(descriptions),
                    "ask_id": ask.id,
                    "ask_en": ask.en,
                }
                yield Violation(spots, values, circumstance=period, variants=variant_texts)


def _disagree_in_period(versions: list[list[Decree]]) -> bool:
    """Whether two decrees that print one and the same period disagree."""
    return any(
        a.period is not None and a.period == b.period
        for index, group in enumerate(versions)
        for other_group in versions[index + 1 :]
        for a in group
        for b in other_group
    )


def _goal_text(decree: Decree) -> str:
    return decree.holders[0].goal or ""


RULES = {
    "K009": unit_variants,
    "K010": explanation_variants,
    "K011": target_variants,
    "K012": period_variants,
    "K013": objective_variants,
    "K014": name_variants,
    "K015": cascaded_formula_differs,
    "K016": serves_nothing,
    "K017": goal_variants,
}
