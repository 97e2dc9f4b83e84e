"""Letter-spaced headings (single letters, evenly apart) become words again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from statistics import median

from extractors.pdf.words import SHIFT, Strung

WIDEST = 1.6
"""Of the letters' size. Letters further apart stand in columns of their own."""
WORD = 1.7
"""Of the usual gap in the heading: a gap this much wider parts its words."""
FEWEST = 3
"""Letters. Two single letters side by side may be initials."""


def unspaced(words: Iterable[Strung]) -> list[Strung]:
    """The words of a page with its letter-spaced ones joined; others as they are, in lines."""
    out: list[Strung] = []
    ordered = sorted(words, key=lambda word: (word.turn, word.base, word.start))
    for line in _lines(ordered):
        out += _joined(sorted(line, key=lambda word: word.start))
    return out


def _lines(ordered: list[Strung]) -> Iterator[list[Strung]]:
    line: list[Strung] = []
    for word in ordered:
        if line and (
            word.turn != line[0].turn or word.base - line[0].base > SHIFT * min(word.size, line[0].size)
        ):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _joined(line: list[Strung]) -> Iterator[Strung]:
    run: list[Strung] = []
    for word in line:
        if run and not _next_letter(run, word):
            yield from _words(run)
            run = []
        run.append(word)
    yield from _words(run)


def _next_letter(run: list[Strung], word: Strung) -> bool:
    """Does a single letter (the last one with its punctuation) go on a run of single letters?"""
    last = run[-1]
    return (
        _single(last)
        and last.text.isalpha()
        and _single(word)
        and 0 <= word.start - last.end <= WIDEST * last.size
        and abs(word.size - last.size) < 0.2 * last.size
    )


def _single(word: Strung) -> bool:
    text = word.text.rstrip(":;,.")
    return len(text) == 1 and text.isalpha() and not (len(word.text) > 1 and word.text[1] == ".")


def _words(run: list[Strung]) -> Iterator[Strung]:
    gaps = [b.start - a.end for a, b in pairwise(run)]
    if len(run) < FEWEST or max(gaps) > 4 * max(median(gaps), 0.1):
        yield from run
        return
    # a word's own gaps are the narrow ones; the wide ones part words
    usual = median(sorted(gaps)[: max(1, len(gaps) * 2 // 3)])
    parts = [0]
    for gap in gaps:
        parts.append(parts[-1] + (gap > WORD * usual + 0.5))
    for _, group in groupby(zip(parts, run, strict=True), key=lambda pair: pair[0]):
        letters = [word for _, word in group]
        yield Strung(tuple(glyph for word in letters for glyph in word.glyphs))
