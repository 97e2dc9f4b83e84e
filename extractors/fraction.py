"""A drawn division written with a slash: numerator, ``/``, denominator, brackets where they are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.passage import Passage

_NEEDS_BRACKETS = re.compile(r"(?<=\s)[+−–—x×X*/:÷-](?=\s)")
_SLASH = Passage(" / ")
_OPEN, _CLOSE = Passage("("), Passage(")")


def over(numerator: Sequence[Passage], denominator: Sequence[Passage]) -> Passage:
    """``numerator / denominator``, each given as its printed lines."""
    return Passage.glue([_side(numerator), _SLASH, _side(denominator)])


def bracketed(text: Passage) -> Passage:
    """A text between brackets that are not printed."""
    return Passage.glue([_OPEN, text, _CLOSE])


def _side(read: Sequence[Passage]) -> Passage:
    side = Passage.join(" ", read)
    if _NEEDS_BRACKETS.search(side.text) and not _is_bracketed(side.text):
        return bracketed(side)
    return side


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
