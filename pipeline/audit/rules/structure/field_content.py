"""S rules: what the fields of a decree must hold: a measure, a result, a document, one officer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.core.audit_context import (
    Location,
    Violation,
    holder_level,
    indicator_location,
    text_origin,
)
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.formula_shape import quantity_words
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.text_comparison import strip_measures, unmatched_words
from pipeline.language import normalise_text
from pipeline.language.alignment.prefilter import words_without_partner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapidfuzz import fuzz

from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MAX_LOOKBACK = 200
"""Indicators before one that are searched for its like: more than any decree has, and a bound for others."""
MIN_MEASURE_LETTERS, MIN_MISPRINT_SIMILARITY = 5, 75
"""Letters of a measure word that is known in misprint too, and the likeness (0-100) that it must have."""
MANY_OFFICERS = 4
"""So many officers answer for an indicator that none does."""


def _make_violation(
    case: AuditedIndicator, field: str, quote: str, circumstance: str = "", **values: str
) -> Violation:
    text_values = {"name": case.mention.name, "proposal": "", **values}
    return Violation(
        (indicator_location(case, field, quote),), text_values, case.level, circumstance or case.origin
    )


def _has_measure(name: str) -> bool:
    measures = load_lexicon().measures
    name = load_lexicon().no_measures.pattern.sub(" ", name)
    # The normal form also knows measure words that OCR or a typist changed.
    if measures.occurs_in(name) or normalise_text(name).measures:
        return True
    first_word = next(iter(split_words(name)), "")
    return any(_is_misprint_of(first_word, measure) for measure in measures.entries)


def _is_misprint_of(word: str, measure: str) -> bool:
    """Return whether a word is a long measure word with a letter or two wrong, or run into the next word."""
    if len(measure) < MIN_MEASURE_LETTERS:
        return False
    is_similar = word[:1] == measure[:1] and fuzz.ratio(word, measure) >= MIN_MISPRINT_SIMILARITY
    return word.startswith(measure) or is_similar


def _counts_quality(name: str) -> bool:
    """Return whether it counts, or wants more of, what cannot be counted (*Jumlah kelancaran …*)."""
    parts, lexicon = split_words(name), load_lexicon()
    return (
        len(parts) > 1
        and (lexicon.counts.is_entry(parts[0]) or lexicon.changes.is_entry(parts[0]))
        and lexicon.qualities.is_entry(parts[1])
    )


def not_measurable(context: AuditContext) -> Iterator[Violation]:
    """S005: no measure word in the name. A name that begins in lower case may have lost it to OCR."""
    for case in context.cases:
        name = case.mention.name
        bare_statement = not _has_measure(name) and not load_lexicon().activities.match_start(name)
        if bare_statement or _counts_quality(name):
            definition = case.definition
            proposal = f": {definition.name}" if definition else ""
            is_damaged = case.origin == "ocr" and name[:1].islower()
            yield _make_violation(
                case, "name", name, "damaged" if is_damaged else "present", proposal=proposal
            )


def process_verb(context: AuditContext) -> Iterator[Violation]:
    """S006: an objective or a goal that begins with what is done instead of what is reached."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            verb = load_lexicon().process_verbs.match_start(holder.goal or "")
            if verb and holder.goal:
                spots = (Location(decree, f"/holders/{index}/goal", holder.goal),)
                yield Violation(
                    spots,
                    {"objective": holder.goal, "verb": verb},
                    holder_level(decree, index),
                    text_origin(decree),
                )
    for case in context.cases:
        objective = case.mention.indicator.objective or ""
        verb = load_lexicon().process_verbs.match_start(objective)
        if verb:
            yield _make_violation(case, "objective", objective, objective=objective, verb=verb)


def _is_definition(text: str) -> bool:
    return load_lexicon().definition_words.occurs_in(text) and len(split_words(text)) > MANY_OFFICERS


def weak_source(context: AuditContext) -> Iterator[Violation]:
    """S007: a source that names a unit, a person or an activity, and no document."""
    table = load_lexicon()
    for case in context.cases:
        for index, text in enumerate(case.mention.indicator.data_sources):
            first_word_of = (table.units, table.activity_words, table.collective, table.persons)
            names_no_document = any(words.match_start(text) for words in first_word_of)
            if names_no_document and not table.documents.occurs_in(text) and not _is_definition(text):
                hit = _make_violation(case, f"data_sources/{index}", text, source=text)
                # A post's own name at least says who keeps the data; of a crowd of people nobody does.
                is_crowd = table.collective.match_start(text) and table.people.occurs_in(text)
                yield replace(hit, grade="agency") if is_crowd else hit


def misplaced_definition(context: AuditContext) -> Iterator[Violation]:
    """S010: a definition where the data source should stand."""
    for case in context.cases:
        texts = case.mention.indicator.data_sources
        defining = [i for i, text in enumerate(texts) if _is_definition(text)]
        if defining:
            quote = texts[defining[0]]
            yield _make_violation(case, f"data_sources/{defining[0]}", quote, source=quote)


