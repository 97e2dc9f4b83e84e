"""The civil servant number (NIP): 18 digits that say birth, appointment, sex and serial."""

from __future__ import annotations

from datetime import date

from pipeline.catalogue import Wording

ADULT = 18
"""Least age at appointment, in years."""


def problem(nip: str, camat: bool, written: date | None) -> Wording | None:
    """Why a NIP of 18 digits cannot be right; None where nothing speaks against it.

    A contract employee's number (NI PPPK) holds other things behind the year of appointment, so months are
    judged for a Camat alone, who is always a civil servant. A serial has no check digit: a transposed one
    cannot be seen.
    """
    born = _day(nip[:8])
    if born is None:
        return Wording(id=f"tanggal lahir {nip[:8]} tidak ada", en=f"there is no birth date {nip[:8]}")
    year, month = int(nip[8:12]), int(nip[12:14])
    if camat and not 1 <= month <= 12:
        return Wording(id=f"bulan pengangkatan {nip[12:14]} tidak ada", en=f"there is no month {nip[12:14]}")
    if nip[14] not in "12":
        return Wording(id=f"kode jenis kelamin {nip[14]} tidak ada", en=f"there is no code of sex {nip[14]}")
    if year < born.year + ADULT:
        return Wording(
            id=f"pengangkatan {year} sebelum berumur {ADULT} tahun",
            en=f"appointed in {year}, before the age of {ADULT}",
        )
    if written is not None and year > written.year:
        return Wording(
            id=f"pengangkatan {year} setelah keputusan {written.year}",
            en=f"appointed in {year}, after the decree of {written.year}",
        )
    return None


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
