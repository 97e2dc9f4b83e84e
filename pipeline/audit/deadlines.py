"""Deadlines of village documents as decrees state them, against those of the regulations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.audit.lexicon import Words, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.assessment import Wording
    from pipeline.audit.lexicon import Deadline

HALF_A_YEAR = 6
"""A month up to here, said to be of the fiscal year itself, is surely after the year's beginning."""
MONTHS = 12
LAST_DAY = 31
REACH = 60
"""Characters behind a deadline marker in which its date is looked for."""

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])|\n|;")
_CLAUSE = re.compile(r",\s+|\s+(?:dan|serta|sedangkan|sementara)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(?<![\d/.-])\d{1,2}\s?[-/]\s?(\d{1,2})(?!\d)")
_DAYS = re.compile(r"(?<!\d)(\d{1,3})\s*(?:\([^()]{0,40}\)\s*)?hari\b", re.IGNORECASE)
_SHORTEST_END = 28
"""A day from here on is the end of its month, whichever month it is."""


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

    A sentence that names no document speaks of the one that the indicator's name names. In one that names
    several, each clause with its own document and date is read by itself. What names another kind of
    document is left alone: whose the date is cannot be told.
    """
    for clause, deadline in _clauses(text, name):
        stated = _stated(clause)
        if _too_late(stated.date, deadline):
            yield Contradiction(deadline.document, stated.text, deadline.law, deadline.basis)


def same_deadlines(left: str, right: str, name: str) -> bool:
    """Whether two explanations consist of deadlines for the same documents and the same days.

    *3 bulan setelah tahun anggaran berakhir* is *31 Maret tahun berikutnya*, *akhir September* the thirtieth.
    """
    ours, theirs = _days(left, name), _days(right, name)
    return bool(ours) and ours == theirs


def _days(text: str, name: str) -> dict[str, tuple[int, int, bool]]:
    """Month, day and lateness of the deadline of each document; empty where the text says anything else."""
    found: dict[str, tuple[int, int, bool]] = {}
    for sentence in filter(str.strip, _SENTENCE.split(text)):
        clauses = list(_clauses(sentence, name))
        named = {deadline.document for deadline in _named(sentence) or _named(name)}
        if not clauses or {deadline.document for _, deadline in clauses} != named:
            return {}
        for clause, deadline in clauses:
            date = _stated(clause).date
            day = _day(date, deadline)
            if day is None or deadline.document in found:
                return {}
            found[deadline.document] = (*day, _too_late(date, deadline))
    return found


def _day(stated: str, deadline: Deadline) -> tuple[int, int] | None:
    """Month and day of a date; the end of its month is day 31. None where it cannot be told."""
    month = _month(stated)
    if month is not None:
        number = _NUMBER.search(stated)
        day = int(number.group(1)) if number else LAST_DAY
        return month, LAST_DAY if day >= _SHORTEST_END else day
    count = _count(stated)
    if deadline.months_after is None or not count or not lexicon()["month_units"].holds(stated):
        return None
    return count, LAST_DAY


@dataclass(frozen=True)
class _Stated:
    """A deadline as printed: with its marker, and what follows the marker."""

    text: str
    date: str


def _stated(clause: str) -> _Stated:
    marker = lexicon()["deadline_markers"].pattern.search(clause)
    start, end = marker.span() if marker else (0, 0)  # the marker of the clause before holds on
    return _Stated(clause[start : end + REACH].strip(" .;,)"), clause[end : end + REACH])


def _clauses(text: str, name: str) -> Iterator[tuple[str, Deadline]]:
    """Sentences and clauses that state the deadline of one known document, each with what is known of it."""
    markers, others = lexicon()["deadline_markers"], lexicon()["other_documents"]
    for sentence in _SENTENCE.split(text):
        named = _named(sentence) or _named(name)
        if len(named) == 1:
            if markers.holds(sentence) and not others.holds(sentence):
                yield sentence, named[0]
            continue
        listed = marked = False  # listed: documents without a date yet, so that the next date is theirs too
        for clause in _CLAUSE.split(sentence):
            named = _named(clause)
            marked = marked or markers.holds(clause)
            dated = markers.holds(clause) or (marked and _month(clause) is not None)
            if len(named) == 1 and dated and not listed and not others.holds(clause):
                yield clause, named[0]
            listed = (listed or bool(named) or others.holds(clause)) and not dated


def _named(text: str) -> list[Deadline]:
    return [deadline for deadline in lexicon().deadlines if deadline.words.holds(text)]


def _too_late(stated: str, deadline: Deadline) -> bool:
    month = _month(stated)
    if month is not None:
        # Of a later month nobody can tell whether the year before is not meant after all.
        return month > deadline.month or (month <= HALF_A_YEAR and deadline.running.holds(stated))
    if deadline.months_after is None:
        return False
    days = _DAYS.search(stated)
    if days:
        return int(days.group(1)) > deadline.months_after * LAST_DAY
    return lexicon()["month_units"].holds(stated) and _count(stated) > deadline.months_after


def _month(stated: str) -> int | None:
    """The month of a date in words (*31 Maret*) or in figures (*31-3*)."""
    found = _month_words().first(stated)
    if found:
        return lexicon().months[found.casefold()]
    figures = _FIGURES.search(stated)
    return int(figures.group(1)) if figures and 1 <= int(figures.group(1)) <= MONTHS else None


@cache
def _month_words() -> Words:
    return Words.of(sorted(lexicon().months))


@cache
def _numerals() -> Words:
    return Words.of(sorted(lexicon().numerals))


def _count(stated: str) -> int:
    """The first number of a span of time, in figures or words; 0 without one."""
    number = _NUMBER.search(stated)
    spelled = _numerals().first(stated)
    return int(number.group(1)) if number else lexicon().numerals[spelled.casefold()] if spelled else 0
