"""Numbers in names: ``semester I`` is ``semester pertama``, and the year of a decree says nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.language.lexicon import load_lexicon
from pipeline.language.word_tokenizer import WordForm

if TYPE_CHECKING:
    from collections.abc import Sequence


def replace_ordinals(words: Sequence[WordForm]) -> Sequence[WordForm]:
    """The words with ordinals behind certain words (semester, triwulan, tahap) as figures."""
    heads = numbered_heads()
    if not any([word.form in heads for word in words]):
        return words
    out: list[WordForm] = []
    for word in words:
        number = ordinal_figures().get(word.form) if out and out[-1].form in heads else None
        out.append(WordForm(word.printed, number) if number else word)
    return out


def strip_year(text: str) -> str:
    """A name without the year at its end (``… Tahun 2024``): every decree is of some year."""
    if not text.rstrip(" .)]")[-2:].isdigit():
        return text
    return final_year_pattern().sub("", text, count=1).rstrip() or text


@cache
def numbered_heads() -> frozenset[str]:
    """Words behind which a number is a place in a row."""
    return load_lexicon().grammar.numbered


@cache
def ordinal_figures() -> dict[str, str]:
    """Words and Roman figures by the figure that they stand for."""
    return {
        form: number for number, forms in load_lexicon().grammar.ordinals.items() for form in forms.split()
    }


@cache
def final_year_pattern() -> re.Pattern[str]:
    """The year behind one of the words for it, at the end of a text, in brackets or not."""
    words = "|".join(
        r"\s+".join(map(re.escape, phrase.split())) for phrase in load_lexicon().grammar.year_words
    )
    lead = r"(?:\b(?:pada|di|untuk|selama)\s+)?"
    year = r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?"
    return re.compile(rf"[\s(\[,-]*{lead}\b(?:{words})\s*{year}\s*[)\]]?\s*\.?\s*$", re.IGNORECASE)
