"""Whether two decrees are of one kecamatan: by its name and its regency's, as OCR may have read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from pipeline.audit.regions import OCR_LIKE, fold
from pipeline.linking import regencies
from pipeline.words.office import bare
from pipeline.words.repair import skeleton

if TYPE_CHECKING:
    from extractors.record import Decree

Kinship = Literal["same", "like", "other", "unknown"]
"""``like``: perhaps one name read wrongly; ``unknown``: a side does not say."""


def kinship(old: Decree, new: Decree) -> Kinship:
    """Whether two decrees are of one kecamatan; two regencies never have one in common."""
    district = _names(bare(old.kecamatan or ""), bare(new.kecamatan or ""))
    regency = _regencies(old.regency, new.regency)
    if "other" in (district, regency):
        return "other"
    if district == "unknown":
        return "unknown"
    return "like" if "like" in (district, regency) else "same"


def told(decree: Decree) -> str:
    """Whose decree it is, for people."""
    district = bare(decree.kecamatan or "")
    name = f"kecamatan {district}" if district else "an unknown kecamatan"
    return f"{name} ({decree.regency})" if decree.regency else name


def _names(one: str, other: str) -> Kinship:
    first, second = fold(one), fold(other)
    if not first or not second:
        return "unknown"
    if skeleton(first) == skeleton(second):
        return "same"
    # The end of a name may be lost, or something may be joined to it.
    whole = first.startswith(second) or second.startswith(first)
    return "like" if whole or fuzz.ratio(first, second) >= OCR_LIKE else "other"


def _regencies(one: str | None, other: str | None) -> Kinship:
    if not one or not other:
        return "unknown"
    if regencies.same(one, other):
        return "same"
    (kind, letters), (other_kind, other_letters) = regencies.key(one), regencies.key(other)
    if kind and other_kind and kind != other_kind:
        return "other"
    official = regencies.official(one), regencies.official(other)
    if all(official):
        return "other"
    return _names(letters, other_letters)
