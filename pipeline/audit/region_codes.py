"""I007: the Kemendagri code of a decree against its number and against the other decrees."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.identity import grouped
from pipeline.audit.regions import codes
from pipeline.audit.telling import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.assessment import Wording
    from pipeline.audit.context import Context


FIRST_TOWN = 71
"""From this number on, the second block of a code is a town's (Kota)."""


def region_code(context: Context) -> Iterator[Hit]:
    """I007: a region code against the number's, and against those of the other decrees."""
    for decree in context.decrees:
        for code in codes(decree.number or ""):
            if decree.region_code and code != decree.region_code[:8]:
                why = phrase("code-also-printed", code=decree.region_code)
                yield _sure(decree, Spot(decree, "/number", decree.number or ""), code, why)
        if decree.region_code and _other_kind(decree.region_code, decree.regency or ""):
            why = phrase("code-of-other-kind", regency=decree.regency or "")
            yield _doubtful((_spot(decree),), decree.region_code, why)
    copied = list(_copied(context))
    yield from (hit for _, hit in copied)
    told = {id(decree) for decree, _ in copied}
    rest = [d for d in context.decrees if d.region_code and id(d) not in told]
    yield from _several_codes(rest)
    yield from _shared_codes(rest)
    yield from _other_regencies(rest)


def _sure(decree: Decree, place: Spot, code: str, why: Wording) -> Hit:
    """A code that the decree itself contradicts."""
    values = {"code": code, "why_id": why.id, "why_en": why.en}
    return Hit((place,), values, grade="proved", circumstance=origin(decree))


def _other_kind(code: str, regency: str) -> bool:
    """Whether a code is a town's where the decree is of a regency, or the other way round."""
    town, regency_code = regency.casefold().startswith("kota "), code[3:5]
    if not regency_code.isdigit() or not regency:
        return False
    return town != (int(regency_code) >= FIRST_TOWN)


def _other_regencies(decrees: list[Decree]) -> Iterator[Hit]:
    """A code of another regency than all other decrees of its regency print."""
    for regency, members in grouped(decrees, lambda d: d.regency if d.region_code else None).items():
        heads = Counter((d.region_code or "")[:5] for d in members)
        common, count = heads.most_common(1)[0]
        for decree in members:
            if (decree.region_code or "")[:5] != common and count > 1 == heads[
                (decree.region_code or "")[:5]
            ]:
                why = phrase("code-of-other-regency", regency=regency, code=common)
                yield _sure(decree, _spot(decree), decree.region_code or "", why)


def _place(decree: Decree) -> str | None:
    return f"{decree.kecamatan}, {decree.regency}" if decree.kecamatan else None


def _spot(decree: Decree) -> Spot:
    """Where the code is printed: mostly in the number."""
    code = decree.region_code or ""
    in_number = code[:8] in (decree.number or "")
    return Spot(decree, "/number", decree.number or "") if in_number else Spot(decree, "/region_code", code)


def _doubtful(spots: tuple[Spot, ...], code: str, why: Wording) -> Hit:
    return Hit(spots, {"code": code, "why_id": why.id, "why_en": why.en}, circumstance="doubtful")


def _copied(context: Context) -> Iterator[tuple[Decree, Hit]]:
    """Decrees with the code of another kecamatan: of theirs another decree prints another, free of doubt."""
    of_code = grouped(context.decrees, lambda d: d.region_code)
    of_place = grouped(context.decrees, _place)
    sole = {
        place: next(iter(found))
        for place, decrees in of_place.items()
        if len(found := {d.region_code for d in decrees if d.region_code}) == 1
    }
    for code, decrees in of_code.items():
        owners = [d for d in decrees if sole.get(_place(d) or "") == code]
        if len({_place(d) for d in owners}) != 1:
            continue
        for decree in (d for d in decrees if _place(d) and _place(d) != _place(owners[0])):
            own = [d for d in of_place[_place(decree) or ""] if d.region_code and d.region_code != code]
            if own:
                yield decree, _copied_hit(decree, own, owners)


def _copied_hit(decree: Decree, own: list[Decree], owners: list[Decree]) -> Hit:
    why = phrase(
        "code-of-another",
        owner=_place(owners[0]) or "",
        place=_place(decree) or "",
        code=own[0].region_code or "",
    )
    values = {"code": decree.region_code or "", "why_id": why.id, "why_en": why.en}
    spots = tuple(_spot(d) for d in (decree, *own, *owners))
    return Hit(spots, values, grade="proved", circumstance=origin(decree))


def _several_codes(decrees: list[Decree]) -> Iterator[Hit]:
    """Decrees of one kecamatan that print different codes."""
    for place, members in grouped(decrees, _place).items():
        found = sorted({d.region_code for d in members if d.region_code})
        if len(found) > 1:
            spots = tuple(_spot(d) for d in members)
            yield _doubtful(spots, " / ".join(found), phrase("codes-of-one-place", place=place))


def _shared_codes(decrees: list[Decree]) -> Iterator[Hit]:
    """One code in decrees of several kecamatan."""
    for code, members in grouped(decrees, lambda d: d.region_code).items():
        places = sorted({place for d in members if (place := _place(d))})
        if len(places) > 1:
            spots = tuple(_spot(d) for d in members)
            yield _doubtful(spots, code, phrase("code-used-twice", places=" / ".join(places)))


RULES = {"I007": region_code}
