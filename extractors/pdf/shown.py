"""Which words of the text layer are printed: ink of another colour stands where they stand.

White on white, off the page, clipped by a cell, covered: all come to the same, no ink. Doubt remains
where ink stands but may be another's: light letters (a rule crosses them), covered ones (other text lies
on the cover). Those are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.passage import Box
from extractors.pdf.ink import Ink
from extractors.pdf.painting import Glyph, Painted
from extractors.pdf.words import Strung

LIGHT = 0.7
"""Luminance from which a letter's colour may be that of the paper."""
APART = 0.2
"""Luminance between letters and ground from which they can be seen."""
GROUND = 0.25
"""Of a word's box: at least so much is ground, whatever the letters."""
SEEN = 0.5
"""Of a word's letters: with ink at fewer, what ink there is is another's."""
MOST_COVERS = 400
"""Fills and pictures looked at as covers; a page of more is a drawing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of a page that are printed, and those that only its layer holds."""

    printed: tuple[Strung, ...]
    hidden: tuple[Strung, ...]


def shown(words: Sequence[Strung], painted: Painted, ink: Ink, fills: Sequence[tuple[Box, int]]) -> Shown:
    """Parts the words; one whose end is clipped away is parted too.

    ``ink`` is best without the page's rules; ``fills`` are its filled areas with their place in the
    order of painting.
    """
    glyphs = [glyph for word in words for glyph in word.glyphs]
    if not glyphs:
        return Shown((), ())
    inked = ink.counts([glyph.box for glyph in glyphs]) > 0
    inked &= np.array([not glyph.clipped for glyph in glyphs])
    buried = _buried(glyphs, painted, fills)
    printed: list[Strung] = []
    hidden: list[Strung] = []
    at = 0
    for word in words:
        own = slice(at, at + len(word.glyphs))
        at = own.stop
        first, last = _span(word, inked[own] & ~buried[own])
        if first < last and _stands_out(word, ink):
            printed.append(_part(word, first, last))
        else:
            first = last = 0
        rest = [_part(word, a, b) for a, b in ((0, first), (last, len(word.glyphs))) if a < b]
        hidden += rest
    return Shown(tuple(printed), tuple(hidden))


def _span(word: Strung, seen: NDArray[np.bool_]) -> tuple[int, int]:
    """From which glyph to which a word is printed. Points and dashes may be too fine to show."""
    letters = [i for i, glyph in enumerate(word.glyphs) if glyph.text.isalnum()] or range(len(word.glyphs))
    visible = [i for i in letters if seen[i]]
    if len(visible) < SEEN * len(letters):
        return (0, 0)
    # only what is cut off at an end is left out: inside a word a letter without ink was badly placed
    first = visible[0] if visible[0] != letters[0] else 0
    last = visible[-1] + 1 if visible[-1] != letters[-1] else len(word.glyphs)
    return (first, last)


def _part(word: Strung, first: int, last: int) -> Strung:
    if (first, last) == (0, len(word.glyphs)):
        return word
    return Strung(word.glyphs[first:last])


def _stands_out(word: Strung, ink: Ink) -> bool:
    """Is a light word set on something darker? (Dark ones have shown their ink already.)"""
    lights = [glyph.light for glyph in word.glyphs if glyph.light is not None]
    if not lights or min(lights) < LIGHT:
        return True
    grounds = ink.area(word.box)
    if not grounds.size:
        return False
    darker = (min(lights) - grounds / 255) > APART
    return bool(darker.mean() >= GROUND)


def _buried(glyphs: Sequence[Glyph], painted: Painted, fills: Sequence[tuple[Box, int]]) -> NDArray[np.bool_]:
    """Glyphs that something painted later covers, and on whose place other ink may stand.

    A cover may be see-through (a highlighter), so a fill hides only what later text was painted over; a
    picture hides by itself unless it says that it is see-through.
    """
    table = np.array([(g.x0, g.top, g.x1, g.bottom, g.order) for g in glyphs])
    across, down = (table[:, 0] + table[:, 2]) / 2, (table[:, 1] + table[:, 3]) / 2
    covered = np.zeros(len(glyphs), np.int64)
    pictures = [(picture.box, picture.order) for picture in painted.pictures if not picture.see_through]
    buried = np.zeros(len(glyphs), np.bool_)
    first = table[:, 4].min()
    for kind, covers in (("fill", fills), ("picture", pictures)):
        for (x0, top, x1, bottom), order in [cover for cover in covers if cover[1] > first][:MOST_COVERS]:
            under = (across > x0) & (across < x1) & (down > top) & (down < bottom) & (table[:, 4] < order)
            if kind == "picture":
                buried |= under
            else:
                covered[under] = order
    for i in np.flatnonzero(covered).tolist():
        later = table[:, 4] > covered[i]
        over = later & (np.abs(across - across[i]) < table[i, 2] - table[i, 0])
        buried[i] |= bool((over & (np.abs(down - down[i]) < 0.6 * glyphs[i].size)).any())
    return buried
