"""Find duplicates: a decree that is given as scan and as text is linked and audited once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.audit.rules.identity.decree_identity import has_blank_serial
from pipeline.language import key_text
from pipeline.models.mention import document_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.model.record import Decree

SAME_DECREE_SIMILARITY = 90
"""Similarity (0 to 100) of the indicators' names from which two prints are of one decree."""


def find_duplicates(decrees: Iterable[Decree]) -> dict[str, str]:
    """Return the ids of further prints of a decree, each with the id of the document that represents it.

    Two documents are prints of one decree when they name the same regency, kecamatan, kind, number, date and
    period and nearly the same indicators; where the number is blank or missing, the same signatory too. The
    print that was read best represents the decree.
    """
    groups: dict[tuple[object, ...], list[Decree]] = {}
    for decree in decrees:
        if decree.kecamatan and (decree.number or decree.date):
            groups.setdefault(_decree_identity(decree), []).append(decree)
    main_of_duplicate: dict[str, str] = {}
    for group in groups.values():
        main_decrees: list[Decree] = []
        for decree in sorted(group, key=_reading_quality):
            main_decree = next(
                (candidate for candidate in main_decrees if _is_same_decree(candidate, decree)), None
            )
            if main_decree is None:
                main_decrees.append(decree)
            else:
                main_of_duplicate[document_id(decree)] = document_id(main_decree)
    return main_of_duplicate


def _decree_identity(decree: Decree) -> tuple[object, ...]:
    """Return the fields that all prints of a decree have in common."""
    period = (decree.period.start, decree.period.end) if decree.period else None
    region = (decree.regency or "").casefold(), (decree.kecamatan or "").casefold()
    number = "".join((decree.number or "").split()).casefold()
    return decree.kind, region, number, decree.date, period


def _has_same_signer(left: Decree, right: Decree) -> bool:
    """Return whether the signatory agrees, where the number alone does not identify the decree."""
    if left.number and not has_blank_serial(left.number):
        return True
    first, second = left.signatory, right.signatory
    if first is None or second is None:
        return True
    if first.nip and second.nip:
        return first.nip == second.nip
    return not (first.name and second.name) or key_text(first.name) == key_text(second.name)


def _reading_quality(decree: Decree) -> tuple[bool, int, str]:
    """Return the sort key: text and digital files before scans, then the most complete print, then the id."""
    return decree.document.origin in ("scan", "mixed"), -len(decree.provenance), document_id(decree)


def _is_same_decree(left: Decree, right: Decree) -> bool:
    """Return whether two documents with the same identity also have the same signatory and indicators."""
    return (
        _has_same_signer(left, right)
        and fuzz.ratio(_indicator_names(left), _indicator_names(right)) >= SAME_DECREE_SIMILARITY
    )


def _indicator_names(decree: Decree) -> str:
    return "|".join(key_text(i.name) for holder in decree.holders for i in holder.indicators)
