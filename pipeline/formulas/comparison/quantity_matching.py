"""Which quantities of two formulas are the same thing: each gets a number, the same for the same meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.formulas.expression.linear_syntax import Expression, iter_quantities
from pipeline.language import Alignment, align_names

# Within one formula, and for two quantities of one formula that mean one of the other, nothing but
# spelling may differ: `kegiatan yang dilaksanakan` over `kegiatan` is not one over itself.
_SPELLING_ONLY = 0.999


@dataclass(frozen=True)
class QuantitySymbols:
    """The number of each quantity in both formulas, and the words behind each number."""

    definition: dict[str, int]
    decree: dict[str, int]
    words: tuple[str, ...]


def match_quantities(definition: Expression, decree: Expression) -> QuantitySymbols:
    """Number the quantities of both formulas by meaning."""
    words: list[str] = []
    definition_numbers = _number_quantities(definition, words)
    decree_words: list[str] = []
    decree_numbers = _number_quantities(decree, decree_words)
    numbers: dict[int, int] = {}
    best_scores: dict[int, float] = {}
    for score, decree_number, definition_number in _similar_pairs(words, decree_words):
        if decree_number in numbers:
            continue
        if definition_number in best_scores and not (
            score >= _SPELLING_ONLY and best_scores[definition_number] >= _SPELLING_ONLY
        ):
            continue
        numbers[decree_number], best_scores[definition_number] = definition_number, score
    for decree_number, text in enumerate(decree_words):
        if decree_number not in numbers:
            numbers[decree_number] = len(words)
            words.append(text)
    return QuantitySymbols(
        definition_numbers,
        {text: numbers[decree_number] for text, decree_number in decree_numbers.items()},
        tuple(words),
    )


def _number_quantities(expression: Expression, words: list[str]) -> dict[str, int]:
    """Number the quantities of one formula; spellings of one quantity share a number."""
    quantity_numbers: dict[str, int] = {}
    for quantity in iter_quantities(expression):
        if quantity.words in quantity_numbers:
            continue
        matching_numbers = (
            number
            for number, text in enumerate(words)
            if (aligned := cached_alignment(text, quantity.words)).same and aligned.score >= _SPELLING_ONLY
        )
        number = next(matching_numbers, len(words))
        if number == len(words):
            words.append(quantity.words)
        quantity_numbers[quantity.words] = number
    return quantity_numbers


def _similar_pairs(definition: list[str], decree: list[str]) -> list[tuple[float, int, int]]:
    """Pairs that mean the same, the likest first: (score, number in the decree, number in the definition)."""
    pairs = [
        (aligned.score, decree_number, definition_number)
        for decree_number, text in enumerate(decree)
        for definition_number, definition_text in enumerate(definition)
        if (aligned := cached_alignment(definition_text, text)).same
    ]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


@lru_cache(maxsize=20_000)
def cached_alignment(left: str, right: str) -> Alignment:
    """`pipeline.language.alignment.align`, remembered: formulas of one build repeat their quantities."""
    return align_names(left, right)
