"""I rules: number, date, signatory and NIP of a decree, and the region that it names."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.dates import impossible_date
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.nip import problem
from pipeline.audit.regions import OCR_LIKE
from pipeline.audit.telling import joined, phrase
from pipeline.audit.variants import variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Context

# A serial is blank where nothing but blanks, dots or rules stands before or between slashes.
_BLANK_SERIAL = re.compile(r"(?:^|/)[\s._…-]*/|[._…]{2,}")


SIGNATURE = ("position", "name", "nip")
"""What a signature block must have."""


def _hit(
    decree: Decree, pointer: str, quote: str = "", circumstance: str | None = None, **values: str
) -> Hit:
    return Hit((Spot(decree, pointer, quote),), values, circumstance=circumstance or origin(decree))


def blank_serial(number: str) -> bool:
    """Whether a decree's number has no serial, so that it names no single decree."""
    return _BLANK_SERIAL.search(number) is not None or lexicon()["name_enders"].begins(number) is not None


def blank_number(context: Context) -> Iterator[Hit]:
    """I001: a decree number whose serial part is blank."""
    for decree in context.decrees:
        number = decree.number
        if number and blank_serial(number):
            yield _hit(decree, "/number", number, number=number)


def no_number(context: Context) -> Iterator[Hit]:
    """I002: no decree number at all."""
    for decree in context.decrees:
        if not decree.number:
            also = phrase("nothing" if decree.period else "no-period")
            yield _hit(decree, "/number", period_id=also.id, period_en=also.en)


def no_date(context: Context) -> Iterator[Hit]:
    """I003: no date of adoption."""
    for decree in context.decrees:
        if not decree.date and not impossible_date(decree):
            yield _hit(decree, "/date")


def signature(context: Context) -> Iterator[Hit]:
    """I004: the signature block lacks post, name or NIP; where all are gone, the page may be."""
    for decree in context.decrees:
        signer = decree.signatory
        gone = [part for part in SIGNATURE if not (signer and getattr(signer, part))]
        if gone:
            told = joined(phrase(part) for part in gone)
            quote = (signer.name or signer.position or "") if signer else ""
            left = "absent" if len(gone) == len(SIGNATURE) else "present"
            yield _hit(decree, "/signatory", quote, left, missing_id=told.id, missing_en=told.en)


def invalid_nip(context: Context) -> Iterator[Hit]:
    """I005: a NIP that no person can have."""
    for decree in context.decrees:
        nip = decree.signatory.nip if decree.signatory else None
        if decree.signatory and nip:
            camat = not decree.signatory.position or lexicon()["head"].holds(decree.signatory.position)
            why = problem(nip, camat, _written(decree), decree.signatory.name or "")
            if why:
                yield _hit(decree, "/signatory/nip", nip, nip=nip, why_id=why.id, why_en=why.en)


def shared_nip(context: Context) -> Iterator[Hit]:
    """I006: one NIP signs for two kecamatan."""
    for nip, decrees in grouped(context.decrees, lambda d: d.signatory.nip if d.signatory else None).items():
        places = sorted({d.kecamatan for d in decrees if d.kecamatan})
        if len(places) > 1:
            spots = tuple(Spot(d, "/signatory/nip", nip) for d in decrees)
            # Two names with it are no second finding (I013); they are told here.
            told = [_told_place(place, decrees) for place in places] if _names(decrees) else places
            yield Hit(spots, {"nip": nip, "places": ", ".join(told)})


def _told_place(place: str, decrees: list[Decree]) -> str:
    names = dict.fromkeys(
        d.signatory.name for d in decrees if d.kecamatan == place and d.signatory and d.signatory.name
    )
    return f"{place} ({' / '.join(names)})" if names else place


def _names(decrees: list[Decree]) -> list[list[Decree]]:
    """The decrees by the name that signs, where several do; else none."""
    named = tuple(d for d in decrees if d.signatory and d.signatory.name)
    groups = variants(named, lambda a, b: fuzz.ratio(_bare_name(a), _bare_name(b)) >= OCR_LIKE)
    return groups if len(groups) > 1 else []


