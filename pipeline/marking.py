"""Texts with the words marked that differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.words import align

if TYPE_CHECKING:
    from collections.abc import Sequence

Marked = list[tuple[str, bool]]
"""Pieces of a text in order, and whether each differs from the other side."""


def marked(text: str, other: str, kecamatan: str | None = None) -> tuple[Marked, Marked]:
    """Both names in pieces; ``kecamatan`` is the own office, whose name says nothing."""
    found = align(text, other, kecamatan)
    left = [*found.only_left, *(here for here, _ in found.replaced)]
    right = [*found.only_right, *(there for _, there in found.replaced)]
    return pieces(text, left), pieces(other, right)


def pieces(text: str, phrases: Sequence[str]) -> Marked:
    """The text cut round the phrases, whose words stand in it as printed."""
    words = sorted({re.escape(phrase) for phrase in phrases if phrase}, key=len, reverse=True)
    if not words:
        return [(text, False)]
    spaced = "|".join(word.replace("\\ ", r"\s+") for word in words)
    pattern = re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)
    out: Marked = []
    at = 0
    for m in pattern.finditer(text):
        out += [(text[at : m.start()], False), (m.group(), True)]
        at = m.end()
    out.append((text[at:], False))
    return [(piece, differs) for piece, differs in out if piece]
