"""I007: the Kemendagri code of a decree against its number and against the other decrees."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.domain.messages import format_phrase
from pipeline.audit.domain.region_names import find_region_codes
from pipeline.audit.rules.identity.decree_identity import group_decrees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext
    from pipeline.models.findings import Wording


FIRST_TOWN = 71
"""From this number on, the second block of a code is a town's (Kota)."""


def region_code_conflict(context: AuditContext) -> Iterator[Violation]:
    """I007: a region code against the number's, and against those of the other decrees."""
    for decree in context.decrees:
        for code in find_region_codes(decree.number or ""):
            if decree.region_code and code != decree.region_code[:8]:
                reason = format_phrase("code-also-printed", code=decree.region_code)
                yield _proved_violation(
                    decree, Location(decree, "/number", decree.number or ""), code, reason
                )
        if decree.region_code and _is_other_kind(decree.region_code, decree.regency or ""):
            reason = format_phrase("code-of-other-kind", regency=decree.regency or "")
            yield _doubtful_violation((_code_location(decree),), decree.region_code, reason)
    copied_hits = list(_copied_codes(context))
    yield from (hit for _, hit in copied_hits)
    reported_ids = {id(decree) for decree, _ in copied_hits}
    other_decrees = [d for d in context.decrees if d.region_code and id(d) not in reported_ids]
    yield from _several_codes(other_decrees)
    yield from _foreign_regency_codes(other_decrees)


def _proved_violation(decree: Decree, place: Location, code: str, reason: Wording) -> Violation:
    """A code that the decree itself contradicts."""
    values = {"code": code, "why_id": reason.id, "why_en": reason.en}
    return Violation((place,), values, grade="proved", circumstance=text_origin(decree))


def _is_other_kind(code: str, regency: str) -> bool:
    """Whether a code is a town's where the decree is of a regency, or the other way round."""
    town, regency_code = regency.casefold().startswith("kota "), code[3:5]
    if not regency_code.isdigit() or not regency:
        return False
    return town != (int(regency_code) >= FIRST_TOWN)


def _foreign_regency_codes(decrees: list[Decree]) -> Iterator[Violation]:
    """A code of another regency than all other decrees of its regency print."""
    for regency, members in group_decrees(decrees, lambda d: d.regency if d.region_code else None).items():
        heads = Counter((d.region_code or "")[:5] for d in members)
        common, count = heads.most_common(1)[0]
        for decree in members:
            if (decree.region_code or "")[:5] != common and count > 1 == heads[
                (decree.region_code or "")[:5]
            ]:
                reason = format_phrase("code-of-other-regency", regency=regency, code=common)
                yield _proved_violation(decree, _code_location(decree), decree.region_code or "", reason)


def _place_name(decree: Decree) -> str | None:
    return f"{decree.kecamatan}, {decree.regency}" if decree.kecamatan else None


def _code_location(decree: Decree) -> Location:
    """Where the code is printed: mostly in the number."""
    code = decree.region_code or ""
    in_number = code[:8] in (decree.number or "")
    return (
        Location(decree, "/number", decree.number or "")
        if in_number
        else Location(decree, "/region_code", code)
    )


def _doubtful_violation(spots: tuple[Location, ...], code: str, reason: Wording) -> Violation:
    return Violation(spots, {"code": code, "why_id": reason.id, "why_en": reason.en}, circumstance="doubtful")


def _copied_codes(context: AuditContext) -> Iterator[tuple[Decree, Violation]]:
    """Decrees with the code of another kecamatan: of theirs another decree prints another, free of doubt."""
    decrees_by_code = group_decrees(context.decrees, lambda d: d.region_code)
    decrees_by_place = group_decrees(context.decrees, _place_name)
    sole_codes = {
        place: next(iter(place_codes))
        for place, decrees in decrees_by_place.items()
        if len(place_codes := {d.region_code for d in decrees if d.region_code}) == 1
    }
    for code, decrees in decrees_by_code.items():
        owners = [d for d in decrees if sole_codes.get(_place_name(d) or "") == code]
        if len({_place_name(d) for d in owners}) != 1:
            continue
        for decree in (d for d in decrees if _place_name(d) and _place_name(d) != _place_name(owners[0])):
            same_place = [
                d
                for d in decrees_by_place[_place_name(decree) or ""]
                if d.region_code and d.region_code != code
            ]
            if same_place:
                yield decree, _copied_violation(decree, same_place, owners)


def _copied_violation(decree: Decree, same_place: list[Decree], owners: list[Decree]) -> Violation:
    reason = format_phrase(
        "code-of-another",
        owner=_place_name(owners[0]) or "",
        place=_place_name(decree) or "",
        code=same_place[0].region_code or "",
    )
    values = {"code": decree.region_code or "", "why_id": reason.id, "why_en": reason.en}
    spots = tuple(_code_location(d) for d in (decree, *same_place, *owners))
    return Violation(spots, values, grade="proved", circumstance=text_origin(decree))


def _several_codes(decrees: list[Decree]) -> Iterator[Violation]:
    """Decrees of one kecamatan that print different codes."""
    for place, members in group_decrees(decrees, _place_name).items():
        place_codes = sorted({d.region_code for d in members if d.region_code})
        if len(place_codes) > 1:
            spots = tuple(_code_location(d) for d in members)
            yield _doubtful_violation(
                spots, " / ".join(place_codes), format_phrase("codes-of-one-place", place=place)
            )


def shared_region_code(context: AuditContext) -> Iterator[Violation]:
    """I016: one code in decrees of several kecamatan; where it is known whose it is, I007 says so."""
    copied_ids = {id(decree) for decree, _ in _copied_codes(context)}
    decrees = [d for d in context.decrees if id(d) not in copied_ids]
    for code, members in group_decrees(decrees, lambda d: d.region_code).items():
        places = sorted({place for d in members if (place := _place_name(d))})
        if len(places) > 1:
            spots = tuple(Location(d, "/region_code", d.region_code or "") for d in members)
            origin = "ocr" if any(text_origin(d) == "ocr" for d in members) else "digital"
            yield Violation(spots, {"code": code, "places": " / ".join(places)}, circumstance=origin)


RULES = {"I007": region_code_conflict, "I016": shared_region_code}
