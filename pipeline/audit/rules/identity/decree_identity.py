"""I rules: number, date, signatory and NIP of a decree, and the region that it names."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import split_words
from pipeline.audit.domain.civil_servant_number import find_nip_problem
from pipeline.audit.domain.kecamatan_variants import group_variants
from pipeline.audit.domain.messages import format_phrase, join_wordings
from pipeline.audit.domain.region_names import MIN_OCR_SIMILARITY
from pipeline.audit.rules.identity.adoption_date import impossible_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext

# A serial is blank where nothing but blanks, dots or rules stands before or between slashes.
_BLANK_SERIAL = re.compile(r"(?:^|/)[\s._…-]*/|[._…]{2,}")


MAX_DAYS_TOGETHER = 31
"""Days within which one officer does not leave one kecamatan and take over another."""
SIGNATURE_PARTS = ("position", "name", "nip")
"""What a signature block must have."""


def _make_violation(
    decree: Decree, pointer: str, quote: str = "", circumstance: str | None = None, **values: str
) -> Violation:
    return Violation(
        (Location(decree, pointer, quote),), values, circumstance=circumstance or text_origin(decree)
    )


def has_blank_serial(number: str) -> bool:
    """Whether a decree's number has no serial, so that it names no single decree."""
    return (
        _BLANK_SERIAL.search(number) is not None or load_lexicon().name_enders.match_start(number) is not None
    )


def blank_number(context: AuditContext) -> Iterator[Violation]:
    """I001: a decree number whose serial part is blank."""
    for decree in context.decrees:
        number = decree.number
        if number and has_blank_serial(number):
            yield _make_violation(decree, "/number", number, number=number)


def no_number(context: AuditContext) -> Iterator[Violation]:
    """I002: no decree number at all."""
    for decree in context.decrees:
        if not decree.number:
            also = format_phrase("nothing" if decree.period else "no-period")
            yield _make_violation(decree, "/number", period_id=also.id, period_en=also.en)


def no_date(context: AuditContext) -> Iterator[Violation]:
    """I003: no date of adoption."""
    for decree in context.decrees:
        if not decree.date and not impossible_date(decree):
            yield _make_violation(decree, "/date")


def incomplete_signature(context: AuditContext) -> Iterator[Violation]:
    """I004: the signature block lacks post, name or NIP; where all are gone, the page may be."""
    for decree in context.decrees:
        signer = decree.signatory
        missing_parts = [part for part in SIGNATURE_PARTS if not (signer and getattr(signer, part))]
        if missing_parts:
            part_names = join_wordings(format_phrase(part) for part in missing_parts)
            quote = (signer.name or signer.position or "") if signer else ""
            signature_state = "absent" if len(missing_parts) == len(SIGNATURE_PARTS) else "present"
            yield _make_violation(
                decree,
                "/signatory",
                quote,
                signature_state,
                missing_id=part_names.id,
                missing_en=part_names.en,
            )


def invalid_nip(context: AuditContext) -> Iterator[Violation]:
    """I005: a NIP that no person can have."""
    for decree in context.decrees:
        nip = decree.signatory.nip if decree.signatory else None
        if decree.signatory and nip:
            is_camat = not decree.signatory.position or load_lexicon().head.occurs_in(
                decree.signatory.position
            )
            nip_problem = find_nip_problem(nip, is_camat, _adoption_date(decree), decree.signatory.name or "")
            if nip_problem:
                yield _make_violation(
                    decree, "/signatory/nip", nip, nip=nip, why_id=nip_problem.id, why_en=nip_problem.en
                )


def shared_nip(context: AuditContext) -> Iterator[Violation]:
    """I006: one NIP signs for two kecamatan."""
    for nip, decrees in group_decrees(
        context.decrees, lambda d: d.signatory.nip if d.signatory else None
    ).items():
        places = sorted({d.kecamatan for d in decrees if d.kecamatan})
        if len(places) > 1:
            spots = tuple(Location(d, "/signatory/nip", nip) for d in decrees)
            # Two names with it are no second finding (I013); they are told here.
            place_texts = (
                [_place_with_names(place, decrees) for place in places] if _group_by_name(decrees) else places
            )
            together = "together" if _adopted_together(decrees) else "apart"
            yield Violation(spots, {"nip": nip, "places": ", ".join(place_texts)}, circumstance=together)


def _adopted_together(decrees: list[Decree]) -> bool:
    """Return whether two kecamatan's decrees were adopted within days, so that nobody moved in between."""
    dated = [(d.kecamatan, day) for d in decrees if (day := _adoption_date(d))]
    return all(text_origin(d) == "digital" for d in decrees) and any(
        place != other_place and abs((day - other_day).days) <= MAX_DAYS_TOGETHER
        for index, (place, day) in enumerate(dated)
        for other_place, other_day in dated[index + 1 :]
    )


def _place_with_names(place: str, decrees: list[Decree]) -> str:
    names = dict.fromkeys(
        d.signatory.name for d in decrees if d.kecamatan == place and d.signatory and d.signatory.name
    )
    return f"{place} ({' / '.join(names)})" if names else place


