"""S rules of the lightest kind: spelling, terms that were replaced, short names, polarity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin, spot
from pipeline.audit.lexicon import Words, lexicon
from pipeline.audit.targets import falls_well

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extractors.record import Decree
    from pipeline.audit.context import Context


def _texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """All texts of a decree's holders and indicators, by pointer."""
    for h, holder in enumerate(decree.holders):
        base = f"/holders/{h}"
        yield f"{base}/name", holder.name or ""
        yield f"{base}/goal", holder.goal or ""
        for field, entries in (("duties", holder.duties), ("functions", holder.functions)):
            yield from ((f"{base}/{field}/{k}", text) for k, text in enumerate(entries))
        for i, one in enumerate(holder.indicators):
            inside = f"{base}/indicators/{i}"
            yield f"{inside}/objective", one.objective or ""
            yield f"{inside}/name", one.name
            yield f"{inside}/formula", one.formula.raw if one.formula else ""
            yield f"{inside}/explanation", one.explanation or ""
            yield from ((f"{inside}/data_sources/{k}", text) for k, text in enumerate(one.data_sources))


def _each_word(context: Context, table: Mapping[str, str]) -> Iterator[Hit]:
    """One hit a decree for each word of the table: the first place, the others related."""
    words = {word: Words.of([word]) for word in sorted(table)}
    anything = Words.of(sorted(table))
    for decree in context.decrees:
        texts = [(pointer, text) for pointer, text in _texts(decree) if anything.holds(text)]
        for word, pattern in words.items():
            spots = tuple(Spot(decree, pointer, text) for pointer, text in texts if pattern.holds(text))
            if spots:
                yield Hit(spots, {"word": word, "instead": table[word]}, circumstance=origin(decree))


def spelling(context: Context) -> Iterator[Hit]:
    """S029: a common word in another spelling than the standard's."""
    return _each_word(context, lexicon().tables["spellings"])


def old_terms(context: Context) -> Iterator[Hit]:
    """S030: a term that was replaced."""
    return _each_word(context, lexicon().tables["replaced_terms"])


def short_names(context: Context) -> Iterator[Hit]:
    """S031: a village's document under a short name that means another's."""
    for hit in _each_word(context, lexicon().tables["short_names"]):
        full = lexicon()[f"full_{hit.values['word']}"]
        spots = tuple(s for s in hit.spots if not full.holds(s.quote))
        if spots and any(full.holds(text) for _, text in _texts(spots[0].decree)):
            yield Hit(spots, hit.values, circumstance=hit.circumstance)


def polarity(context: Context) -> Iterator[Hit]:
    """S032: less is better, and the decree does not say so."""
    headers = lexicon()["polarity_headers"]
    for case in context.cases:
        said = any(headers.holds(header) for header in case.mention.indicator.extra)
        if falls_well(case) and not said:
            yield Hit(
                (spot(case, "name", case.mention.name),), {"name": case.mention.name}, case.level, case.origin
            )


RULES = {"S029": spelling, "S030": old_terms, "S031": short_names, "S032": polarity}
