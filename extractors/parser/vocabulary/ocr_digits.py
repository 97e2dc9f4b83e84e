"""Digits and letters through OCR damage: ``2O25`` is a year, ``N0M0R`` a word."""

from __future__ import annotations

import re
from functools import cache

from extractors.parser.vocabulary.vocabulary_tables import word_table

_TOKEN = re.compile(r"\S+")


def repair_digits(text: str) -> str:
    """The text with the letters of its mostly numeric words read as the digits that they stand for.

    As long as the text itself, so that what is found in one stands at the same place in the other.
    """
    return _TOKEN.sub(lambda m: _repair_word(m.group()), text)


def _repair_word(word: str) -> str:
    core = word.strip("().,;:%-–")
    digit_core = core.translate(_letter_to_digit_table())
    if any(c.isdigit() for c in core) and not any(c.isalpha() for c in digit_core):
        return word.replace(core, digit_core)
    return word


def repair_letters(text: str) -> str:
    """The text with the digits inside its words read as letters; as long as the text itself."""
    return _TOKEN.sub(lambda m: _repair_letter_word(m.group()), text)


def _repair_letter_word(word: str) -> str:
    letter_count = sum(c.isalpha() for c in word)
    return (
        word.translate(_digit_to_letter_table())
        if letter_count and letter_count >= sum(c.isdigit() for c in word)
        else word
    )


@cache
def _letter_to_digit_table() -> dict[int, str]:
    return str.maketrans(dict(word_table().digit_letters))


@cache
def _digit_to_letter_table() -> dict[int, str]:
    return str.maketrans(dict(word_table().letter_digits))
