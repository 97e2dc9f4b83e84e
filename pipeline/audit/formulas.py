"""F rules: what is wrong with a formula, by itself, against its name and against its definition."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.algebra import codes, has_hundred, is_ratio, numerator_terms, sides, words
from pipeline.audit.context import UNDIVIDED, Hit, Spot, level, spot
from pipeline.audit.damage import formula_damage, stray, without_markup
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.wording import counted_head, lost_condition, lost_conjunct, readable, same_words
from pipeline.formulas import is_undivided
from pipeline.formulas.expression import Quantity
from pipeline.formulas.latex import is_latex

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context


def formula_hit(case: Case, **values: str) -> Hit:
    """A hit in the formula of a case, with what all texts of formula rules name."""
    mention = case.mention
    reading = readable(mention.expression) if mention.expression else ""
    # Nobody pastes LaTeX into a report; the quote holds what is printed.
    shown = reading if reading and is_latex(mention.raw or "") else mention.raw or ""
    told = {"name": mention.name, "formula": shown, "reading": reading, "proposal": case.proposal()}
    return Hit((spot(case, "formula", mention.raw or ""),), told | values, case.level, _circumstance(case))


def _circumstance(case: Case) -> str:
    """What a finding's cause is chosen by: where the text comes from, and whether OCR may have hurt it."""
    raw = case.mention.raw
    if case.origin == "ocr" and case.is_percentage and is_undivided(raw or "", case.mention.expression):
        return UNDIVIDED
    return "damaged" if formula_damage(raw) else case.origin


def missing(context: Context) -> Iterator[Hit]:
    """F001: the formula cell is empty."""
    for case in context.cases:
        if case.mention.raw is None:
            yield formula_hit(case)


def tautology(context: Context) -> Iterator[Hit]:
    """F002: the formula is one quantity in the words of the name; one that adds its period says more."""
    for case in context.cases:
        if isinstance(case.formula, Quantity) and not stray(case.mention.raw):
            kecamatan = case.mention.kecamatan
            timed = lexicon()["periods"].holds(case.formula.words) > lexicon()["periods"].holds(
                case.mention.name
            )
            if not timed and same_words(case.mention.name, case.formula.words, kecamatan):
                yield formula_hit(case)


def missing_times_100(context: Context) -> Iterator[Hit]:
    """F003: a percentage whose formula is a ratio without ×100%."""
    for case in context.cases:
        if case.is_percentage and case.formula and is_ratio(case.formula) and not has_hundred(case.formula):
            yield formula_hit(case)


def numerator_equals_denominator(context: Context) -> Iterator[Hit]:
    """F004: the same factors above and below the line."""
    for case in context.cases:
        if not case.formula or not is_ratio(case.formula):
            continue
        above, under = sides(case.formula)
        if above and (above == under or _counted(above) == _counted(under)):
            yield formula_hit(case, quantity=" × ".join(sorted(above)).replace('"', ""))


def _counted(side: Counter[str]) -> set[frozenset[str]]:
    """What each factor of a side counts, without the words that only sum it up."""
    plain = lexicon()["sum_words"]
    return {
        frozenset(w for w in words_of(factor) if not plain.is_word(w)) or frozenset({factor})
        for factor in side
    }


def unreadable(context: Context) -> Iterator[Hit]:
    """F007: something stands in the cell that is no formula; a stray character is O003's."""
    for case in context.cases:
        if case.mention.raw and case.formula is None and not stray(case.mention.raw):
            yield formula_hit(case)


def condition(case: Case) -> str:
    """The condition of the name that the numerator, or a term of a sum in it, drops; empty where none is."""
    if case.formula is None or stray(case.mention.raw) or codes(case.formula, case.mention.name):
        return ""
    name, kecamatan = case.mention.name, case.mention.kecamatan
    terms = numerator_terms(case.formula)
    if len(terms) == 1:
        return lost_condition(name, terms[0], words(case.formula), kecamatan)
    lost = (lost_condition(name, term, term, kecamatan) for term in terms)
    return next(filter(None, lost), "")


