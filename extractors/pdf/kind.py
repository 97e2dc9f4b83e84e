"""How a page is to be read: by its text layer, by OCR, or not at all; decided page by page, with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from extractors.passage import Box
from extractors.pdf.letters import UNKNOWN

GARBAGE = 0.3
"""Of the words: with more of them senseless the layer is another's failed reading."""
FEW = 30
"""Words. Fewer on top of a picture of a page are a stamp, a signature's note, a page number."""
COVERED = 0.5
"""Of the page: pictures that cover more are the page."""
SIDEWAYS = 0.6
"""Of the words: with more of them turned the page is, and reading its picture turns it upright."""
LEAST_SIDEWAYS = 12
"""Words. Fewer are the title of a column, set upright in a table that fills the page."""
SOME = 0.05
"""Of the page: pictures that cover more may hold text where no word is printed."""
VOWELS = 0.28
"""Of the letters: with fewer vowels each stands for another (of decrees 0.40 to 0.45 are vowels)."""
ENOUGH = 100
"""Letters to tell that by."""
FAINT = 2e-5
"""Of the page's pixels: with fewer edges it is blank (a speck of dust has five)."""
TRACES = 2e-4
"""Of the page's pixels: ink beside rules that is no writing (their ends and corners)."""

NO_INK = "no ink on the page"
"""The reason of a blank page."""

_VOWELS = frozenset("aeiouyAEIOUY")
_LETTERS = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[^\W\d_][^\w\s.,:;()/'’\"“”&@+–-]+[^\W\d_]|[^\W\d_]\d+[^\W\d_]\d*[^\W_]")
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)


class PageKind(StrEnum):
    """How a page is to be read."""

    DIGITAL = "digital"
    """Its text layer is what is printed."""
    SCAN = "scan"
    """A picture of a page, or a layer that cannot be trusted: OCR reads it."""
    BLANK = "blank"
    """Nothing is printed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decision rests on."""

    printed: Sequence[str]
    """Words of the layer that are printed."""
    hidden: int
    """Words of the layer that are not."""
    unseen: int
    """Letters that are set to be invisible."""
    pictures: Sequence[Box]
    ink: float
    """Share of the page's pixels that are edges of ink."""
    unexplained: float
    """The same without the page's rules and areas."""
    size: tuple[float, float]
    """Width and height in points."""
    sideways: float = 0.0
    """Share of the printed words that do not run from left to right."""


def kind_of(seen: Evidence) -> tuple[PageKind, str]:
    """The decision and its reason in words."""
    if seen.ink < FAINT:
        return PageKind.BLANK, NO_INK
    covered = coverage(seen.pictures, *seen.size)
    if not seen.printed:
        if seen.unexplained < TRACES:
            return PageKind.DIGITAL, "lines without words"
        return PageKind.SCAN, "ink, but no word of a layer"
    senseless = garbage(seen.printed)
    if senseless > GARBAGE:
        return PageKind.SCAN, f"{senseless:.0%} of the layer's words are senseless"
    if seen.sideways > SIDEWAYS and len(seen.printed) >= LEAST_SIDEWAYS:
        return PageKind.SCAN, f"{seen.sideways:.0%} of the words stand sideways or on their head"
    layer = seen.hidden + seen.unseen / 6  # letters to words, roughly
    if covered > COVERED and (len(seen.printed) < FEW or layer > len(seen.printed)):
        return PageKind.SCAN, f"pictures cover {covered:.0%} of the page"
    if layer > 2 * len(seen.printed) and covered > SOME:
        return PageKind.SCAN, "most of the layer is not printed"
    return PageKind.DIGITAL, "printed from its layer"


def coverage(boxes: Sequence[Box], width: float, height: float, cells: int = 64) -> float:
    """The share of a page that boxes cover together, 0 to 1 (strips of a scan are many boxes)."""
    grid = np.zeros((cells, cells), np.bool_)
    for x0, top, x1, bottom in boxes:
        rows = slice(max(0, round(top / height * cells)), max(0, round(bottom / height * cells)))
        columns = slice(max(0, round(x0 / width * cells)), max(0, round(x1 / width * cells)))
        grid[rows, columns] = True
    return float(grid.mean())


def garbage(words: Sequence[str]) -> float:
    """The share of words that no language prints, 0 to 1, of those long enough to tell."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if len(letters) >= ENOUGH and sum(map(_VOWELS.__contains__, letters)) < VOWELS * len(letters):
        return 1.0
    told = [word for word in words if len(word) >= 4 or UNKNOWN in word]
    if len(told) < 5:
        return 0.0
    return sum(map(_senseless, told)) / len(told)


def _senseless(word: str) -> bool:
    """Unknown letters, signs or digits inside words, or small letters that nobody could pronounce.

    Capitals are let pass without a vowel: decrees are full of abbreviations.
    """
    if UNKNOWN in word or _MIXED.search(word):
        return True
    return any(
        (len(part) >= 4 and not part.isupper() and not _VOWELS & set(part)) or bool(_CLUSTER.search(part))
        for part in _LETTERS.findall(word)
    )
