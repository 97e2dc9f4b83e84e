"""One decree printed twice: its scan beside its text, say. It is linked and audited once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.identity import blank_serial
from pipeline.mention import document_id
from pipeline.words import key_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.record import Decree

ALIKE = 90
"""Likeness (0 to 100) of the indicators' names from which two prints are of one decree."""


def print_of(decrees: Iterable[Decree]) -> dict[str, str]:
    """Ids of documents that are further prints of a decree, with the id of the one that stands for it.

    Two documents are prints of one decree when they name the same regency, kecamatan, kind, number, date and
    period and nearly the same indicators; where the number is blank or missing, the same signatory too. The
    print that was read best stands for the decree.
    """
    groups: dict[tuple[object, ...], list[Decree]] = {}
    for decree in decrees:
        if decree.kecamatan and (decree.number or decree.date):
            groups.setdefault(_identity(decree), []).append(decree)
    found: dict[str, str] = {}
    for group in groups.values():
        mains: list[Decree] = []
        for decree in sorted(group, key=_quality):
            main = next((known for known in mains if _same(known, decree)), None)
            if main is None:
                mains.append(decree)
            else:
                found[document_id(decree)] = document_id(main)
    return found


def _identity(decree: Decree) -> tuple[object, ...]:
    """What all prints of a decree have in common."""
    period = (decree.period.start, decree.period.end) if decree.period else None
    region = (decree.regency or "").casefold(), (decree.kecamatan or "").casefold()
    number = "".join((decree.number or "").split()).casefold()
    return decree.kind, region, number, decree.date, period


def _same_signer(one: Decree, other: Decree) -> bool:
    """Where a number names no single decree, its signatory must; what one print lacks tells nothing."""
    if one.number and not blank_serial(one.number):
        return True
    first, second = one.signatory, other.signatory
    if first is None or second is None:
        return True
    if first.nip and second.nip:
        return first.nip == second.nip
    return not (first.name and second.name) or key_text(first.name) == key_text(second.name)


def _quality(decree: Decree) -> tuple[bool, int, str]:
    """Text and digital files before scans, then the print that says most, then by identity."""
    return decree.document.origin in ("scan", "mixed"), -len(decree.provenance), document_id(decree)


def _same(one: Decree, other: Decree) -> bool:
    """Are two documents with one identity also of one signatory and one content?"""
    return _same_signer(one, other) and fuzz.ratio(_names(one), _names(other)) >= ALIKE


def _names(decree: Decree) -> str:
    return "|".join(key_text(i.name) for holder in decree.holders for i in holder.indicators)
