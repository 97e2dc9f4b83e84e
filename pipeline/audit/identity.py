"""I rules: number, date, signatory, NIP and region of a decree."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.damage import noise
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.nip import problem
from pipeline.audit.regions import codes, other_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Context

# A serial is blank where nothing but blanks, dots or rules stands before or between slashes.
_BLANK_SERIAL = re.compile(r"(?:^|/)[\s._…-]*/|[._…]{2,}")


def _hit(
    decree: Decree, pointer: str, quote: str = "", circumstance: str | None = None, **values: str
) -> Hit:
    return Hit((Spot(decree, pointer, quote),), values, circumstance=circumstance or origin(decree))


def blank_number(context: Context) -> Iterator[Hit]:
    """I001: a decree number whose serial part is blank."""
    for decree in context.decrees:
        number = decree.number
        if number and (_BLANK_SERIAL.search(number) or lexicon()["name_enders"].begins(number)):
            yield _hit(decree, "/number", number, number=number)


def no_number(context: Context) -> Iterator[Hit]:
    """I002: no decree number at all."""
    for decree in context.decrees:
        if not decree.number:
            period = decree.period
            extra = {"period_id": "", "period_en": ""}
            if period is None:
                extra = {"period_id": " maupun periode berlaku", "period_en": " and no period of validity"}
            yield _hit(decree, "/number", **extra)


def no_date(context: Context) -> Iterator[Hit]:
    """I003: no date of adoption."""
    for decree in context.decrees:
        if not decree.date:
            yield _hit(decree, "/date")


def signature(context: Context) -> Iterator[Hit]:
    """I004: the signature block lacks post, name or NIP; where all are gone, the page may be."""
    parts = {"position": ("jabatan", "the post"), "name": ("nama", "the name"), "nip": ("NIP", "the NIP")}
    for decree in context.decrees:
        signer = decree.signatory
        gone = [parts[key] for key in parts if not (signer and getattr(signer, key))]
        if gone:
            values = {
                "missing_id": ", ".join(g[0] for g in gone),
                "missing_en": ", ".join(g[1] for g in gone),
            }
            quote = (signer.name or signer.position or "") if signer else ""
            yield _hit(
                decree, "/signatory", quote, "absent" if len(gone) == len(parts) else "present", **values
            )


def invalid_nip(context: Context) -> Iterator[Hit]:
    """I005: a NIP that no person can have."""
    for decree in context.decrees:
        nip = decree.signatory.nip if decree.signatory else None
        if decree.signatory and nip:
            camat = not decree.signatory.position or lexicon()["head"].holds(decree.signatory.position)
            why = problem(nip, camat, _written(decree))
            if why:
                yield _hit(decree, "/signatory/nip", nip, nip=nip, why_id=why.id, why_en=why.en)


def shared_nip(context: Context) -> Iterator[Hit]:
    """I006: one NIP signs for two kecamatan."""
    for nip, decrees in _grouped(context, lambda d: d.signatory.nip if d.signatory else None).items():
        places = sorted({d.kecamatan for d in decrees if d.kecamatan})
        if len(places) > 1:
            spots = tuple(Spot(d, "/signatory/nip", nip) for d in decrees)
            yield Hit(spots, {"nip": nip, "places": ", ".join(places)})


def conflicting_nips(context: Context) -> Iterator[Hit]:
    """I009: one person signs for one kecamatan with two NIPs; a serial digit transposed is seen only so."""
    for key, decrees in _grouped(context, _person).items():
        nips = sorted({d.signatory.nip for d in decrees if d.signatory and d.signatory.nip})
        if len(nips) > 1:
            first = decrees[0]
            name = (first.signatory.name if first.signatory else None) or key
            values = {"name": name, "kecamatan": first.kecamatan or "", "nips": ", ".join(nips)}
            spots = tuple(
                Spot(d, "/signatory/nip", (d.signatory.nip if d.signatory else None) or "") for d in decrees
            )
            yield Hit(spots, values)


def _person(decree: Decree) -> str | None:
    """Kecamatan and name of the signatory without titles, to be compared; None where either is missing."""
    name = decree.signatory.name if decree.signatory else None
    if not (name and decree.kecamatan and decree.signatory and decree.signatory.nip):
        return None
    bare = [word for word in words_of(name.partition(",")[0]) if not lexicon()["titles"].is_word(word)]
    return f"{decree.regency}/{decree.kecamatan}/{''.join(bare)}"


def region_code(context: Context) -> Iterator[Hit]:
    """I007: a region code against the number's, and against those of the other kecamatan."""
    for decree in context.decrees:
        for code in codes(decree.number or ""):
            if decree.region_code and code != decree.region_code[:8]:
                why = {
                    "why_id": f"dokumen juga memuat {decree.region_code}",
                    "why_en": f"it also prints {decree.region_code}",
                }
                yield _hit(decree, "/number", decree.number or "", code=code, **why)
    yield from _several_codes(context)
    for code, decrees in _grouped(context, lambda d: d.region_code).items():
        places = sorted({f"{d.kecamatan}, {d.regency}" for d in decrees if d.kecamatan})
        if len(places) > 1:
            listed = " / ".join(places)
            values = {"code": code, "why_id": f"dipakai oleh {listed}", "why_en": f"used by {listed}"}
            yield Hit(tuple(Spot(d, "/region_code", code) for d in decrees), values)


def _several_codes(context: Context) -> Iterator[Hit]:
    """Decrees of one kecamatan that print different codes."""
    for place, decrees in _grouped(context, lambda d: d.kecamatan and f"{d.kecamatan}, {d.regency}").items():
        found = sorted({d.region_code for d in decrees if d.region_code})
        if len(found) > 1:
            listed = " / ".join(found)
            values = {"code": listed, "why_id": f"semuanya untuk {place}", "why_en": f"all of {place}"}
            coded = [d for d in decrees if d.region_code]
            yield Hit(tuple(Spot(d, "/region_code", d.region_code or "") for d in coded), values)


def other_region(context: Context) -> Iterator[Hit]:
    """I008: the decree names another kecamatan or regency as its own."""
    for decree in context.decrees:
        regency = (decree.regency or "").split(maxsplit=1)
        own = [("kecamatan", decree.kecamatan), ("camat", decree.kecamatan)]
        if len(regency) == 2:
            own.append((regency[0], regency[1]))
        for pointer, text in _own_texts(decree):
            for title, name in own:
                for other in other_names(text, title, name) if name else ():
                    values = {"own": f"Kecamatan {decree.kecamatan}, {decree.regency}", "other": other}
                    yield _hit(decree, pointer, text, "damaged" if noise(text) else None, **values)


def _own_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """Texts in which a decree speaks of itself; the legal basis may well name others."""
    yield "/title", decree.title or ""
    for field, entries in (("considerations", decree.considerations), ("dictums", decree.dictums)):
        for index, entry in enumerate(entries):
            yield f"/{field}/{index}", entry
    yield "/signatory/position", (decree.signatory.position if decree.signatory else None) or ""
    for index, holder in enumerate(decree.holders):
        yield f"/holders/{index}/name", holder.name or ""


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


def _grouped(context: Context, key: Callable[[Decree], str | None]) -> dict[str, list[Decree]]:
    groups: dict[str, list[Decree]] = {}
    for decree in context.decrees:
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
    "I007": region_code,
    "I008": other_region,
    "I009": conflicting_nips,
}
