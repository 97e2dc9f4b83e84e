"""K rules: further fields in which kecamatan of one regency, or an agency and its posts, differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.definition_texts import defines_something, same_definition
from pipeline.audit.domain.kecamatan_variants import (
    disagree_across_kecamatan,
    group_variants,
    shared_indicators,
    variant_violation,
)
from pipeline.audit.domain.planning_periods import group_by_period
from pipeline.audit.domain.text_comparison import same_words
from pipeline.audit.domain.village_deadlines import find_contradictions
from pipeline.audit.rules.structure.target_values import yearly_targets

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
    percent = load_lexicon().percentages

    def same_unit(left: str, right: str) -> bool:
        return split_words(left) == split_words(right) or (
            percent.occurs_in(left) and percent.occurs_in(right)
        )

    return _differing_texts(context, "unit", lambda c: c.mention.indicator.unit or "", same_unit)


def explanation_variants(context: AuditContext) -> Iterator[Violation]:
    """K010: one indicator, several operational definitions.

    A reason (*Mendorong …*) defines nothing, and a deadline that contradicts the law is S012's.
    """
    for indicator in shared_indicators(context):
        defined_cases = tuple(
            c
            for c in indicator.cases
            if defines_something(c) and not any(find_contradictions(_explanation_text(c), c.mention.name))
        )
        groups = group_variants(defined_cases, same_definition)
        if disagree_across_kecamatan(groups):
            yield variant_violation(
                indicator, groups, "explanation", _explanation_text, _explanation_text, _explanation_text
            )


def _explanation_text(case: AuditedIndicator) -> str:
    return case.mention.indicator.explanation or ""


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
    if not (left.is_percentage or load_lexicon().scores.occurs_in(left.mention.name)):
        return False
    low, high = sorted(max(abs(aim.value) for aim in yearly_targets(case)) for case in (left, right))
    return low > 0 and high / low >= SCALE_FACTOR


def _printed_targets(case: AuditedIndicator) -> str:
    return "; ".join(f"{t.year}: {t.value}" for t in case.mention.indicator.targets)


def calculation_variants(context: AuditContext) -> Iterator[Violation]:
    """K020: one indicator that is cumulated here and not there, as a column of the tables says."""
    for indicator in shared_indicators(context):
        stated_cases = tuple(c for c in indicator.cases if _calculation_type(c))
        groups = group_variants(
            stated_cases, lambda a, b: split_words(_calculation_type(a)) == split_words(_calculation_type(b))
        )
        if disagree_across_kecamatan(groups):
            header = next(
                filter(load_lexicon().calculation_headers.occurs_in, stated_cases[0].mention.indicator.extra)
            )
            yield variant_violation(
                indicator, groups, f"extra/{header}", _calculation_type, _calculation_type, _calculation_type
            )


def _calculation_type(case: AuditedIndicator) -> str:
    extra = case.mention.indicator.extra
    return next((v for h, v in extra.items() if load_lexicon().calculation_headers.occurs_in(h)), "").strip()


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


RULES = {
    "K009": unit_variants,
    "K010": explanation_variants,
    "K011": target_variants,
    "K012": period_variants,
    "K013": objective_variants,
    "K014": name_variants,
    "K020": calculation_variants,
}
