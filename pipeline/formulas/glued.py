"""Operators in words that run together with what is beside them, `dibagiJKS`, or that stand in brackets."""

from __future__ import annotations

import re
from functools import cache

from pipeline.formulas.knowledge import Cue, tables

_LONG = 5
"""Letters of an operator that stands in no other word."""


def parted(text: str, repairs: list[str]) -> str:
    """The text with its operators as words of their own."""
    if not _cue().within(text):
        return text
    bare = _bracketed().sub(r"\g<operator>", text)
    if bare != text:
        repairs.append("brackets around an operator dropped")
    apart = _before().sub(r"\g<operator> ", _behind().sub(r" \g<operator>", bare))
    if apart != bare:
        repairs.append("operator word repaired")
    return apart


def _words() -> str:
    words = {phrase.split()[0] for phrases in tables()["operators"].values() for phrase in phrases}
    return "|".join(
        sorted((word for word in words if len(word) > _LONG), key=lambda word: (-len(word), word))
    )


@cache
def _cue() -> Cue:
    """An operator that is not between blanks."""
    return Cue(re.compile(rf"\w(?:{_words()})|(?:{_words()})[\w∑)]|\(\W?(?:{_words()})", re.IGNORECASE))


@cache
def _before() -> re.Pattern[str]:
    """Glued to what follows: a number, or a capital behind a small letter; else it is another word."""
    return re.compile(
        rf"(?<!\w)(?P<operator>(?i:{_words()}))(?:(?=\d|∑|[iIlL|!][0oO]{{2}})|(?<=[a-z])(?=[A-Z]))"
    )


@cache
def _behind() -> re.Pattern[str]:
    """Glued to what precedes: a code, or a word of some length."""
    return re.compile(rf"(?:(?<=[A-Z0-9])|(?<=[a-z]{{3}}))(?P<operator>{_words()})(?![a-z_])")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(rf"\(\s?(?P<operator>(?:{_words()})(?: dengan)?)\s?\)", re.IGNORECASE)
