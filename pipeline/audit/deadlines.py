"""Deadlines of village documents as decrees state them, against those of the regulations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.audit.lexicon import Words, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.assessment import Wording
    from pipeline.audit.lexicon import Deadline

HALF_A_YEAR = 6
"""A month up to here, said to be of the fiscal year itself, is surely after the year's beginning."""
REACH = 60
"""Characters behind a deadline marker in which its date is looked for."""

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])|\n|;")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Contradiction:
    """A stated deadline that is later than the law's."""

    document: str
    stated: str
    law: Wording
    """What the regulation fixes, as a clause."""
    basis: str


def contradictions(text: str, name: str) -> Iterator[Contradiction]:
    """Deadlines in the text that lie after those of the regulations; an earlier one is stricter and allowed.

    A sentence that names no document speaks of the one that the indicator's name names. One that names
    several, or another kind of document, is left alone: whose the date is cannot be told.
    """
    for sentence in _SENTENCE.split(text):
        named = _named(sentence) or _named(name)
        if lexicon()["other_documents"].holds(sentence):
            continue
        marker = lexicon()["deadline_markers"].pattern.search(sentence)
        if marker is None or len(named) != 1:
            continue
        stated = sentence[marker.start() : marker.end() + REACH]
        if _too_late(stated[marker.end() - marker.start() :], named[0]):
            yield Contradiction(named[0].document, stated.strip(" .;"), named[0].law, named[0].basis)


def _named(text: str) -> list[Deadline]:
    return [deadline for deadline in lexicon().deadlines if deadline.words.holds(text)]


def _too_late(stated: str, deadline: Deadline) -> bool:
    months = lexicon().months
    found = Words.of(sorted(months)).first(stated)
    if found:
        month = months[found.casefold()]
        # Of a later month nobody can tell whether the year before is not meant after all.
        return month > deadline.month or (month <= HALF_A_YEAR and deadline.running.holds(stated))
    if deadline.months_after is None or not lexicon()["month_units"].holds(stated):
        return False
    number = _NUMBER.search(stated)
    spelled = Words.of(sorted(lexicon().numerals)).first(stated)
    count = int(number.group(1)) if number else lexicon().numerals[spelled.casefold()] if spelled else 0
    return count > deadline.months_after