def _other_kind(case: Case) -> str:
    """The thing that the name counts, where the formula counts another kind and nowhere that one.

    What the name speaks of as well (*desa yang menyampaikan laporan*) may stand for it.
    """
    if case.formula is None or (case.verdict and case.verdict.verdict == "equivalent"):
        return ""
    named, counted = counted_head(case.mention.name), counted_head(numerator_terms(case.formula)[0])
    kind, other = lexicon().kind_of(named), lexicon().kind_of(counted)
    if kind is None or other is None or kind is other:
        return ""
    if kind.holds(words(case.formula)) or other.holds(case.mention.name):
        return ""
    return named


def missing_qualifier(context: Context) -> Iterator[Hit]:
    """F008: a condition of the name (tepat waktu, terdokumentasi) is not in the numerator.

    Where quite another thing is counted, that is F009's, and the condition of what is not counted no fault.
    """
    for case in context.cases:
        qualifier = "" if _other_kind(case) else condition(case)
        if qualifier:
            yield formula_hit(case, qualifier=qualifier)


def mismatch(context: Context) -> Iterator[Hit]:
    """F009: the formula leaves out a whole part of what the name says.

    Scores (an index, a predicate) are computed from other things than their name says, and a formula that
    is the definition's needs no likeness with its name.
    """
    for case in context.cases:
        if case.formula is None or stray(case.mention.raw) or lexicon()["scores"].holds(case.mention.name):
            continue
        if case.verdict and case.verdict.verdict == "equivalent":
            continue
        if codes(case.formula, case.mention.name):
            continue  # F021 says that they are not explained
        if not lexicon()["measures"].holds(case.mention.name) and case.mention.name[:1].isupper():
            continue  # S005 says that it measures nothing at all
        lost = lost_conjunct(case.mention.name, words(case.formula), case.mention.kecamatan)
        kind = _other_kind(case)
        if kind or (lost and not condition(case)):
            found = formula_hit(case, missing=lost or kind)
            # Words may differ for a thing; another kind of thing is none of its names.
            sure = kind and found.circumstance == "digital"
            yield replace(found, circumstance="kind") if sure else found


def notation(context: Context) -> Iterator[Hit]:
    """F010: a conversion factor is written as the number of the things converted."""
    for case in context.cases:
        for factor in lexicon().factors:
            # The number in words may stand between them: 25 (dua puluh lima) unsur.
            written = rf"(?<![\d.,]){factor.factor}\s*(?:\([^()]{{0,40}}\)\s*)?{factor.noun}"
            found = re.search(written, without_markup(case.mention.raw or ""), re.IGNORECASE)
            if found:
                numbers = {"number": str(factor.factor), "count": str(factor.count)}
                stated = " ".join(found.group().split())
                yield formula_hit(case, noun=factor.noun, stated=stated, **numbers)


def goal_without_formula(context: Context) -> Iterator[Hit]:
    """F011: a goal's indicator that no indicator of the holder spells out."""
    for decree in context.decrees:
        names = [case.mention.name for case in context.of(decree)]
        for index, holder in enumerate(decree.holders):
            goal = holder.goal_indicator
            if goal and not any(same_words(goal, name, decree.kecamatan) for name in names):
                pointer = f"/holders/{index}/goal_indicator"
                yield Hit((Spot(decree, pointer, goal),), {"name": goal}, level(decree, index))


def counts_target(context: Context) -> Iterator[Hit]:
    """F012: a count of what should be there instead of what is."""
    for case in context.cases:
        word = lexicon()["obligations"].first(case.mention.name)
        if word and lexicon()["counts"].begins(case.mention.name):
            yield formula_hit(case, word=word)


RULES = {
    "F001": missing,
    "F002": tautology,
    "F003": missing_times_100,
    "F004": numerator_equals_denominator,
    "F007": unreadable,
    "F008": missing_qualifier,
    "F009": mismatch,
    "F010": notation,
    "F011": goal_without_formula,
    "F012": counts_target,
}
