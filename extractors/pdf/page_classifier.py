"""How a page is to be read: by its text layer, by OCR, or not at all; decided page by page, with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from extractors.model.passage import Box
from extractors.pdf.content.glyph_text import UNKNOWN_GLYPH

MOST_GARBAGE = 0.3
"""Of the words: with more of them senseless the layer is another's failed reading."""
FEW_WORDS = 30
"""Words. Fewer on top of a picture of a page are a stamp, a signature's note, a page number."""
PAGE_COVERED = 0.5
"""Of the page: pictures that cover more are the page."""
NOTABLE_PICTURES = 0.05
"""Of the page: pictures that cover more may hold text where no word is printed."""
LEAST_VOWELS = 0.28
"""Of the letters: with fewer vowels each stands for another (of decrees 0.40 to 0.45 are vowels)."""
ENOUGH_LETTERS = 100
"""Letters to tell that by."""
BLANK_INK = 2e-5
"""Of the page's pixels: with fewer edges it is blank (a speck of dust has five)."""
RULING_TRACES = 2e-4
"""Of the page's pixels: ink beside rules that is no writing (their ends and corners)."""

NO_INK = "no ink on the page"
"""The reason of a blank page."""

_VOWEL_LETTERS = frozenset("aeiouyAEIOUY")
_LETTERS = re.compile(r"[^\W\d_]+")
_MIXED_WORD = re.compile(r"[^\W\d_][^\w\s.,:;()/'’\"“”&@+–-]+[^\W\d_]|[^\W\d_]\d+[^\W\d_]\d*[^\W_]")
_CONSONANT_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)


class PageKind(StrEnum):
    """How a page is to be read."""

    DIGITAL = "digital"
    """Its text layer is what is printed."""
    SCAN = "scan"
    """A picture of a page, or a layer that cannot be trusted: OCR reads it."""
    BLANK = "blank"
    """Nothing is printed."""


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What the decision rests on."""

    printed_words: Sequence[str]
    """Words of the layer that are printed."""
    hidden_words: int
    """Words of the layer that are not."""
    invisible_glyphs: int
    """Letters that are set to be invisible."""
    pictures: Sequence[Box]
    ink_share: float
    """Share of the page's pixels that are edges of ink."""
    unexplained_share: float
    """The same without the page's rules and areas."""
    size: tuple[float, float]
    """Width and height in points."""
    is_turned: bool = False
    """Does the page's writing stand sideways or on its head?"""


def classify_page(evidence: PageEvidence) -> tuple[PageKind, str]:
    """The decision and its reason in words."""
    if evidence.ink_share < BLANK_INK:
        return PageKind.BLANK, NO_INK
    picture_share = covered_share(evidence.pictures, *evidence.size)
    if not evidence.printed_words:
        if evidence.unexplained_share < RULING_TRACES:
            return PageKind.DIGITAL, "lines without words"
        return PageKind.SCAN, "ink, but no word of a layer"
    senseless_share = garbage_share(evidence.printed_words)
    if senseless_share > MOST_GARBAGE:
        return PageKind.SCAN, f"{senseless_share:.0%} of the layer's words are senseless"
    if evidence.is_turned and picture_share > NOTABLE_PICTURES:
        return PageKind.SCAN, "the writing stands sideways or on its head, and there are pictures"
    hidden_count = evidence.hidden_words + evidence.invisible_glyphs / 6  # letters to words, roughly
    if picture_share > PAGE_COVERED and (
        len(evidence.printed_words) < FEW_WORDS or hidden_count > len(evidence.printed_words)
    ):
        return PageKind.SCAN, f"pictures cover {picture_share:.0%} of the page"
    if hidden_count > 2 * len(evidence.printed_words) and picture_share > NOTABLE_PICTURES:
        return PageKind.SCAN, "most of the layer is not printed"
    return PageKind.DIGITAL, "printed from its layer"


def covered_share(boxes: Sequence[Box], width: float, height: float, cells: int = 64) -> float:
    """The share of a page that boxes cover together, 0 to 1 (strips of a scan are many boxes)."""
    grid = np.zeros((cells, cells), np.bool_)
    for x0, top, x1, bottom in boxes:
        rows = slice(max(0, round(top / height * cells)), max(0, round(bottom / height * cells)))
        columns = slice(max(0, round(x0 / width * cells)), max(0, round(x1 / width * cells)))
        grid[rows, columns] = True
    return float(grid.mean())


def garbage_share(words: Sequence[str]) -> float:
    """The share of words that no language prints, 0 to 1, of those long enough to tell."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if len(letters) >= ENOUGH_LETTERS and sum(map(_VOWEL_LETTERS.__contains__, letters)) < LEAST_VOWELS * len(
        letters
    ):
        return 1.0
    long_words = [word for word in words if len(word) >= 4 or UNKNOWN_GLYPH in word]
    if len(long_words) < 5:
        return 0.0
    return sum(map(_is_senseless, long_words)) / len(long_words)


def _is_senseless(word: str) -> bool:
    """Unknown letters, signs or digits inside words, or small letters that nobody could pronounce.

    Capitals are let pass without a vowel: decrees are full of abbreviations.
    """
    if UNKNOWN_GLYPH in word or _MIXED_WORD.search(word):
        return True
    return any(
        (len(part) >= 4 and not part.isupper() and not _VOWEL_LETTERS & set(part))
        or bool(_CONSONANT_CLUSTER.search(part))
        for part in _LETTERS.findall(word)
    )