def _group_by_name(decrees: list[Decree]) -> list[list[Decree]]:
    """The decrees by the name that signs, where several do; else none."""
    signed_decrees = tuple(d for d in decrees if d.signatory and d.signatory.name)
    groups = group_variants(
        signed_decrees,
        lambda a, b: fuzz.ratio(_signatory_name_key(a), _signatory_name_key(b)) >= MIN_OCR_SIMILARITY,
    )
    return groups if len(groups) > 1 else []


def conflicting_nips(context: AuditContext) -> Iterator[Violation]:
    """I009: one person signs for one kecamatan with two NIPs; a serial digit transposed is seen only so."""
    for key, decrees in group_decrees(context.decrees, _signatory_key).items():
        nips = sorted({d.signatory.nip for d in decrees if d.signatory and d.signatory.nip})
        if len(nips) > 1:
            first = decrees[0]
            name = (first.signatory.name if first.signatory else None) or key
            values = {"name": name, "kecamatan": first.kecamatan or "", "nips": ", ".join(nips)}
            spots = tuple(
                Location(d, "/signatory/nip", (d.signatory.nip if d.signatory else None) or "")
                for d in decrees
            )
            yield Violation(spots, values, circumstance=_common_origin(decrees))


def two_names(context: AuditContext) -> Iterator[Violation]:
    """I013: one NIP signs under two names for one kecamatan; for two kecamatan I006 says so."""
    for nip, decrees in group_decrees(
        context.decrees, lambda d: d.signatory.nip if d.signatory else None
    ).items():
        groups = _group_by_name(decrees)
        if groups and len({d.kecamatan for d in decrees if d.kecamatan}) < 2:
            signed_decrees = [d for d in decrees if d.signatory and d.signatory.name]
            names = " / ".join(g[0].signatory.name or "" for g in groups if g[0].signatory)
            spots = tuple(
                Location(d, "/signatory/name", (d.signatory.name if d.signatory else None) or "")
                for d in signed_decrees
            )
            yield Violation(spots, {"nip": nip, "names": names}, circumstance=_common_origin(signed_decrees))


def shared_number(context: AuditContext) -> Iterator[Violation]:
    """I014: two decrees of one kecamatan with one number."""
    for number, decrees in group_decrees(context.decrees, _number_key).items():
        if len(decrees) > 1:
            spots = tuple(Location(d, "/number", d.number or "") for d in decrees)
            values = {"number": decrees[0].number or number, "count": str(len(decrees))}
            yield Violation(spots, values, circumstance=_common_origin(decrees))


def _number_key(decree: Decree) -> str | None:
    if not decree.number or not decree.kecamatan or has_blank_serial(decree.number):
        return None
    return "/".join((decree.regency or "", decree.kecamatan, "".join(decree.number.split()).casefold()))


def foreign_place_of_signing(context: AuditContext) -> Iterator[Violation]:
    """I015: signed at a place that is not the kecamatan's."""
    for decree in context.decrees:
        place, kecamatan = _squash_words(decree.place or ""), _squash_words(decree.kecamatan or "")
        if place and kecamatan and fuzz.partial_ratio(place, kecamatan) < MIN_OCR_SIMILARITY:
            yield _make_violation(
                decree, "/place", decree.place or "", place=decree.place or "", own=decree.kecamatan or ""
            )


def _squash_words(name: str) -> str:
    return "".join(split_words(name))


def _common_origin(decrees: Iterable[Decree]) -> str:
    return "ocr" if "ocr" in {text_origin(d) for d in decrees} else "digital"


def _signatory_name_key(decree: Decree) -> str:
    """The signatory's name without titles, in one word."""
    name = (decree.signatory.name if decree.signatory else None) or ""
    return "".join(w for w in split_words(name.partition(",")[0]) if not load_lexicon().titles.is_entry(w))


def _signatory_key(decree: Decree) -> str | None:
    """Kecamatan and name of the signatory without titles, to be compared; None where either is missing."""
    name = decree.signatory.name if decree.signatory else None
    if not (name and decree.kecamatan and decree.signatory and decree.signatory.nip):
        return None
    return f"{decree.regency}/{decree.kecamatan}/{_signatory_name_key(decree)}"


def _adoption_date(decree: Decree) -> date | None:
    try:
        return (
            date.fromisoformat(decree.date)
            if decree.date
            else date(decree.year, 12, 31)
            if decree.year
            else None
        )
    except ValueError:
        return None


def group_decrees(decrees: Iterable[Decree], key: Callable[[Decree], str | None]) -> dict[str, list[Decree]]:
    """The decrees that have a key, by key."""
    groups: dict[str, list[Decree]] = {}
    for decree in decrees:
        value = key(decree)
        if value:
            groups.setdefault(value, []).append(decree)
    return dict(sorted(groups.items()))


RULES = {
    "I001": blank_number,
    "I002": no_number,
    "I003": no_date,
    "I004": incomplete_signature,
    "I005": invalid_nip,
    "I006": shared_nip,
    "I009": conflicting_nips,
    "I013": two_names,
    "I014": shared_number,
    "I015": foreign_place_of_signing,
}
