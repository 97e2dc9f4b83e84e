"""Comparing the words of names and formulas for the audit, on the shared normal forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.audit.lexicon import lexicon, words_of
from pipeline.words import align

if TYPE_CHECKING:
    from pipeline.words import Alignment

COMPARED = 16_384
"""Pairs of wordings whose comparison is kept: decrees of one regency print the same few."""
LEAST_LOST = 3
"""Words of a part that must be missing before the formula is said to measure something else."""

_BRACKETS = re.compile(r"\([^()]*\)?")
_CLAUSE = re.compile(r"[,;/]")


@lru_cache(maxsize=COMPARED)
def same_words(left: str, right: str, kecamatan: str | None = None) -> bool:
    """Whether two wordings mean the same thing of the same population under the same condition."""
    return align(left, right, kecamatan=kecamatan).same


@lru_cache(maxsize=COMPARED)
def unmatched(left: str, right: str, kecamatan: str | None = None) -> frozenset[str]:
    """Content words of ``left`` that ``right`` does not have, in lower case; measure words are none."""
    alignment: Alignment = align(left, right, kecamatan=kecamatan)
    rest = [*alignment.only_left, *(pair[0] for pair in alignment.replaced)]
    measures = lexicon()["measures"]
    return frozenset(word for word in words_of(" ".join(rest)) if not measures.is_word(word))


def readable(formula: str) -> str:
    """A formula of the linear syntax for readers: without quotes, with ×.

    >>> readable('"jumlah desa lunas" / "jumlah desa" * 100%')
    'jumlah desa lunas / jumlah desa × 100%'
    """
    parts = formula.split('"')
    return "".join(part if index % 2 else part.replace("*", "×") for index, part in enumerate(parts))


def as_printed(text: str, raw: str) -> str:
    """The text in the letters in which ``raw`` prints it; as it is where it does not stand there."""
    found = re.search(r"\s+".join(map(re.escape, text.split())), raw, re.IGNORECASE)
    return " ".join(found.group().split()) if found else text


def bare(name: str) -> str:
    """A name without its measure words: what is measured."""
    measures = lexicon()["measures"]
    return " ".join(word for word in name.split() if not measures.is_word(word.strip("(),.;:").casefold()))


def counted_head(text: str) -> str:
    """The thing that a count or a share is of: the first word behind measure and sum words."""
    table = lexicon()
    skipped = (table["measures"], table["sum_words"])
    return next((w for w in words_of(text) if not any(one.is_word(w) for one in skipped)), "")


def lost_condition(name: str, numerator: str, formula: str, kecamatan: str | None) -> str:
    """The condition that the name sets and the formula drops, in the name's words; empty where there is none.

    A condition is a word of the qualifier table; where the name has none, a participle after its marker
    (*yang diselesaikan*). Beside a qualifier the participle only carries it.
    """
    lost = unmatched(bare(name), numerator, kecamatan) - set(words_of(formula))
    if not lost:
        return ""
    table = lexicon()
    spoken = words_of(name)
    conditions = [word for word in spoken if table["qualifiers"].is_word(word)] or _participles(spoken)
    return " ".join(word for word in conditions if word in lost)


def _participles(spoken: list[str]) -> list[str]:
    table = lexicon()
    marker = next(
        (i for i, word in enumerate(spoken) if table["participle_markers"].is_word(word)), len(spoken)
    )
    return [
        word
        for word in spoken[marker + 1 :]
        if table["participles"].is_word(word) and not table["neutral_participles"].is_word(word)
    ]


def lost_conjunct(name: str, formula: str, kecamatan: str | None) -> str:
    """The part of a listed name (*A, B dan C*) that the formula holds less than half of; empty without one.

    A single word or two may be a kind of thing that the formula sums up. A name that shares no word at all
    with the formula is such a part as a whole. What stands in brackets only explains.
    """
    shortened = _BRACKETS.sub(" ", bare(name))
    lost = unmatched(shortened, formula, kecamatan)
    parts = _CLAUSE.split(lexicon()["conjunctions"].pattern.sub(",", shortened))
    for part in parts if len(parts) > 1 else ():
        content = words_of(part)
        missing = [word for word in content if word in lost]
        if len(missing) >= LEAST_LOST and 2 * len(missing) > len(content):
            return " ".join(part.split())
    nothing_left = lost and all(word in lost for word in words_of(shortened))
    return " ".join(shortened.split()) if nothing_left else ""
