"""Signs that stand one below the other: the colons behind labels, the letters before list items.

A sign of two dots or of one letter and a bracket is misread more often than any word. Those of a page
stand in a column, and what is misread among them is recognised by its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.model.passage import PrintedPlace, create_word_ref
from extractors.model.raw_page import PrintedWord

_MIN_SIGNS = 3  # signs read rightly that make a column
_COLUMN_TOLERANCE = 4.0  # points that signs of a column stand apart
_COLON_LIKE = re.compile(r"[·.;,'\"•*:-]{1,2}")
_LIST_MARK = re.compile(r"[a-z]\)")
_MISREAD_MARK = re.compile(r"([a-z])[jJ1lIi)]?")
_MAX_COLON_DISTANCE = (
    20.0  # points: a label ends, and what it labels begins, no further from the colon's column
)
_MAX_LABEL_WORDS = 4  # words of a label at most
_PLACE_CONFIDENCE = 0.5  # confidence of a colon recognised by its place alone


def correct_column_signs(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Return the words, misread signs put right, and the colons that are missing from their column put in."""
    words = _correct_list_marks(words)
    for column in _sign_columns(words, re.compile(":")):
        x = median(_word_start(word) for word in column)
        lines = [_split_line_at(word, words) for word in column]
        first_texts = [words_after[0] for _, words_after in lines if words_after]
        if len(first_texts) < _MIN_SIGNS:
            continue
        text_x = median(_word_start(word) for word in first_texts)
        words = [
            _read_as_colon(word, words) if abs(_word_middle(word) - x - 1) < _COLUMN_TOLERANCE else word
            for word in words
        ]
        words += _missing_colons(words, x, text_x)
    return words


def _correct_list_marks(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    marks = [_word_start(word) for column in _sign_columns(words, _LIST_MARK) for word in column]
    out = []
    for word in words:
        misread_mark = _MISREAD_MARK.fullmatch(word.text)
        if misread_mark and any(abs(_word_start(word) - x) < _COLUMN_TOLERANCE for x in marks):
            words_before, words_after = _split_line_at(word, words)
            if (
                words_after
                and _word_start(words_after[0]) - word.box[2] > 1
                and not _is_near(word, words_before)
            ):
                word = _with_text(word, f"{misread_mark[1]})")
        out.append(word)
    return out


def _sign_columns(words: Sequence[PrintedWord], sign: re.Pattern[str]) -> list[list[PrintedWord]]:
    """Return the signs of one kind by the column in which they stand."""
    out: list[list[PrintedWord]] = []
    for word in sorted((w for w in words if sign.fullmatch(w.text)), key=_word_start):
        if out and _word_start(word) - median(_word_start(w) for w in out[-1]) < _COLUMN_TOLERANCE:
            out[-1].append(word)
        else:
            out.append([word])
    return [column for column in out if len(column) >= _MIN_SIGNS]


def _read_as_colon(word: PrintedWord, words: Sequence[PrintedWord]) -> PrintedWord:
    """Return the sign behind a label and in the column of colons."""
    if word.text == ":" or not _COLON_LIKE.fullmatch(word.text):
        return word
    words_before, words_after = _split_line_at(word, words)
    return (
        _with_text(word, ":")
        if words_before and words_after and len(words_before) <= _MAX_LABEL_WORDS
        else word
    )


def _missing_colons(words: Sequence[PrintedWord], x: float, text_x: float) -> list[PrintedWord]:
    """Colons between a label and what stands where other labels have their text."""
    out = []
    for word in words:
        if abs(_word_start(word) - text_x) >= _COLUMN_TOLERANCE:
            continue
        words_before, _ = _split_line_at(word, words)
        is_free = words_before and words_before[-1].box[2] < x - 1
        if (
            is_free
            and len(words_before) <= _MAX_LABEL_WORDS
            and _word_start(word) - x < _MAX_COLON_DISTANCE
            and words_before[-1].text[-1].isalpha()
        ):
            box = (x, word.box[1], x + 2.0, word.box[3])
            place = PrintedPlace(page=word.ref.place.page, box=box, confidence=_PLACE_CONFIDENCE)
            out.append(PrintedWord(":", create_word_ref(place), box, word.size))
    return out


def _split_line_at(
    word: PrintedWord, words: Sequence[PrintedWord]
) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """Return what stands before and behind a word on its line."""
    y, height = (word.box[1] + word.box[3]) / 2, word.box[3] - word.box[1]
    level_words = [w for w in words if w is not word and abs((w.box[1] + w.box[3]) / 2 - y) < 0.4 * height]
    level_words.sort(key=_word_start)
    return [w for w in level_words if _word_start(w) < _word_start(word)], [
        w for w in level_words if _word_start(w) > _word_start(word)
    ]


def _is_near(word: PrintedWord, words_before: Sequence[PrintedWord]) -> bool:
    return bool(words_before) and _word_start(word) - words_before[-1].box[2] < 0.4 * (
        word.box[3] - word.box[1]
    )


def _with_text(word: PrintedWord, text: str) -> PrintedWord:
    return replace(word, text=text)


def _word_start(word: PrintedWord) -> float:
    return word.box[0]


def _word_middle(word: PrintedWord) -> float:
    return (word.box[0] + word.box[2]) / 2
