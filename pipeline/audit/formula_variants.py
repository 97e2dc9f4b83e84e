"""K rules on formulas: one indicator that kecamatan of one regency and period compute differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.audit.algebra import denominators, is_ratio, words
from pipeline.audit.damage import formula_damage, without_markup
from pipeline.audit.variants import across, shared, variant_hit, variants
from pipeline.audit.wording import as_printed, readable
from pipeline.formulas import compare, linear
from pipeline.words import normalise
from pipeline.words.align import verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context, Hit
    from pipeline.audit.variants import Shared
    from pipeline.formulas import Comparison


class Disagreement(NamedTuple):
    """One indicator with the formulas that decrees give it, those of one meaning together."""

    shared: Shared
    groups: list[list[Case]]
    sides: frozenset[str]
    """Sides on which the formulas differ; none where all mean the same."""


def denominator_variants(context: Context) -> Iterator[Hit]:
    """K001: one indicator, several denominators, each wording of them by itself."""
    for found in _disagreements(context):
        if found.sides == {"denominator"}:
            groups = [part for group in found.groups for part in variants(tuple(group), _same_verbs)]
            yield variant_hit(found.shared, groups, "formula", _denominators, _linear, _raw)


def formula_variants(context: Context) -> Iterator[Hit]:
    """K002: one indicator, several formulas, which differ not only in the denominator."""
    for found in _disagreements(context):
        if found.sides - {"denominator"}:
            yield variant_hit(found.shared, found.groups, "formula", _formula, _linear, _raw)


def denominator_wordings(context: Context) -> Iterator[Hit]:
    """K008: denominators of one meaning, but some leave out a participle (*yang dilaksanakan*)."""
    for found in _disagreements(context):
        if not found.sides:
            groups = variants(tuple(case for group in found.groups for case in group), _same_verbs)
            if across(groups):
                yield variant_hit(found.shared, groups, "formula", _denominators, _linear, _raw)


def _disagreements(context: Context) -> Iterator[Disagreement]:
    """Shared indicators that are ratios, with the sides on which their formulas differ.

    A formula with signs of OCR damage is no evidence, and a lost ×100% is F003's.
    """
    for one in shared(context):
        sound = tuple(
            c for c in one.cases if c.formula and is_ratio(c.formula) and not formula_damage(c.mention.raw)
        )
        groups = variants(sound, _agree)
        sides = {
            difference.side
            for group in groups[1:]
            for difference in _compared(groups[0][0], group[0]).differences
        }
        if len(groups) == 1 or across(groups):
            yield Disagreement(one, groups, frozenset(sides - {"multiplier"}))


def _compared(left: Case, right: Case) -> Comparison:
    return compare(left.mention.expression or "", right.mention.expression)


def _agree(left: Case, right: Case) -> bool:
    return (
        left.mention.expression == right.mention.expression or _compared(left, right).verdict == "equivalent"
    )


def same_formula(left: Case, right: Case) -> bool:
    """Whether two formulas mean the same; of those that cannot be read only the very same text does."""
    if left.mention.expression and right.mention.expression:
        return _agree(left, right)
    return left.mention.raw == right.mention.raw


def _same_verbs(left: Case, right: Case) -> bool:
    """Whether the denominators say by the same participles what was done."""
    return _verbs(left) == _verbs(right)


def _verbs(case: Case) -> frozenset[str]:
    spoken = [words(part) for part in denominators(case.formula)] if case.formula else []
    tokens = (verbs(normalise(text, case.mention.kecamatan).tokens) for text in spoken)
    return frozenset(token.key for group in tokens for token in group)


def _denominators(case: Case) -> str:
    raw = without_markup(case.mention.raw or "")
    found = denominators(case.formula) if case.formula else ()
    return ", ".join(as_printed(readable(linear(part)), raw) for part in found)


def _formula(case: Case) -> str:
    return readable(case.mention.expression or "")


def _linear(case: Case) -> str:
    return (case.mention.expression or "").replace('"', "")


def _raw(case: Case) -> str:
    return case.mention.raw or ""


RULES = {"K001": denominator_variants, "K002": formula_variants, "K008": denominator_wordings}
