"""Digits and letters through OCR damage: ``2O25`` is a year, ``N0M0R`` a word."""

from __future__ import annotations

import re
from functools import cache

from extractors.parse.wordlists import table

_TOKEN = re.compile(r"\S+")


def repaired(text: str) -> str:
    """The text with the letters of its mostly numeric words read as the digits that they stand for.

    As long as the text itself, so that what is found in one stands at the same place in the other.
    """
    return _TOKEN.sub(lambda m: _word(m.group()), text)


def _word(word: str) -> str:
    inside = word.strip("().,;:%-–")
    read = inside.translate(_letters())
    if any(c.isdigit() for c in inside) and not any(c.isalpha() for c in read):
        return word.replace(inside, read)
    return word


def lettered(text: str) -> str:
    """The text with the digits inside its words read as letters; as long as the text itself."""
    return _TOKEN.sub(lambda m: _lettered(m.group()), text)


def _lettered(word: str) -> str:
    letters = sum(c.isalpha() for c in word)
    return word.translate(_digits()) if letters and letters >= sum(c.isdigit() for c in word) else word


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(table("words")["digit_letters"])


@cache
def _digits() -> dict[int, str]:
    return str.maketrans(table("words")["letter_digits"])
