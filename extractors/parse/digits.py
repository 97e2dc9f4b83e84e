"""Digits through OCR damage: ``2O25`` is 2025 where a number must stand."""

from __future__ import annotations

import re
from functools import cache

from extractors.parse import vocabulary

_TOKEN = re.compile(r"\S+")


def repaired(text: str) -> str:
    """The text with the letters of its mostly numeric words read as the digits that they stand for.

    As long as the text itself, so that what is found in one stands at the same place in the other.
    """
    return _TOKEN.sub(lambda m: _word(m.group()), text)


def _word(word: str) -> str:
    inside = word.strip("().,;:%-–")
    read = inside.translate(_letters())
    digits = sum(c.isdigit() for c in inside)
    if digits and digits * 2 >= len(inside) and all(c.isdigit() or not c.isalpha() for c in read):
        return word.replace(inside, read)
    return word


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(vocabulary.table("words")["digit_letters"])
