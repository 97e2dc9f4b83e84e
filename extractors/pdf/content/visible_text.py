"""Which words of the text layer are printed: ink of another colour stands where they stand.

White on white, off the page, clipped by a cell, covered: all come to the same, no ink. Doubt remains
where ink stands but may be another's: light letters (a rule crosses them), covered ones (other text lies
on the cover). Those are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.model.passage import Box
from extractors.pdf.content.painted_page import Char, PaintedPage, object_box
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
    words: Sequence[TextRun],
    page: PaintedPage,
    ink: RenderedInk,
    fine_ink: Callable[[], RenderedInk],
    fills: Sequence[tuple[Box, int]],
) -> VisibleText:
    """Return the words that are printed and those that are not; one whose end is clipped away is split.

    ``ink`` is best without the page's rules; ``fine_ink`` renders the same page finer, where a letter at an
    end of a word seems to have none. ``fills`` are the filled areas with their place in the painting order.
    """
    chars = [char for word in words for char in word.chars]
    if not chars:
        return VisibleText((), ())
    may_show_mask = ~_find_covered_chars(chars, page, fills)
    may_show_mask &= np.array([not char["clipped"] for char in chars])
    visible_mask = (ink.count_edges([object_box(char) for char in chars]) > 0) & may_show_mask
    slices = list(_word_slices(words))
    doubtful = [
        place.start + i
        for word, place in zip(words, slices, strict=True)
        for i in _doubtful_ends(word, visible_mask[place], may_show_mask[place])
    ]
    if doubtful:
        visible_mask[doubtful] = fine_ink().count_edges([object_box(chars[i]) for i in doubtful]) > 0
    printed: list[TextRun] = []
    hidden: list[TextRun] = []
    for word, place in zip(words, slices, strict=True):
        first, last = _printed_span(word, visible_mask[place])
        if first < last and _stands_out(word, ink):
            printed.append(_slice_run(word, first, last))
        else:
            first = last = 0
        hidden += [_slice_run(word, a, b) for a, b in ((0, first), (last, len(word.chars))) if a < b]
    return VisibleText(tuple(printed), tuple(hidden))


def _word_slices(words: Sequence[TextRun]) -> Iterator[slice]:
    """Yield where the letters of each word stand among those of all."""
    offset = 0
    for word in words:
        yield slice(offset, offset + len(word.chars))
        offset += len(word.chars)


def _doubtful_ends(
    word: TextRun, visible_mask: NDArray[np.bool_], may_show_mask: NDArray[np.bool_]
) -> list[int]:
    """Return the letters at the ends of a printed word that nothing hides, though no ink was seen."""
    first, last = _printed_span(word, visible_mask)
    outside = [*range(first), *range(last, len(word.chars))] if first < last else []
    return [i for i in outside if may_show_mask[i]]


def _printed_span(word: TextRun, visible_mask: NDArray[np.bool_]) -> tuple[int, int]:
    """Return from which letter to which a word is printed. Points and dashes may be too fine to show."""
    letters = [i for i, char in enumerate(word.chars) if char["text"].isalnum()] or range(len(word.chars))
    visible = [i for i in letters if visible_mask[i]]
    if len(visible) < LEAST_INKED * len(letters):
        return (0, 0)
    # only what is cut off at an end is left out: inside a word a letter without ink was badly placed
    first = visible[0] if visible[0] != letters[0] else 0
    last = visible[-1] + 1 if visible[-1] != letters[-1] else len(word.chars)
    return (first, last)


def _slice_run(word: TextRun, first: int, last: int) -> TextRun:
    if (first, last) == (0, len(word.chars)):
        return word
    return TextRun(word.chars[first:last])


def _stands_out(word: TextRun, ink: RenderedInk) -> bool:
    """Is a light word set on something darker? (Dark ones have shown their ink already.)"""
    lights = [char["light"] for char in word.chars if char["light"] is not None]
    if not lights or min(lights) < LIGHT_LUMINANCE:
        return True
    grounds = ink.crop_grey(word.box)
    if not grounds.size:
        return False
    darker = (min(lights) - grounds / 255) > LEAST_CONTRAST
    return bool(darker.mean() >= LEAST_GROUND)


def _find_covered_chars(
    chars: Sequence[Char], page: PaintedPage, fills: Sequence[tuple[Box, int]]
) -> NDArray[np.bool_]:
    """Letters that something painted later covers, and on whose place other ink may stand.

    A cover may be see-through (a highlighter), so a fill hides only what later text was painted over; a
    picture hides by itself unless it says that it is see-through.
    """
    table = np.array([(*object_box(char), char["order"]) for char in chars])
    centers_x, centers_y = (table[:, 0] + table[:, 2]) / 2, (table[:, 1] + table[:, 3]) / 2
    cover_order = np.zeros(len(chars), np.int64)
    pictures = [
        (object_box(image), image["order"]) for image in page.painted_images if not image["see_through"]
    ]
    hidden_mask = np.zeros(len(chars), np.bool_)
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
        hidden_mask[i] |= bool(
            (over_mask & (np.abs(centers_y - centers_y[i]) < 0.6 * chars[i]["size"])).any()
        )
    return hidden_mask
