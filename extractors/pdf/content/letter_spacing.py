"""Letter-spaced headings (single letters, evenly apart) become words again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from statistics import median

from extractors.pdf.content.words import BASELINE_SHIFT, TextRun

WIDEST_GAP = 1.6
"""Of the letters' size. Letters further apart stand in columns of their own."""
SPACED_WORD_GAP = 1.7
"""Of the usual gap in the heading: a gap this much wider parts its words."""
FEWEST_LETTERS = 3
"""Letters. Two single letters side by side may be initials."""


def join_spaced_letters(words: Iterable[TextRun]) -> list[TextRun]:
    """The words of a page with its letter-spaced ones joined; others as they are, in lines."""
    joined_words: list[TextRun] = []
    sorted_words = sorted(words, key=lambda word: (word.turn, word.base, word.start))
    for line in _group_lines(sorted_words):
        joined_words += _join_line(sorted(line, key=lambda word: word.start))
    return joined_words


def _group_lines(sorted_words: list[TextRun]) -> Iterator[list[TextRun]]:
    line: list[TextRun] = []
    for word in sorted_words:
        if line and (
            word.turn != line[0].turn
            or word.base - line[0].base > BASELINE_SHIFT * min(word.size, line[0].size)
        ):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _join_line(line: list[TextRun]) -> Iterator[TextRun]:
    run: list[TextRun] = []
    for word in line:
        if run and not _continues_run(run, word):
            yield from _split_run(run)
            run = []
        run.append(word)
    yield from _split_run(run)


def _continues_run(run: list[TextRun], word: TextRun) -> bool:
    """Does a single letter (the last one with its punctuation) go on a run of single letters?"""
    last = run[-1]
    return (
        _is_single_letter(last)
        and last.text.isalpha()
        and _is_single_letter(word)
        and 0 <= word.start - last.end <= WIDEST_GAP * last.size
        and abs(word.size - last.size) < 0.2 * last.size
    )


def _is_single_letter(word: TextRun) -> bool:
    text = word.text.rstrip(":;,.")
    return len(text) == 1 and text.isalpha() and not (len(word.text) > 1 and word.text[1] == ".")


def _split_run(run: list[TextRun]) -> Iterator[TextRun]:
    gaps = [b.start - a.end for a, b in pairwise(run)]
    if len(run) < FEWEST_LETTERS or max(gaps) > 4 * max(median(gaps), 0.1):
        yield from run
        return
    # a word's own gaps are the narrow ones; the wide ones part words
    letter_gap = median(sorted(gaps)[: max(1, len(gaps) * 2 // 3)])
    word_indexes = [0]
    for gap in gaps:
        word_indexes.append(word_indexes[-1] + (gap > SPACED_WORD_GAP * letter_gap + 0.5))
    for _, group in groupby(zip(word_indexes, run, strict=True), key=lambda pair: pair[0]):
        letters = [word for _, word in group]
        yield TextRun(tuple(char for word in letters for char in word.chars))
