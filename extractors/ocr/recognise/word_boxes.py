"""Words of a read line, each with its box: by the places of its characters, set right by the ink."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.model.passage import PrintedPlace, create_word_ref
from extractors.model.raw_page import PrintedWord
from extractors.ocr.detect.text_lines import DetectedLine
from extractors.ocr.image_input import Image
from extractors.ocr.recognise.ocr_engine import LineReading

_MIN_SPACE = 0.22  # of the line's height: white between two letters that is a space

_CLOSING_MARKS = ".,;:!?)%'\""
"""Never a word's first letter: the white before a full stop on the line is no space."""

_SIGMA, _SUM = "Σ", "∑"  # no decree is Greek: a sigma is a sum, as its neighbours were read

_WORD = re.compile(r"\S+")


def split_into_words(
    line: DetectedLine, reading: LineReading, ink: Image, point: float, page: int
) -> list[PrintedWord]:
    """Return the words of a line, boxes in points."""
    columns = _ink_columns(line, ink)
    places = [line.x0 + position * line.width for position in reading.positions]
    spans = _word_spans(line, reading, places, columns)
    if not spans:
        return []
    letter_width = line.width / max(1, len(reading.text))
    edges = [line.x0]
    for (_, end), (start, _) in pairwise(spans):
        edges += _widest_gap(places[end - 1], places[start], line.x0, columns)
    edges.append(line.x1)
    words = []
    for (start, end), x0, x1 in zip(spans, edges[::2], edges[1::2], strict=True):
        confidence = float(np.mean(reading.confidences[start:end]))
        x0, x1 = _trim_span(x0, x1, line.x0, columns)
        x1 = max(x1, x0 + 0.2 * letter_width)
        words.append(_make_word(reading.text[start:end], line, x0, x1, confidence, point, page))
    return words


def _word_spans(
    line: DetectedLine, reading: LineReading, places: list[float], columns: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Start and end of each word in the text: at its spaces, and where white parts the ink as wide."""
    spans = []
    for m in _WORD.finditer(reading.text):
        start = m.start()
        for i in range(m.start() + 1, m.end()):
            gap_start, gap_end = _widest_gap(places[i - 1], places[i], line.x0, columns)
            if gap_end - gap_start >= _MIN_SPACE * line.height and reading.text[i] not in _CLOSING_MARKS:
                spans.append((start, i))
                start = i
        spans.append((start, m.end()))
    return spans


def _make_word(
    text: str, line: DetectedLine, x0: float, x1: float, confidence: float, point: float, page: int
) -> PrintedWord:
    middle = line.middle_at((x0 + x1) / 2)
    top, bottom = middle - line.height / 2, middle + line.height / 2
    box = (x0 / point, max(0.0, top / point), x1 / point, bottom / point)
    place = PrintedPlace(page=page, box=box, confidence=round(confidence, 4))
    return PrintedWord(text.replace(_SIGMA, _SUM), create_word_ref(place), box, size=line.height / point)


def _ink_columns(line: DetectedLine, ink: Image) -> NDArray[np.bool_]:
    """For each pixel column of the line: is there ink in its middle band?"""
    top = max(0, int(min(line.y0, line.y1) - 0.4 * line.height))
    bottom = int(max(line.y0, line.y1) + 0.4 * line.height) + 1
    part = ink[top:bottom, max(0, int(line.x0)) : int(line.x1) + 1]
    return np.asarray(part.any(axis=0))


def _widest_gap(
    left_position: float, right_position: float, start: float, columns: NDArray[np.bool_]
) -> tuple[float, float]:
    """End of a word and start of the next: the widest white between their nearest characters."""
    low, high = max(0, int(left_position - start)), min(len(columns), int(right_position - start) + 1)
    best_gap = (low + (high - low) / 2, 0)
    run = 0
    for i in range(low, high):
        run = 0 if columns[i] else run + 1
        if run > best_gap[1]:
            best_gap = (i + 1 - run, run)
    return start + best_gap[0], start + best_gap[0] + best_gap[1]


def _trim_span(x0: float, x1: float, start: float, columns: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the word without white at its ends."""
    low, high = max(0, int(x0 - start)), max(0, int(x1 - start))
    ink_positions = np.flatnonzero(columns[low : high + 1])
    if not len(ink_positions):
        return x0, x1
    return start + low + float(ink_positions[0]), start + low + float(ink_positions[-1]) + 1
