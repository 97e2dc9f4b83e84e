"""Dates as decrees print them: ``17 Mei 2023``, ``17-05-2023``, month names damaged or old."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from extractors.parse import digits, vocabulary

_WORDS = re.compile(r"(?<!\d)(\d{1,2}|)\s{0,12}([^\W\d_]{3,10})\s{1,6}((?:19|20)\d\d)(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date and where it stands in its text; ``iso`` is ``None`` where the day is blank or impossible."""

    iso: str | None
    start: int
    end: int


def find(text: str) -> Printed | None:
    """The first date in a text."""
    text = digits.repaired(text)
    for match in _WORDS.finditer(text):
        if month := _month(match.group(2)):
            return Printed(_iso(match.group(1), month, match.group(3)), *match.span())
    if figures := _FIGURES.search(text):
        day, month_figures, year = figures.groups()
        return Printed(_iso(day, int(month_figures), year), *figures.span())
    return None


def _iso(day: str, month: int, year: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:  # a blank or impossible day, or month 13
        return None


@cache
def _month(word: str) -> int | None:
    months: dict[str, int] = vocabulary.table("words")["months"]
    best = process.extractOne(word.lower(), months.keys(), scorer=fuzz.ratio, score_cutoff=80)
    return months[best[0]] if best else None
