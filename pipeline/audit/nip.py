"""The civil servant number (NIP): 18 digits that say birth, appointment, sex and serial."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.telling import phrase

if TYPE_CHECKING:
    from pipeline.assessment import Wording

ADULT = 18
"""Least age at appointment, in years."""


def problem(nip: str, camat: bool, written: date | None, name: str = "") -> Wording | None:
    """Why a NIP of 18 digits cannot be right; None where nothing speaks against it.

    A contract employee's number (NI PPPK) holds other things behind the year of appointment, so months are
    judged for a Camat alone, who is always a civil servant. A serial has no check digit: a transposed one
    cannot be seen.
    """
    born = _day(nip[:8])
    if born is None:
        return phrase("nip-birth", value=nip[:8])
    year, month = int(nip[8:12]), int(nip[12:14])
    if camat and not 1 <= month <= 12:
        return phrase("nip-month", value=nip[12:14])
    if nip[14] not in "12":
        return phrase("nip-sex", value=nip[14])
    # Where the month of appointment is one, it counts too: a year alone may be a month short.
    appointed = year * 12 + (month if 1 <= month <= 12 else 12)
    if appointed < (born.year + ADULT) * 12 + born.month:
        return phrase("nip-age", value=str(year), age=str(ADULT))
    if written is not None and year * 12 + (month if camat else 1) > written.year * 12 + written.month:
        return phrase("nip-late", value=str(year), year=str(written.year))
    return _title_against(nip[14], name)


def _title_against(sex: str, name: str) -> Wording | None:
    """A title before the name (Drs., Hj.) that is of the other sex than the number says."""
    titles = words_of(name.partition(",")[0])
    for digit, table in (("2", "titles_male"), ("1", "titles_female")):
        title = next((word for word in titles if lexicon()[table].is_word(word)), None)
        if sex == digit and title:
            return phrase("nip-title", value=sex, title=title.capitalize())
    return None


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
