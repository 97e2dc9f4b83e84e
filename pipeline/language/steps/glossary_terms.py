"""Terms of the glossary found in the words: abbreviations, expansions and variants become one notion."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from pipeline.language.lexicon import GlossaryPhrase, load_lexicon
from pipeline.language.steps.spelling_repair import is_in_lexicon, letter_skeleton
from pipeline.language.word_tokenizer import WordForm

if TYPE_CHECKING:
    from collections.abc import Sequence


SHORTEST_MISPRINT = 5
"""Letters from which a word with one letter wrong is still told from other words."""


class GlossaryTerm(NamedTuple):
    """A word, or the words that name one notion of the glossary."""

    word: WordForm
    phrase: GlossaryPhrase | None = None


def find_terms(words: Sequence[WordForm]) -> tuple[GlossaryTerm, ...]:
    """The words with glossary notions found, longest first; phrases of the period dropped."""
    remaining_words = drop_period_phrase(words)
    passes = (
        (False, True) if any([len(possible_forms(word.form)) > 1 for word in remaining_words]) else (False,)
    )
    terms: list[GlossaryTerm] = []
    i = 0
    while i < len(remaining_words):
        if not may_begin_term(remaining_words[i].form):
            terms.append(GlossaryTerm(remaining_words[i]))
            i += 1
            continue
        size, phrase = longest_term(remaining_words, i, passes)
        if phrase and not begins_longer_term(remaining_words, i, size, passes):
            terms.append(
                GlossaryTerm(
                    WordForm(" ".join(w.printed for w in remaining_words[i : i + size]), phrase.key), phrase
                )
            )
            i += size
        else:
            terms.append(GlossaryTerm(remaining_words[i]))
            i += 1
    return tuple(resolve_contextual_terms(terms))


def longest_term(
    words: Sequence[WordForm], start: int, passes: Sequence[bool]
) -> tuple[int, GlossaryPhrase | None]:
    """How many words from ``start`` name a notion of the glossary, and which; (0, None) where none do."""
    first_form, second_form = words[start].form, next_form(words, start)
    for misprinted in passes:  # a phrase to the letter comes before one with a misprint
        seconds = possible_forms(second_form) if misprinted else (second_form,)
        seconds = (*seconds, load_lexicon().synonyms.get(second_form, ""))
        for meant in possible_forms(first_form) if misprinted else (first_form,):
            for forms, phrase in load_lexicon().phrases.get(meant, ()):
                if len(forms) > 1 and forms[1] not in seconds and not is_misread_of(second_form, forms[1]):
                    continue
                size = span_length(words, start, forms, 1 if misprinted else 0)
                if size:
                    return size, phrase
    return 0, None


def begins_longer_term(words: Sequence[WordForm], start: int, size: int, passes: Sequence[bool]) -> bool:
    """Return whether a longer term begins inside the one at ``start`` and goes on behind it."""
    return any(
        may_begin_term(words[i].form) and longest_term(words, i, passes)[0] > max(size, start + size - i)
        for i in range(start + 1, start + size)
    )


def next_form(words: Sequence[WordForm], start: int) -> str:
    """The word behind ``start``, conjunctions skipped; empty where there is none."""
    conjunctions = load_lexicon().grammar.inside_terms
    return next((w.form for w in words[start + 1 :] if w.form not in conjunctions), "")


@lru_cache(maxsize=16384)
def may_begin_term(form: str) -> bool:
    """Whether a phrase of the glossary begins with the word, or with what it may be a misprint of."""
    return any(meant in load_lexicon().phrases for meant in possible_forms(form))


def span_length(words: Sequence[WordForm], start: int, forms: Sequence[str], misprints: int = 0) -> int:
    """How many words from ``start`` the forms cover, conjunctions skipped; 0 where they differ.

    ``misprints``: so many of several words may be misprinted.
    """
    conjunctions, synonyms = load_lexicon().grammar.inside_terms, load_lexicon().synonyms
    position, misprints_left = start, misprints if len(forms) > 1 else 0
    for number, form in enumerate(forms):
        while number and position < len(words) and words[position].form in conjunctions:
            position += 1
        if position >= len(words):
            return 0
        if form not in (words[position].form, synonyms.get(words[position].form)) and not is_misread_of(
            words[position].form, form
        ):
            if not misprints_left or form not in possible_forms(words[position].form):
                return 0
            misprints_left -= 1
        position += 1
    return position - start


def is_misread_of(form: str, meant: str) -> bool:
    """Whether a short word that is none is a word of a phrase with its letters confused (``KTP-eI``)."""
    if len(form) >= SHORTEST_MISPRINT or letter_skeleton(form) != letter_skeleton(meant):
        return False
    return not is_in_lexicon(form)


@lru_cache(maxsize=16384)
def possible_forms(form: str) -> tuple[str, ...]:
    """Words of the glossary's phrases that a word may be a misprint of, and itself: none that is a word."""
    if len(form) < SHORTEST_MISPRINT or not form.isalpha() or is_in_lexicon(form):
        return (form,)
    near = (
        word
        for word in phrase_words()
        if word[0] == form[0]
        and len(word) >= SHORTEST_MISPRINT
        and OSA.distance(form, word, score_cutoff=1) <= 1
    )
    return (form, *near)


@cache
def phrase_words() -> tuple[str, ...]:
    """All words of the phrases of more than one word, sorted."""
    form_sequences = (
        forms for rows in load_lexicon().phrases.values() for forms, _ in rows if len(forms) > 1
    )
    return tuple(sorted({form for forms in form_sequences for form in forms if form}))


def drop_period_phrase(words: Sequence[WordForm]) -> list[WordForm]:
    """The words without phrases such as ``dalam 1 tahun`` at their end."""
    remaining_words = list(words)
    if not remaining_words or remaining_words[-1].form not in period_last_words():
        return remaining_words
    for phrase in load_lexicon().periods:
        size = len(phrase)
        if len(remaining_words) > size and tuple(w.form for w in remaining_words[-size:]) == phrase:
            return remaining_words[:-size]
    return remaining_words


@cache
def period_last_words() -> frozenset[str]:
    """The last words of the phrases of the period."""
    return frozenset(phrase[-1] for phrase in load_lexicon().periods)


def resolve_contextual_terms(terms: Sequence[GlossaryTerm]) -> list[GlossaryTerm]:
    """Short forms that mean a term only near certain words (``LPPD`` near ``desa``) read by their company."""
    lexicon = load_lexicon()
    near = {t.word.form for t in terms}
    if near.isdisjoint(lexicon.contextual):
        return list(terms)
    kinds = {p.key: p for rows in lexicon.phrases.values() for _, p in rows}
    out = []
    for term in terms:
        row = lexicon.contextual.get(term.word.form)
        if row and near & row.near:
            out.append(GlossaryTerm(WordForm(term.word.printed, row.key), kinds.get(row.key)))
        else:
            out.append(term)
    return out
