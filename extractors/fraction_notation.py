"""A drawn division written with a slash: numerator, ``/``, denominator, brackets where they are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model.passage import Passage

_NEEDS_BRACKETS = re.compile(r"(?<=\s)[+−–—x×X*/:÷-](?=\s)")
_SLASH = Passage(" / ")
_OPEN, _CLOSE = Passage("("), Passage(")")


def write_fraction(numerator: Sequence[Passage], denominator: Sequence[Passage]) -> Passage:
    """``numerator / denominator``, each given as its printed lines."""
    return Passage.concatenate([_fraction_side(numerator), _SLASH, _fraction_side(denominator)])


def add_brackets(text: Passage) -> Passage:
    """A text between brackets that are not printed."""
    return Passage.concatenate([_OPEN, text, _CLOSE])


def _fraction_side(lines: Sequence[Passage]) -> Passage:
    side = Passage.join(" ", lines)
    return add_brackets(side) if needs_brackets(side.text) else side


def needs_brackets(side: str) -> bool:
    """Return whether a side of a fraction holds an operator outside brackets."""
    return _NEEDS_BRACKETS.search(side) is not None and not _is_bracketed(side)


def _is_bracketed(text: str) -> bool:
    """Is the whole text one bracket?"""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for i, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return i == len(text) - 1
    return False
