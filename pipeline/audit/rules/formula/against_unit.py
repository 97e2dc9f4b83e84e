"""F rules on the shape of a formula against what its name and unit promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Violation, indicator_location
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.domain.formula_shape import find_mean, is_ratio, quantity_words, split_factors
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.text_comparison import counted_head
from pipeline.audit.rules.formula.formula_faults import formula_violation
from pipeline.formulas.expression.linear_syntax import Number, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator
    from pipeline.formulas import Expression


def no_denominator(context: AuditContext) -> Iterator[Violation]:
    """F014: a percentage whose formula divides by nothing; one that repeats the name is F002's."""
    table = load_lexicon()
    for case in context.cases:
        if not table.percentages.occurs_in(case.mention.name) or not _is_one_quantity(case.formula):
            continue
        if (
            case.formula
            and len(quantity_words(case.formula)) > len("jumlah")
            and not table.ratio_words.occurs_in(quantity_words(case.formula))
        ):
            yield formula_violation(case)


def _is_one_quantity(formula: Expression | None) -> bool:
    """Return whether a formula is one quantity, whatever number multiplies it."""
    if formula is None or is_ratio(formula):
        return False
    factors = [factor for factor, _ in split_factors(formula) if not isinstance(factor, Number)]
    return len(factors) == 1 and isinstance(factors[0], Quantity)


def mean_miscounted(context: AuditContext) -> Iterator[Violation]:
    """F015: a mean of several terms that is divided by another number than there are terms."""
    for case in context.cases:
        mean = find_mean(case.formula) if case.formula else None
        if mean is not None and mean.terms != mean.divisor:
            yield formula_violation(case, terms=str(mean.terms), divisor=str(mean.divisor))


def unit_contradicts(context: AuditContext) -> Iterator[Violation]:
    """F016: the unit is not that of what the name promises or the formula gives."""
    for case in context.cases:
        unit = case.mention.indicator.unit or ""
        contradiction = _unit_contradiction(case, unit) if unit.strip() else ""
        if contradiction:
            explanation = format_phrase(contradiction)
            values = {
                "name": case.mention.name,
                "unit": unit,
                "why_id": explanation.id,
                "why_en": explanation.en,
            }
            yield Violation((indicator_location(case, "unit", unit),), values, case.level, case.origin)


def _unit_contradiction(case: AuditedIndicator, unit: str) -> str:
    """What the unit contradicts, as a key of the phrases; empty where nothing."""
    table, name = load_lexicon(), case.mention.name
    share, percent = table.percentages.occurs_in(name), table.percentages.occurs_in(unit)
    if share and not percent:
        return "unit-of-share"
    if percent and (table.counts.match_start(name) or table.scores.match_start(name)):
        return "unit-of-count"
    ratio = case.formula is not None and is_ratio(case.formula)
    if percent and not share and isinstance(case.formula, Quantity):
        return "unit-no-ratio"
    if ratio and not percent and table.counts.match_start(name):
        return "unit-of-ratio"
    return "unit-of-other" if _counts_other_kind(case, unit) else ""


def _counts_other_kind(case: AuditedIndicator, unit: str) -> bool:
    """Whether a count is surely of another kind of thing than its unit.

    The first word behind the count says what is counted; where it is of no known kind, or name or formula
    hold the unit's kind as well, nothing is sure. Acts are counted by themselves, in times or by papers.
    """
    table, unit_kind = load_lexicon(), load_lexicon().countable_of_unit(unit)
    if not table.counts.match_start(case.mention.name):
        return False
    head = counted_head(case.mention.name)
    head_kind = table.countable_of_word(head)
    if unit_kind is None or head_kind is None or head_kind is unit_kind:
        return False
    act, times = table.acts.is_entry(head), table.times.occurs_in(unit)
    if (act and (times or table.acts.occurs_in(unit))) or (times and table.unwanted.is_entry(head)):
        return False
    return not unit_kind.occurs_in(f"{case.mention.name} {case.mention.raw_formula or ''}")


RULES = {"F014": no_denominator, "F015": mean_miscounted, "F016": unit_contradicts}
