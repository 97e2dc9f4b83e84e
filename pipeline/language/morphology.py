"""Taking words apart: prefix and suffix off, root and voice found, by tables of general rules.

``disusun`` and ``tersusun`` are one thing done to something (voice ``passive``), ``menyusun`` is done by
someone (``active``), ``penyusunan`` is the act (``act``). Words that no known root explains are guessed
at only where their form is plain, and keep every root they may have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.language.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language.lexicon import LanguageLexicon
    from pipeline.language.table_models import PrefixRow


@dataclass(frozen=True)
class WordAnalysis:
    """A word taken apart."""

    root: str
    """The root, or the word itself where nothing comes off."""
    voice: str
    """``bare``, ``passive``, ``active``, ``act``, ``state``, ``thing``, ``agent`` or ``having``."""
    word_class: str
    """``verbs``, ``nouns``, ``adjectives``, or ``unknown`` where the root is not in the list."""
    other_roots: tuple[str, ...] = ()
    """Other roots that the word may have."""

    @property
    def is_known(self) -> bool:
        """Whether the root is in the list."""
        return self.word_class != "unknown"


@lru_cache(maxsize=65536)
def analyse_word(word: str) -> WordAnalysis:
    """The root and voice of one word in lower case. Never fails: an unknown word may be its own root."""
    lexicon = load_lexicon()
    if word in lexicon.roots:
        return WordAnalysis(word, "bare", lexicon.roots[word])
    for form in candidate_forms(word, lexicon):
        analyses = [
            WordAnalysis(root, voice, lexicon.roots[root])
            for root, voice in decompose_word(form, lexicon)
            if root in lexicon.roots
        ]
        if analyses:
            best = max(analyses, key=likelihood_rank)
            others = {analysis.root for analysis in analyses if analysis.voice == best.voice} - {best.root}
            return replace(best, other_roots=tuple(sorted(others)))
    return guess_analysis(word, lexicon)


def likelihood_rank(analysis: WordAnalysis) -> tuple[bool, bool, int]:
    """Order of analyses: a verb's act before a thing made of a noun (``penimbang`` in ``penimbangan``)."""
    return (
        analysis.voice != "agent",
        analysis.voice == "act" and analysis.word_class == "verbs",
        len(analysis.root),
    )


def candidate_forms(word: str, lexicon: LanguageLexicon) -> Iterator[str]:
    """The word, the word without particle (``hasilnya``), and with a loan ending in its other form."""
    yield word
    for particle in sorted_particles():
        if word.endswith(particle) and len(word) > len(particle) + 2:
            yield word.removesuffix(particle)
    for row in lexicon.grammar.loan_endings:
        if word.endswith(row.ending):
            yield word.removesuffix(row.ending) + row.stands_for


def decompose_word(word: str, lexicon: LanguageLexicon) -> Iterator[tuple[str, str]]:
    """Every way to take the word apart as (root, voice)."""
    voices = lexicon.grammar.verbal.voices
    suffixes = [ending for ending in suffix_rules() if word.endswith(ending[0])]
    for stem, voice in strip_prefixes(word, lexicon):
        for suffix, verbal in suffixes:
            if (not verbal or voice in voices) and len(stem) - len(suffix) >= 3:
                yield stem[: len(stem) - len(suffix)], combine_voice(voice, suffix, lexicon)


def strip_prefixes(word: str, lexicon: LanguageLexicon) -> Iterator[tuple[str, str]]:
    """The word with each prefix off that it may have, root letters restored, and with none off."""
    yield word, ""
    for prefix in prefixes_by_letter().get(word[:1], ()):
        if not word.startswith(prefix.prefix):
            continue
        rest = word[len(prefix.prefix) :]
        if len(rest) < 3 or (prefix.before and rest[0] not in prefix.before):
            continue
        for letter in prefix.restore:
            yield letter + rest, prefix.voice


@cache
def prefixes_by_letter() -> dict[str, tuple[PrefixRow, ...]]:
    """The prefixes by their first letter."""
    rules = sorted(load_lexicon().grammar.prefixes, key=lambda row: -len(row.prefix))
    return {
        letter: tuple(p for p in rules if p.prefix[0] == letter) for letter in {p.prefix[0] for p in rules}
    }


@cache
def sorted_particles() -> tuple[str, ...]:
    """The particles, sorted."""
    return tuple(sorted(load_lexicon().grammar.particles))


@cache
def suffix_rules() -> tuple[tuple[str, bool], ...]:
    """Each suffix, and whether it is a verb's."""
    grammar = load_lexicon().grammar
    return tuple((suffix, suffix in grammar.verbal.suffixes) for suffix in grammar.suffixes)


def combine_voice(voice: str, suffix: str, lexicon: LanguageLexicon) -> str:
    """What prefix and suffix make together: ``pe-…-an`` the act, ``ke-…-an`` the state, ``-an`` a thing."""
    if suffix in lexicon.grammar.nominal_suffixes:
        return str(lexicon.grammar.nominal.get(voice, voice))
    return voice or "bare"


def guess_analysis(word: str, lexicon: LanguageLexicon) -> WordAnalysis:
    """An unknown word: taken apart only where its affixes are plain, else its own root."""
    if len(word) >= lexicon.grammar.guess_from and word.isalpha():
        for suffix in lexicon.grammar.guess_suffixes:
            candidates = strip_plain_affixes(word, suffix, lexicon)
            if candidates:
                roots = tuple(root for root, _ in candidates)
                return WordAnalysis(roots[0], candidates[0][1], "unknown", roots[1:])
    return WordAnalysis(word, "bare", "unknown")


def is_plain_verb(voice: str, suffix: str) -> bool:
    """Whether an unknown word is a verb by its form: passive, or active with a suffix."""
    return voice == "passive" or (voice == "active" and bool(suffix))


def strip_plain_affixes(word: str, suffix: str, lexicon: LanguageLexicon) -> list[tuple[str, str]]:
    """Roots of an unknown word by passive or active prefix, or by a noun's prefix and suffix together."""
    if not word.endswith(suffix):
        return []
    candidates = []
    for stem, voice in strip_prefixes(word.removesuffix(suffix), lexicon):
        combined_voice = combine_voice(voice, suffix, lexicon)
        is_noun = combined_voice in ("act", "state")
        is_plain = is_noun or (
            suffix not in lexicon.grammar.nominal_suffixes and is_plain_verb(combined_voice, suffix)
        )
        if is_plain and len(stem) >= 4:
            candidates.append((stem, combined_voice))
    return candidates
