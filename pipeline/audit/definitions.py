"""F rules against the definition: where a decree's formula differs, and how much that weighs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.audit.algebra import is_ratio
from pipeline.audit.formulas import condition, formula_hit
from pipeline.audit.lexicon import load
from pipeline.catalogue import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context, Hit
    from pipeline.catalogue import DifferenceEntry

STRICTER = frozenset({"qualifier-added", "extra-term"})
"""Differences that only say more than the definition does."""
OWN_RULES = frozenset({"same-as-denominator", "inverted"})
"""Kinds of difference that are faults by themselves and have rules of their own."""


def denominator_defect(context: Context) -> Iterator[Hit]:
    """F005: only the denominator differs from the definition's."""
    for case, named in _differing(context):
        if named == {"denominator"}:
            yield _graded(case)


def differs(context: Context) -> Iterator[Hit]:
    """F006: numerator, multiplier or structure differ from the definition's; a lost condition is F008's."""
    for case, named in _differing(context):
        if named != {"denominator"} and not condition(case):
            yield _graded(case)


def inverted(context: Context) -> Iterator[Hit]:
    """F013: the fraction or the difference stands upside down, or the wrong way round."""
    for case in context.cases:
        if case.verdict and any(d.kind == "inverted" for d in case.verdict.differences):
            definition = (case.definition.formula or "") if case.definition else ""
            yield formula_hit(case, definition=definition)


def _differing(context: Context) -> Iterator[tuple[Case, frozenset[str]]]:
    for case in context.cases:
        if case.definition and case.verdict and case.verdict.verdict == "differs":
            found = case.verdict.differences
            # A percentage without ×100% is F003's.
            named = {d.side for d in found if not (d.side == "multiplier" and case.is_percentage)}
            if named and not OWN_RULES & {d.kind for d in found}:
                yield case, frozenset(named)


def _graded(case: Case) -> Hit:
    """Custom weighs less than law, and least for a condition more or where nobody verified it.

    The words of a count or an index vary without changing the value; its multiplier does not.
    """
    found = case.verdict.differences if case.verdict else []
    told = _told(found)
    definition = (case.definition.formula or "") if case.definition else ""
    hit = formula_hit(case, differences_id=told.id, differences_en=told.en, definition=definition)
    basis = case.definition.basis if case.definition else None
    worded = not (case.formula and is_ratio(case.formula)) and not any(d.side == "multiplier" for d in found)
    if worded or basis is None:
        return replace(hit, grade="lenient")
    if basis.kind == "regulation":
        return replace(hit, grade="regulation")
    stricter = {d.kind for d in found} <= STRICTER
    return replace(hit, grade="lenient" if stricter or basis.evidence == "unverified" else "ratio")


def _told(differences: list[DifferenceEntry]) -> Wording:
    """The differences in words: ``penyebut: besaran lain (“a” → “b”)``."""
    terms = _terms()
    parts: dict[str, list[str]] = {"id": [], "en": []}
    for difference in differences:
        sides = [", ".join(words) or "–" for words in (difference.definition, difference.decree)]
        words = f" (“{sides[0]}” → “{sides[1]}”)" if difference.definition or difference.decree else ""
        for language, told in parts.items():
            side = terms["sides"].get(difference.side, {}).get(language, difference.side)
            kind = terms["kinds"].get(difference.kind, {}).get(language, difference.kind)
            told.append(f"{side}: {kind}{words}")
    return Wording(id="; ".join(parts["id"]), en="; ".join(parts["en"]))


@cache
def _terms() -> dict[str, dict[str, dict[str, str]]]:
    table: dict[str, dict[str, dict[str, str]]] = load("rules/terms.yaml")
    return table


RULES = {"F005": denominator_defect, "F006": differs, "F013": inverted}
