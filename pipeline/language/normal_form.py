"""The normal form of an indicator's name or of a quantity: its measure and its words with their parts.

``normalise`` runs small steps one after the other; each that changes something is told in ``steps``.
The printed text stays beside every token.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.language.steps.glossary_terms import find_terms
from pipeline.language.steps.measure_words import take_measure
from pipeline.language.steps.name_brackets import remove_brackets
from pipeline.language.steps.own_office import drop_office
from pipeline.language.steps.spelling_repair import RepairContext, group_by_letters, repair_words
from pipeline.language.steps.token_roles import NameToken, TokenRole, read_tokens
from pipeline.language.word_tokenizer import fold_text, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.language.word_tokenizer import WordForm

__all__ = ["NameToken", "NormalForm", "NormalisationStep", "TokenRole", "normalise_text", "text_vocabulary"]

MOST_WORDS = 160
CACHED_READINGS = 32_768
"""Readings that are remembered: each text is compared with many others."""


@dataclass(frozen=True)
class NormalisationStep:
    """One step that changed the text: its name, and the words before and after it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class NormalForm:
    """The normal form of one printed text."""

    text: str
    """What was printed."""
    measures: tuple[str, ...]
    """Measure words in canonical form (``rata-rata``, ``persentase``); empty where none is printed."""
    tokens: tuple[NameToken, ...]
    """Content words, qualifiers and neutral words in printed order; stop words are gone."""
    stages: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False, compare=False)
    """The words after every step, by its name."""

    @cached_property
    def steps(self) -> tuple[NormalisationStep, ...]:
        """Steps that changed something, for explanations."""
        texts = [(name, " ".join(words)) for name, words in self.stages]
        return tuple(
            NormalisationStep(name, before, after)
            for (_, before), (name, after) in pairwise(texts)
            if before != after
        )

    def words_after_step(self, name: str) -> tuple[str, ...]:
        """The words after a step."""
        return dict(self.stages)[name]

    @cached_property
    def content(self) -> tuple[NameToken, ...]:
        """The tokens that must agree: all but the neutral."""
        return tuple([t for t in self.tokens if t.role != "neutral"])

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the content tokens, for look-up."""
        return frozenset([t.key for t in self.content])

    @cached_property
    def all_keys(self) -> frozenset[str]:
        """Keys of all tokens, the neutral too."""
        return frozenset([t.key for t in self.tokens])

    @cached_property
    def reading(self) -> tuple[object, ...]:
        """What comparisons read of the text: two names with equal readings are decided alike."""
        return self.measures, tuple([(t.key, t.role, t.form) for t in self.tokens])

    @cached_property
    def has_unknown_words(self) -> bool:
        """Whether the tables do not explain every word: then the other side's words may explain it."""
        return not all([t.is_known for t in self.tokens])

    @cached_property
    def signature(self) -> str:
        """Measure and sorted content keys in one text: equal signatures are the same indicator."""
        return " ".join(self.measures) + " | " + " ".join(sorted(self.keys))


def normalise_text(text: str, kecamatan: str | None = None, context: Iterable[str] = ()) -> NormalForm:
    """The normal form of ``text``.

    ``kecamatan`` is the name of the own office, which counts as neutral. ``context`` are words (lower
    case) of what the text will be compared with: reading errors may be mended towards them. Never fails;
    a text without words gives no tokens.
    """
    context_words = context if isinstance(context, frozenset) else frozenset(context)
    used_words: frozenset[str] = frozenset()
    while True:  # only the words that the reading looks for can change it, so most contexts are one
        normal, asked, confused = read_with_context(text, kecamatan or "", used_words)
        relevant_words = asked & context_words
        if confused and context_words:
            words_by_letters = group_by_letters(context_words)
            relevant_words = relevant_words.union(
                *(words_by_letters.get(letters, ()) for letters in confused)
            )
        if relevant_words <= used_words:
            return normal
        used_words |= relevant_words


@lru_cache(maxsize=CACHED_READINGS)
def read_with_context(
    text: str, kecamatan: str, words: frozenset[str]
) -> tuple[NormalForm, frozenset[str], frozenset[str]]:
    """The normal form, and the words and letters that were looked for among those of the other side."""
    context = RepairContext(words)
    normal = build_normal_form(text, kecamatan, context)
    return normal, frozenset(context.asked), frozenset(context.confused)


def build_normal_form(text: str, kecamatan: str, context: RepairContext) -> NormalForm:
    """``normalise`` step by step."""
    printed_words = split_words(fold_text(text))[:MOST_WORDS]
    return assemble_normal_form(text, kecamatan, printed_words, repair_words(printed_words, context), context)


def assemble_normal_form(
    text: str,
    kecamatan: str,
    printed_words: Sequence[WordForm],
    repaired_words: Sequence[WordForm],
    context: RepairContext,
) -> NormalForm:
    """The normal form of a text whose words are split and mended."""
    unbracketed_words, unit = remove_brackets(repaired_words)
    words_without_office = drop_office(unbracketed_words, kecamatan, context)
    measure = take_measure(words_without_office, unit)
    terms = find_terms(measure.rest)
    tokens = read_tokens(terms, measure.names)
    stages = (
        ("printed", word_forms(printed_words)),
        ("repair", word_forms(repaired_words)),
        ("brackets", word_forms(unbracketed_words)),
        ("office", word_forms(words_without_office)),
        ("measure", (*measure.names, *[w.form for w in measure.rest])),
        ("terms", (*measure.names, *[t.word.form for t in terms])),
        ("keys", (*measure.names, *[t.key for t in tokens])),
    )
    return NormalForm(text, measure.names, tokens, stages)


def word_forms(words: Sequence[WordForm]) -> tuple[str, ...]:
    """The words as they are read."""
    return tuple([w.form for w in words])


def text_vocabulary(*texts: str) -> frozenset[str]:
    """The words of texts in lower case, as ``context`` for ``normalise``."""
    return frozenset(w.form for text in texts for w in split_words(fold_text(text)) if w.form.isalnum())
