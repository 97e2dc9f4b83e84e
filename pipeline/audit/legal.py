"""S rules on the legal basis: it is there, speaks of performance, and is in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.audit.context import Hit, Spot, origin
from pipeline.audit.lexicon import Words, lexicon, load
from pipeline.audit.telling import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Context

_REGULATION_YEAR = re.compile(r"\btahun\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_OF_PERIOD = re.compile(r"\s*(?:[-–—]|s\.?\s?/?\s?d|sampai)")


@dataclass(frozen=True)
class Replaced:
    """A regulation that another has replaced."""

    kinds: Words
    """Words of its kind (*Peraturan Menteri*)."""
    number: str
    year: int
    by: str
    """What replaced it."""
    since: int
    """Year of the replacement."""
    basis: str
    """Key of the ground."""


@cache
def replaced() -> tuple[Replaced, ...]:
    """The regulations that are known to be replaced, from ``laws.yaml``."""
    return tuple(
        Replaced(**entry | {"kinds": Words.of(entry["kinds"])}) for entry in load("laws.yaml")["replaced"]
    )


def missing_basis(context: Context) -> Iterator[Hit]:
    """S019: a decree in full (with recitals or dictums) without legal basis, or none on performance."""
    for decree in context.decrees:
        if not (decree.considerations or decree.legal_basis or decree.dictums):
            continue  # a bare annex: its decree may have it
        gone = "/legal_basis" if not decree.legal_basis else "/dictums" if not decree.dictums else ""
        if gone:
            yield _hit(decree, gone, "", "basis-none" if gone == "/legal_basis" else "dictums-none")
        elif not any(map(lexicon()["sakip"].holds, [*decree.considerations, *decree.legal_basis])):
            yield _hit(decree, "/legal_basis", decree.legal_basis[0], "basis-sakip")


def outdated(context: Context) -> Iterator[Hit]:
    """S020: a regulation that was replaced before the decree, or that is younger than it."""
    for decree in context.decrees:
        for pointer, text in _cited(decree):
            for one in replaced():
                if _cites(text, one) and (decree.year is None or decree.year >= one.since):
                    why = phrase("law-replaced", by=one.by)
                    grade = "unverified" if one.basis == "law-unverified" else "known"
                    yield _told(decree, pointer, text, why.id, why.en, grade, (one.basis,))
            young = _later(text, decree)
            if young:
                why = phrase("law-later", year=young, written=str(decree.year))
                yield _told(decree, pointer, text, why.id, why.en, "known", ())


def _told(
    decree: Decree, pointer: str, text: str, why_id: str, why_en: str, grade: str, law: tuple[str, ...]
) -> Hit:
    spots = (Spot(decree, pointer, text),)
    values = {"text": text.strip(" ;."), "why_id": why_id, "why_en": why_en}
    return Hit(
        spots, values, grade=grade, circumstance=grade if grade == "unverified" else origin(decree), law=law
    )


def _cites(text: str, one: Replaced) -> bool:
    number = rf"0*{re.escape(one.number)}"
    numbered = rf"nomor\s+{number}\s+tahun\s+{one.year}\b|(?<!\d){number}/{one.year}\b"
    return one.kinds.holds(text) and re.search(numbered, text, re.IGNORECASE) is not None


def _later(text: str, decree: Decree) -> str:
    """The year of a cited regulation that is after the decree's; a planning period is none."""
    if decree.year is None:
        return ""
    for found in _REGULATION_YEAR.finditer(text):
        if _OF_PERIOD.match(text, found.end()):
            continue
        numbered = re.search(r"nomor\s+\S+\s*$", text[: found.start()], re.IGNORECASE)
        if numbered and int(found.group(1)) > decree.year:
            return found.group(1)
    return ""


def _cited(decree: Decree) -> Iterator[tuple[str, str]]:
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            yield f"/{field}/{index}", text


def _hit(decree: Decree, pointer: str, quote: str, key: str) -> Hit:
    why = phrase(key)
    values = {"why_id": why.id, "why_en": why.en}
    return Hit((Spot(decree, pointer, quote),), values, circumstance=origin(decree))


RULES = {"S019": missing_basis, "S020": outdated}
