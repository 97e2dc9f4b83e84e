"""What is printed twice: furniture as far as it says the same; a word more stays, to be noted."""

from __future__ import annotations

from rapidfuzz import fuzz

from extractors.parse import vocabulary
from extractors.parse.draft import Ledger
from extractors.passage import Passage

SAME_WORD = 75
"""Indel similarity (0 to 100) from which two words are one through OCR damage."""


def drop_again(read: Passage, known: Passage, ledger: Ledger) -> None:
    """Drop the words of a text that an earlier print of it has too."""
    whole = vocabulary.squeezed(known.text)
    words = [vocabulary.squeezed(word.text) for word in known.words]
    for word in read.words:
        text = vocabulary.squeezed(word.text)
        if text in whole or any(fuzz.ratio(text, other) >= SAME_WORD for other in words):
            ledger.furniture.add(word)
