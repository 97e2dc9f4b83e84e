"""F rules against the definition: where a decree's formula differs, and how much that weighs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.domain.formula_shape import divides_sum_once, is_ratio, plain_fraction, quantity_words
from pipeline.audit.domain.messages import describe_differences, format_phrase
from pipeline.audit.domain.region_names import fold_region_name
from pipeline.audit.domain.text_comparison import readable_formula, strip_measures
from pipeline.audit.rules.formula.formula_faults import formula_violation, lost_name_condition
from pipeline.formulas import format_expression
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator, Violation
    from pipeline.models.catalogue import DifferenceEntry

STRICTER_KINDS = frozenset({"qualifier-added", "extra-term"})
"""Differences that only say more than the definition does."""
KINDS_WITH_OWN_RULE = frozenset({"same-as-denominator", "inverted"})
"""Kinds of difference that are faults by themselves and have rules of their own."""


def denominator_defect(context: AuditContext) -> Iterator[Violation]:
    """F005: only the denominator differs from the definition's; a sum over its base once is F023's."""
    for case, differences, differing_sides in _differing_formulas(context):
        if differing_sides == {"denominator"} and not divides_sum_once(case.formula, case.mention.name):
            yield _graded_violation(case, differences)


def differs_from_definition(context: AuditContext) -> Iterator[Violation]:
    """F006: numerator, multiplier or structure differ from the definition's; a lost condition is F008's."""
    for case, differences, differing_sides in _differing_formulas(context):
        if differing_sides != {"denominator"} and not lost_name_condition(case):
            yield _graded_violation(case, differences)


def inverted_fraction(context: AuditContext) -> Iterator[Violation]:
    """F013: the fraction or the difference stands upside down, or the wrong way round."""
    for case in context.cases:
        upright = upright_formula(case)
        if upright:
            yield formula_violation(case, definition=upright)


def upright_formula(case: AuditedIndicator) -> str:
    """Return the formula as it should stand where it stands upside down; else nothing."""
    if case.verdict and any(d.kind == "inverted" for d in case.verdict.differences):
        return _definition_formula(case)
    if case.verdict and case.verdict.verdict == "equivalent":
        return ""
    return _swap_sides(case)


def _swap_sides(case: AuditedIndicator) -> str:
    """The fraction the right way round, where its denominator holds the name's condition and more words.

    *Jumlah desa ÷ jumlah desa lunas* for *Persentase desa lunas*: the part stands under the whole.
    """
    parts = plain_fraction(case.formula) if case.formula else None
    if parts is None:
        return ""
    kecamatan = case.mention.kecamatan
    numerator_keys, denominator_keys = (
        normalise_text(quantity_words(part), kecamatan).keys for part in parts
    )
    name_keys = normalise_text(strip_measures(case.mention.name), kecamatan).keys
    if (
        numerator_keys
        and numerator_keys < denominator_keys
        and (denominator_keys - numerator_keys) & name_keys
    ):
        return readable_formula(f"{format_expression(parts[1])} / {format_expression(parts[0])} * 100%")
    return ""


def _differing_formulas(
    context: AuditContext,
) -> Iterator[tuple[AuditedIndicator, list[DifferenceEntry], frozenset[str]]]:
    for case in context.cases:
        if (
            case.definition
            and case.verdict
            and case.verdict.verdict == "differs"
            and not _rests_on_itself(case)
        ):
            # A percentage without ×100% is F003's.
            differences = [
                d for d in case.verdict.differences if not (d.side == "multiplier" and case.is_percentage)
            ]
            if differences and not KINDS_WITH_OWN_RULE & {d.kind for d in differences}:
                yield case, differences, frozenset(d.side for d in differences)


def _rests_on_itself(case: AuditedIndicator) -> bool:
    """Return whether the definition rests on decrees of this regency, which K001 and K002 compare."""
    basis, decree = (case.definition.basis if case.definition else None), case.mention.decree
    if basis is None or basis.kind == "regulation":
        return False
    own_names = [name for name in (decree.regency, decree.kecamatan) if name]
    return any(fold_region_name(name) in fold_region_name(basis.source) for name in own_names)


def _graded_violation(case: AuditedIndicator, differences: list[DifferenceEntry]) -> Violation:
    """Custom weighs less than law, and least for a condition more or where nobody verified it.

    The words of a count or an index vary without changing the value; its multiplier does not, and a
    denominator that the definition has makes it more than a count.
    """
    description = describe_differences(differences)
    hit = formula_violation(
        case,
        differences_id=description.id,
        differences_en=description.en,
        definition=_definition_formula(case),
    )
    basis = case.definition.basis if case.definition else None
    standard = format_phrase("by-regulation" if basis and basis.kind == "regulation" else "by-consensus")
    hit = replace(hit, values={**hit.values, "standard_id": standard.id, "standard_en": standard.en})
    sides = {d.side for d in differences}
    is_wording_only = not (case.formula and is_ratio(case.formula)) and not sides & {
        "multiplier",
        "denominator",
    }
    if is_wording_only or basis is None:
        return replace(hit, grade="lenient")
    if basis.kind == "regulation":
        return replace(hit, grade="regulation")
    stricter = {d.kind for d in differences} <= STRICTER_KINDS
    return replace(hit, grade="lenient" if stricter or basis.evidence == "unverified" else "ratio")


def _definition_formula(case: AuditedIndicator) -> str:
    return readable_formula(case.definition.formula or "") if case.definition else ""


RULES = {"F005": denominator_defect, "F006": differs_from_definition, "F013": inverted_fraction}
