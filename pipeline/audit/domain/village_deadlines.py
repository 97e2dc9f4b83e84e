"""Deadlines of village documents as decrees state them, against those of the regulations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import PhrasePattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.audit.core.audit_lexicon import DocumentDeadline
    from pipeline.models.findings import Wording

MID_YEAR_MONTH = 6
"""A month up to here, said to be of the fiscal year itself, is surely after the year's beginning."""
MONTHS_PER_YEAR = 12
LAST_DAY = 31
DATE_REACH = 60
"""Characters behind a deadline marker in which its date is looked for."""

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])|\n|;")
_CLAUSE = re.compile(r",\s+|\s+(?:dan|serta|sedangkan|sementara)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(?<![\d/.-])\d{1,2}\s?[-/]\s?(\d{1,2})(?!\d)")
_DAYS = re.compile(r"(?<!\d)(\d{1,3})\s*(?:\([^()]{0,40}\)\s*)?hari\b", re.IGNORECASE)
_SHORTEST_END = 28
"""A day from here on is the end of its month, whichever month it is."""


@dataclass(frozen=True)
class DeadlineContradiction:
    """A stated deadline that is later than the law's."""

    document: str
    stated: str
    law: Wording
    """What the regulation fixes, as a clause."""
    basis: str


def find_contradictions(text: str, name: str) -> Iterator[DeadlineContradiction]:
    """Deadlines in the text that lie after those of the regulations; an earlier one is stricter and allowed.

    A sentence that names no document speaks of the one that the indicator's name names. In one that names
    several, each clause with its own document and date is read by itself. What names another kind of
    document is left alone: whose the date is cannot be told.
    """
    for clause, deadline in _deadline_clauses(text, name):
        deadline_text = _read_deadline(clause)
        if _is_too_late(deadline_text.date, deadline):
            yield DeadlineContradiction(deadline.document, deadline_text.text, deadline.law, deadline.basis)


def states_deadline(text: str) -> bool:
    """Return whether a text gives a date, or marks one as the last."""
    return load_lexicon().deadline_markers.occurs_in(text) or _find_month(text) is not None


def deadline_days(text: str, name: str) -> dict[str, tuple[int, int, bool]]:
    """Return month, day and lateness of each document's deadline; empty where the text says anything else.

    *3 bulan setelah tahun anggaran berakhir* is *31 Maret tahun berikutnya*, *akhir September* the thirtieth.
    """
    days_by_document: dict[str, tuple[int, int, bool]] = {}
    for sentence in filter(str.strip, _SENTENCE.split(text)):
        clauses = list(_deadline_clauses(sentence, name))
        named_documents = {
            deadline.document for deadline in _named_documents(sentence) or _named_documents(name)
        }
        if not clauses or {deadline.document for _, deadline in clauses} != named_documents:
            return {}
        for clause, deadline in clauses:
            date = _read_deadline(clause).date
            day = _month_and_day(date, deadline)
            if day is None or deadline.document in days_by_document:
                return {}
            days_by_document[deadline.document] = (*day, _is_too_late(date, deadline))
    return days_by_document


def _month_and_day(date_text: str, deadline: DocumentDeadline) -> tuple[int, int] | None:
    """Month and day of a date; the end of its month is day 31. None where it cannot be told."""
    month = _find_month(date_text)
    if month is not None:
        number = _NUMBER.search(date_text)
        day = int(number.group(1)) if number else LAST_DAY
        return month, LAST_DAY if day >= _SHORTEST_END else day
    count = _first_number(date_text)
    if deadline.months_after is None or not count or not load_lexicon().month_units.occurs_in(date_text):
        return None
    return count, LAST_DAY


@dataclass(frozen=True)
class _StatedDeadline:
    """A deadline as printed: with its marker, and what follows the marker."""

    text: str
    date: str


def _read_deadline(clause: str) -> _StatedDeadline:
    marker = load_lexicon().deadline_markers.pattern.search(clause)
    start, end = marker.span() if marker else (0, 0)  # the marker of the clause before holds on
    return _StatedDeadline(clause[start : end + DATE_REACH].strip(" .;,)"), clause[end : end + DATE_REACH])


def _deadline_clauses(text: str, name: str) -> Iterator[tuple[str, DocumentDeadline]]:
    """Sentences and clauses that state the deadline of one known document, each with what is known of it."""
    markers, other_documents = load_lexicon().deadline_markers, load_lexicon().other_documents
    for sentence in _SENTENCE.split(text):
        documents = _named_documents(sentence) or _named_documents(name)
        if len(documents) == 1:
            if markers.occurs_in(sentence) and not other_documents.occurs_in(sentence):
                yield sentence, documents[0]
            continue
        has_undated = has_marker = (
            False  # listed: documents without a date yet, so that the next date is theirs too
        )
        for clause in _CLAUSE.split(sentence):
            documents = _named_documents(clause)
            has_marker = has_marker or markers.occurs_in(clause)
            has_date = markers.occurs_in(clause) or (has_marker and _find_month(clause) is not None)
            if len(documents) == 1 and has_date and not has_undated and not other_documents.occurs_in(clause):
                yield clause, documents[0]
            has_undated = (
                has_undated or bool(documents) or other_documents.occurs_in(clause)
            ) and not has_date


def _named_documents(text: str) -> list[DocumentDeadline]:
    return [deadline for deadline in load_lexicon().deadlines if deadline.words.occurs_in(text)]


def _is_too_late(date_text: str, deadline: DocumentDeadline) -> bool:
    month = _find_month(date_text)
    if month is not None:
        # Of a later month nobody can tell whether the year before is not meant after all.
        return month > deadline.month or (month <= MID_YEAR_MONTH and deadline.running.occurs_in(date_text))
    if deadline.months_after is None:
        return False
    days = _DAYS.search(date_text)
    if days:
        return int(days.group(1)) > deadline.months_after * LAST_DAY
    return (
        load_lexicon().month_units.occurs_in(date_text) and _first_number(date_text) > deadline.months_after
    )


def _find_month(date_text: str) -> int | None:
    """The month of a date in words (*31 Maret*) or in figures (*31-3*)."""
    month_word = _month_words().find_first(date_text)
    if month_word:
        return load_lexicon().months[month_word.casefold()]
    figures = _FIGURES.search(date_text)
    return int(figures.group(1)) if figures and 1 <= int(figures.group(1)) <= MONTHS_PER_YEAR else None


@cache
def _month_words() -> PhrasePattern:
    return PhrasePattern.from_entries(sorted(load_lexicon().months))


@cache
def _numeral_words() -> PhrasePattern:
    return PhrasePattern.from_entries(sorted(load_lexicon().numerals))


def _first_number(date_text: str) -> int:
    """The first number of a span of time, in figures or words; 0 without one."""
    number = _NUMBER.search(date_text)
    numeral = _numeral_words().find_first(date_text)
    return int(number.group(1)) if number else load_lexicon().numerals[numeral.casefold()] if numeral else 0
