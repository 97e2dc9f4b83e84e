"""The civil servant number (NIP): 18 digits that say birth, appointment, sex and serial."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.messages import format_phrase

if TYPE_CHECKING:
    from pipeline.models.findings import Wording

MIN_APPOINTMENT_AGE = 18
"""Least age at appointment, in years."""


def find_nip_problem(nip: str, is_camat: bool, decree_date: date | None, name: str = "") -> Wording | None:
    """Why a NIP of 18 digits cannot be right; None where nothing speaks against it.

    A contract employee's number (NI PPPK) holds other things behind the year of appointment, so months are
    judged for a Camat alone, who is always a civil servant. A serial has no check digit: a transposed one
    cannot be seen.
    """
    birth_date = _parse_digits_date(nip[:8])
    if birth_date is None:
        return format_phrase("nip-birth", value=nip[:8])
    year, month = int(nip[8:12]), int(nip[12:14])
    if is_camat and not 1 <= month <= 12:
        return format_phrase("nip-month", value=nip[12:14])
    if nip[14] not in "12":
        return format_phrase("nip-sex", value=nip[14])
    # Where the month of appointment is one, it counts too: a year alone may be a month short.
    appointment_month = year * 12 + (month if 1 <= month <= 12 else 12)
    if appointment_month < (birth_date.year + MIN_APPOINTMENT_AGE) * 12 + birth_date.month:
        return format_phrase("nip-age", value=str(year), age=str(MIN_APPOINTMENT_AGE))
    if (
        decree_date is not None
        and year * 12 + (month if is_camat else 1) > decree_date.year * 12 + decree_date.month
    ):
        return format_phrase("nip-late", value=str(year), year=str(decree_date.year))
    return _contradicting_title(nip[14], name)


def _contradicting_title(sex: str, name: str) -> Wording | None:
    """A title before the name (Drs., Hj.) that is of the other sex than the number says."""
    titles = split_words(name.partition(",")[0])
    for digit, other_titles in (("2", load_lexicon().titles_male), ("1", load_lexicon().titles_female)):
        title = next((word for word in titles if other_titles.is_entry(word)), None)
        if sex == digit and title:
            return format_phrase("nip-title", value=sex, title=title.capitalize())
    return None


def _parse_digits_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
