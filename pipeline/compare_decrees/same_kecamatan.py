"""Compare the kecamatan of two decrees by its name and its regency's, allowing for OCR damage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from pipeline.audit.domain.region_names import MIN_OCR_SIMILARITY, fold_region_name
from pipeline.language.steps.own_office import strip_kecamatan_prefix
from pipeline.language.steps.spelling_repair import letter_skeleton
from pipeline.places import regencies

if TYPE_CHECKING:
    from extractors.model.record import Decree

KecamatanRelation = Literal["same", "like", "other", "unknown"]
"""``like``: perhaps the same name with OCR damage; ``unknown``: one decree does not name it."""


def compare_kecamatan(old: Decree, new: Decree) -> KecamatanRelation:
    """Return how the kecamatan of two decrees relate; kecamatan of two regencies are never the same."""
    district = _compare_names(
        strip_kecamatan_prefix(old.kecamatan or ""), strip_kecamatan_prefix(new.kecamatan or "")
    )
    regency = _compare_regencies(old.regency, new.regency)
    if "other" in (district, regency):
        return "other"
    if district == "unknown":
        return "unknown"
    return "like" if "like" in (district, regency) else "same"


def describe_owner(decree: Decree) -> str:
    """Return the kecamatan and regency of a decree in words."""
    district = strip_kecamatan_prefix(decree.kecamatan or "")
    name = f"kecamatan {district}" if district else "an unknown kecamatan"
    return f"{name} ({decree.regency})" if decree.regency else name


def _compare_names(left: str, right: str) -> KecamatanRelation:
    first, second = fold_region_name(left), fold_region_name(right)
    if not first or not second:
        return "unknown"
    if letter_skeleton(first) == letter_skeleton(second):
        return "same"
    # OCR may lose the end of a name, or join something to it.
    is_prefix = first.startswith(second) or second.startswith(first)
    return "like" if is_prefix or fuzz.ratio(first, second) >= MIN_OCR_SIMILARITY else "other"


def _compare_regencies(left: str | None, right: str | None) -> KecamatanRelation:
    if not left or not right:
        return "unknown"
    if regencies.is_same_regency(left, right):
        return "same"
    (kind, letters), (other_kind, other_letters) = regencies.regency_key(left), regencies.regency_key(right)
    if kind and other_kind and kind != other_kind:
        return "other"
    official_names = regencies.official_name(left), regencies.official_name(right)
    if all(official_names):
        return "other"
    return _compare_names(letters, other_letters)
