"""Dates as decrees print them: ``17 Mei 2023``, ``17-05-2023``, month names damaged or old."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from extractors.model.record import DateParts
from extractors.parser.vocabulary import ocr_digits
from extractors.parser.vocabulary.vocabulary_tables import word_table

_WORDED_DATE = re.compile(r"(?<!\d)(\d{1,2}|)\s{0,12}([^\W\d_]{3,10})\s{1,6}((?:19|20)\d\d)(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date and where it stands in its text."""

    day: int | None
    """``None`` where it is left blank."""
    month: int
    year: int
    start: int
    end: int

    @property
    def iso(self) -> str | None:
        """The day in ISO 8601; ``None`` where it is blank or in no calendar (31 February, month 13)."""
        try:
            return date(self.year, self.month, self.day).isoformat() if self.day is not None else None
        except ValueError:
            return None

    @property
    def parts(self) -> DateParts:
        """What is printed, for a note."""
        return DateParts(day=self.day, month=self.month, year=self.year)


def find_date(text: str) -> PrintedDate | None:
    """The first date in a text."""
    text = ocr_digits.repair_digits(text)
    for match in _WORDED_DATE.finditer(text):
        if month := _month_number(match.group(2)):
            day = match.group(1)
            return PrintedDate(int(day) if day else None, month, int(match.group(3)), *match.span())
    if numeric_match := _NUMERIC_DATE.search(text):
        numeric_day, numeric_month, numeric_year = map(int, numeric_match.groups())
        return PrintedDate(numeric_day, numeric_month, numeric_year, *numeric_match.span())
    return None


@cache
def _month_number(word: str) -> int | None:
    months = word_table().months
    best = process.extractOne(word.lower(), months.keys(), scorer=fuzz.ratio, score_cutoff=80)
    return months[best[0]] if best else None
