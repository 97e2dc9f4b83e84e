"""Words to printed lines: what stands side by side, in order, with the white space above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.layout.ruling_geometry import Rulings
from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.model.raw_page import PrintedWord, turn_box_upright

PARAGRAPH_GAP = 0.9
"""White space above a line, in heights of its letters, from which it is set apart."""

SAME_LINE_OFFSET = 0.15
"""Heights of letters by which words of one line stand apart at most, whatever their boxes share."""
PIECE_GAP = 0.7
"""White space, in heights of letters, that is wider than between words."""


def group_rows(words: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    """Return words by printed line, from top to bottom, each from left to right.

    Words that stand sideways or on their head (titles of narrow columns) are lines of their own, in the order
    of their writing.
    """
    level_rows = _group_level_rows([word for word in words if not word.turn])
    placed_rows = [(median(w.box[1] for w in row), row) for row in level_rows]
    for turn in sorted({word.turn for word in words if word.turn}):
        turned_words = {word.ref: word for word in words if word.turn == turn}
        upright_words = [
            replace(word, box=turn_box_upright(word.box, turn)) for word in turned_words.values()
        ]
        top = min(word.box[1] for word in turned_words.values())
        placed_rows += [
            (top, [turned_words[word.ref] for word in row]) for row in _group_level_rows(upright_words)
        ]
    return [row for _, row in sorted(placed_rows, key=lambda placed: placed[0])]


def _group_level_rows(words: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    out: list[list[PrintedWord]] = []
    heights: list[tuple[float, float]] = []  # of each row, computed again only when a word is added
    for word in sorted(words, key=lambda w: (w.box[1] + w.box[3], w.box[0])):
        middle = (word.box[1] + word.box[3]) / 2
        recent_rows = range(max(0, len(out) - 4), len(out))
        level_rows = [i for i in recent_rows if _is_on_row(out[i], heights[i], middle, word)]
        home = min(level_rows, key=lambda i: abs(sum(heights[i]) / 2 - middle), default=None)
        if home is None:
            out.append([word])
            heights.append((word.box[1], word.box[3]))
        else:
            out[home].append(word)
            heights[home] = median(w.box[1] for w in out[home]), median(w.box[3] for w in out[home])
    for row in out:
        row.sort(key=lambda w: w.box[0])
    return sorted(out, key=lambda row: median(w.box[1] for w in row))


def _is_on_row(
    row: Sequence[PrintedWord], heights: tuple[float, float], middle: float, word: PrintedWord
) -> bool:
    """Does a word stand on a line: its middle within the line's letters, and over none of its words?"""
    tops, bottoms = heights
    height = max(min(bottoms - tops, word.box[3] - word.box[1]), 1.0)
    offset = abs(middle - (tops + bottoms) / 2)
    if offset > 0.45 * height:
        return False
    return offset < SAME_LINE_OFFSET * height or not any(_words_overlap(w, word) for w in row)


def _words_overlap(first: PrintedWord, second: PrintedWord) -> bool:
    """Do two words stand over each other? On scans the boxes of neighbours, of marks above all, may touch."""
    overlap = min(first.box[2], second.box[2]) - max(first.box[0], second.box[0])
    narrower_width = min(first.box[2] - first.box[0], second.box[2] - second.box[0])
    return overlap > max(1.0, narrower_width / 2)


def split_pieces(row: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    """Return a line cut where the white space is wider than between words."""
    out: list[list[PrintedWord]] = []
    space = PIECE_GAP * letter_height(row)
    for word in row:
        if out and word.box[0] - out[-1][-1].box[2] <= space:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def join_words(words: Sequence[PrintedWord]) -> Passage:
    """Return words side by side as one text."""
    return Passage.from_words([(word.text, word.ref) for word in words])


def lines_with_tops(words: Sequence[PrintedWord], drawn: Rulings) -> list[tuple[float, Line]]:
    """Return the lines of a stretch of prose with where each begins."""
    out: list[tuple[float, Line]] = []
    previous_bottom = None
    for row in group_rows(words):
        top, bottom = min(w.box[1] for w in row), max(w.box[3] for w in row)
        height = median(w.box[3] - w.box[1] for w in row)
        gap = previous_bottom is None or top - previous_bottom > PARAGRAPH_GAP * height
        bold = all(w.bold for w in row)
        place = max(top, out[-1][0]) if out else top  # the order of the lines is that of their rows
        out.append((place, Line(join_words(row), heading=bold, gap=gap)))
        previous_bottom = bottom
    return out


def letter_height(words: Sequence[PrintedWord]) -> float:
    """Return the usual height of the letters."""
    return median(w.box[3] - w.box[1] for w in words) if words else 10.0
