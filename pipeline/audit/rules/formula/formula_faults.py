"""F rules: what is wrong with a formula, by itself, against its name and against its definition."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import (
    LOST_DIVISION,
    Location,
    Violation,
    holder_level,
    indicator_location,
)
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.formula_shape import (
    find_codes,
    fraction_sides,
    has_hundred,
    is_ratio,
    numerator_terms,
    quantity_words,
)
from pipeline.audit.domain.name_conditions import lost_condition, states_word
from pipeline.audit.domain.ocr_damage import is_stray_text, strip_markup
from pipeline.audit.domain.text_comparison import (
    counted_head,
    lost_conjunct,
    readable_formula,
    same_words,
    shares_content,
)
from pipeline.formulas import is_undivided
from pipeline.formulas.expression.linear_syntax import Quantity
from pipeline.formulas.reading.text.latex_reader import is_latex

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator


def formula_violation(case: AuditedIndicator, **values: str) -> Violation:
    """A hit in the formula of a case, with what all texts of formula rules name."""
    mention = case.mention
    reading = readable_formula(mention.expression) if mention.expression else ""
    # Nobody pastes LaTeX into a report; the quote holds what is printed.
    displayed_formula = (
        reading if reading and is_latex(mention.raw_formula or "") else mention.raw_formula or ""
    )
    text_values = {
        "name": mention.name,
        "formula": displayed_formula,
        "reading": reading,
        "proposal": case.definition_formula_suffix(),
    }
    return Violation(
        (indicator_location(case, "formula", mention.raw_formula or ""),),
        text_values | values,
        case.level,
        _cause_circumstance(case),
    )


def _cause_circumstance(case: AuditedIndicator) -> str:
    """What a finding's cause is chosen by: where the text comes from, and whether OCR may have hurt it."""
    raw = case.mention.raw_formula
    if case.origin == "ocr" and case.is_percentage and is_undivided(raw or "", case.mention.expression):
        return LOST_DIVISION
    return "damaged" if case.may_be_misread else case.origin


def missing_formula(context: AuditContext) -> Iterator[Violation]:
    """F001: the formula cell is empty."""
    for case in context.cases:
        if case.mention.raw_formula is None:
            yield formula_violation(case)


def tautological_formula(context: AuditContext) -> Iterator[Violation]:
    """F002: the formula is one quantity in the words of the name; one that adds its period says more."""
    for case in context.cases:
        if isinstance(case.formula, Quantity) and not is_stray_text(case.mention.raw_formula):
            kecamatan = case.mention.kecamatan
            periods = load_lexicon().periods
            adds_period = periods.occurs_in(case.formula.words) > periods.occurs_in(case.mention.name)
            if not adds_period and same_words(case.mention.name, case.formula.words, kecamatan):
                yield formula_violation(case)


def missing_times_100(context: AuditContext) -> Iterator[Violation]:
    """F003: a percentage whose formula is a ratio without ×100%."""
    for case in context.cases:
        if case.is_percentage and case.formula and is_ratio(case.formula) and not has_hundred(case.formula):
            yield formula_violation(case)


def numerator_equals_denominator(context: AuditContext) -> Iterator[Violation]:
    """F004: the same factors above and below the line."""
    for case in context.cases:
        quantity = quantity_on_both_sides(case)
        if quantity:
            yield formula_violation(case, quantity=quantity)


def quantity_on_both_sides(case: AuditedIndicator) -> str:
    """Return what stands above as well as below the line; empty where the sides differ."""
    if not case.formula or not is_ratio(case.formula):
        return ""
    numerator, denominator = fraction_sides(case.formula)
    if numerator and (numerator == denominator or _counted_words(numerator) == _counted_words(denominator)):
        return " × ".join(sorted(numerator)).replace('"', "")
    return ""


def _counted_words(side: Counter[str]) -> set[frozenset[str]]:
    """What each factor of a side counts, without the words that only sum it up."""
    sum_words = load_lexicon().sum_words
    return {
        frozenset(w for w in split_words(factor) if not sum_words.is_entry(w)) or frozenset({factor})
        for factor in side
    }


def unreadable_formula(context: AuditContext) -> Iterator[Violation]:
    """F007: something stands in the cell that is no formula; a stray character is O003's."""
    for case in context.cases:
        if case.mention.raw_formula and case.formula is None and not is_stray_text(case.mention.raw_formula):
            yield formula_violation(case)


def lost_name_condition(case: AuditedIndicator) -> str:
    """The condition of the name that the numerator, or a term of a sum in it, drops; empty where none is."""
    if (
        case.formula is None
        or is_stray_text(case.mention.raw_formula)
        or find_codes(case.formula, case.mention.name)
    ):
        return ""
    name, kecamatan = case.mention.name, case.mention.kecamatan
    if not shares_content(name, quantity_words(case.formula), kecamatan):
        return ""  # something else is measured altogether, and F009 says so
    terms = numerator_terms(case.formula)
    if len(terms) == 1:
        return lost_condition(name, terms[0], quantity_words(case.formula), kecamatan)
    lost_conditions = (lost_condition(name, term, term, kecamatan, is_term=True) for term in terms)
    return next(filter(None, lost_conditions), "")


