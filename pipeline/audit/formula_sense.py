"""F rules on a formula's own sense: its part is of its whole, and every code of it is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.algebra import codes, denominators, factors, has_hundred, numerator_terms, walk
from pipeline.audit.damage import stray
from pipeline.audit.formulas import formula_hit
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.wording import unmatched
from pipeline.formulas.expression import Operation, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context, Hit
    from pipeline.formulas import Expression


def other_population(context: Context) -> Iterator[Hit]:
    """F020: what is counted above the line is nothing of what is counted below it.

    Only plain counts are judged: one quantity above, one below, both sums, in a formula ×100%.
    """
    for case in context.cases:
        found = _sides(case)
        right = case.verdict is not None and case.verdict.verdict == "equivalent"
        if found and not right and not _shares(*found, case.mention.kecamatan):
            yield formula_hit(case, numerator=found[0], denominator=found[1])


def _sides(case: Case) -> tuple[str, str] | None:
    """The one count above and the one below the line; None for any other formula."""
    if case.formula is None or not has_hundred(case.formula) or stray(case.mention.raw):
        return None
    above, below = numerator_terms(case.formula), denominators(case.formula)
    if any(isinstance(part, Operation) and part.operator in "+-" for part in walk(case.formula)):
        return None
    if len(above) != 1 or len(below) != 1 or not isinstance(below[0], Quantity) or _products(case.formula):
        return None
    counts = lexicon()["counts"]
    sides = above[0], below[0].words
    return sides if all(counts.begins(side) and len(words_of(side)) > 1 for side in sides) else None


def _products(formula: Expression) -> bool:
    """Whether several quantities are multiplied on one side."""
    above = [factor for factor, below in factors(formula) if not below and isinstance(factor, Quantity)]
    return len(above) != 1


def _shares(numerator: str, denominator: str, kecamatan: str | None) -> bool:
    """Whether any word of the whole stands in the part, spelling and endings apart."""
    plain = lexicon()["counts"]
    whole = {word for word in words_of(denominator) if not plain.is_word(word)}
    return bool(whole - unmatched(denominator, numerator, kecamatan))


def unexplained_code(context: Context) -> Iterator[Hit]:
    """F021: a code in the formula (``A``, ``JKT``) that neither its legend nor the explanation defines."""
    for case in context.cases:
        found = codes(case.formula, case.mention.name) if case.formula else []
        if found:
            yield formula_hit(case, codes=", ".join(code.upper() for code in found))


def growth_base(context: Context) -> Iterator[Hit]:
    """F022: a change against the year before, divided by the later year's value."""
    for case in context.cases:
        if case.formula is None or (case.verdict and case.verdict.verdict == "differs"):
            continue
        for base, before in _changes(case.formula):
            yield formula_hit(case, base=base, before=before)


def _changes(formula: Expression) -> Iterator[tuple[str, str]]:
    """Divisor and earlier value of each change (later - earlier, either way round) over the later value."""
    earlier = lexicon()["year_before"]
    for part in walk(formula):
        if not isinstance(part, Operation) or part.operator != "/":
            continue
        terms = [
            [term.words for term in (top.left, top.right) if isinstance(term, Quantity)]
            for top in (factor for factor, below in factors(part.left) if not below)
            if isinstance(top, Operation) and top.operator == "-"
        ]
        base = next((f.words for f, _ in factors(part.right) if isinstance(f, Quantity)), "")
        for found in terms:
            before = [term for term in found if earlier.holds(term)]
            if len(found) == 2 and len(before) == 1 and base in found and base not in before:
                yield base, before[0]


RULES = {"F020": other_population, "F021": unexplained_code, "F022": growth_base}
