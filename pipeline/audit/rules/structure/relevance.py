"""S rules on what an indicator is about: its objective, its level, its source, its definition, its label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, indicator_location, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.text_comparison import strip_measures
from pipeline.language import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MIN_TOPIC_LETTERS = 5
"""Letters of a word that may say what a text is about."""

_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")
_DEFINING_VERB = re.compile(r"\b(?:adalah|merupakan|ialah|dikatakan)\b", re.IGNORECASE)


def _make_violation(case: AuditedIndicator, field: str, quote: str, **values: str) -> Violation:
    return Violation(
        (indicator_location(case, field, quote),),
        {"name": case.mention.name, **values},
        case.level,
        case.origin,
    )


def _counts_acts(name: str) -> bool:
    """Whether a name counts what the office does or writes (*Jumlah laporan …*)."""
    name_words = split_words(name)
    return (
        len(name_words) > 1
        and load_lexicon().counts.is_entry(name_words[0])
        and load_lexicon().acts.is_entry(name_words[1])
    )


def not_relevant(context: AuditContext) -> Iterator[Violation]:
    """S021: acts are counted that share no word with the objective they should measure, nor with the post."""
    for case in context.cases:
        objective, kecamatan = case.mention.indicator.objective or "", case.mention.kecamatan
        if not objective or not _counts_acts(case.mention.name):
            continue
        content = normalise_text(strip_measures(case.mention.name), kecamatan).keys
        topic = _topic_words(case.mention.name)
        is_related = _share_topic(topic, _topic_words(objective)) or (
            case.level in ("officer", "staff")
            and _share_topic(topic, _topic_words(case.mention.holder.name or ""))
        )
        if content and not is_related and not content & normalise_text(objective, kecamatan).keys:
            yield _make_violation(case, "name", case.mention.name, objective=objective)


def _topic_words(text: str) -> set[str]:
    """The printed words that may say what it is about."""
    acts, bounds = load_lexicon().acts, load_lexicon().bounds
    return {
        w
        for w in split_words(text)
        if len(w) >= MIN_TOPIC_LETTERS and not acts.is_entry(w) and not bounds.is_entry(w)
    }


def _share_topic(left: set[str], right: set[str]) -> bool:
    """Whether the texts share a word, or one that the other has with a prefix (*lembaga*, *kelembagaan*)."""
    return any(a == b or (a in b and not b.startswith(a)) for a in left for b in right)


def output_only(context: AuditContext) -> Iterator[Violation]:
    """S022: the agency or the Camat is measured by the number of acts; below them that is in order."""
    for case in context.cases:
        if case.level in ("agency", "head") and _counts_acts(case.mention.name):
            yield _make_violation(case, "name", case.mention.name)


def source_mismatch(context: AuditContext) -> Iterator[Violation]:
    """S023: the office's own service, known from outside only."""
    table = load_lexicon()
    for case in context.cases:
        sources = case.mention.indicator.data_sources
        for index, source in enumerate(sources):
            outside = table.outside_sources.occurs_in(source) and not table.documents.occurs_in(source)
            if outside and table.own_services.occurs_in(case.mention.name):
                yield _make_violation(case, f"data_sources/{index}", source, source=source)


def _defining_sentences(case: AuditedIndicator) -> Iterator[tuple[str, str]]:
    """Sentences of the explanation that define something: what is defined, and by what."""
    for sentence in _SENTENCE.split(case.mention.indicator.explanation or ""):
        match = _DEFINING_VERB.search(sentence)
        if match:
            yield sentence[: match.start()], sentence[match.end() :]


def _condition_words(name: str) -> list[str]:
    table = load_lexicon()
    return [w for w in split_words(name) if table.qualifiers.is_entry(w) or table.participles.is_entry(w)]


def output_as_outcome(context: AuditContext) -> Iterator[Violation]:
    """S024: the name's condition is defined as having any output."""
    for case in context.cases:
        for subject, definition_text in _defining_sentences(case):
            output_phrase = load_lexicon().output_phrases.find_first(definition_text)
            condition = next(
                (w for w in _condition_words(case.mention.name) if w in split_words(subject)), None
            )
            if output_phrase and condition:
                yield _make_violation(
                    case,
                    "explanation",
                    f"{subject.strip()} … {output_phrase}",
                    condition=condition,
                    by=output_phrase,
                )


def evidence_as_population(context: AuditContext) -> Iterator[Violation]:
    """S025: the population is defined as what has evidence, so that failures drop out of it."""
    for case in context.cases:
        for subject, definition_text in _defining_sentences(case):
            evidence_phrase = load_lexicon().evidence_phrases.find_first(definition_text)
            is_unconditional = not any(w in split_words(subject) for w in _condition_words(case.mention.name))
            if evidence_phrase and is_unconditional and case.is_percentage:
                yield _make_violation(
                    case,
                    "explanation",
                    f"{subject.strip()} … {evidence_phrase}",
                    defined=subject.strip(),
                    by=evidence_phrase,
                )


def wrong_label(context: AuditContext) -> Iterator[Violation]:
    """S026: the title, or the dictum that sets the indicators, calls them by the other kind's name."""
    for decree in context.decrees:
        if decree.kind not in ("IKU", "IKI"):
            continue
        is_mislabelled = _uses_other_label(decree, decree.title or "") or (
            decree.kind == "IKU" and decree.holders and all(h.type == "position" for h in decree.holders)
        )
        if is_mislabelled:
            yield _label_violation(decree, "/title", decree.title or "")
        for index, text in enumerate(decree.dictums):
            # A later dictum, or one that cites another decree, may well speak of the other kind.
            words = load_lexicon()
            sets_indicators = words.setting.occurs_in(text) and not words.citing.occurs_in(text)
            if sets_indicators and _uses_other_label(decree, text):
                yield _label_violation(decree, f"/dictums/{index}", text)


def _uses_other_label(decree: Decree, text: str) -> bool:
    own_label, other_label = load_lexicon().label_iku, load_lexicon().label_iki
    if decree.kind != "IKU":
        own_label, other_label = other_label, own_label
    return other_label.occurs_in(text) and not own_label.occurs_in(text)


def _label_violation(decree: Decree, pointer: str, quote: str) -> Violation:
    kind_phrase = format_phrase(f"kind-{(decree.kind or '').casefold()}")
    values = {"title": quote, "kind_id": kind_phrase.id, "kind_en": kind_phrase.en}
    return Violation((Location(decree, pointer, quote),), values, circumstance=text_origin(decree))


RULES = {
    "S021": not_relevant,
    "S022": output_only,
    "S023": source_mismatch,
    "S024": output_as_outcome,
    "S025": evidence_as_population,
    "S026": wrong_label,
}
