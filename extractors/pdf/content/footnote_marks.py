"""Raised marks that refer to a note on the same page: set apart from the word that they are printed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.pdf.content.words import TextRun

MARK_SIZE = 0.8
"""Size of a mark's letters at most, in that of the word's."""
LEAST_RAISE = 0.15
"""Height of a mark's baseline above the word's at least, in the size of the word's letters."""
MOST_RAISE = 0.9
"""The same at most: what stands higher is on another line."""
MOST_GAP = 1.0
"""White space between a word and its mark, in the size of the word's letters."""

_END_STEP = 24.0
"""Points: words are looked up by where they end, in steps as wide as the widest gap before a mark."""
_MARK = re.compile(r"(?:\d{1,2}|[a-z]|\*{1,3})\)?")


def split_footnote_marks(words: Sequence[TextRun]) -> tuple[list[TextRun], list[TextRun]]:
    """Return the words without footnote marks, and the marks.

    A mark is small and raised behind a word, and a line of the page begins with the same sign: its note. An
    exponent has none.
    """
    cuts = [_mark_start(word) for word in words]
    raised_indexes = _find_raised_signs(words)
    signs = {word.text for i, word in enumerate(words) if i in raised_indexes}
    signs |= {_tail(word, cut).text for word, cut in zip(words, cuts, strict=True) if cut}
    notes = _note_signs(words, signs, raised_indexes)
    plain_words: list[TextRun] = []
    marks: list[TextRun] = []
    for i, (word, cut) in enumerate(zip(words, cuts, strict=True)):
        if cut and _tail(word, cut).text in notes:
            plain_words.append(replace(word, chars=word.chars[:cut]))
            marks.append(_tail(word, cut))
        elif i in raised_indexes and word.text in notes:
            marks.append(word)
        else:
            plain_words.append(word)
    return plain_words, marks


def _tail(word: TextRun, cut: int) -> TextRun:
    return replace(word, chars=word.chars[cut:])


def _find_raised_signs(words: Sequence[TextRun]) -> set[int]:
    """Return the indexes of the words that are a sign, small and raised right behind another word."""
    signs = [i for i, word in enumerate(words) if _MARK.fullmatch(word.text)]
    if not signs:
        return set()
    words_by_end: dict[int, list[TextRun]] = {}
    for word in words:
        words_by_end.setdefault(int(word.end // _END_STEP), []).append(word)
    return {
        i
        for i in signs
        if any(
            _is_marked_by(word, words[i])
            for step in (-1, 0, 1)
            for word in words_by_end.get(int(words[i].start // _END_STEP) + step, ())
        )
    }


def _note_signs(words: Sequence[TextRun], signs: set[str], raised_indexes: set[int]) -> set[str]:
    """Return those of the signs that begin a line and are not raised there."""
    if not signs:
        return set()
    return {
        sign.text
        for i, sign in enumerate(words)
        if sign.text in signs
        and i not in raised_indexes
        and not any(_is_level_before(word, sign) for word in words)
    }


def _mark_start(word: TextRun) -> int:
    """Return where in a word a raised mark begins; 0 where none does."""
    first = word.chars[0]
    for i, char in enumerate(word.chars[1:], start=1):
        raised = first["base"] - char["base"]
        if char["size"] <= MARK_SIZE * first["size"] and raised >= LEAST_RAISE * first["size"]:
            tail = "".join(c["text"] for c in word.chars[i:])
            return i if _MARK.fullmatch(tail) else 0
    return 0


def _is_marked_by(word: TextRun, mark: TextRun) -> bool:
    """Does a mark stand small and raised right behind a word?"""
    return (
        word is not mark
        and word.turn == mark.turn
        and mark.size <= MARK_SIZE * word.size
        and LEAST_RAISE * word.size <= word.base - mark.base <= MOST_RAISE * word.size
        and -0.2 * word.size <= mark.start - word.end <= MOST_GAP * word.size
    )


def _is_level_before(word: TextRun, sign: TextRun) -> bool:
    """Does a word stand before a sign on the same line?"""
    return (
        word is not sign
        and word.turn == sign.turn
        and abs(word.base - sign.base) <= 0.3 * sign.size
        and word.end <= sign.start
        and sign.start - word.end <= 4 * sign.size
    )
