"""Words of a read line, each with its box: by the places of its characters, set right by the ink."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.passage import Place, word_at
from extractors.printed import PrintedWord
from extractors.scan.engine import Reading
from extractors.scan.images import Image
from extractors.scan.lines import TextLine

_SPACE = 0.22  # of the line's height: white between two letters that is a space

_CLOSING = ".,;:!?)%'\""
"""Never a word's first letter: the white before a full stop on the line is no space."""

_SIGMA, _SUM = "Σ", "∑"  # no decree is Greek: a sigma is a sum, as its neighbours were read

_WORD = re.compile(r"\S+")


def words_of(line: TextLine, reading: Reading, ink: Image, point: float, page: int) -> list[PrintedWord]:
    """The words of a line, boxes in points."""
    columns = _columns(line, ink)
    places = [line.x0 + at * line.width for at in reading.at]
    spans = _spans(line, reading, places, columns)
    if not spans:
        return []
    letter = line.width / max(1, len(reading.text))
    edges = [line.x0]
    for (_, end), (start, _) in pairwise(spans):
        edges += _gap(places[end - 1], places[start], line.x0, columns)
    edges.append(line.x1)
    words = []
    for (start, end), x0, x1 in zip(spans, edges[::2], edges[1::2], strict=True):
        sure = float(np.mean(reading.sure[start:end]))
        x0, x1 = _trimmed(x0, x1, line.x0, columns)
        x1 = max(x1, x0 + 0.2 * letter)
        words.append(_word(reading.text[start:end], line, x0, x1, sure, point, page))
    return words


def _spans(
    line: TextLine, reading: Reading, places: list[float], columns: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Start and end of each word in the text: at its spaces, and where white parts the ink as wide."""
    spans = []
    for m in _WORD.finditer(reading.text):
        start = m.start()
        for i in range(m.start() + 1, m.end()):
            after, before = _gap(places[i - 1], places[i], line.x0, columns)
            if before - after >= _SPACE * line.height and reading.text[i] not in _CLOSING:
                spans.append((start, i))
                start = i
        spans.append((start, m.end()))
    return spans


def _word(
    text: str, line: TextLine, x0: float, x1: float, sure: float, point: float, page: int
) -> PrintedWord:
    middle = line.middle((x0 + x1) / 2)
    top, bottom = middle - line.height / 2, middle + line.height / 2
    box = (x0 / point, max(0.0, top / point), x1 / point, bottom / point)
    place = Place(page=page, box=box, confidence=round(sure, 4))
    return PrintedWord(text.replace(_SIGMA, _SUM), word_at(place), box, size=line.height / point)


def _columns(line: TextLine, ink: Image) -> NDArray[np.bool_]:
    """For each pixel column of the line: is there ink in its middle band?"""
    top = max(0, int(min(line.y0, line.y1) - 0.4 * line.height))
    bottom = int(max(line.y0, line.y1) + 0.4 * line.height) + 1
    part = ink[top:bottom, max(0, int(line.x0)) : int(line.x1) + 1]
    return np.asarray(part.any(axis=0))


def _gap(after: float, before: float, start: float, columns: NDArray[np.bool_]) -> tuple[float, float]:
    """End of a word and start of the next: the widest white between their nearest characters."""
    low, high = max(0, int(after - start)), min(len(columns), int(before - start) + 1)
    best = (low + (high - low) / 2, 0)
    run = 0
    for i in range(low, high):
        run = 0 if columns[i] else run + 1
        if run > best[1]:
            best = (i + 1 - run, run)
    return start + best[0], start + best[0] + best[1]


def _trimmed(x0: float, x1: float, start: float, columns: NDArray[np.bool_]) -> tuple[float, float]:
    """The word without white at its ends."""
    low, high = max(0, int(x0 - start)), max(0, int(x1 - start))
    inked = np.flatnonzero(columns[low : high + 1])
    if not len(inked):
        return x0, x1
    return start + low + float(inked[0]), start + low + float(inked[-1]) + 1
