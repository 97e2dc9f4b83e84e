"""S rules on what an indicator is about: its objective, its level, its source, its definition, its label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin, spot
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.telling import phrase
from pipeline.audit.wording import bare
from pipeline.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Case, Context

SHORTEST = 5
"""Letters of a word that may say what a text is about."""

_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")
_DEFINED = re.compile(r"\b(?:adalah|merupakan|ialah|dikatakan)\b", re.IGNORECASE)


def _hit(case: Case, field: str, quote: str, **values: str) -> Hit:
    return Hit((spot(case, field, quote),), {"name": case.mention.name, **values}, case.level, case.origin)


def _counts_acts(name: str) -> bool:
    """Whether a name counts what the office does or writes (*Jumlah laporan …*)."""
    spoken = words_of(name)
    return len(spoken) > 1 and lexicon()["counts"].is_word(spoken[0]) and lexicon()["acts"].is_word(spoken[1])


def not_relevant(context: Context) -> Iterator[Hit]:
    """S021: acts are counted that share no word with the objective they should measure, nor with the post."""
    for case in context.cases:
        objective, kecamatan = case.mention.indicator.objective or "", case.mention.kecamatan
        if not objective or not _counts_acts(case.mention.name):
            continue
        content = normalise(bare(case.mention.name), kecamatan).keys
        spoken = _plain(case.mention.name)
        near = _near(spoken, _plain(objective)) or (
            case.level in ("officer", "staff") and _near(spoken, _plain(case.mention.holder.name or ""))
        )
        if content and not near and not content & normalise(objective, kecamatan).keys:
            yield _hit(case, "name", case.mention.name, objective=objective)


def _plain(text: str) -> set[str]:
    """The printed words that may say what it is about."""
    acts, bounds = lexicon()["acts"], lexicon()["bounds"]
    return {w for w in words_of(text) if len(w) >= SHORTEST and not acts.is_word(w) and not bounds.is_word(w)}


def _near(left: set[str], right: set[str]) -> bool:
    """Whether the texts share a word, or one that the other has with a prefix (*lembaga*, *kelembagaan*)."""
    return any(a == b or (a in b and not b.startswith(a)) for a in left for b in right)


def output_only(context: Context) -> Iterator[Hit]:
    """S022: the agency or the Camat is measured by the number of acts; below them that is in order."""
    for case in context.cases:
        if case.level in ("agency", "head") and _counts_acts(case.mention.name):
            yield _hit(case, "name", case.mention.name)


def source_mismatch(context: Context) -> Iterator[Hit]:
    """S023: the office's own service, known from outside only."""
    table = lexicon()
    for case in context.cases:
        sources = case.mention.indicator.data_sources
        for index, source in enumerate(sources):
            outside = table["outside_sources"].holds(source) and not table["documents"].holds(source)
            if outside and table["own_services"].holds(case.mention.name):
                yield _hit(case, f"data_sources/{index}", source, source=source)


def _definitions(case: Case) -> Iterator[tuple[str, str]]:
    """Sentences of the explanation that define something: what is defined, and by what."""
    for sentence in _SENTENCE.split(case.mention.indicator.explanation or ""):
        found = _DEFINED.search(sentence)
        if found:
            yield sentence[: found.start()], sentence[found.end() :]


def _conditions(name: str) -> list[str]:
    table = lexicon()
    return [w for w in words_of(name) if table["qualifiers"].is_word(w) or table["participles"].is_word(w)]


def output_as_outcome(context: Context) -> Iterator[Hit]:
    """S024: the name's condition is defined as having any output."""
    for case in context.cases:
        for defined, by in _definitions(case):
            phrase_ = lexicon()["output_phrases"].first(by)
            condition = next((w for w in _conditions(case.mention.name) if w in words_of(defined)), None)
            if phrase_ and condition:
                yield _hit(
                    case, "explanation", f"{defined.strip()} … {phrase_}", condition=condition, by=phrase_
                )


def evidence_as_population(context: Context) -> Iterator[Hit]:
    """S025: the population is defined as what has evidence, so that failures drop out of it."""
    for case in context.cases:
        for defined, by in _definitions(case):
            phrase_ = lexicon()["evidence_phrases"].first(by)
            whole = not any(w in words_of(defined) for w in _conditions(case.mention.name))
            if phrase_ and whole and case.is_percentage:
                yield _hit(
                    case, "explanation", f"{defined.strip()} … {phrase_}", defined=defined.strip(), by=phrase_
                )


def wrong_label(context: Context) -> Iterator[Hit]:
    """S026: the title, or the dictum that sets the indicators, calls them by the other kind's name."""
    for decree in context.decrees:
        titled = _calls_otherwise(decree, decree.title or "") or (
            decree.kind == "IKU" and decree.holders and all(h.type == "position" for h in decree.holders)
        )
        if titled:
            yield _labelled(decree, "/title", decree.title or "")
        for index, text in enumerate(decree.dictums):
            # A later dictum, or one that cites another decree, may well speak of the other kind.
            sets = lexicon()["setting"].holds(text) and not lexicon()["citing"].holds(text)
            if sets and _calls_otherwise(decree, text):
                yield _labelled(decree, f"/dictums/{index}", text)


def _calls_otherwise(decree: Decree, text: str) -> bool:
    own, other = ("label_iku", "label_iki") if decree.kind == "IKU" else ("label_iki", "label_iku")
    return lexicon()[other].holds(text) and not lexicon()[own].holds(text)


def _labelled(decree: Decree, pointer: str, quote: str) -> Hit:
    said = phrase(f"kind-{decree.kind.casefold()}")
    values = {"title": quote, "kind_id": said.id, "kind_en": said.en}
    return Hit((Spot(decree, pointer, quote),), values, circumstance=origin(decree))


RULES = {
    "S021": not_relevant,
    "S022": output_only,
    "S023": source_mismatch,
    "S024": output_as_outcome,
    "S025": evidence_as_population,
    "S026": wrong_label,
}
