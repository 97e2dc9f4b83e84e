"""Lines of a cell; a bar with text above and below it is a fraction and is written ``/``."""

from __future__ import annotations

from collections.abc import Sequence

from extractors import fraction_notation
from extractors.layout import line_grouping
from extractors.model.passage import Box, Passage
from extractors.model.raw_page import PrintedWord, Ruling

BRACKET_HEIGHT = 1.7
"""Heights of letters: a taller sign is a bracket round a fraction."""


def read_cell_lines(words: Sequence[PrintedWord], bars: Sequence[Ruling], bounds: Box) -> list[Passage]:
    """Return the printed lines of a cell, each fraction on one line."""
    inner_bars = [bar for bar in bars if _is_inside(bar, bounds)]
    return _read_fractions(list(words), sorted(inner_bars, key=lambda bar: -bar.length))


def _read_fractions(words: list[PrintedWord], bars: list[Ruling]) -> list[Passage]:
    for i, bar in enumerate(bars):
        numerator_words, denominator_words = _split_by_bar(words, bar)
        if not numerator_words or not denominator_words or _is_underline(bar, numerator_words):
            continue
        fraction_word_ids = {id(word) for word in (*numerator_words, *denominator_words)}
        other_words = [word for word in words if id(word) not in fraction_word_ids]
        words_before, words_behind, words_over, words_under = _split_around(
            other_words, bar, [*numerator_words, *denominator_words]
        )
        smaller_bars = bars[i + 1 :]
        fraction_line = _join_fraction(
            numerator_words, denominator_words, bar, words_before, words_behind, smaller_bars
        )
        return [
            *_read_fractions(words_over, smaller_bars),
            fraction_line,
            *_read_fractions(words_under, smaller_bars),
        ]
    return [line_grouping.join_words(row) for row in line_grouping.group_rows(words)]


def _join_fraction(
    numerator_words: list[PrintedWord],
    denominator_words: list[PrintedWord],
    bar: Ruling,
    words_before: list[PrintedWord],
    words_behind: list[PrintedWord],
    bars: list[Ruling],
) -> Passage:
    """``before (numerator / denominator) behind``, brackets where they are needed."""
    fraction_text = fraction_notation.write_fraction(
        _read_fractions(numerator_words, bars), _read_fractions(denominator_words, bars)
    )
    if (words_before or words_behind) and not _is_bracketed(words_before, words_behind):
        fraction_text = fraction_notation.add_brackets(fraction_text)
    head = [line_grouping.join_words(row) for row in line_grouping.group_rows(words_before)]
    tail = [line_grouping.join_words(row) for row in line_grouping.group_rows(words_behind)]
    return Passage.join(" ", [*head, fraction_text, *tail])


def _is_bracketed(words_before: Sequence[PrintedWord], words_behind: Sequence[PrintedWord]) -> bool:
    """Do printed brackets stand round the fraction?"""
    is_opened = any(word.text.rstrip()[-1:] in "([" for word in words_before)
    return is_opened and any(word.text.lstrip()[:1] in ")]" for word in words_behind)


def _split_by_bar(words: Sequence[PrintedWord], bar: Ruling) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """Return the words over and under a bar, as far as they belong to its fraction."""
    y = (bar.top + bar.bottom) / 2
    usual_height = line_grouping.letter_height(words)
    rows = line_grouping.group_rows(
        [w for w in words if w.box[3] - w.box[1] < BRACKET_HEIGHT * usual_height]
    )  # no bracket round it
    rows_over = [row for row in rows if _row_middle(row) < y]
    rows_under = [row for row in rows if _row_middle(row) > y]
    return _collect_side_words(rows_over[::-1], bar, y, upwards=True), _collect_side_words(
        rows_under, bar, y, upwards=False
    )


