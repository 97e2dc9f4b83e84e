"""Operators in words that run together with what is beside them, `dibagiJKS`, or that stand in brackets."""

from __future__ import annotations

import re
from functools import cache

from pipeline.formulas.reading.formula_reading import Repair
from pipeline.formulas.reading.formula_vocabulary import PhrasePrefilter, reading_table, regex_alternatives

_LONG_OPERATOR = 5
"""Letters of an operator that stands in no other word."""


def separate_operators(text: str) -> tuple[str, list[Repair]]:
    """Return the text with its operators as words of their own."""
    repairs: list[Repair] = []
    if not _glued_prefilter().may_contain(text):
        return text, repairs
    unbracketed_text = _bracketed_operator_pattern().sub(r"\g<operator>", text)
    if unbracketed_text != text:
        repairs.append(Repair.OPERATOR_UNBRACKETED)
    spaced_text = _glued_before_pattern().sub(
        r"\g<operator> ", _glued_behind_pattern().sub(r" \g<operator>", unbracketed_text)
    )
    if spaced_text != unbracketed_text:
        repairs.append(Repair.OPERATOR_WORD_REPAIRED)
    return spaced_text, repairs


def _operator_alternatives() -> str:
    words = {phrase.split()[0] for phrases in reading_table().operators.values() for phrase in phrases}
    return "|".join(
        sorted((word for word in words if len(word) > _LONG_OPERATOR), key=lambda word: (-len(word), word))
    )


@cache
def _glued_prefilter() -> PhrasePrefilter:
    """Return an operator that is not between blanks."""
    return PhrasePrefilter(
        re.compile(
            rf"\w(?:{_operator_alternatives()})|(?:{_operator_alternatives()})[\w∑)]|\(\W?(?:{_operator_alternatives()})",
            re.IGNORECASE,
        )
    )


@cache
def _glued_before_pattern() -> re.Pattern[str]:
    """Glued to a number or a sum word, or to a capital behind a small letter; else it is another word."""
    sums = regex_alternatives(reading_table().sums)
    return re.compile(
        rf"(?<!\w)(?P<operator>(?i:{_operator_alternatives()}))"
        rf"(?:(?=\d|∑|[iIlL|!][0oO]{{2}}|(?i:{sums})\b)|(?<=[a-z])(?=[A-Z]))"
    )


@cache
def _glued_behind_pattern() -> re.Pattern[str]:
    """Glued to what precedes: a code, or a word of some length."""
    return re.compile(rf"(?:(?<=[A-Z0-9])|(?<=[a-z]{{3}}))(?P<operator>{_operator_alternatives()})(?![a-z_])")


@cache
def _bracketed_operator_pattern() -> re.Pattern[str]:
    return re.compile(rf"\(\s?(?P<operator>(?:{_operator_alternatives()})(?: dengan)?)\s?\)", re.IGNORECASE)
