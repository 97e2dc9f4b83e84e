"""Small print beside the lines that were found: read where it is little, told where it is too much."""

from __future__ import annotations

import numpy as np

from extractors.model.passage import Passage, PrintedPlace, create_word_ref
from extractors.ocr.detect.punctuation import UNREAD_MARK, find_missed_marks
from extractors.ocr.detect.text_lines import DetectedLine
from extractors.parser.coverage import PrintedText, measure_coverage
from extractors.parser.record_builder import LONGEST_QUOTE, WordLedger

HIGH = 24.0


def page(rows: int) -> tuple[np.ndarray, list[DetectedLine]]:
    """Ink with five small squares to the left of each line, and the lines."""
    ink = np.zeros((60 + 40 * rows, 500), np.uint8)
    lines = [DetectedLine(300.0, 40.0 + 40 * row, 420.0, 40.0 + 40 * row, HIGH) for row in range(rows)]
    for line in lines:
        for i in range(5):
            ink[int(line.y0) - 3 : int(line.y0) + 4, 190 + 20 * i : 197 + 20 * i] = 1
    return ink, lines


def test_a_few_marks_are_print() -> None:
    marks, excess = find_missed_marks(*page(3), [], 2.0)
    assert len(marks) == 15
    assert not excess


def test_too_many_marks_are_left_out_but_none_is_lost() -> None:
    marks, excess = find_missed_marks(*page(20), [], 2.0)
    assert not marks
    assert len(excess) == 100
    assert all(reading is not None and reading.text for _, reading in excess)


def test_what_is_set_aside_is_counted_whole_and_quoted_in_bounds() -> None:
    place = PrintedPlace(3, (1.0, 1.0, 2.0, 2.0), None, 0.0)
    aside = Passage.from_words([(UNREAD_MARK, create_word_ref(place)) for _ in range(5000)])
    ledger = WordLedger()
    ledger.note_aside(3, aside)
    message = ledger.note_drafts[0].message
    assert "5000" in message and UNREAD_MARK in message
    assert len(message) < LONGEST_QUOTE + 120
    printed = PrintedText()
    printed.add_page([aside])
    told, lost = measure_coverage(printed, {}, ledger)
    assert (told.words, told.notes) == (5000, 5000)
    assert not lost
