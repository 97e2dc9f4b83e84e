"""Formulas whose division sign may be lost: two things are counted, and yet they read as one quantity."""

from __future__ import annotations

import re

from pipeline.formulas.expression.linear_syntax import (
    Expression,
    Operation,
    iter_quantities,
    parse_expression,
)
from pipeline.formulas.reading.formula_vocabulary import reading_vocabulary, word_skeleton
from pipeline.formulas.reading.tokens.formula_tokenizer import is_sum_word

_MIN_COUNT_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+|[∑Σ]")


def is_undivided(printed: str, expression: str | None) -> bool:
    """Does a print that counts two things read as one quantity, divided by nothing?

    Of a percentage on a scan that is rather the colon between the two, of which no ink is left.
    """
    if expression is None or _count_words(printed) < _MIN_COUNT_WORDS:
        return False
    formula = parse_expression(expression)
    return len(list(iter_quantities(formula))) == 1 and not _contains_division(formula)


def _contains_division(expression: Expression) -> bool:
    if not isinstance(expression, Operation):
        return False
    return (
        expression.operator == "/"
        or _contains_division(expression.left)
        or _contains_division(expression.right)
    )


def _count_words(printed: str) -> int:
    """How many words for counting (``jumlah``, ``total``, ∑) stand in a print."""
    sums = {word_skeleton(word) for word in reading_vocabulary().table.sums}
    words = _WORD.findall(printed)
    return sum(word in "∑Σ" or word_skeleton(word) in sums or is_sum_word(word) for word in words)


def is_percentage(*texts: str | None) -> bool:
    """Does a name or a unit say that it is a percentage?"""
    description = " ".join(filter(None, texts)).casefold()
    return "%" in description or bool(
        set(_WORD.findall(description)) & reading_vocabulary().table.percentages
    )
