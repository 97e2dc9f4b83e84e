"""K rules on formulas: one indicator that kecamatan of one regency and period compute differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit.domain.formula_shape import find_denominators, is_ratio, quantity_words
from pipeline.audit.domain.kecamatan_variants import (
    disagree_across_kecamatan,
    group_variants,
    shared_indicators,
    variant_violation,
)
from pipeline.audit.domain.ocr_damage import has_formula_damage, strip_markup
from pipeline.audit.domain.text_comparison import printed_spelling, readable_formula
from pipeline.formulas import compare_formulas, format_expression
from pipeline.language import normalise_text
from pipeline.language.alignment.align import neutral_verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator, Violation
    from pipeline.audit.domain.kecamatan_variants import SharedIndicator
    from pipeline.formulas import FormulaComparison


class FormulaDisagreement(NamedTuple):
    """One indicator with the formulas that decrees give it, those of one meaning together."""

    indicator: SharedIndicator
    groups: list[list[AuditedIndicator]]
    sides: frozenset[str]
    """Sides on which the formulas differ; none where all mean the same."""


def denominator_variants(context: AuditContext) -> Iterator[Violation]:
    """K001: one indicator, several denominators, each wording of them by itself."""
    for disagreement in _formula_disagreements(context):
        if disagreement.sides == {"denominator"}:
            groups = [
                part for group in disagreement.groups for part in group_variants(tuple(group), _same_verbs)
            ]
            yield variant_violation(
                disagreement.indicator, groups, "formula", _denominator_text, _linear_text, _raw_text
            )


def differing_formulas(context: AuditContext) -> Iterator[Violation]:
    """K002: one indicator, several formulas, which differ not only in the denominator."""
    for disagreement in _formula_disagreements(context):
        if disagreement.sides - {"denominator"}:
            yield variant_violation(
                disagreement.indicator, disagreement.groups, "formula", _formula_text, _linear_text, _raw_text
            )


def denominator_wordings(context: AuditContext) -> Iterator[Violation]:
    """K008: denominators of one meaning, but some leave out a participle (*yang dilaksanakan*)."""
    for disagreement in _formula_disagreements(context):
        if not disagreement.sides:
            groups = group_variants(
                tuple(case for group in disagreement.groups for case in group), _same_verbs
            )
            if disagree_across_kecamatan(groups):
                yield variant_violation(
                    disagreement.indicator, groups, "formula", _denominator_text, _linear_text, _raw_text
                )


def _formula_disagreements(context: AuditContext) -> Iterator[FormulaDisagreement]:
    """Shared indicators that are ratios, with the sides on which their formulas differ.

    A formula with signs of OCR damage is no evidence, and a lost ×100% is F003's.
    """
    for indicator in shared_indicators(context):
        readable_cases = tuple(
            c
            for c in indicator.cases
            if c.formula and is_ratio(c.formula) and not has_formula_damage(c.mention.raw_formula)
        )
        groups = group_variants(readable_cases, _formulas_agree)
        sides = {
            difference.side
            for group in groups[1:]
            for difference in _compare_formulas(groups[0][0], group[0]).differences
        }
        if len(groups) == 1 or disagree_across_kecamatan(groups):
            yield FormulaDisagreement(indicator, groups, frozenset(sides - {"multiplier"}))


def _compare_formulas(left: AuditedIndicator, right: AuditedIndicator) -> FormulaComparison:
    return compare_formulas(left.mention.expression or "", right.mention.expression)


def _formulas_agree(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    return (
        left.mention.expression == right.mention.expression
        or _compare_formulas(left, right).verdict == "equivalent"
    )


def same_formula(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Whether two formulas mean the same; of those that cannot be read only the very same text does."""
    if left.mention.expression and right.mention.expression:
        return _formulas_agree(left, right)
    return left.mention.raw_formula == right.mention.raw_formula


def _same_verbs(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Whether the denominators say by the same participles what was done."""
    return _denominator_verbs(left) == _denominator_verbs(right)


def _denominator_verbs(case: AuditedIndicator) -> frozenset[str]:
    denominator_texts = (
        [quantity_words(part) for part in find_denominators(case.formula)] if case.formula else []
    )
    tokens = (
        neutral_verbs(normalise_text(text, case.mention.kecamatan).tokens) for text in denominator_texts
    )
    return frozenset(token.key for group in tokens for token in group)


def _denominator_text(case: AuditedIndicator) -> str:
    raw = strip_markup(case.mention.raw_formula or "")
    divisors = find_denominators(case.formula) if case.formula else ()
    return ", ".join(printed_spelling(readable_formula(format_expression(part)), raw) for part in divisors)


def _formula_text(case: AuditedIndicator) -> str:
    return readable_formula(case.mention.expression or "")


def _linear_text(case: AuditedIndicator) -> str:
    return (case.mention.expression or "").replace('"', "")


def _raw_text(case: AuditedIndicator) -> str:
    return case.mention.raw_formula or ""


RULES = {"K001": denominator_variants, "K002": differing_formulas, "K008": denominator_wordings}
