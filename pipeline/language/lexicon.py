"""What normalisation knows, in the form in which it is looked up; every table is loaded once.

Code holds no Indonesian words; they stand in the grammar and the roots of this package and in the reviewed
glossary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language.table_models import GrammarTable, SynonymClass, TermRow, WordSet

ENTRY_WORD = re.compile(r"[nt]-\d\b|\d+(?:[.,]\d+)*%?|[^\W_]+")


def entry_words(text: str) -> tuple[str, ...]:
    """Return the words of a table entry in lower case, punctuation dropped (``KTP-el``: ``ktp``, ``el``)."""
    return tuple(ENTRY_WORD.findall(text.lower()))


@dataclass(frozen=True)
class GlossaryPhrase:
    """A notion of the glossary as normalisation needs it: its key, and what sort of thing it is."""

    key: str
    kind: str
    last_word: str = ""
    """The last word of the expansion: behind the short form it says nothing new (``SKP pegawai``)."""


@dataclass(frozen=True)
class ContextualTerm:
    """A short form that means ``key`` only where one of ``near`` stands in the same text."""

    key: str
    near: frozenset[str]


PhraseTable = dict[str, tuple[tuple[tuple[str, ...], GlossaryPhrase], ...]]


@dataclass(frozen=True)
class LanguageLexicon:
    """The tables, and what is looked up in them."""

    grammar: GrammarTable
    roots: dict[str, str]
    phrases: PhraseTable
    contextual: dict[str, ContextualTerm]
    periods: tuple[tuple[str, ...], ...]
    short: dict[str, tuple[str, ...]]
    spelling: dict[str, tuple[str, ...]]
    synonyms: dict[str, str]
    measures: dict[str, str]
    words: frozenset[str]
    """Words that need no other explanation."""
    synonym_classes: tuple[SynonymClass, ...]


WORDS_OF_GRAMMAR = (
    *("stop", "neutral", "qualifiers", "negations", "units", "percent_units", "document_words"),
    *("act_words", "telic", "implied", "percent_for", "combine", "passive_words", "doing", "done"),
    *("on_documents", "states", "bare_acts", "torn_prefixes", "inside_terms", "shares", "always_percent"),
)
"""Parts of the grammar that are sets of whole words."""


def join_compound_words(words: tuple[str, ...], compounds: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the words with compounds written as one, as names are read (``kerja sama``: ``kerjasama``)."""
    joined: list[str] = []
    for word in words:
        if joined and (joined[-1], word) in compounds:
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


def build_phrase_table(
    terms: tuple[TermRow, ...], inside_terms: WordSet, compounds: tuple[tuple[str, str], ...]
) -> PhraseTable:
    """Return word sequences of all terms by their first word, longest first; conjunctions do not count."""
    phrases_by_words: dict[tuple[str, ...], GlossaryPhrase] = {}
    for term in terms:
        last_word = (entry_words(term.expansion or "") or ("",))[-1]
        phrase = GlossaryPhrase(" ".join(entry_words(term.term)), term.kind or "", last_word)
        for form in term.forms:
            words = join_compound_words(entry_words(form), compounds)
            words = tuple(word for word in words if word not in inside_terms)
            if words:
                phrases_by_words.setdefault(words, phrase)
    for words, phrase in nested_forms(phrases_by_words, terms, inside_terms, compounds):
        phrases_by_words.setdefault(words, phrase)
    table: dict[str, list[tuple[tuple[str, ...], GlossaryPhrase]]] = {}
    for words in sorted(phrases_by_words, key=lambda w: (-len(w), w)):
        table.setdefault(words[0], []).append((words, phrases_by_words[words]))
    return {first_word: tuple(rows) for first_word, rows in table.items()}


def nested_forms(
    phrases_by_words: dict[tuple[str, ...], GlossaryPhrase],
    terms: tuple[TermRow, ...],
    inside_terms: WordSet,
    compounds: tuple[tuple[str, str], ...],
) -> Iterator[tuple[tuple[str, ...], GlossaryPhrase]]:
    """Yield forms in which a term inside another is abbreviated or written out (``Indeks RB``)."""
    written_out: dict[str, tuple[str, ...]] = {}
    for term in terms:
        short = entry_words(term.term)
        words = join_compound_words(entry_words(term.expansion or ""), compounds)
        if len(short) == 1 and words:
            written_out[short[0]] = tuple(word for word in words if word not in inside_terms)
    shortened = {words: short for short, words in written_out.items() if len(words) > 1}
    for forms, phrase in sorted(phrases_by_words.items()):
        for i, form in enumerate(forms):
            if len(forms) > 1 and form in written_out:
                yield (*forms[:i], *written_out[form], *forms[i + 1 :]), phrase
            for end in range(i + 2, len(forms) + 1):
                abbreviation = shortened.get(forms[i:end])
                if abbreviation and end - i < len(forms):
                    yield (*forms[:i], abbreviation, *forms[end:]), phrase


@cache
def load_lexicon() -> LanguageLexicon:
    """Return all tables, read once.

    Raises:
        ConfigError: a table does not fit its model, or a form of the glossary is claimed twice.
    """
    from extractors.knowledge.yaml_loader import load_table
    from pipeline.language.table_models import (
        GlossaryTable,
        GrammarTable,
        RootTable,
        SynonymTable,
        TermRow,
        check_repeated_forms,
    )

    grammar = load_table("pipeline.language", "grammar.yaml", GrammarTable)
    glossary = load_table("normalized", "glossary.yaml", GlossaryTable)
    check_repeated_forms(glossary)
    roots = load_table("pipeline.language", "roots.yaml", RootTable)
    synonyms = load_table("normalized", "synonyms.yaml", SynonymTable)
    known_forms = {entry_words(form) for row in glossary.terms for form in row.forms}
    set_phrases = sorted({word for row in synonyms.classes for word in row.words if " " in word})
    new_terms = (TermRow(term=phrase) for phrase in set_phrases if entry_words(phrase) not in known_forms)
    terms = (*glossary.terms, *new_terms)
    phrases = build_phrase_table(terms, grammar.inside_terms, grammar.compounds)
    measures = {form: measure for measure, forms in grammar.measures.items() for form in forms}
    words_in_phrases = {word for rows in phrases.values() for words, _ in rows for word in words}
    words_of_grammar: set[str] = set().union(*(getattr(grammar, name) for name in WORDS_OF_GRAMMAR))
    return LanguageLexicon(
        grammar=grammar,
        roots=roots.word_classes(),
        phrases=phrases,
        contextual={
            row.variant.lower(): ContextualTerm(" ".join(entry_words(row.means)), frozenset(row.near))
            for row in glossary.contextual
        },
        periods=tuple(entry_words(phrase) for phrase in glossary.period_phrases),
        short={form: entry_words(words) for form, words in glossary.short.items()},
        spelling={form: entry_words(words) for form, words in glossary.spelling.items()},
        synonyms={form: word for word, forms in grammar.synonyms.items() for form in forms},
        measures=measures,
        synonym_classes=synonyms.classes,
        words=frozenset(
            words_in_phrases
            | words_of_grammar
            | measures.keys()
            | glossary.short.keys()
            | glossary.spelling.keys()
        ),
    )
