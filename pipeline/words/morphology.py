"""Taking words apart: prefix and suffix off, root and voice found, by tables of general rules.

``disusun`` and ``tersusun`` are one thing done to something (voice ``passive``), ``menyusun`` is done by
someone (``active``), ``penyusunan`` is the act (``act``). Words that no known root explains are guessed
at only where their form is plain, and keep every root they may have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.words.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.words.tables import Prefix, Tables


@dataclass(frozen=True)
class Analysis:
    """A word taken apart."""

    root: str
    """The root, or the word itself where nothing comes off."""
    voice: str
    """``bare``, ``passive``, ``active``, ``act``, ``state``, ``thing``, ``agent`` or ``having``."""
    word_class: str
    """``verbs``, ``nouns``, ``adjectives``, or ``unknown`` where the root is not in the list."""
    others: tuple[str, ...] = ()
    """Other roots that an unknown word may have."""

    @property
    def known(self) -> bool:
        """Whether the root is in the list."""
        return self.word_class != "unknown"


@lru_cache(maxsize=65536)
def analyse(word: str) -> Analysis:
    """The root and voice of one word in lower case. Never fails: an unknown word may be its own root."""
    table = tables()
    if word in table.roots:
        return Analysis(word, "bare", table.roots[word])
    for form in forms(word, table):
        best: Analysis | None = None
        for root, voice in parts(form, table):
            if root in table.roots:
                best = better(best, Analysis(root, voice, table.roots[root]))
        if best:
            return best
    return guess(word, table)


def better(best: Analysis | None, other: Analysis) -> Analysis:
    """The likelier of two analyses: not the rare doer (pe- alone), then the longer root."""
    return other if best is None or likelihood(other) > likelihood(best) else best


def likelihood(found: Analysis) -> tuple[bool, bool, int]:
    """Order of analyses: a verb's act before a thing made of a noun (``penimbang`` in ``penimbangan``)."""
    return found.voice != "agent", found.voice == "act" and found.word_class == "verbs", len(found.root)


def forms(word: str, table: Tables) -> Iterator[str]:
    """The word, the word without particle (``hasilnya``), and with a loan ending in its other form."""
    yield word
    for particle in particles():
        if word.endswith(particle) and len(word) > len(particle) + 2:
            yield word.removesuffix(particle)
    for row in table.grammar["loan_endings"]:
        if word.endswith(row["ending"]):
            yield word.removesuffix(row["ending"]) + row["stands_for"]


def parts(word: str, table: Tables) -> Iterator[tuple[str, str]]:
    """Every way to take the word apart as (root, voice)."""
    voices = table.grammar["verbal"]["voices"]
    ends = [ending for ending in endings() if word.endswith(ending[0])]
    for stem, voice in stems(word, table):
        for suffix, verbal in ends:
            if (not verbal or voice in voices) and len(stem) - len(suffix) >= 3:
                yield stem[: len(stem) - len(suffix)], shaped(voice, suffix, table)


def stems(word: str, table: Tables) -> Iterator[tuple[str, str]]:
    """The word with each prefix off that it may have, root letters restored, and with none off."""
    yield word, ""
    for prefix in prefixes().get(word[:1], ()):
        if not word.startswith(prefix.text):
            continue
        rest = word[len(prefix.text) :]
        if len(rest) < 3 or (prefix.before and rest[0] not in prefix.before):
            continue
        for letter in prefix.restores:
            yield letter + rest, prefix.voice


@cache
def prefixes() -> dict[str, tuple[Prefix, ...]]:
    """The prefixes by their first letter."""
    every = tables().prefixes
    return {letter: tuple(p for p in every if p.text[0] == letter) for letter in {p.text[0] for p in every}}


@cache
def particles() -> tuple[str, ...]:
    """The particles, sorted."""
    return tuple(sorted(tables().sets["particles"]))


@cache
def endings() -> tuple[tuple[str, bool], ...]:
    """Each suffix, and whether it is a verb's."""
    grammar = tables().grammar
    return tuple((suffix, suffix in grammar["verbal"]["suffixes"]) for suffix in grammar["suffixes"])


def shaped(voice: str, suffix: str, table: Tables) -> str:
    """What prefix and suffix make together: ``pe-…-an`` the act, ``ke-…-an`` the state, ``-an`` a thing."""
    if suffix in table.sets["nominal_suffixes"]:
        return str(table.grammar["nominal"].get(voice, voice))
    return voice or "bare"


def guess(word: str, table: Tables) -> Analysis:
    """An unknown word: taken apart only where its affixes are plain, else its own root."""
    if len(word) >= table.grammar["guess_from"] and word.isalpha():
        for suffix in table.grammar["guess_suffixes"]:
            found = plain_affixes(word, suffix, table)
            if found:
                roots = tuple(root for root, _ in found)
                return Analysis(roots[0], found[0][1], "unknown", roots[1:])
    return Analysis(word, "bare", "unknown")


def plain_verb(voice: str, suffix: str) -> bool:
    """Whether an unknown word is a verb by its form: passive, or active with a suffix."""
    return voice == "passive" or (voice == "active" and bool(suffix))


def plain_affixes(word: str, suffix: str, table: Tables) -> list[tuple[str, str]]:
    """Roots of an unknown word by passive or active prefix, or by a noun's prefix and suffix together."""
    if not word.endswith(suffix):
        return []
    found = []
    for stem, voice in stems(word.removesuffix(suffix), table):
        made = shaped(voice, suffix, table)
        noun = made in ("act", "state")
        plain = noun or (suffix not in table.sets["nominal_suffixes"] and plain_verb(made, suffix))
        if plain and len(stem) >= 4:
            found.append((stem, made))
    return found
