"""Formulas whose division sign may be lost: two things are counted, and yet they read as one quantity."""

from __future__ import annotations

import re

from pipeline.formulas.expression import Expression, Operation, parse, quantities
from pipeline.formulas.knowledge import knowledge, skeleton
from pipeline.formulas.tokens import is_sum_word

_COUNTED = 2
_WORD = re.compile(r"[^\W\d_]+|[∑Σ]")


def is_undivided(printed: str, expression: str | None) -> bool:
    """Does a print that counts two things read as one quantity, divided by nothing?

    Of a percentage on a scan that is rather the colon between the two, of which no ink is left.
    """
    if expression is None or _count_words(printed) < _COUNTED:
        return False
    read = parse(expression)
    return len(list(quantities(read))) == 1 and not _divides(read)


def _divides(expression: Expression) -> bool:
    if not isinstance(expression, Operation):
        return False
    return expression.operator == "/" or _divides(expression.left) or _divides(expression.right)


def _count_words(printed: str) -> int:
    """How many words for counting (``jumlah``, ``total``, ∑) stand in a print."""
    sums = {skeleton(word) for word in knowledge().sums}
    words = _WORD.findall(printed)
    return sum(word in "∑Σ" or skeleton(word) in sums or is_sum_word(word) for word in words)


def is_percentage(*texts: str | None) -> bool:
    """Does a name or a unit say that it is a percentage?"""
    said = " ".join(filter(None, texts)).casefold()
    return "%" in said or bool(set(_WORD.findall(said)) & knowledge().percentages)
