"""The normal form of an indicator's name or of a quantity: its measure and its words with their parts.

``normalise`` runs small steps one after the other; each that changes something is told in ``steps``.
The printed text stays beside every token.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.words.brackets import open_brackets
from pipeline.words.fold import fold, split
from pipeline.words.measures import take_measure
from pipeline.words.office import drop_office
from pipeline.words.phrases import find_terms
from pipeline.words.repair import Context, mend
from pipeline.words.roles import Role, Token, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    steps: tuple[Step, ...] = ()
    """Steps that changed something, for explanations."""

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """The tokens that must agree: all but the neutral."""
        return tuple(t for t in self.tokens if t.role != "neutral")

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the content tokens, for look-up."""
        return frozenset(t.key for t in self.content)

    @cached_property
    def doubtful(self) -> bool:
        """Whether the tables do not explain every word: then the other side's words may explain it."""
        return not all(t.known for t in self.tokens)

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
        normal, asked = reading(text, kecamatan or "", used)
        found = asked & others
        if found <= used:
            return normal
        used |= found


@lru_cache(maxsize=KEPT)
def reading(text: str, kecamatan: str, words: frozenset[str]) -> tuple[Normal, frozenset[str]]:
    """The normal form, and the words that were looked for among those of the other side."""
    context = Context(words)
    normal = normal_form(text, kecamatan, context)
    return normal, frozenset(context.asked)


def normal_form(text: str, kecamatan: str, context: Context) -> Normal:
    """``normalise`` step by step."""
    printed = list(split(fold(text)))[:MOST_WORDS]
    mended = mend(printed, context)
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
        ("measure", " ".join((*measure.names, *(w.form for w in measure.rest)))),
        ("terms", " ".join((*measure.names, *(t.word.form for t in terms)))),
        ("keys", " ".join((*measure.names, *(t.key for t in tokens)))),
    )
    steps = tuple(
        Step(name, before, after) for (_, before), (name, after) in pairwise(stages) if before != after
    )
    return Normal(text, measure.names, tokens, steps)


def shown(words: list[Word]) -> str:
    """Words as one text."""
    return " ".join(w.form for w in words)


def vocabulary(*texts: str) -> frozenset[str]:
    """The words of texts in lower case, as ``context`` for ``normalise``."""
    return frozenset(w.form for text in texts for w in split(fold(text)) if w.form.isalnum())
