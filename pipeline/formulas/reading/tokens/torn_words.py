"""Words that formulas are read by, torn by a scanner: `J umlah`."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import reading_table, reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens.formula_tokenizer import FormulaToken


def join_torn_words(tokens: list[FormulaToken]) -> tuple[list[FormulaToken], list[Repair]]:
    """Words that formulas are read by, torn by a scanner: `Perband ingan`, `J umlah`."""
    repairs: list[Repair] = []
    whole_words = reading_vocabulary().whole_words
    joined_tokens: list[FormulaToken] = []
    previous_is_half = False
    for token in tokens:
        is_word = token.kind == "word"
        if previous_is_half and is_word and word_skeleton(token.text) not in whole_words:
            previous = joined_tokens[-1]
            joined_word = previous.text + token.text
            if word_skeleton(joined_word) in whole_words:
                repairs.append(Repair.TORN_WORD_JOINED)
                joined_tokens[-1] = FormulaToken("word", joined_word, previous.start, token.end)
                previous_is_half = False
                continue
        joined_tokens.append(token)
        previous_is_half = is_word and _is_torn_half(token.text)
    return joined_tokens, repairs


@lru_cache(maxsize=8192)
def _is_torn_half(word: str) -> bool:
    """Return whether a word can be the first half of one that formulas are read by, and is none itself.

    Its last letter is left open: with the first of the other half it may be one sign to a scanner, `r` `n`.
    """
    vocabulary = reading_vocabulary()
    letters = word_skeleton(word)
    return letters not in vocabulary.whole_words and letters[:-1] in vocabulary.torn_starts


@cache
def operator_words() -> frozenset[str]:
    """Return every word of the operators' phrases."""
    return frozenset(
        word
        for phrases in reading_table().operators.values()
        for phrase in phrases
        for word in phrase.split()
    )
