"""Which quantities of two formulas are the same thing: each gets a number, the same for the same meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.formulas.expression import Expression, quantities
from pipeline.words import Alignment, align

# Within one formula, and for two quantities of one formula that mean one of the other, nothing but
# spelling may differ: `kegiatan yang dilaksanakan` over `kegiatan` is not one over itself.
_SPELLING_ONLY = 0.999


@dataclass(frozen=True)
class Symbols:
    """The number of each quantity in both formulas, and the words behind each number."""

    definition: dict[str, int]
    decree: dict[str, int]
    words: tuple[str, ...]


def match(definition: Expression, decree: Expression) -> Symbols:
    """Number the quantities of both formulas by meaning."""
    words: list[str] = []
    ours = _within(definition, words)
    fresh: list[str] = []
    theirs = _within(decree, fresh)
    numbers: dict[int, int] = {}
    taken: dict[int, float] = {}
    for score, own, other in _likeness(words, fresh):
        if own in numbers:
            continue
        if other in taken and not (score >= _SPELLING_ONLY and taken[other] >= _SPELLING_ONLY):
            continue
        numbers[own], taken[other] = other, score
    for own, text in enumerate(fresh):
        if own not in numbers:
            numbers[own] = len(words)
            words.append(text)
    return Symbols(ours, {text: numbers[own] for text, own in theirs.items()}, tuple(words))


def _within(expression: Expression, words: list[str]) -> dict[str, int]:
    """Number the quantities of one formula; spellings of one quantity share a number."""
    found: dict[str, int] = {}
    for quantity in quantities(expression):
        if quantity.words in found:
            continue
        same = (
            number
            for number, text in enumerate(words)
            if (aligned := alignment(text, quantity.words)).same and aligned.score >= _SPELLING_ONLY
        )
        number = next(same, len(words))
        if number == len(words):
            words.append(quantity.words)
        found[quantity.words] = number
    return found


def _likeness(definition: list[str], decree: list[str]) -> list[tuple[float, int, int]]:
    """Pairs that mean the same, the likest first: (score, number in the decree, number in the definition)."""
    pairs = [
        (aligned.score, own, other)
        for own, text in enumerate(decree)
        for other, wanted in enumerate(definition)
        if (aligned := alignment(wanted, text)).same
    ]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


@lru_cache(maxsize=20_000)
def alignment(left: str, right: str) -> Alignment:
    """`pipeline.words.align`, remembered: formulas of one build repeat their quantities."""
    return align(left, right)