def _collect_side_words(
    rows: Sequence[list[PrintedWord]], bar: Ruling, y: float, upwards: bool
) -> list[PrintedWord]:
    """The words of the lines next to a bar: none beyond its ends, no gap, all set as the first one is."""
    out: list[PrintedWord] = []
    is_centred: bool | None = None
    for row in rows:
        bar_words = [w for w in row if _stands_on_bar(bar, w)]
        outer_words = [w for w in row if w not in bar_words]
        if not bar_words:
            continue  # what stands beside the fraction
        if outer_words and _continues_beyond(bar_words, outer_words):
            break
        top, bottom = min(w.box[1] for w in bar_words), max(w.box[3] for w in bar_words)
        height = line_grouping.letter_height(bar_words)
        distance = y - bottom if upwards else top - y
        if distance > (0.9 if not out else 0.5) * height:
            break
        offset = abs((bar_words[0].box[0] + bar_words[-1].box[2]) / 2 - (bar.x0 + bar.x1) / 2)
        if is_centred is None:
            is_centred = offset < 4 and bar_words[0].box[0] - bar.x0 > 4
        elif is_centred and offset > 6:
            break
        out += bar_words
        y = top if upwards else bottom
    return out


def _stands_on_bar(bar: Ruling, word: PrintedWord) -> bool:
    """Does a word stand over or under a bar, and not begin where the bar ends, as ``x 100%`` does?"""
    return bar.x0 - 4 <= (word.box[0] + word.box[2]) / 2 <= bar.x1 + 4 and word.box[0] < bar.x1 - 2


def _continues_beyond(bar_words: Sequence[PrintedWord], outer_words: Sequence[PrintedWord]) -> bool:
    """Does a line go on beyond the bar's end, a word's space away?"""
    start, end, space = (
        bar_words[0].box[0],
        bar_words[-1].box[2],
        0.6 * line_grouping.letter_height(bar_words),
    )
    return any(-1 < w.box[0] - end < space or -1 < start - w.box[2] < space for w in outer_words)


def _row_middle(row: Sequence[PrintedWord]) -> float:
    return sum(w.box[1] + w.box[3] for w in row) / (2 * len(row))


def _is_underline(bar: Ruling, words_above: Sequence[PrintedWord]) -> bool:
    """Does a bar touch the words above it, as wide as they are? A fraction's bar keeps its distance."""
    last_row = line_grouping.group_rows(words_above)[-1]
    touches = max(w.box[3] for w in last_row) >= bar.top - 0.2
    same_width = abs(last_row[0].box[0] - bar.x0) < 2.5 and abs(last_row[-1].box[2] - bar.x1) < 2.5
    return touches and same_width


def _split_around(
    other_words: Sequence[PrintedWord], bar: Ruling, fraction_words: Sequence[PrintedWord]
) -> tuple[list[PrintedWord], list[PrintedWord], list[PrintedWord], list[PrintedWord]]:
    """Return the other words: before and behind the fraction on its level, over and under it."""
    top, bottom = min(w.box[1] for w in fraction_words), max(w.box[3] for w in fraction_words)
    words_before: list[PrintedWord] = []
    words_behind: list[PrintedWord] = []
    words_over: list[PrintedWord] = []
    words_under: list[PrintedWord] = []
    for word in other_words:
        y = (word.box[1] + word.box[3]) / 2
        is_level = top < y < bottom
        if is_level and word.box[0] >= bar.x1 - 4:
            words_behind.append(word)
        elif is_level and word.box[2] <= bar.x0 + 4:
            words_before.append(word)
        elif y < (bar.top + bar.bottom) / 2:
            words_over.append(word)
        else:
            words_under.append(word)
    return words_before, words_behind, words_over, words_under


def _is_inside(bar: Ruling, bounds: Box) -> bool:
    x, y = (bar.x0 + bar.x1) / 2, (bar.top + bar.bottom) / 2
    return bounds[0] < x < bounds[2] and bounds[1] + 1 < y < bounds[3] - 1
