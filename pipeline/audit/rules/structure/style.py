"""S rules of the lightest kind: spelling, terms that were replaced, short names, polarity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, indicator_location, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import PhrasePattern
from pipeline.audit.domain.polarity import read_polarity, stated_polarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext


def _holder_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """All texts of a decree's holders and indicators, by pointer."""
    for h, holder in enumerate(decree.holders):
        base = f"/holders/{h}"
        yield f"{base}/name", holder.name or ""
        yield f"{base}/goal", holder.goal or ""
        for field, entries in (("duties", holder.duties), ("functions", holder.functions)):
            yield from ((f"{base}/{field}/{k}", text) for k, text in enumerate(entries))
        for i, indicator in enumerate(holder.indicators):
            indicator_pointer = f"{base}/indicators/{i}"
            yield f"{indicator_pointer}/objective", indicator.objective or ""
            yield f"{indicator_pointer}/name", indicator.name
            yield f"{indicator_pointer}/formula", indicator.formula.raw if indicator.formula else ""
            yield f"{indicator_pointer}/explanation", indicator.explanation or ""
            yield from (
                (f"{indicator_pointer}/data_sources/{k}", text)
                for k, text in enumerate(indicator.data_sources)
            )


def _word_violations(context: AuditContext, table: Mapping[str, str]) -> Iterator[Violation]:
    """One hit a decree for each word of the table: the first place, the others related."""
    words = {word: PhrasePattern.from_entries([word]) for word in sorted(table)}
    any_word = PhrasePattern.from_entries(sorted(table))
    for decree in context.decrees:
        texts = [(pointer, text) for pointer, text in _holder_texts(decree) if any_word.occurs_in(text)]
        for word, pattern in words.items():
            spots = tuple(
                Location(decree, pointer, text) for pointer, text in texts if pattern.occurs_in(text)
            )
            if spots:
                yield Violation(
                    spots, {"word": word, "instead": table[word]}, circumstance=text_origin(decree)
                )


def nonstandard_spelling(context: AuditContext) -> Iterator[Violation]:
    """S029: a common word in another spelling than the standard's."""
    return _word_violations(context, load_lexicon().spellings)


def superseded_terms(context: AuditContext) -> Iterator[Violation]:
    """S030: a term that was replaced."""
    return _word_violations(context, load_lexicon().replaced_terms)


def misleading_short_names(context: AuditContext) -> Iterator[Violation]:
    """S031: a village's document under a short name that means another's."""
    for hit in _word_violations(context, {w: n.meant for w, n in load_lexicon().short_names.items()}):
        full_name = load_lexicon().short_names[hit.values["word"]].full
        spots = tuple(s for s in hit.locations if not full_name.occurs_in(s.quote))
        if spots and any(full_name.occurs_in(text) for _, text in _holder_texts(spots[0].decree)):
            yield Violation(spots, hit.values, circumstance=hit.circumstance)


def unstated_polarity(context: AuditContext) -> Iterator[Violation]:
    """S032: less is better, and the decree does not say so."""
    for case in context.cases:
        if read_polarity(case) == "lower" and stated_polarity(case) is None:
            yield Violation(
                (indicator_location(case, "name", case.mention.name),),
                {"name": case.mention.name},
                case.level,
                case.origin,
            )


RULES = {
    "S029": nonstandard_spelling,
    "S030": superseded_terms,
    "S031": misleading_short_names,
    "S032": unstated_polarity,
}
