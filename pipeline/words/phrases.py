"""Terms of the glossary found in the words: abbreviations, expansions and variants become one notion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.words.fold import Word
from pipeline.words.tables import Phrase, tables

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Term:
    """A word, or the words that name one notion of the glossary."""

    word: Word
    phrase: Phrase | None = None


def find_terms(words: Sequence[Word]) -> tuple[Term, ...]:
    """The words with glossary notions found, longest first; phrases of the period dropped."""
    kept = without_periods(words)
    out: list[Term] = []
    i = 0
    while i < len(kept):
        size, phrase = longest(kept, i)
        if phrase:
            out.append(Term(Word(" ".join(w.printed for w in kept[i : i + size]), phrase.key), phrase))
            i += size
        else:
            out.append(Term(kept[i]))
            i += 1
    return tuple(in_context(out))


def longest(words: Sequence[Word], start: int) -> tuple[int, Phrase | None]:
    """How many words from ``start`` name a notion of the glossary, and which; (0, None) where none do."""
    for forms, phrase in tables().phrases.get(words[start].form, ()):
        size = spanned(words, start, forms)
        if size:
            return size, phrase
    return 0, None


def spanned(words: Sequence[Word], start: int, forms: Sequence[str]) -> int:
    """How many words from ``start`` the forms cover, conjunctions skipped; 0 where they differ."""
    conjunctions, synonyms = tables().sets["conjunctions"], tables().synonyms
    at = start
    for number, form in enumerate(forms):
        while number and at < len(words) and words[at].form in conjunctions:
            at += 1
        if at >= len(words) or form not in (words[at].form, synonyms.get(words[at].form)):
            return 0
        at += 1
    return at - start


def without_periods(words: Sequence[Word]) -> list[Word]:
    """The words without phrases such as ``dalam 1 tahun`` at their end."""
    kept = list(words)
    for phrase in tables().periods:
        size = len(phrase)
        if len(kept) > size and tuple(w.form for w in kept[-size:]) == phrase:
            return kept[:-size]
    return kept


def in_context(terms: Sequence[Term]) -> list[Term]:
    """Short forms that mean a term only near certain words (``LPPD`` near ``desa``) read by their company."""
    table = tables()
    near = {t.word.form for t in terms}
    kinds = (
        {p.key: p for rows in table.phrases.values() for _, p in rows} if near & set(table.contextual) else {}
    )
    out = []
    for term in terms:
        row = table.contextual.get(term.word.form)
        if row and near & row.near:
            out.append(Term(Word(term.word.printed, row.key), kinds.get(row.key)))
        else:
            out.append(term)
    return out
