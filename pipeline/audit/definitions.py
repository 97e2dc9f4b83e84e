"""F rules against the definition: where a decree's formula differs, and how much that weighs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.algebra import fraction, is_ratio, words
from pipeline.audit.formulas import condition, formula_hit
from pipeline.audit.telling import told_differences
from pipeline.audit.wording import bare, readable
from pipeline.formulas import linear
from pipeline.words import normalise

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
    for case, found, named in _differing(context):
        if named == {"denominator"}:
            yield _graded(case, found)


def differs(context: Context) -> Iterator[Hit]:
    """F006: numerator, multiplier or structure differ from the definition's; a lost condition is F008's."""
    for case, found, named in _differing(context):
        if named != {"denominator"} and not condition(case):
            yield _graded(case, found)


def inverted(context: Context) -> Iterator[Hit]:
    """F013: the fraction or the difference stands upside down, or the wrong way round."""
    for case in context.cases:
        if case.verdict and any(d.kind == "inverted" for d in case.verdict.differences):
            yield formula_hit(case, definition=_definition(case))
        elif not (case.verdict and case.verdict.verdict == "equivalent"):
            turned = _turned(case)
            if turned:
                yield formula_hit(case, definition=turned)


def _turned(case: Case) -> str:
    """The fraction the right way round, where its denominator holds the name's condition and more words.

    *Jumlah desa ÷ jumlah desa lunas* for *Persentase desa lunas*: the part stands under the whole.
    """
    parts = fraction(case.formula) if case.formula else None
    if parts is None:
        return ""
    kecamatan = case.mention.kecamatan
    above, below = (normalise(words(part), kecamatan).keys for part in parts)
    name = normalise(bare(case.mention.name), kecamatan).keys
    if above and above < below and (below - above) & name:
        return readable(f"{linear(parts[1])} / {linear(parts[0])} * 100%")
    return ""


def _differing(context: Context) -> Iterator[tuple[Case, list[DifferenceEntry], frozenset[str]]]:
    for case in context.cases:
        if case.definition and case.verdict and case.verdict.verdict == "differs":
            # A percentage without ×100% is F003's.
            found = [
                d for d in case.verdict.differences if not (d.side == "multiplier" and case.is_percentage)
            ]
            if found and not OWN_RULES & {d.kind for d in found}:
                yield case, found, frozenset(d.side for d in found)


def _graded(case: Case, found: list[DifferenceEntry]) -> Hit:
    """Custom weighs less than law, and least for a condition more or where nobody verified it.

    The words of a count or an index vary without changing the value; its multiplier does not, and a
    denominator that the definition has makes it more than a count.
    """
    told = told_differences(found)
    hit = formula_hit(case, differences_id=told.id, differences_en=told.en, definition=_definition(case))
    basis = case.definition.basis if case.definition else None
    sides = {d.side for d in found}
    worded = not (case.formula and is_ratio(case.formula)) and not sides & {"multiplier", "denominator"}
    if worded or basis is None:
        return replace(hit, grade="lenient")
    if basis.kind == "regulation":
        return replace(hit, grade="regulation")
    stricter = {d.kind for d in found} <= STRICTER
    return replace(hit, grade="lenient" if stricter or basis.evidence == "unverified" else "ratio")


def _definition(case: Case) -> str:
    return readable(case.definition.formula or "") if case.definition else ""


RULES = {"F005": denominator_defect, "F006": differs, "F013": inverted}
