"""K rules on formulas: one indicator that kecamatan of one regency and period compute differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit.domain.formula_shape import find_denominators, is_ratio, quantity_words
from pipeline.audit.domain.kecamatan_variants import (
    disagree_across_kecamatan,
    group_variants,
    rank_variant,
    shared_indicators,
    variant_violation,
)
from pipeline.audit.domain.ocr_damage import strip_markup
from pipeline.audit.domain.text_comparison import printed_spelling, readable_formula
from pipeline.audit.rules.formula.own_faults import has_own_fault
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
    reference: list[AuditedIndicator]
    """Decrees with the formula that others are held against: the definition's, else the most common one."""
    other_denominators: list[list[AuditedIndicator]]
    """Groups that differ from it in nothing but the denominator."""
    other_formulas: list[list[AuditedIndicator]]
    """Groups that differ otherwise."""


def denominator_variants(context: AuditContext) -> Iterator[Violation]:
    """K001: one indicator, several denominators, each wording of them by itself."""
    for disagreement in _formula_disagreements(context):
        groups = [disagreement.reference, *disagreement.other_denominators]
        if disagree_across_kecamatan(groups):
            wordings = [part for group in groups for part in group_variants(tuple(group), _same_verbs)]
            yield variant_violation(
                disagreement.indicator, wordings, "formula", _denominator_text, _linear_text, _raw_text
            )


def differing_formulas(context: AuditContext) -> Iterator[Violation]:
    """K002: one indicator, several formulas, which differ not only in the denominator."""
    for disagreement in _formula_disagreements(context):
        groups = [disagreement.reference, *disagreement.other_formulas]
        if disagree_across_kecamatan(groups):
            yield variant_violation(
                disagreement.indicator, groups, "formula", _formula_text, _linear_text, _raw_text
            )


def denominator_wordings(context: AuditContext) -> Iterator[Violation]:
    """K008: denominators of one meaning, but some leave out a participle (*yang dilaksanakan*)."""
    for disagreement in _formula_disagreements(context):
        if not disagreement.other_denominators and not disagreement.other_formulas:
            groups = group_variants(tuple(disagreement.reference), _same_verbs)
            if disagree_across_kecamatan(groups):
                yield variant_violation(
                    disagreement.indicator, groups, "formula", _denominator_text, _linear_text, _raw_text
                )


def _formula_disagreements(context: AuditContext) -> Iterator[FormulaDisagreement]:
    """Return shared indicators that are ratios, with the formulas that disagree.

    A formula with signs of OCR damage is no evidence, one with a fault of its own is told by that fault's
    rule, and a lost ×100% is F003's.
    """
    for indicator in shared_indicators(context):
        readable_cases = tuple(
            c
            for c in indicator.cases
            if c.formula and is_ratio(c.formula) and not c.may_be_misread and not has_own_fault(c)
        )
        groups = group_variants(readable_cases, formulas_agree)
        if not groups:
            continue
        reference = max(groups, key=rank_variant)
        sides = [
            {d.side for d in compare_cases(reference[0], group[0]).differences} - {"multiplier"}
            for group in groups
        ]
        reference_decrees = {id(c.mention.decree) for c in reference}
        others = [
            (group, s)
            for group, s in zip(groups, sides, strict=True)
            # A decree that states both is told of by the rule on duplicates.
            if not {id(c.mention.decree) for c in group} <= reference_decrees
        ]
        yield FormulaDisagreement(
            indicator,
            [
                case
                for group, s in zip(groups, sides, strict=True)
                if group is reference or not s
                for case in group
            ],
            [group for group, s in others if s == {"denominator"}],
            [group for group, s in others if s - {"denominator"}],
        )


def compare_cases(left: AuditedIndicator, right: AuditedIndicator) -> FormulaComparison:
    """Return how the second formula differs from the first."""
    return compare_formulas(left.mention.expression or "", right.mention.expression)


def formulas_agree(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Return whether two readable formulas mean the same."""
    return (
        left.mention.expression == right.mention.expression
        or compare_cases(left, right).verdict == "equivalent"
    )


def same_formula(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Whether two formulas mean the same; of those that cannot be read only the very same text does."""
    if left.mention.expression and right.mention.expression:
        return formulas_agree(left, right)
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
