"""Seeded OCR damage: confused letters, lost spaces, split words, dropped list letters."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST_LETTER = re.compile(r"^(\s*(?:- )?)[a-z][.)] ")
TAG = re.compile(r"(<[^>]*>|\\[a-z]+|\t)")
TORN, JOINED, UNLETTERED = 0.15, 0.15, 1.0
"""Probability of a split word and of a lost space (per letter), and of a lost list letter, times ``rate``."""


def damage(text: str, seed: int, rate: float) -> str:
    """Return the text with about ``rate`` of its letters confused; 0 leaves it unchanged, 1 is unreadable.

    Lines, tabs and markup stay: OCR reads tables separately from letters. Raises ValueError if ``rate`` is
    not between 0 and 1.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"rate must be between 0 and 1: {rate}")
    chance = random.Random(seed)
    return "\n".join("".join(_line(line, chance, rate)) for line in text.split("\n"))


def _line(line: str, chance: random.Random, rate: float) -> Iterator[str]:
    if LIST_LETTER.match(line) and chance.random() < rate * UNLETTERED:
        line = LIST_LETTER.sub(r"\1", line)
    for part in TAG.split(line):
        if TAG.fullmatch(part):
            yield part
        else:
            yield from _letters(part, chance, rate)


def _letters(part: str, chance: random.Random, rate: float) -> Iterator[str]:
    confusions: dict[str, list[str]] = words("damage")["letters"]
    at = 0
    while at < len(part):
        taken = part[at : at + 2] if part[at : at + 2] in confusions else part[at]
        at += len(taken)
        inside = taken.isalpha() and at < len(part) and part[at].isalpha()
        if taken in confusions and chance.random() < rate:
            yield chance.choice(confusions[taken])
        elif taken == " " and chance.random() < rate * JOINED:
            continue
        elif inside and chance.random() < rate * TORN:
            yield taken + " "
        else:
            yield taken
