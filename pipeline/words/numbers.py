"""Numbers in names: ``semester I`` is ``semester pertama``, and the year of a decree says nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.words.fold import Word
from pipeline.words.tables import tables, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence


def with_numbers(words: Sequence[Word]) -> Sequence[Word]:
    """The words with ordinals behind certain words (semester, triwulan, tahap) as figures."""
    heads = numbered_heads()
    if not any([word.form in heads for word in words]):
        return words
    out: list[Word] = []
    for word in words:
        number = ordinals().get(word.form) if out and out[-1].form in heads else None
        out.append(Word(word.printed, number) if number else word)
    return out


def without_year(text: str) -> str:
    """A name without the year at its end (``… Tahun 2024``): every decree is of some year."""
    if not text.rstrip(" .)]")[-2:].isdigit():
        return text
    return year_at_end().sub("", text, count=1).rstrip() or text


@cache
def numbered_heads() -> frozenset[str]:
    """Words behind which a number is a place in a row."""
    return word_set(tables().grammar["numbered"])


@cache
def ordinals() -> dict[str, str]:
    """Words and Roman figures by the figure that they stand for."""
    return {form: number for number, forms in tables().grammar["ordinals"].items() for form in forms.split()}


@cache
def year_at_end() -> re.Pattern[str]:
    """The year behind one of the words for it, at the end of a text, in brackets or not."""
    words = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in tables().grammar["year_words"])
    lead = r"(?:\b(?:pada|di|untuk|selama)\s+)?"
    year = r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?"
    return re.compile(rf"[\s(\[,-]*{lead}\b(?:{words})\s*{year}\s*[)\]]?\s*\.?\s*$", re.IGNORECASE)
