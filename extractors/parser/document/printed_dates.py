"""Dates as decrees print them: ``17 Mei 2023``, ``17-05-2023``, month names damaged or old."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

_WORDED_DATE = re.compile(r"(?<!\d)(\d{1,2}|)\s{0,12}([^\W\d_]{3,10})\s{1,6}((?:19|20)\d\d)(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date and where it stands in its text; ``iso`` is ``None`` where the day is blank or impossible."""

    iso: str | None
    start: int
    end: int


def find_date(text: str) -> PrintedDate | None:
    """The first date in a text."""
    text = ocr_digits.repair_digits(text)
    for match in _WORDED_DATE.finditer(text):
        if month := _month_number(match.group(2)):
            return PrintedDate(_iso_date(match.group(1), month, match.group(3)), *match.span())
    if numeric_match := _NUMERIC_DATE.search(text):
        day, month_digits, year = numeric_match.groups()
        return PrintedDate(_iso_date(day, int(month_digits), year), *numeric_match.span())
    return None


def _iso_date(day: str, month: int, year: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:  # a blank or impossible day, or month 13
        return None


@cache
def _month_number(word: str) -> int | None:
    months: dict[str, int] = vocabulary_matcher.load_table("words")["months"]
    best = process.extractOne(word.lower(), months.keys(), scorer=fuzz.ratio, score_cutoff=80)
    return months[best[0]] if best else None
