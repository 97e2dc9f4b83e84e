"""Numbers in a column of their own beside the texts of a cell, centred in height: read before their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean

from extractors.layout import line_grouping
from extractors.model.passage import Box
from extractors.model.raw_page import PrintedWord

MIN_GAP = 2.0
"""Points of white between the numbers and the texts beside them."""
MAX_OFFSET = 0.4
"""Heights of letters by which a number may miss the middle of its text (or of a line that it stands on)."""

_Line = Sequence[PrintedWord]
_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})?[.)]?")


def raise_centred_numbers(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Return the words of a cell, each number that is centred beside a text raised to its first line.

    The words' references keep their places on the page.
    """
    numbers = _hanging_numbers(words)
    number_refs = {number.ref for number in numbers}
    texts = [word for word in words if word.ref not in number_refs]
    lines = line_grouping.group_rows(texts)
    if not lines or all(any(_is_on_line(number, line) for line in lines) for number in numbers):
        return list(words)  # a list as a rule; its first lines may stand on the page before
    if _is_on_line(numbers[0], lines[0]):
        return list(words)
    first_lines = _find_first_lines(numbers, lines)
    if first_lines is None:
        return list(words)
    raised_numbers = [
        replace(number, box=_move_box(number.box, line[0].box[1]))
        for number, line in zip(numbers, first_lines, strict=True)
    ]
    return [*texts, *raised_numbers]


def _hanging_numbers(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Return the numbers that stand left of all other words, from top to bottom."""
    candidates = [word for word in words if _NUMBER.fullmatch(word.text) and not word.turn]
    refs = {word.ref for word in candidates}
    left = min((word.box[0] for word in words if word.ref not in refs), default=0.0)
    return sorted((word for word in candidates if word.box[2] + MIN_GAP <= left), key=_word_middle)


def _find_first_lines(numbers: Sequence[PrintedWord], lines: Sequence[_Line]) -> list[_Line] | None:
    """Return the first line of the text that each number is centred beside; None where one is not centred."""
    middles = [sum(map(_word_middle, line)) / len(line) for line in lines]
    first_lines: list[_Line] = []
    start = 0
    for number in numbers:
        if start >= len(lines):
            return None
        ends = range(start + 1, len(lines) + 1)
        offsets = {end: abs(mean(middles[start:end]) - _word_middle(number)) for end in ends}
        end = min(offsets, key=lambda end: offsets[end])
        if offsets[end] > MAX_OFFSET * line_grouping.letter_height(lines[start]):
            return None
        first_lines.append(lines[start])
        start = end
    return first_lines if start == len(lines) else None


def _is_on_line(word: PrintedWord, line: _Line) -> bool:
    height = line_grouping.letter_height(line)
    return abs(_word_middle(word) - mean(map(_word_middle, line))) <= MAX_OFFSET * height


def _word_middle(word: PrintedWord) -> float:
    return (word.box[1] + word.box[3]) / 2


def _move_box(box: Box, top: float) -> Box:
    return box[0], top, box[2], top + box[3] - box[1]
