"""I rules on time: a date that exists, agrees with the number, and lies in the decree's own period."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.domain.messages import format_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext

INCOMPLETE_DATE = "date-incomplete"
"""Code of the extractor's note on a date that is no day of the calendar, or has a blank day."""

MAX_YEARS_APART = 5
"""Years between date and number from which the date cannot be right, whatever the period."""

_TRAILING_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*$")
_YEAR_SPAN = re.compile(
    r"(?<!\d)(20\d\d)\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga)\s*(20\d\d)(?!\d)", re.IGNORECASE
)


def _make_violation(decree: Decree, pointer: str, quote: str, **values: str) -> Violation:
    return Violation((Location(decree, pointer, quote),), values, circumstance=text_origin(decree))


def impossible_date(decree: Decree) -> str:
    """Return the printed date that no calendar has (*31 Februari 2023*); empty where none is."""
    if decree.date:
        try:
            date.fromisoformat(decree.date)
        except ValueError:
            return decree.date
        return ""
    for note in decree.notes:
        if note.code == INCOMPLETE_DATE and note.date is not None and note.date.day is not None:
            return note.printed or ""
    return ""


def far_year(decree: Decree) -> str:
    """The year of the number, where the date's lies so far from it and from the period that it cannot be."""
    match = _TRAILING_YEAR.search(decree.number or "")
    if not match or not decree.date or impossible_date(decree):
        return ""
    date_year, number_year, period = int(decree.date[:4]), int(match.group(1)), decree.period
    if period and (period.start <= date_year <= period.end or number_year > period.end):
        return ""
    return match.group(1) if abs(date_year - number_year) >= MAX_YEARS_APART else ""


def invalid_date(context: AuditContext) -> Iterator[Violation]:
    """I010: a date of adoption that does not exist, or is years away from number and period."""
    for decree in context.decrees:
        printed_date, year = impossible_date(decree), far_year(decree)
        if printed_date:
            reason = format_phrase("date-none")
            yield _make_violation(
                decree, "/date", printed_date, date=printed_date, why_id=reason.id, why_en=reason.en
            )
        elif year:
            reason = format_phrase("date-far", year=year)
            yield _make_violation(
                decree, "/date", decree.date or "", date=decree.date or "", why_id=reason.id, why_en=reason.en
            )


def year_of_number(context: AuditContext) -> Iterator[Violation]:
    """I011: the number ends with another year than the date has; of one years away I010 tells."""
    for decree in context.decrees:
        match = _TRAILING_YEAR.search(decree.number or "")
        if match and decree.date and match.group(1) != decree.date[:4] and not far_year(decree):
            yield _make_violation(
                decree, "/number", decree.number or "", year=match.group(1), date=decree.date
            )


def period_mismatch(context: AuditContext) -> Iterator[Violation]:
    """I012: a date, a title or a dictum that does not fit the decree's period."""
    for decree in context.decrees:
        period = decree.period
        if period is None:
            continue
        period_text = f"{period.start}–{period.end}"
        if period.start > period.end:
            yield _period_violation(decree, "/period", period_text, "period-reversed", period=period_text)
            continue
        if decree.date and int(decree.date[:4]) > period.end and not far_year(decree):
            yield _period_violation(
                decree, "/date", decree.date, "period-over", date=decree.date, period=period_text
            )
        for pointer, text, is_plan in _texts_with_period(decree):
            for start, end in _YEAR_SPAN.findall(text):
                is_within = int(start) <= period.start and period.end <= int(end)
                if (int(start), int(end)) != (period.start, period.end) and not (is_plan and is_within):
                    yield _period_violation(
                        decree, pointer, text, "period-other", other=f"{start}–{end}", period=period_text
                    )


def _period_violation(decree: Decree, pointer: str, quote: str, key: str, **values: str) -> Violation:
    reason = format_phrase(key, **values)
    return _make_violation(decree, pointer, quote, why_id=reason.id, why_en=reason.en)


def _texts_with_period(decree: Decree) -> Iterator[tuple[str, str, bool]]:
    """Texts that name the decree's own period; with ``True`` those of its plan, which may be wider."""
    table = load_lexicon()
    yield "/title", decree.title or "", False
    for index, text in enumerate(decree.dictums):
        yield f"/dictums/{index}", text, table.plans.occurs_in(text)
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            if table.plans.occurs_in(text) and not table.wider_plans.occurs_in(text):
                yield f"/{field}/{index}", text, True


RULES = {"I010": invalid_date, "I011": year_of_number, "I012": period_mismatch}
