"""Texts with the words marked that differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.language import align_names

if TYPE_CHECKING:
    from collections.abc import Sequence

MarkedText = list[tuple[str, bool]]
"""Pieces of a text in order, and whether each differs from the other side."""


def mark_differences(
    text: str, other_text: str, kecamatan: str | None = None
) -> tuple[MarkedText, MarkedText]:
    """Both names in pieces; ``kecamatan`` is the own office, whose name says nothing."""
    alignment = align_names(text, other_text, kecamatan)
    left_phrases = [*alignment.only_left, *(left_words for left_words, _ in alignment.replaced)]
    right_phrases = [*alignment.only_right, *(right_words for _, right_words in alignment.replaced)]
    return split_at_phrases(text, left_phrases), split_at_phrases(other_text, right_phrases)


def split_at_phrases(text: str, phrases: Sequence[str]) -> MarkedText:
    """Return the text cut round the phrases, whose words stand in it as printed."""
    words = sorted({re.escape(phrase) for phrase in phrases if phrase}, key=len, reverse=True)
    if not words:
        return [(text, False)]
    spaced = "|".join(word.replace("\\ ", r"\s+") for word in words)
    pattern = re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)
    marked_pieces: MarkedText = []
    position = 0
    for m in pattern.finditer(text):
        marked_pieces += [(text[position : m.start()], False), (m.group(), True)]
        position = m.end()
    marked_pieces.append((text[position:], False))
    return [(piece, differs) for piece, differs in marked_pieces if piece]
