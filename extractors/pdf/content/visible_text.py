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

from extractors.model.passage import Box
from extractors.pdf.content.page_content import Glyph, PageContent
from extractors.pdf.content.rendered_ink import RenderedInk
from extractors.pdf.content.words import TextRun

LIGHT_LUMINANCE = 0.7
"""Luminance from which a letter's colour may be that of the paper."""
LEAST_CONTRAST = 0.2
"""Luminance between letters and ground from which they can be seen."""
LEAST_GROUND = 0.25
"""Of a word's box: at least so much is ground, whatever the letters."""
LEAST_INKED = 0.5
"""Of a word's letters: with ink at fewer, what ink there is is another's."""
MOST_COVERS = 400
"""Fills and pictures looked at as covers; a page of more is a drawing."""


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The words of a page that are printed, and those that only its layer holds."""

    printed: tuple[TextRun, ...]
    hidden: tuple[TextRun, ...]


def split_visible_words(
    words: Sequence[TextRun], content: PageContent, ink: RenderedInk, fills: Sequence[tuple[Box, int]]
) -> VisibleText:
    """Parts the words; one whose end is clipped away is parted too.

    ``ink`` is best without the page's rules; ``fills`` are its filled areas with their place in the
    order of painting.
    """
    glyphs = [glyph for word in words for glyph in word.glyphs]
    if not glyphs:
        return VisibleText((), ())
    inked_mask = ink.count_edges([glyph.box for glyph in glyphs]) > 0
    inked_mask &= np.array([not glyph.clipped for glyph in glyphs])
    covered_mask = _find_covered_glyphs(glyphs, content, fills)
    printed: list[TextRun] = []
    hidden: list[TextRun] = []
    offset = 0
    for word in words:
        glyph_slice = slice(offset, offset + len(word.glyphs))
        offset = glyph_slice.stop
        first, last = _printed_span(word, inked_mask[glyph_slice] & ~covered_mask[glyph_slice])
        if first < last and _stands_out(word, ink):
            printed.append(_slice_run(word, first, last))
        else:
            first = last = 0
        hidden_parts = [_slice_run(word, a, b) for a, b in ((0, first), (last, len(word.glyphs))) if a < b]
        hidden += hidden_parts
    return VisibleText(tuple(printed), tuple(hidden))


def _printed_span(word: TextRun, visible_mask: NDArray[np.bool_]) -> tuple[int, int]:
    """From which glyph to which a word is printed. Points and dashes may be too fine to show."""
    letters = [i for i, glyph in enumerate(word.glyphs) if glyph.text.isalnum()] or range(len(word.glyphs))
    visible = [i for i in letters if visible_mask[i]]
    if len(visible) < LEAST_INKED * len(letters):
        return (0, 0)
    # only what is cut off at an end is left out: inside a word a letter without ink was badly placed
    first = visible[0] if visible[0] != letters[0] else 0
    last = visible[-1] + 1 if visible[-1] != letters[-1] else len(word.glyphs)
    return (first, last)


def _slice_run(word: TextRun, first: int, last: int) -> TextRun:
    if (first, last) == (0, len(word.glyphs)):
        return word
    return TextRun(word.glyphs[first:last])


def _stands_out(word: TextRun, ink: RenderedInk) -> bool:
    """Is a light word set on something darker? (Dark ones have shown their ink already.)"""
    lights = [glyph.light for glyph in word.glyphs if glyph.light is not None]
    if not lights or min(lights) < LIGHT_LUMINANCE:
        return True
    grounds = ink.crop_grey(word.box)
    if not grounds.size:
        return False
    darker = (min(lights) - grounds / 255) > LEAST_CONTRAST
    return bool(darker.mean() >= LEAST_GROUND)


def _find_covered_glyphs(
    glyphs: Sequence[Glyph], content: PageContent, fills: Sequence[tuple[Box, int]]
) -> NDArray[np.bool_]:
    """Glyphs that something painted later covers, and on whose place other ink may stand.

    A cover may be see-through (a highlighter), so a fill hides only what later text was painted over; a
    picture hides by itself unless it says that it is see-through.
    """
    table = np.array([(g.x0, g.top, g.x1, g.bottom, g.order) for g in glyphs])
    centers_x, centers_y = (table[:, 0] + table[:, 2]) / 2, (table[:, 1] + table[:, 3]) / 2
    cover_order = np.zeros(len(glyphs), np.int64)
    pictures = [(picture.box, picture.order) for picture in content.pictures if not picture.see_through]
    hidden_mask = np.zeros(len(glyphs), np.bool_)
    first = table[:, 4].min()
    for kind, covers in (("fill", fills), ("picture", pictures)):
        for (x0, top, x1, bottom), order in [cover for cover in covers if cover[1] > first][:MOST_COVERS]:
            under_mask = (
                (centers_x > x0)
                & (centers_x < x1)
                & (centers_y > top)
                & (centers_y < bottom)
                & (table[:, 4] < order)
            )
            if kind == "picture":
                hidden_mask |= under_mask
            else:
                cover_order[under_mask] = order
    for i in np.flatnonzero(cover_order).tolist():
        later_mask = table[:, 4] > cover_order[i]
        over_mask = later_mask & (np.abs(centers_x - centers_x[i]) < table[i, 2] - table[i, 0])
        hidden_mask[i] |= bool((over_mask & (np.abs(centers_y - centers_y[i]) < 0.6 * glyphs[i].size)).any())
    return hidden_mask
