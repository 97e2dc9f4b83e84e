"""I rules: number, date, signatory and NIP of a decree, and the region that it names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.damage import noise
from pipeline.audit.dates import impossible_date
from pipeline.audit.lexicon import lexicon, words_of
from pipeline.audit.nip import problem
from pipeline.audit.regions import OCR_LIKE, other_names
from pipeline.audit.telling import joined, phrase
from pipeline.audit.variants import variants
from pipeline.words import normalise

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
            yield Hit(spots, {"nip": nip, "places": ", ".join(places)})


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
    """I013: one NIP signs under two names."""
    for nip, decrees in grouped(context.decrees, lambda d: d.signatory.nip if d.signatory else None).items():
        named = [d for d in decrees if d.signatory and d.signatory.name]
        groups = variants(tuple(named), lambda a, b: fuzz.ratio(_bare_name(a), _bare_name(b)) >= OCR_LIKE)
        if len(groups) > 1:
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


def other_region(context: Context) -> Iterator[Hit]:
    """I008: the decree names another kecamatan or regency as its own."""
    for decree in context.decrees:
        regency = (decree.regency or "").split(maxsplit=1)
        own = [(title, decree.kecamatan) for title in lexicon()["own_titles"].entries]
        if len(regency) == 2:
            own.append((regency[0], regency[1]))
        for pointer, text in _own_texts(decree):
            for title, name in own:
                for other in other_names(text, title, name) if name else ():
                    yield _region_hit(decree, pointer, text, other)
        inside = [("kecamatan", decree.kecamatan)] if decree.kecamatan else []
        above = [(title, regency[1]) for title in (regency[0], "bupati")] if len(regency) == 2 else []
        for pointer, text in (*_of_the_regency(decree), *_inner_texts(decree)):
            for title, name in (*inside, *above):
                for other in other_names(text, title, name):
                    if _is_name(other.partition(" ")[2]):
                        yield replace(_region_hit(decree, pointer, text, other), grade="inner")


def _region_hit(decree: Decree, pointer: str, text: str, other: str) -> Hit:
    values = {"own": _own_name(decree), "other": other}
    return _hit(decree, pointer, text, "damaged" if noise(text) else None, **values)


def _is_name(text: str) -> bool:
    """Whether a text in capitals is a name: no word of it is one that the tables of the language explain."""
    tokens = normalise(text).tokens
    return bool(tokens) and not any(token.known for token in tokens)


def _of_the_regency(decree: Decree) -> Iterator[tuple[str, str]]:
    """Grounds that must be the own regency's: what its Bupati or council adopted; laws may name any."""
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            if lexicon()["own_regulations"].begins(text):
                yield f"/{field}/{index}", text


def _inner_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    """Texts inside holders and indicators, where a decree may also have been copied."""
    for index, holder in enumerate(decree.holders):
        base = f"/holders/{index}"
        yield f"{base}/goal", holder.goal or ""
        for field, entries in (("duties", holder.duties), ("functions", holder.functions)):
            yield from ((f"{base}/{field}/{k}", text) for k, text in enumerate(entries))
        for number, one in enumerate(holder.indicators):
            inside = f"{base}/indicators/{number}"
            yield f"{inside}/objective", one.objective or ""
            yield f"{inside}/name", one.name
            yield f"{inside}/formula", one.formula.raw if one.formula else ""
            yield f"{inside}/explanation", one.explanation or ""
            yield from ((f"{inside}/data_sources/{k}", text) for k, text in enumerate(one.data_sources))
            yield from ((f"{inside}/responsible/{k}", text) for k, text in enumerate(one.responsible))


def _own_name(decree: Decree) -> str:
    """What a decree calls its own region, as a finding tells it."""
    parts = [phrase("own-kecamatan", kecamatan=decree.kecamatan).id] if decree.kecamatan else []
    return ", ".join([*parts, decree.regency] if decree.regency else parts)


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
    "I008": other_region,
    "I009": conflicting_nips,
    "I013": two_names,
    "I014": shared_number,
    "I015": other_place,
}
