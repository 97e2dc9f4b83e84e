"""S rules: what the fields of a decree must hold: a measure, a result, a document, one officer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.audit.algebra import words
from pipeline.audit.context import Hit, spot
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.telling import phrase
from pipeline.audit.wording import bare, unmatched
from pipeline.words import normalise
from pipeline.words.sieve import surely_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.context import Case, Context

LOOKED_BACK = 200
"""Indicators before one that are searched for its like: more than any decree has, and a bound for others."""
MANY = 4
"""So many officers answer for an indicator that none does."""


def _hit(case: Case, field: str, quote: str, circumstance: str = "", **values: str) -> Hit:
    filled = {"name": case.mention.name, "proposal": "", **values}
    return Hit((spot(case, field, quote),), filled, case.level, circumstance or case.origin)


def _has_measure(name: str) -> bool:
    measures = lexicon()["measures"]
    name = lexicon()["no_measures"].pattern.sub(" ", name)
    # The normal form also knows measure words that OCR or a typist changed.
    return measures.holds(name) or bool(normalise(name).measures)


def _counts_quality(name: str) -> bool:
    """Whether it counts what cannot be counted (*Jumlah kelancaran …*)."""
    parts = words_of(name)
    return (
        len(parts) > 1 and lexicon()["counts"].is_word(parts[0]) and lexicon()["qualities"].is_word(parts[1])
    )


def not_measurable(context: Context) -> Iterator[Hit]:
    """S005: no measure word in the name. A name that begins in lower case may have lost it to OCR."""
    for case in context.cases:
        name = case.mention.name
        bare_statement = not _has_measure(name) and not lexicon()["activities"].begins(name)
        if bare_statement or _counts_quality(name):
            definition = case.definition
            proposal = f": {definition.name}" if definition else ""
            damaged = case.origin == "ocr" and name[:1].islower()
            yield _hit(case, "name", name, "damaged" if damaged else "present", proposal=proposal)


def process_verb(context: Context) -> Iterator[Hit]:
    """S006: an objective that begins with what is done instead of what is reached."""
    for case in context.cases:
        printed = case.mention.indicator.objective or ""
        verb = lexicon()["process_verbs"].begins(printed)
        if verb:
            yield _hit(case, "objective", printed, objective=printed, verb=verb)


def _defines(text: str) -> bool:
    return lexicon()["definition_words"].holds(text) and len(words_of(text)) > MANY


def weak_source(context: Context) -> Iterator[Hit]:
    """S007: a source that names a unit, a person or an activity, and no document."""
    table = lexicon()
    for case in context.cases:
        for index, text in enumerate(case.mention.indicator.data_sources):
            named = table["units"].holds(text) or table["activity_words"].holds(text)
            if named and not table["documents"].holds(text) and not _defines(text):
                found = _hit(case, f"data_sources/{index}", text, source=text)
                # A post's own name at least says who keeps the data; of a crowd of people nobody does.
                crowd = table["collective"].begins(text) and table["people"].holds(text)
                yield replace(found, grade="agency") if crowd else found


def misplaced_definition(context: Context) -> Iterator[Hit]:
    """S010: a definition where the data source should stand."""
    for case in context.cases:
        texts = case.mention.indicator.data_sources
        defining = [i for i, text in enumerate(texts) if _defines(text)]
        if defining:
            quote = texts[defining[0]]
            yield _hit(case, f"data_sources/{defining[0]}", quote, source=quote)


def collective(context: Context) -> Iterator[Hit]:
    """S008: everybody answers for it, or a long list of officers without the Camat."""
    table = lexicon()
    for case in context.cases:
        officers = case.mention.indicator.responsible
        everybody = any(table["collective"].begins(officer) for officer in officers)
        crowd = len(officers) >= MANY and not any(table["head"].begins(officer) for officer in officers)
        if everybody or crowd:
            quote = ", ".join(officers)
            yield _hit(case, "responsible", quote, responsible=quote)


def outside(context: Context) -> Iterator[Hit]:
    """S035: an officer of another institution answers for it."""
    table = lexicon()
    for case in context.cases:
        for index, officer in enumerate(case.mention.indicator.responsible):
            if table["institutions"].holds(officer) and not table["own_officers"].begins(officer):
                yield _hit(case, f"responsible/{index}", officer, responsible=officer)


def activity(context: Context) -> Iterator[Hit]:
    """S013: the name is an activity or a method, without any measure."""
    for case in context.cases:
        name = case.mention.name
        if lexicon()["activities"].begins(name) and not _has_measure(name):
            proposal = f": {case.definition.name}" if case.definition else ""
            yield _hit(case, "name", name, proposal=proposal)


def vague_quality(context: Context) -> Iterator[Hit]:
    """S014: a word of quality in name or formula that nothing explains."""
    for case in context.cases:
        if case.mention.indicator.explanation or any(map(_defines, case.mention.indicator.data_sources)):
            continue  # criteria in the column of sources are S010's
        for field, text in (("name", case.mention.name), ("formula", case.mention.raw or "")):
            word = lexicon()["vague"].first(lexicon()["settled"].pattern.sub(" ", text))
            if word and not lexicon()["scores"].holds(case.mention.name):
                yield _hit(case, field, text, word=word, text=text)
                break


def _same_indicator(left: Case, right: Case) -> bool:
    """Whether two mentions measure the same.

    They are linked to one target, or each names the other's quantity but for a word that name and formula
    leave out alike, while source and officers are the same.
    """
    if left.target is not None and left.target == right.target:
        return True
    a, b = left.mention.indicator, right.mention.indicator
    if left.formula is None or right.formula is None:
        return False
    if (a.data_sources, a.responsible) != (b.data_sources, b.responsible):
        return False
    ours, theirs = words(left.formula), words(right.formula)
    for short, long, below, above in ((left, right, ours, theirs), (right, left, theirs, ours)):
        small, large = bare(short.mention.name), bare(long.mention.name)
        if _holds_more(small, large) or _holds_more(below, above) or unmatched(small, large):
            continue
        extra = unmatched(large, small)
        if any(lexicon()["qualifiers"].is_word(word) for word in extra):
            continue
        if not unmatched(below, above) and unmatched(above, below) <= extra:
            return True
    return False


def _holds_more(left: str, right: str) -> bool:
    """Whether a text certainly says what another does not: cheap, before the two are compared."""
    measures = lexicon()["measures"]
    return any(
        not measures.is_word(word) for printed in surely_open(left, right) for word in words_of(printed)
    )


def duplicate(context: Context) -> Iterator[Hit]:
    """S009: the same indicator twice in one holder, or with two clerks; levels above share by cascading."""
    for decree in context.decrees:
        cases = context.of(decree)
        for index, case in enumerate(cases):
            before = cases[max(0, index - LOOKED_BACK) : index]
            holder = case.mention.holder_index
            own = [c for c in before if c.mention.holder_index == holder]
            peers = [
                c for c in before if c.mention.holder_index != holder and c.level == case.level == "staff"
            ]
            other = next((c for c in [*own, *peers] if _same_indicator(c, case)), None)
            if other is not None:
                yield _duplicate(case, other, other.mention.holder_index == holder)


def _duplicate(case: Case, other: Case, within: bool) -> Hit:
    holder = other.mention.holder.name or ""
    where = phrase("nothing") if within else phrase("with-holder", holder=holder)
    values = {
        "name": case.mention.name,
        "other": other.mention.name,
        "where_id": where.id,
        "where_en": where.en,
    }
    spots = (spot(case, "", case.mention.name), spot(other, "", other.mention.name))
    return Hit(spots, values, case.level, "holder" if within else "holders")


RULES = {
    "S005": not_measurable,
    "S006": process_verb,
    "S007": weak_source,
    "S008": collective,
    "S009": duplicate,
    "S010": misplaced_definition,
    "S013": activity,
    "S014": vague_quality,
    "S035": outside,
}
