"""Signs that stand one below the other: the colons behind labels, the letters before list items.

A sign of two dots or of one letter and a bracket is misread more often than any word. Those of a page
stand in a column, and what is misread among them is told by its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.passage import Place, place_of, word_at
from extractors.printed import PrintedWord

_LEAST = 3  # signs read rightly that make a column
_REACH = 4.0  # points that signs of a column stand apart
_COLON = re.compile(r"[·.;,'\"•*:-]{1,2}")
_MARK = re.compile(r"[a-z]\)")
_MISREAD = re.compile(r"([a-z])[jJ1lIi)]?")
_FAR = 20.0  # points: a label ends, and what it labels begins, no further from the colon's column
_LABEL = 4  # words of a label at most
_TOLD = 0.5  # confidence of a colon told by its place alone


def signs_in_columns(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The words, misread signs put right, and the colons that are missing from their column put in."""
    words = _list_marks(words)
    for column in _columns(words, re.compile(":")):
        x = median(_start(word) for word in column)
        lines = [_line(word, words) for word in column]
        behind = [after[0] for _, after in lines if after]
        if len(behind) < _LEAST:
            continue
        text = median(_start(word) for word in behind)
        words = [_as_colon(word, words) if abs(_middle(word) - x - 1) < _REACH else word for word in words]
        words += _missing(words, x, text)
    return words


def _list_marks(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    marks = [_start(word) for column in _columns(words, _MARK) for word in column]
    out = []
    for word in words:
        misread = _MISREAD.fullmatch(word.text)
        if misread and any(abs(_start(word) - x) < _REACH for x in marks):
            before, after = _line(word, words)
            if after and _start(after[0]) - word.box[2] > 1 and not _near(word, before):
                word = _reads(word, f"{misread[1]})")
        out.append(word)
    return out


def _columns(words: Sequence[PrintedWord], sign: re.Pattern[str]) -> list[list[PrintedWord]]:
    """The signs of one kind by the column in which they stand."""
    out: list[list[PrintedWord]] = []
    for word in sorted((w for w in words if sign.fullmatch(w.text)), key=_start):
        if out and _start(word) - median(_start(w) for w in out[-1]) < _REACH:
            out[-1].append(word)
        else:
            out.append([word])
    return [column for column in out if len(column) >= _LEAST]


def _as_colon(word: PrintedWord, words: Sequence[PrintedWord]) -> PrintedWord:
    """A sign behind a label and in the column of colons."""
    if word.text == ":" or not _COLON.fullmatch(word.text):
        return word
    before, after = _line(word, words)
    return _reads(word, ":") if before and after and len(before) <= _LABEL else word


def _missing(words: Sequence[PrintedWord], x: float, text: float) -> list[PrintedWord]:
    """Colons between a label and what stands where other labels have their text."""
    out = []
    for word in words:
        if abs(_start(word) - text) >= _REACH:
            continue
        before, _ = _line(word, words)
        free = before and before[-1].box[2] < x - 1
        if free and len(before) <= _LABEL and _start(word) - x < _FAR and before[-1].text[-1].isalpha():
            box = (x, word.box[1], x + 2.0, word.box[3])
            place = Place(page=place_of(word.word).page, box=box, confidence=_TOLD)
            out.append(PrintedWord(":", word_at(place), box, word.size))
    return out


def _line(word: PrintedWord, words: Sequence[PrintedWord]) -> tuple[list[PrintedWord], list[PrintedWord]]:
    """What stands before and behind a word on its line."""
    y, height = (word.box[1] + word.box[3]) / 2, word.box[3] - word.box[1]
    level = [w for w in words if w is not word and abs((w.box[1] + w.box[3]) / 2 - y) < 0.4 * height]
    level.sort(key=_start)
    return [w for w in level if _start(w) < _start(word)], [w for w in level if _start(w) > _start(word)]


def _near(word: PrintedWord, before: Sequence[PrintedWord]) -> bool:
    return bool(before) and _start(word) - before[-1].box[2] < 0.4 * (word.box[3] - word.box[1])


def _reads(word: PrintedWord, text: str) -> PrintedWord:
    return replace(word, text=text)


def _start(word: PrintedWord) -> float:
    return word.box[0]


def _middle(word: PrintedWord) -> float:
    return (word.box[0] + word.box[2]) / 2
