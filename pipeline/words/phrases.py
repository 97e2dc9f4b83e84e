"""Terms of the glossary found in the words: abbreviations, expansions and variants become one notion."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from pipeline.words.fold import Word
from pipeline.words.repair import in_tables, skeleton
from pipeline.words.tables import Phrase, tables

if TYPE_CHECKING:
    from collections.abc import Sequence


SHORTEST_MISPRINT = 5
"""Letters from which a word with one letter wrong is still told from other words."""


class Term(NamedTuple):
    """A word, or the words that name one notion of the glossary."""

    word: Word
    phrase: Phrase | None = None


def find_terms(words: Sequence[Word]) -> tuple[Term, ...]:
    """The words with glossary notions found, longest first; phrases of the period dropped."""
    kept = without_periods(words)
    passes = (False, True) if any([len(meant_by(word.form)) > 1 for word in kept]) else (False,)
    out: list[Term] = []
    i = 0
    while i < len(kept):
        if not may_begin(kept[i].form):
            out.append(Term(kept[i]))
            i += 1
            continue
        size, phrase = longest(kept, i, passes)
        if phrase:
            out.append(Term(Word(" ".join(w.printed for w in kept[i : i + size]), phrase.key), phrase))
            i += size
        else:
            out.append(Term(kept[i]))
            i += 1
    return tuple(in_context(out))


def longest(words: Sequence[Word], start: int, passes: Sequence[bool]) -> tuple[int, Phrase | None]:
    """How many words from ``start`` name a notion of the glossary, and which; (0, None) where none do."""
    first, following = words[start].form, next_form(words, start)
    for misprinted in passes:  # a phrase to the letter comes before one with a misprint
        seconds = meant_by(following) if misprinted else (following,)
        seconds = (*seconds, tables().synonyms.get(following, ""))
        for meant in meant_by(first) if misprinted else (first,):
            for forms, phrase in tables().phrases.get(meant, ()):
                if len(forms) > 1 and forms[1] not in seconds and not misread(following, forms[1]):
                    continue
                size = spanned(words, start, forms, 1 if misprinted else 0)
                if size:
                    return size, phrase
    return 0, None


def next_form(words: Sequence[Word], start: int) -> str:
    """The word behind ``start``, conjunctions skipped; empty where there is none."""
    conjunctions = tables().sets["inside_terms"]
    return next((w.form for w in words[start + 1 :] if w.form not in conjunctions), "")


@lru_cache(maxsize=16384)
def may_begin(form: str) -> bool:
    """Whether a phrase of the glossary begins with the word, or with what it may be a misprint of."""
    return any(meant in tables().phrases for meant in meant_by(form))


def spanned(words: Sequence[Word], start: int, forms: Sequence[str], misprints: int = 0) -> int:
    """How many words from ``start`` the forms cover, conjunctions skipped; 0 where they differ.

    ``misprints``: so many of several words may be misprinted.
    """
    conjunctions, synonyms = tables().sets["inside_terms"], tables().synonyms
    at, left = start, misprints if len(forms) > 1 else 0
    for number, form in enumerate(forms):
        while number and at < len(words) and words[at].form in conjunctions:
            at += 1
        if at >= len(words):
            return 0
        if form not in (words[at].form, synonyms.get(words[at].form)) and not misread(words[at].form, form):
            if not left or form not in meant_by(words[at].form):
                return 0
            left -= 1
        at += 1
    return at - start


def misread(form: str, meant: str) -> bool:
    """Whether a short word that is none is a word of a phrase with its letters confused (``KTP-eI``)."""
    if len(form) >= SHORTEST_MISPRINT or skeleton(form) != skeleton(meant):
        return False
    return not in_tables(form)


@lru_cache(maxsize=16384)
def meant_by(form: str) -> tuple[str, ...]:
    """Words of the glossary's phrases that a word may be a misprint of, and itself: none that is a word."""
    if len(form) < SHORTEST_MISPRINT or not form.isalpha() or in_tables(form):
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
    every = (forms for rows in tables().phrases.values() for forms, _ in rows if len(forms) > 1)
    return tuple(sorted({form for forms in every for form in forms if form}))


def without_periods(words: Sequence[Word]) -> list[Word]:
    """The words without phrases such as ``dalam 1 tahun`` at their end."""
    kept = list(words)
    if not kept or kept[-1].form not in period_ends():
        return kept
    for phrase in tables().periods:
        size = len(phrase)
        if len(kept) > size and tuple(w.form for w in kept[-size:]) == phrase:
            return kept[:-size]
    return kept


@cache
def period_ends() -> frozenset[str]:
    """The last words of the phrases of the period."""
    return frozenset(phrase[-1] for phrase in tables().periods)


def in_context(terms: Sequence[Term]) -> list[Term]:
    """Short forms that mean a term only near certain words (``LPPD`` near ``desa``) read by their company."""
    table = tables()
    near = {t.word.form for t in terms}
    if near.isdisjoint(table.contextual):
        return list(terms)
    kinds = {p.key: p for rows in table.phrases.values() for _, p in rows}
    out = []
    for term in terms:
        row = table.contextual.get(term.word.form)
        if row and near & row.near:
            out.append(Term(Word(term.word.printed, row.key), kinds.get(row.key)))
        else:
            out.append(term)
    return out
