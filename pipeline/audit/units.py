"""F rules on the shape of a formula against what its name and unit promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.algebra import is_ratio, mean_of, words
from pipeline.audit.context import Hit, spot
from pipeline.audit.formulas import formula_hit
from pipeline.audit.lexicon import lexicon
from pipeline.audit.telling import phrase
from pipeline.audit.wording import counted_head
from pipeline.formulas.expression import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context


def no_denominator(context: Context) -> Iterator[Hit]:
    """F014: a percentage whose formula divides by nothing; one that repeats the name is F002's."""
    table = lexicon()
    for case in context.cases:
        if not table["percentages"].holds(case.mention.name) or not isinstance(case.formula, Quantity):
            continue
        if len(words(case.formula)) > len("jumlah") and not table["ratio_words"].holds(words(case.formula)):
            yield formula_hit(case)


def mean_miscounted(context: Context) -> Iterator[Hit]:
    """F015: a mean of several terms that is divided by another number than there are terms."""
    for case in context.cases:
        found = mean_of(case.formula) if case.formula else None
        if found is not None and found.terms != found.divisor:
            yield formula_hit(case, terms=str(found.terms), divisor=str(found.divisor))


def unit_contradicts(context: Context) -> Iterator[Hit]:
    """F016: the unit is not that of what the name promises or the formula gives."""
    for case in context.cases:
        unit = case.mention.indicator.unit or ""
        why = _contradiction(case, unit) if unit.strip() else ""
        if why:
            told = phrase(why)
            values = {"name": case.mention.name, "unit": unit, "why_id": told.id, "why_en": told.en}
            yield Hit((spot(case, "unit", unit),), values, case.level, case.origin)


def _contradiction(case: Case, unit: str) -> str:
    """What the unit contradicts, as a key of the phrases; empty where nothing."""
    table, name = lexicon(), case.mention.name
    share, percent = table["percentages"].holds(name), table["percentages"].holds(unit)
    if share and not percent:
        return "unit-of-share"
    if percent and (table["counts"].begins(name) or table["scores"].begins(name)):
        return "unit-of-count"
    ratio = case.formula is not None and is_ratio(case.formula)
    if percent and not share and isinstance(case.formula, Quantity):
        return "unit-no-ratio"
    if ratio and not percent and table["counts"].begins(name):
        return "unit-of-ratio"
    return "unit-of-other" if _counts_other(case, unit) else ""


def _counts_other(case: Case, unit: str) -> bool:
    """Whether a count is surely of another kind of thing than its unit.

    The first word behind the count says what is counted; where it is of no known kind, or name or formula
    hold the unit's kind as well, nothing is sure. Acts are counted by themselves, in times or by papers.
    """
    table, counted = lexicon(), lexicon().counted(unit)
    if not table["counts"].begins(case.mention.name):
        return False
    head = counted_head(case.mention.name)
    kind = table.kind_of(head)
    if counted is None or kind is None or kind is counted:
        return False
    act, times = table["acts"].is_word(head), table["times"].holds(unit)
    if (act and (times or table["acts"].holds(unit))) or (times and table["unwanted"].is_word(head)):
        return False
    return not counted.holds(f"{case.mention.name} {case.mention.raw or ''}")


RULES = {"F014": no_denominator, "F015": mean_miscounted, "F016": unit_contradicts}