def _miscounted_thing(case: AuditedIndicator) -> str:
    """The thing that the name counts, where the formula counts another kind and nowhere that one.

    What the name speaks of as well (*desa yang menyampaikan laporan*) may stand for it.
    """
    if case.formula is None or (case.verdict and case.verdict.verdict == "equivalent"):
        return ""
    named_thing, counted_thing = (
        counted_head(case.mention.name),
        counted_head(numerator_terms(case.formula)[0]),
    )
    named_kind, counted_kind = (
        load_lexicon().countable_of_word(named_thing),
        load_lexicon().countable_of_word(counted_thing),
    )
    if named_kind is None or counted_kind is None:
        return ""
    if named_kind is counted_kind:
        places = load_lexicon().administrative_units
        is_other_place = (
            places.is_entry(named_thing) and places.is_entry(counted_thing) and named_thing != counted_thing
        )
        named_in_formula = named_thing in split_words(quantity_words(case.formula))
        counted_in_name = counted_thing in split_words(case.mention.name)
        return named_thing if is_other_place and not named_in_formula and not counted_in_name else ""
    counted_words = quantity_words(case.formula)
    if named_kind.occurs_in(counted_words) or counted_kind.occurs_in(case.mention.name):
        return ""
    if states_word(named_thing, counted_words):
        return ""
    return named_thing


def missing_qualifier(context: AuditContext) -> Iterator[Violation]:
    """F008: a condition of the name (tepat waktu, terdokumentasi) is not in the numerator.

    Where quite another thing is counted, that is F009's, and the condition of what is not counted no fault.
    """
    for case in context.cases:
        qualifier = "" if _miscounted_thing(case) else lost_name_condition(case)
        if qualifier:
            yield formula_violation(case, qualifier=qualifier)


def name_formula_mismatch(context: AuditContext) -> Iterator[Violation]:
    """F009: the formula leaves out a whole part of what the name says.

    Scores (an index, a predicate) are computed from other things than their name says, and a formula that
    is the definition's needs no likeness with its name.
    """
    for case in context.cases:
        if (
            case.formula is None
            or is_stray_text(case.mention.raw_formula)
            or load_lexicon().scores.occurs_in(case.mention.name)
        ):
            continue
        if case.verdict and case.verdict.verdict == "equivalent":
            continue
        if find_codes(case.formula, case.mention.name):
            continue  # F021 says that they are not explained
        if not load_lexicon().measures.occurs_in(case.mention.name) and case.mention.name[:1].isupper():
            continue  # S005 says that it measures nothing at all
        lost_part = lost_conjunct(case.mention.name, quantity_words(case.formula), case.mention.kecamatan)
        miscounted_thing = _miscounted_thing(case)
        if miscounted_thing or (lost_part and not lost_name_condition(case)):
            hit = formula_violation(case, missing=lost_part or miscounted_thing)
            # Words may differ for a thing; another kind of thing is none of its names.
            is_certain = miscounted_thing and hit.circumstance == "digital"
            yield replace(hit, circumstance="kind") if is_certain else hit


def misread_conversion_factor(context: AuditContext) -> Iterator[Violation]:
    """F010: a conversion factor is written as the number of the things converted."""
    for case in context.cases:
        for factor in load_lexicon().factors:
            # The number in words may stand between them: 25 (dua puluh lima) unsur.
            notation_pattern = rf"(?<![\d.,]){factor.factor}\s*(?:\([^()]{{0,40}}\)\s*)?{factor.noun}"
            match = re.search(notation_pattern, strip_markup(case.mention.raw_formula or ""), re.IGNORECASE)
            if match:
                numbers = {"number": str(factor.factor), "count": str(factor.count)}
                stated_text = " ".join(match.group().split())
                yield formula_violation(case, noun=factor.noun, stated=stated_text, **numbers)


def goal_without_formula(context: AuditContext) -> Iterator[Violation]:
    """F011: a goal's indicator that no indicator of the holder spells out."""
    for decree in context.decrees:
        names = [case.mention.name for case in context.decree_cases(decree)]
        for index, holder in enumerate(decree.holders):
            goal = holder.goal_indicator
            if goal and not any(same_words(goal, name, decree.kecamatan) for name in names):
                pointer = f"/holders/{index}/goal_indicator"
                yield Violation(
                    (Location(decree, pointer, goal),), {"name": goal}, holder_level(decree, index)
                )


def counts_target(context: AuditContext) -> Iterator[Violation]:
    """F012: a count of what should be there instead of what is."""
    for case in context.cases:
        word = load_lexicon().obligations.find_first(case.mention.name)
        if word and load_lexicon().counts.match_start(case.mention.name):
            yield formula_violation(case, word=word)


RULES = {
    "F001": missing_formula,
    "F002": tautological_formula,
    "F003": missing_times_100,
    "F004": numerator_equals_denominator,
    "F007": unreadable_formula,
    "F008": missing_qualifier,
    "F009": name_formula_mismatch,
    "F010": misread_conversion_factor,
    "F011": goal_without_formula,
    "F012": counts_target,
}
