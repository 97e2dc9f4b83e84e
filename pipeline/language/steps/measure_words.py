"""The measure at the head of a name: what sort of number it is (jumlah, persentase, rata-rata, nilai …)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.lexicon import load_lexicon
from pipeline.language.steps.glossary_terms import longest_term, may_begin_term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.language.word_tokenizer import WordForm


LEAST_RATE_BASE = 100
"""From this number of things on, ``per`` names the base of a rate."""


@dataclass(frozen=True)
class MeasurePhrase:
    """The measure words in canonical form, and the words behind them."""

    names: tuple[str, ...]
    rest: tuple[WordForm, ...]


def take_measure(words: Sequence[WordForm], unit: str = "") -> MeasurePhrase:
    """Return the measure at the head of the words, read with the unit that stood in brackets.

    ``tingkat … (%)`` is ``persentase …``; ``persentase jumlah …`` is ``persentase …``. A name without a
    measure word has none.
    """
    lexicon = load_lexicon()
    words = move_mean_to_head(drop_rate_base(words))
    names: list[str] = []
    i = 0
    while i < len(words):
        form = words[i].form
        name = None if begins_term(words, i) else lexicon.measures.get(form)
        if name is None:
            if not (names and form in lexicon.grammar.stop):
                break
        elif not names or names[-1] in lexicon.grammar.combine:
            names.append(name)
        elif name not in lexicon.grammar.silent_after.get(names[-1], ()):
            break
        i += 1
    if (
        i < len(words)
        and words[i].form in lexicon.grammar.shares
        and lexicon.grammar.count not in names
        and set(names) <= {*lexicon.grammar.implied, *lexicon.grammar.percent_for}
    ):
        names = [lexicon.grammar.percent]
    return MeasurePhrase(resolve_percent(names, unit), tuple(words[i:]))


def drop_rate_base(words: Sequence[WordForm]) -> Sequence[WordForm]:
    """Return the words without the number that a rate is counted by, and its unit, at the end."""
    for i in range(1, len(words) - 1):
        base = words[i + 1].form.replace(".", "").replace(",", "")
        if (
            words[i].form in load_lexicon().grammar.rate_words
            and base.isdigit()
            and int(base) >= LEAST_RATE_BASE
        ):
            return words[:i]
    return words


def move_mean_to_head(words: Sequence[WordForm]) -> Sequence[WordForm]:
    """Return the words with a mean that stands behind others moved to their head (``waktu rata-rata``)."""
    lexicon = load_lexicon()
    combine = lexicon.grammar.combine
    place = next((i for i, word in enumerate(words) if lexicon.measures.get(word.form) in combine), 0)
    return (words[place], *words[:place], *words[place + 1 :]) if place else words


def begins_term(words: Sequence[WordForm], i: int) -> bool:
    """Return whether a measure word belongs to a term of the glossary (``angka partisipasi murni``)."""
    return may_begin_term(words[i].form) and longest_term(words, i, (False,))[0] > 1


def resolve_percent(names: Sequence[str], unit: str) -> tuple[str, ...]:
    """Return the measures, with ``persentase`` where the unit says so and the words leave it open."""
    lexicon = load_lexicon()
    if names and names[-1] in lexicon.grammar.always_percent:
        return (*names[:-1], lexicon.grammar.percent)
    is_percent = (
        unit in lexicon.grammar.percent_units or lexicon.measures.get(unit) == lexicon.grammar.percent
    )
    if (
        is_percent
        and lexicon.grammar.percent not in names
        and (not names or names[-1] in lexicon.grammar.percent_for | lexicon.grammar.percent_with_unit)
    ):
        return (*names[:-1], lexicon.grammar.percent)
    return tuple(names)
