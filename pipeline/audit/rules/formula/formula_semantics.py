"""F rules on a formula's own sense: its part is of its whole, and every code of it is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.formula_shape import (
    divides_sum_once,
    find_codes,
    find_denominators,
    has_hundred,
    numerator_terms,
    split_factors,
    walk_parts,
)
from pipeline.audit.domain.ocr_damage import is_stray_text
from pipeline.audit.domain.text_comparison import unmatched_words
from pipeline.audit.rules.formula.formula_faults import formula_violation
from pipeline.formulas.expression.linear_syntax import Operation, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator, Violation
    from pipeline.formulas import Expression


def other_population(context: AuditContext) -> Iterator[Violation]:
    """F020: what is counted above the line is nothing of what is counted below it.

    Only plain counts are judged: one quantity above, one below, both sums, in a formula ×100%.
    """
    for case in context.cases:
        counts = _counted_sides(case)
        is_canonical = case.verdict is not None and case.verdict.verdict == "equivalent"
        if counts and not is_canonical and not _shares_words(*counts, case.mention.kecamatan):
            yield formula_violation(case, numerator=counts[0], denominator=counts[1])


def _counted_sides(case: AuditedIndicator) -> tuple[str, str] | None:
    """The one count above and the one below the line; None for any other formula."""
    if case.formula is None or not has_hundred(case.formula) or is_stray_text(case.mention.raw_formula):
        return None
    numerators, divisors = numerator_terms(case.formula), find_denominators(case.formula)
    if any(isinstance(part, Operation) and part.operator in "+-" for part in walk_parts(case.formula)):
        return None
    if (
        len(numerators) != 1
        or len(divisors) != 1
        or not isinstance(divisors[0], Quantity)
        or _multiplies_quantities(case.formula)
    ):
        return None
    counts = load_lexicon().counts
    sides = numerators[0], divisors[0].words
    return sides if all(counts.match_start(side) and len(split_words(side)) > 1 for side in sides) else None


def _multiplies_quantities(formula: Expression) -> bool:
    """Whether several quantities are multiplied on one side."""
    numerators = [
        factor for factor, is_below in split_factors(formula) if not is_below and isinstance(factor, Quantity)
    ]
    return len(numerators) != 1


def _shares_words(numerator: str, denominator: str, kecamatan: str | None) -> bool:
    """Whether any word of the whole stands in the part, spelling and endings apart."""
    count_words = load_lexicon().counts
    denominator_words = {word for word in split_words(denominator) if not count_words.is_entry(word)}
    numerator_words = split_words(numerator)
    # A village's document or enterprise is counted against the villages: desa in RKPDesa.
    is_named_after = any(word in part for word in denominator_words for part in numerator_words)
    return is_named_after or bool(denominator_words - unmatched_words(denominator, numerator, kecamatan))


def unexplained_code(context: AuditContext) -> Iterator[Violation]:
    """F021: a code in the formula (``A``, ``JKT``) that neither its legend nor the explanation defines."""
    for case in context.cases:
        formula_codes = find_codes(case.formula, case.mention.name) if case.formula else []
        if formula_codes:
            yield formula_violation(case, codes=", ".join(code.upper() for code in formula_codes))


def growth_base(context: AuditContext) -> Iterator[Violation]:
    """F022: a change against the year before, divided by the later year's value."""
    for case in context.cases:
        if case.formula is None or (case.verdict and case.verdict.verdict == "differs"):
            continue
        for base, before in _growth_divisors(case.formula):
            yield formula_violation(case, base=base, before=before)


def _growth_divisors(formula: Expression) -> Iterator[tuple[str, str]]:
    """Divisor and earlier value of each change (later - earlier, either way round) over the later value."""
    year_before = load_lexicon().year_before
    for part in walk_parts(formula):
        if not isinstance(part, Operation) or part.operator != "/":
            continue
        terms = [
            [term.words for term in (top.left, top.right) if isinstance(term, Quantity)]
            for top in (factor for factor, is_below in split_factors(part.left) if not is_below)
            if isinstance(top, Operation) and top.operator == "-"
        ]
        base = next((f.words for f, _ in split_factors(part.right) if isinstance(f, Quantity)), "")
        for operands in terms:
            before = [term for term in operands if year_before.occurs_in(term)]
            if len(operands) == 2 and len(before) == 1 and base in operands and base not in before:
                yield base, before[0]


def sum_divided_once(context: AuditContext) -> Iterator[Violation]:
    """F023: several shares of one base are added and divided by the base only once."""
    for case in context.cases:
        if divides_sum_once(case.formula, case.mention.name):
            yield formula_violation(case)


RULES = {"F023": sum_divided_once, "F020": other_population, "F021": unexplained_code, "F022": growth_base}
