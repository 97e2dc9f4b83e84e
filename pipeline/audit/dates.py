"""I rules on time: a date that exists, agrees with the number, and lies in the decree's own period."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.lexicon import lexicon
from pipeline.audit.telling import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Context

INCOMPLETE_DATE = "date-incomplete"
"""Code of the extractor's note on a date that is no day of the calendar, or has a blank day."""

FAR = 5
"""Years between date and number from which the date cannot be right, whatever the period."""

_DAY = re.compile(r"(?<!\d)\d{1,2}\s+[^\W\d_]{3,10}\s+\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_LAST_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*$")
_SPAN = re.compile(
    r"(?<!\d)(20\d\d)\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga)\s*(20\d\d)(?!\d)", re.IGNORECASE
)


def _hit(decree: Decree, pointer: str, quote: str, **values: str) -> Hit:
    return Hit((Spot(decree, pointer, quote),), values, circumstance=origin(decree))


def impossible_date(decree: Decree) -> str:
    """The printed date that no calendar has (*31 Februari 2023*); empty where none is."""
    if decree.date:
        try:
            date.fromisoformat(decree.date)
        except ValueError:
            return decree.date
        return ""
    for note in decree.notes:
        if note.code == INCOMPLETE_DATE and (found := _DAY.search(note.message)):
            return found.group()
    return ""


def far_year(decree: Decree) -> str:
    """The year of the number, where the date's lies so far from it and from the period that it cannot be."""
    found = _LAST_YEAR.search(decree.number or "")
    if not found or not decree.date or impossible_date(decree):
        return ""
    written, numbered, period = int(decree.date[:4]), int(found.group(1)), decree.period
    if period and (period.start <= written <= period.end or numbered > period.end):
        return ""
    return found.group(1) if abs(written - numbered) >= FAR else ""


def invalid_date(context: Context) -> Iterator[Hit]:
    """I010: a date of adoption that does not exist, or is years away from number and period."""
    for decree in context.decrees:
        printed, year = impossible_date(decree), far_year(decree)
        if printed:
            why = phrase("date-none")
            yield _hit(decree, "/date", printed, date=printed, why_id=why.id, why_en=why.en)
        elif year:
            why = phrase("date-far", year=year)
            yield _hit(
                decree, "/date", decree.date or "", date=decree.date or "", why_id=why.id, why_en=why.en
            )


def year_of_number(context: Context) -> Iterator[Hit]:
    """I011: the number ends with another year than the date has; of one years away I010 tells."""
    for decree in context.decrees:
        found = _LAST_YEAR.search(decree.number or "")
        if found and decree.date and found.group(1) != decree.date[:4] and not far_year(decree):
            yield _hit(decree, "/number", decree.number or "", year=found.group(1), date=decree.date)


def period_mismatch(context: Context) -> Iterator[Hit]:
    """I012: a date, a title or a dictum that does not fit the decree's period."""
    for decree in context.decrees:
        period = decree.period
        if period is None:
            continue
        told = f"{period.start}–{period.end}"
        if period.start > period.end:
            yield _timed(decree, "/period", told, "period-reversed", period=told)
            continue
        if decree.date and int(decree.date[:4]) > period.end and not far_year(decree):
            yield _timed(decree, "/date", decree.date, "period-over", date=decree.date, period=told)
        for pointer, text, plan in _dated_texts(decree):
            for start, end in _SPAN.findall(text):
                inside = int(start) <= period.start and period.end <= int(end)
                if (int(start), int(end)) != (period.start, period.end) and not (plan and inside):
                    yield _timed(decree, pointer, text, "period-other", other=f"{start}–{end}", period=told)


def _timed(decree: Decree, pointer: str, quote: str, key: str, **values: str) -> Hit:
    why = phrase(key, **values)
    return _hit(decree, pointer, quote, why_id=why.id, why_en=why.en)


def _dated_texts(decree: Decree) -> Iterator[tuple[str, str, bool]]:
    """Texts that name the decree's own period; with ``True`` those of its plan, which may be wider."""
    table = lexicon()
    yield "/title", decree.title or "", False
    for index, text in enumerate(decree.dictums):
        yield f"/dictums/{index}", text, table["plans"].holds(text)
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            if table["plans"].holds(text) and not table["wider_plans"].holds(text):
                yield f"/{field}/{index}", text, True


RULES = {"I010": invalid_date, "I011": year_of_number, "I012": period_mismatch}