def conflicting_nips(context: Context) -> Iterator[Hit]:
    """I009: one person signs for one kecamatan with two NIPs; a serial digit transposed is seen only so."""
    for key, decrees in grouped(context.decrees, _person).items():
        nips = sorted({d.signatory.nip for d in decrees if d.signatory and d.signatory.nip})
        if len(nips) > 1:
            first = decrees[0]
            name = (first.signatory.name if first.signatory else None) or key
            values = {"name": name, "kecamatan": first.kecamatan or "", "nips": ", ".join(nips)}
            spots = tuple(
                Spot(d, "/signatory/nip", (d.signatory.nip if d.signatory else None) or "") for d in decrees
            )
            yield Hit(spots, values, circumstance=_read_by(decrees))


def two_names(context: Context) -> Iterator[Hit]:
    """I013: one NIP signs under two names for one kecamatan; for two kecamatan I006 says so."""
    for nip, decrees in grouped(context.decrees, lambda d: d.signatory.nip if d.signatory else None).items():
        groups = _names(decrees)
        if groups and len({d.kecamatan for d in decrees if d.kecamatan}) < 2:
            named = [d for d in decrees if d.signatory and d.signatory.name]
            names = " / ".join(g[0].signatory.name or "" for g in groups if g[0].signatory)
            spots = tuple(
                Spot(d, "/signatory/name", (d.signatory.name if d.signatory else None) or "") for d in named
            )
            yield Hit(spots, {"nip": nip, "names": names}, circumstance=_read_by(named))


def shared_number(context: Context) -> Iterator[Hit]:
    """I014: two decrees of one kecamatan with one number."""
    for number, decrees in grouped(context.decrees, _numbered).items():
        if len(decrees) > 1:
            spots = tuple(Spot(d, "/number", d.number or "") for d in decrees)
            values = {"number": decrees[0].number or number, "count": str(len(decrees))}
            yield Hit(spots, values, circumstance=_read_by(decrees))


def _numbered(decree: Decree) -> str | None:
    if not decree.number or not decree.kecamatan or blank_serial(decree.number):
        return None
    return "/".join((decree.regency or "", decree.kecamatan, "".join(decree.number.split()).casefold()))


def other_place(context: Context) -> Iterator[Hit]:
    """I015: signed at a place that is not the kecamatan's."""
    for decree in context.decrees:
        place, kecamatan = _plain(decree.place or ""), _plain(decree.kecamatan or "")
        if place and kecamatan and fuzz.partial_ratio(place, kecamatan) < OCR_LIKE:
            yield _hit(
                decree, "/place", decree.place or "", place=decree.place or "", own=decree.kecamatan or ""
            )


def _plain(name: str) -> str:
    return "".join(words_of(name))


def _read_by(decrees: Iterable[Decree]) -> str:
    return "ocr" if "ocr" in {origin(d) for d in decrees} else "digital"


def _bare_name(decree: Decree) -> str:
    """The signatory's name without titles, in one word."""
    name = (decree.signatory.name if decree.signatory else None) or ""
    return "".join(w for w in words_of(name.partition(",")[0]) if not lexicon()["titles"].is_word(w))


def _person(decree: Decree) -> str | None:
    """Kecamatan and name of the signatory without titles, to be compared; None where either is missing."""
    name = decree.signatory.name if decree.signatory else None
    if not (name and decree.kecamatan and decree.signatory and decree.signatory.nip):
        return None
    return f"{decree.regency}/{decree.kecamatan}/{_bare_name(decree)}"


def _written(decree: Decree) -> date | None:
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


def grouped(decrees: Iterable[Decree], key: Callable[[Decree], str | None]) -> dict[str, list[Decree]]:
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
    "I004": signature,
    "I005": invalid_nip,
    "I006": shared_nip,
    "I009": conflicting_nips,
    "I013": two_names,
    "I014": shared_number,
    "I015": other_place,
}
