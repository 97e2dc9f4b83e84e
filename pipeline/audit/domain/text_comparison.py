"""Comparing the words of names and formulas for the audit, on the shared normal forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.language import align_names, normalise_text

if TYPE_CHECKING:
    from pipeline.language import Alignment

COMPARISON_CACHE_SIZE = 16_384
"""Pairs of wordings whose comparison is kept: decrees of one regency print the same few."""
MIN_LOST_WORDS = 3
"""Words of a part that must be missing before the formula is said to measure something else."""

_BRACKETS = re.compile(r"\([^()]*\)?")
_CLAUSE = re.compile(r"[,;/]")


@lru_cache(maxsize=COMPARISON_CACHE_SIZE)
def same_words(left: str, right: str, kecamatan: str | None = None) -> bool:
    """Whether two wordings mean the same thing of the same population under the same condition."""
    return align_names(left, right, kecamatan=kecamatan).same


@lru_cache(maxsize=COMPARISON_CACHE_SIZE)
def unmatched_words(left: str, right: str, kecamatan: str | None = None) -> frozenset[str]:
    """Content words of ``left`` that ``right`` does not have, in lower case; measure words are none."""
    alignment: Alignment = align_names(left, right, kecamatan=kecamatan)
    left_words = [*alignment.only_left, *(pair[0] for pair in alignment.replaced)]
    measures = load_lexicon().measures
    return frozenset(word for word in split_words(" ".join(left_words)) if not measures.is_entry(word))


def readable_formula(formula: str) -> str:
    """A formula of the linear syntax for readers: without quotes, with ×.

    >>> readable('"jumlah desa lunas" / "jumlah desa" * 100%')
    'jumlah desa lunas / jumlah desa × 100%'
    """
    parts = formula.split('"')
    return "".join(part if index % 2 else part.replace("*", "×") for index, part in enumerate(parts))


def printed_spelling(text: str, raw: str) -> str:
    """The text in the letters in which ``raw`` prints it; as it is where it does not stand there."""
    match = re.search(r"\s+".join(map(re.escape, text.split())), raw, re.IGNORECASE)
    return " ".join(match.group().split()) if match else text


def strip_measures(name: str) -> str:
    """A name without its measure words: what is measured."""
    measures = load_lexicon().measures
    return " ".join(word for word in name.split() if not measures.is_entry(word.strip("(),.;:").casefold()))


def counted_head(text: str) -> str:
    """The thing that a count or a share is of: the first word behind measure and sum words."""
    table = load_lexicon()
    skipped_lists = (table.measures, table.sum_words)
    return next(
        (w for w in split_words(text) if not any(word_list.is_entry(w) for word_list in skipped_lists)), ""
    )


def shares_content(name: str, text: str, kecamatan: str | None = None) -> bool:
    """Return whether a text has any word of what a name measures."""
    measured = strip_measures(name)
    content = {
        word for token in normalise_text(measured, kecamatan).content for word in split_words(token.printed)
    }
    return not content or bool(content - unmatched_words(measured, text, kecamatan))


def lost_conjunct(name: str, formula: str, kecamatan: str | None) -> str:
    """The part of a listed name (*A, B dan C*) that the formula holds less than half of; empty without one.

    A single word or two may be a kind of thing that the formula sums up. A name that shares no word at all
    with the formula is such a part as a whole. What stands in brackets only explains.
    """
    shortened = _BRACKETS.sub(" ", strip_measures(name))
    lost_words = unmatched_words(shortened, formula, kecamatan)
    parts = _CLAUSE.split(load_lexicon().conjunctions.pattern.sub(",", shortened))
    for part in parts if len(parts) > 1 else ():
        content = split_words(part)
        missing = [word for word in content if word in lost_words]
        if len(missing) >= MIN_LOST_WORDS and 2 * len(missing) > len(content):
            return " ".join(part.split())
    terms = [token for token in normalise_text(shortened, kecamatan).tokens if token.kind]
    for kind in {token.kind for token in terms}:
        listed = [token.printed for token in terms if token.kind == kind]
        lost_terms = [term for term in listed if set(split_words(term)) <= lost_words]
        if lost_terms and len(lost_terms) < len(listed) and len(parts) > 1:
            return lost_terms[0]
    nothing_left = lost_words and all(word in lost_words for word in split_words(shortened))
    return " ".join(shortened.split()) if nothing_left else ""
