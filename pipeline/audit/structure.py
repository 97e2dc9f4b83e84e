"""S rules: fields that a decree must have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, level, origin, spot
from pipeline.audit.deadlines import contradictions
from pipeline.audit.lexicon import words_of
from pipeline.audit.targets import given
from pipeline.audit.telling import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Case, Context

EMPTY_FIELD, EXPLICIT_NIL = "empty-field", "explicit-nil"
"""Codes of the extractor's notes: a label without a value, and one with a dash for a value."""
LEAST_COPIED, LEAST_WORDS = 2, 6
"""So many duties of so many words are alike by copying; a short one (other tasks) is common to all posts."""


def _by_holder(context: Context) -> Iterator[tuple[Decree, int, list[Case]]]:
    for decree in context.decrees:
        for index in range(len(decree.holders)):
            cases = [c for c in context.of(decree) if c.mention.holder_index == index]
            if cases:
                yield decree, index, cases


def _called(decree: Decree, index: int) -> str:
    return decree.holders[index].name or f"{decree.kecamatan or decree.document.name} ({index + 1})"


def _empty(context: Context, field: str, asked: Callable[[Decree, int, list[Case]], bool]) -> Iterator[Hit]:
    """One hit a holder: the first empty field is the place, the others are related."""
    for decree, index, cases in _by_holder(context):
        gone = [c for c in cases if not getattr(c.mention.indicator, field)]
        if gone and asked(decree, index, cases):
            values = {"count": str(len(gone)), "holder": _called(decree, index)}
            spots = tuple(spot(c, field) for c in gone)
            yield Hit(spots, values, gone[0].level, origin(decree))


def objective(context: Context) -> Iterator[Hit]:
    """S001: indicators without an objective."""
    return _empty(context, "objective", lambda *_: True)


def source(context: Context) -> Iterator[Hit]:
    """S002: indicators without a data source."""
    return _empty(context, "data_sources", lambda *_: True)


def responsible(context: Context) -> Iterator[Hit]:
    """S003: agency indicators without a responsible officer; a position answers for its own."""
    return _empty(context, "responsible", lambda decree, index, _: decree.holders[index].type == "agency")


def functions(context: Context) -> Iterator[Hit]:
    """S004: a section head or Camat without functions, or any post whose printed label is left empty.

    ``Fungsi : -`` is an explicit nil and no gap.
    """
    for decree, index, cases in _by_holder(context):
        pointer = f"/holders/{index}/functions"
        printed = {note.code for note in decree.notes if note.pointer == pointer}
        asked = EMPTY_FIELD in printed or level(decree, index) in ("head", "officer")
        if not decree.holders[index].functions and asked and EXPLICIT_NIL not in printed:
            yield Hit(
                (Spot(decree, pointer),), {"holder": _called(decree, index)}, cases[0].level, origin(decree)
            )


def duties(context: Context) -> Iterator[Hit]:
    """S027: no duties, where the decree prints them for other posts, or prints functions."""
    for decree in context.decrees:
        elsewhere = any(holder.duties for holder in decree.holders)
        for index, holder in enumerate(decree.holders):
            if not holder.duties and (elsewhere or holder.functions) and holder.indicators:
                spots = (Spot(decree, f"/holders/{index}/duties"),)
                yield Hit(spots, {"holder": _called(decree, index)}, level(decree, index), origin(decree))


def goal(context: Context) -> Iterator[Hit]:
    """S028: a goal without its indicator, or the other way round; who prints neither has no such part."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            if bool(holder.goal) != bool(holder.goal_indicator):
                gone = "goal_indicator" if holder.goal else "goal"
                told = phrase(gone)
                values = {"holder": _called(decree, index), "part_id": told.id, "part_en": told.en}
                yield Hit(
                    (Spot(decree, f"/holders/{index}/{gone}"),), values, level(decree, index), origin(decree)
                )


def _with_column(context: Context, field: str) -> set[str]:
    """Ids of the holders of which any indicator has the field: their tables have a column for it."""
    return {c.mention.holder_id for c in context.cases if getattr(c.mention.indicator, field)}


def unit(context: Context) -> Iterator[Hit]:
    """S034: no unit, where other indicators of the table have one."""
    column = _with_column(context, "unit")
    for case in context.cases:
        if not (case.mention.indicator.unit or "").strip() and case.mention.holder_id in column:
            yield Hit((spot(case, "unit"),), {"name": case.mention.name}, case.level, case.origin)


def no_indicator(context: Context) -> Iterator[Hit]:
    """S036: an agency or a post without any indicator."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            if not holder.indicators:
                spots = (Spot(decree, f"/holders/{index}/indicators"),)
                yield Hit(spots, {"holder": _called(decree, index)}, level(decree, index), origin(decree))


def copied_duties(context: Context) -> Iterator[Hit]:
    """S037: several duties of one post are word for word those of another."""
    for decree in context.decrees:
        first: dict[str, int] = {}
        for index, holder in enumerate(decree.holders):
            own = {_plain(text) for text in holder.duties if len(text.split()) >= LEAST_WORDS}
            alike = Counter(first[duty] for duty in sorted(own) if duty in first)
            for duty in own:
                first.setdefault(duty, index)
            other, count = alike.most_common(1)[0] if alike else (0, 0)
            if count >= LEAST_COPIED:
                values = {
                    "holder": _called(decree, index),
                    "other": _called(decree, other),
                    "number": str(count),
                }
                spots = (Spot(decree, f"/holders/{index}/duties"), Spot(decree, f"/holders/{other}/duties"))
                yield Hit(spots, values, level(decree, index), origin(decree))


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def missing_target(context: Context) -> Iterator[Hit]:
    """S011: a year of the period without target, between or beside years that have one."""
    column = _with_column(context, "targets")
    for case in context.cases:
        targets, period = case.mention.indicator.targets, case.mention.decree.period
        years = {t.year for t in targets if t.year is not None and given(t.value)}
        if not years and not (period and case.mention.holder_id in column):
            continue
        first, last = (period.start, period.end) if period else (min(years), max(years))
        gone = [year for year in range(first, min(last, first + 20) + 1) if year not in years]
        if gone:
            printed = "; ".join(f"{t.year}: {t.value}" for t in targets)
            values = {"years": ", ".join(map(str, gone)), "period": f"{first}–{last}"}
            yield Hit((spot(case, "targets", printed),), values, case.level)


def wrong_deadline(context: Context) -> Iterator[Hit]:
    """S012: a deadline of a village document later than the law's."""
    for case in context.cases:
        indicator = case.mention.indicator
        texts = [("explanation", indicator.explanation or ""), ("formula", case.mention.raw or "")]
        texts += [("name", indicator.name), ("objective", indicator.objective or "")]
        texts += [(f"data_sources/{i}", text) for i, text in enumerate(indicator.data_sources)]
        for field, text in texts:
            for found in contradictions(text, indicator.name):
                law = {"law_id": found.law.id, "law_en": found.law.en}
                values = {"document": found.document, "stated": found.stated, **law}
                yield Hit((spot(case, field, text),), values, case.level, law=(found.basis,))


RULES = {
    "S001": objective,
    "S002": source,
    "S003": responsible,
    "S004": functions,
    "S011": missing_target,
    "S012": wrong_deadline,
    "S027": duties,
    "S028": goal,
    "S034": unit,
    "S036": no_indicator,
    "S037": copied_duties,
}
