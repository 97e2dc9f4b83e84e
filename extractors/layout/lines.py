"""Words to printed lines: what stands side by side, in order, with the white space above."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.layout.strokes import Drawn
from extractors.page import Line
from extractors.passage import Passage
from extractors.printed import PrintedWord

GAP = 0.9
"""White space above a line, in heights of its letters, from which it is set apart."""

SAME = 0.15
"""Heights of letters by which words of one line stand apart at most, whatever their boxes share."""
SPACE = 0.7
"""White space, in heights of letters, that is wider than between words."""


def rows(words: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    """Words by printed line, from top to bottom, each from left to right."""
    out: list[list[PrintedWord]] = []
    heights: list[tuple[float, float]] = []  # of each row, told anew only when a word is added
    for word in sorted(words, key=lambda w: (w.box[1] + w.box[3], w.box[0])):
        middle = (word.box[1] + word.box[3]) / 2
        last = range(max(0, len(out) - 4), len(out))
        level = [i for i in last if _level(out[i], heights[i], middle, word)]
        home = min(level, key=lambda i: abs(sum(heights[i]) / 2 - middle), default=None)
        if home is None:
            out.append([word])
            heights.append((word.box[1], word.box[3]))
        else:
            out[home].append(word)
            heights[home] = median(w.box[1] for w in out[home]), median(w.box[3] for w in out[home])
    for row in out:
        row.sort(key=lambda w: w.box[0])
    return sorted(out, key=lambda row: median(w.box[1] for w in row))


def _level(
    row: Sequence[PrintedWord], heights: tuple[float, float], middle: float, word: PrintedWord
) -> bool:
    """Does a word stand on a line: its middle within the line's letters, and over none of its words?"""
    tops, bottoms = heights
    height = max(min(bottoms - tops, word.box[3] - word.box[1]), 1.0)
    off = abs(middle - (tops + bottoms) / 2)
    if off > 0.45 * height:
        return False
    return off < SAME * height or not any(_over(w, word) for w in row)


def _over(one: PrintedWord, other: PrintedWord) -> bool:
    """Do two words stand over each other? On scans the boxes of neighbours, of marks above all, may touch."""
    shared = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    narrower = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    return shared > max(1.0, narrower / 2)


def pieces(row: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    """A line cut where the white space is wider than between words."""
    out: list[list[PrintedWord]] = []
    space = SPACE * height(row)
    for word in row:
        if out and word.box[0] - out[-1][-1].box[2] <= space:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def passage(words: Sequence[PrintedWord]) -> Passage:
    """Words side by side as one text."""
    return Passage.row([(word.text, word.word) for word in words])


def with_tops(words: Sequence[PrintedWord], drawn: Drawn) -> list[tuple[float, Line]]:
    """The lines of a stretch of prose with where each begins."""
    out: list[tuple[float, Line]] = []
    below = None
    for row in rows(words):
        top, bottom = min(w.box[1] for w in row), max(w.box[3] for w in row)
        height = median(w.box[3] - w.box[1] for w in row)
        gap = below is None or top - below > GAP * height
        bold = all(w.bold for w in row)
        out.append((top, Line(passage(row), heading=bold, gap=gap)))
        below = bottom
    return out


def height(words: Sequence[PrintedWord]) -> float:
    """The usual height of the letters."""
    return median(w.box[3] - w.box[1] for w in words) if words else 10.0