def collective_responsibility(context: AuditContext) -> Iterator[Violation]:
    """S008: everybody answers for it, or a long list of officers without the Camat."""
    table = load_lexicon()
    for case in context.cases:
        officers = case.mention.indicator.responsible
        everybody = any(table.collective.match_start(officer) for officer in officers)
        is_crowd = len(officers) >= MANY_OFFICERS and not any(
            table.head.match_start(officer) for officer in officers
        )
        if everybody or is_crowd:
            quote = ", ".join(officers)
            yield _make_violation(case, "responsible", quote, responsible=quote)


def outside_officer(context: AuditContext) -> Iterator[Violation]:
    """S035: an officer of another institution answers for it."""
    table = load_lexicon()
    for case in context.cases:
        for index, officer in enumerate(case.mention.indicator.responsible):
            if table.institutions.occurs_in(officer) and not table.own_officers.match_start(officer):
                yield _make_violation(case, f"responsible/{index}", officer, responsible=officer)


def activity_as_name(context: AuditContext) -> Iterator[Violation]:
    """S013: the name is an activity or a method, without any measure."""
    for case in context.cases:
        name = case.mention.name
        if load_lexicon().activities.match_start(name) and not _has_measure(name):
            proposal = f": {case.definition.name}" if case.definition else ""
            yield _make_violation(case, "name", name, proposal=proposal)


def vague_quality(context: AuditContext) -> Iterator[Violation]:
    """S014: a word of quality in name or formula that nothing explains."""
    for case in context.cases:
        if case.mention.indicator.explanation or any(
            map(_is_definition, case.mention.indicator.data_sources)
        ):
            continue  # criteria in the column of sources are S010's
        for field, text in (("name", case.mention.name), ("formula", case.mention.raw_formula or "")):
            word = load_lexicon().vague.find_first(load_lexicon().settled.pattern.sub(" ", text))
            if word and not load_lexicon().scores.occurs_in(case.mention.name):
                yield _make_violation(case, field, text, word=word, text=text)
                break


def _same_indicator(left: AuditedIndicator, right: AuditedIndicator) -> bool:
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
    left_quantities, right_quantities = quantity_words(left.formula), quantity_words(right.formula)
    for short, long, short_quantities, long_quantities in (
        (left, right, left_quantities, right_quantities),
        (right, left, right_quantities, left_quantities),
    ):
        short_name, long_name = strip_measures(short.mention.name), strip_measures(long.mention.name)
        if (
            _says_more(short_name, long_name)
            or _says_more(short_quantities, long_quantities)
            or unmatched_words(short_name, long_name)
        ):
            continue
        extra_words = unmatched_words(long_name, short_name)
        if any(load_lexicon().qualifiers.is_entry(word) for word in extra_words):
            continue
        if (
            not unmatched_words(short_quantities, long_quantities)
            and unmatched_words(long_quantities, short_quantities) <= extra_words
        ):
            return True
    return False


def _says_more(left: str, right: str) -> bool:
    """Whether a text certainly says what another does not: cheap, before the two are compared."""
    measures = load_lexicon().measures
    return any(
        not measures.is_entry(word)
        for open_words in words_without_partner(left, right)
        for word in split_words(open_words)
    )


def duplicate_indicator(context: AuditContext) -> Iterator[Violation]:
    """S009: the same indicator twice in one holder or with two clerks, or the same work counted at two posts.

    What the Camat's posts share otherwise is cascaded to them.
    """
    for decree in context.decrees:
        cases = context.decree_cases(decree)
        for index, case in enumerate(cases):
            earlier_cases = cases[max(0, index - MAX_LOOKBACK) : index]
            holder = case.mention.holder_index
            same_holder = [c for c in earlier_cases if c.mention.holder_index == holder]
            peers = [
                c
                for c in earlier_cases
                if c.mention.holder_index != holder
                and (c.level == case.level == "staff" or _count_same_work(c, case))
            ]
            original = next((c for c in [*same_holder, *peers] if _same_indicator(c, case)), None)
            if original is not None:
                yield _duplicate_violation(case, original, original.mention.holder_index == holder)


def _count_same_work(left: AuditedIndicator, right: AuditedIndicator) -> bool:
    """Return whether two posts below the Camat count one work by one formula, so that it counts twice."""
    return (
        {left.level, right.level} <= {"officer", "staff"}
        and left.formula is not None
        and left.formula == right.formula
        and all(load_lexicon().counts.match_start(case.mention.name) for case in (left, right))
    )


def _duplicate_violation(
    case: AuditedIndicator, original: AuditedIndicator, is_same_holder: bool
) -> Violation:
    holder = original.mention.holder.name or ""
    where = format_phrase("nothing") if is_same_holder else format_phrase("with-holder", holder=holder)
    values = {
        "name": case.mention.name,
        "other": original.mention.name,
        "where_id": where.id,
        "where_en": where.en,
    }
    spots = (
        indicator_location(case, "", case.mention.name),
        indicator_location(original, "", original.mention.name),
    )
    return Violation(spots, values, case.level, "holder" if is_same_holder else "holders")


RULES = {
    "S005": not_measurable,
    "S006": process_verb,
    "S007": weak_source,
    "S008": collective_responsibility,
    "S009": duplicate_indicator,
    "S010": misplaced_definition,
    "S013": activity_as_name,
    "S014": vague_quality,
    "S035": outside_officer,
}
