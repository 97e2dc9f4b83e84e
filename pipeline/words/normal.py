"""The normal form of an indicator's name or of a quantity: its measure and its words with their parts.

``normalise`` runs small steps one after the other; each that changes something is told in ``steps``.
The printed text stays beside every token.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.words.brackets import open_brackets
from pipeline.words.fold import fold, split
from pipeline.words.measures import take_measure
from pipeline.words.office import drop_office
from pipeline.words.phrases import find_terms
from pipeline.words.repair import Context, by_letters, mend
from pipeline.words.roles import Role, Token, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.words.fold import Word

__all__ = ["Normal", "Role", "Step", "Token", "normalise", "vocabulary"]

MOST_WORDS = 160
KEPT = 32_768
"""Readings that are remembered: each text is compared with many others."""


@dataclass(frozen=True)
class Step:
    """One step that changed the text: its name, and the words before and after it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Normal:
    """The normal form of one printed text."""

    text: str
    """What was printed."""
    measures: tuple[str, ...]
    """Measure words in canonical form (``rata-rata``, ``persentase``); empty where none is printed."""
    tokens: tuple[Token, ...]
    """Content words, qualifiers and neutral words in printed order; stop words are gone."""
    stages: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False, compare=False)
    """The words after every step, by its name."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Steps that changed something, for explanations."""
        told = [(name, " ".join(words)) for name, words in self.stages]
        return tuple(Step(name, one, two) for (_, one), (name, two) in pairwise(told) if one != two)

    def stage(self, name: str) -> tuple[str, ...]:
        """The words after a step."""
        return dict(self.stages)[name]

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The tokens that must agree: all but the neutral."""
        return tuple([t for t in self.tokens if t.role != "neutral"])

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the content tokens, for look-up."""
        return frozenset([t.key for t in self.content])

    @cached_property
    def every(self) -> frozenset[str]:
        """Keys of all tokens, the neutral too."""
        return frozenset([t.key for t in self.tokens])

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much each key weighs in a comparison."""
        return {t.key: t.weight for t in self.tokens}

    @cached_property
    def weight(self) -> float:
        """How much all tokens weigh together."""
        return sum(self.weights.values())

    @cached_property
    def doubtful(self) -> bool:
        """Whether the tables do not explain every word: then the other side's words may explain it."""
        return not all([t.known for t in self.tokens])

    @cached_property
    def signature(self) -> str:
        """Measure and sorted content keys in one text: equal signatures are the same indicator."""
        return " ".join(self.measures) + " | " + " ".join(sorted(self.keys))


def normalise(text: str, kecamatan: str | None = None, context: Iterable[str] = ()) -> Normal:
    """The normal form of ``text``.

    ``kecamatan`` is the name of the own office, which counts as neutral. ``context`` are words (lower
    case) of what the text will be compared with: reading errors may be mended towards them. Never fails;
    a text without words gives no tokens.
    """
    others = context if isinstance(context, frozenset) else frozenset(context)
    used: frozenset[str] = frozenset()
    while True:  # only the words that the reading looks for can change it, so most contexts are one
        normal, asked, confused = reading(text, kecamatan or "", used)
        found = asked & others
        if confused and others:
            likes = by_letters(others)
            found = found.union(*(likes.get(letters, ()) for letters in confused))
        if found <= used:
            return normal
        used |= found


@lru_cache(maxsize=KEPT)
def reading(
    text: str, kecamatan: str, words: frozenset[str]
) -> tuple[Normal, frozenset[str], frozenset[str]]:
    """The normal form, and the words and letters that were looked for among those of the other side."""
    context = Context(words)
    normal = normal_form(text, kecamatan, context)
    return normal, frozenset(context.asked), frozenset(context.confused)


def normal_form(text: str, kecamatan: str, context: Context) -> Normal:
    """``normalise`` step by step."""
    printed = split(fold(text))[:MOST_WORDS]
    return form_of(text, kecamatan, printed, mend(printed, context), context)


def form_of(
    text: str, kecamatan: str, printed: Sequence[Word], mended: Sequence[Word], context: Context
) -> Normal:
    """The normal form of a text whose words are split and mended."""
    opened, unit = open_brackets(mended)
    named = drop_office(opened, kecamatan, context)
    measure = take_measure(named, unit)
    terms = find_terms(measure.rest)
    tokens = read_tokens(terms, measure.names)
    stages = (
        ("printed", shown(printed)),
        ("repair", shown(mended)),
        ("brackets", shown(opened)),
        ("office", shown(named)),
        ("measure", (*measure.names, *[w.form for w in measure.rest])),
        ("terms", (*measure.names, *[t.word.form for t in terms])),
        ("keys", (*measure.names, *[t.key for t in tokens])),
    )
    return Normal(text, measure.names, tokens, stages)


def shown(words: Sequence[Word]) -> tuple[str, ...]:
    """The words as they are read."""
    return tuple([w.form for w in words])


def vocabulary(*texts: str) -> frozenset[str]:
    """The words of texts in lower case, as ``context`` for ``normalise``."""
    return frozenset(w.form for text in texts for w in split(fold(text)) if w.form.isalnum())
