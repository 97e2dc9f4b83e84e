"""S rules on the legal basis: it is there, speaks of performance, and is in force."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.audit.core.audit_context import Location, Violation, text_origin
from pipeline.audit.core.audit_lexicon import load_lexicon
from pipeline.audit.core.phrase_pattern import Phrases
from pipeline.audit.domain.messages import format_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.knowledge.yaml_loader import TableModel, load_table
    from extractors.model.record import Decree
from pipeline.audit.core.audit_context import AuditContext

_REGULATION_YEAR = re.compile(r"\btahun\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_PERIOD_CONTINUATION = re.compile(r"\s*(?:[-–—]|s\.?\s?/?\s?d|sampai)")


class ReplacedRegulation(TableModel):
    """A regulation that another has replaced."""

    kinds: Phrases
    """Words of its kind (*Peraturan Menteri*)."""
    number: str
    year: int
    by: str
    """What replaced it."""
    since: int
    """Year of the replacement."""
    basis: str
    """Key of the ground."""


class ReplacedRegulationTable(TableModel):
    """The table of regulations that are known to be replaced."""

    replaced: tuple[ReplacedRegulation, ...]


@cache
def load_replaced_regulations() -> tuple[ReplacedRegulation, ...]:
    """Return the regulations that are known to be replaced."""
    return load_table(__package__, "replaced_regulations.yaml", ReplacedRegulationTable).replaced


def missing_legal_basis(context: AuditContext) -> Iterator[Violation]:
    """S019: a decree in full (with recitals or dictums) without legal basis, or none on performance."""
    for decree in context.decrees:
        if not (decree.considerations or decree.legal_basis or decree.dictums):
            continue  # a bare annex: its decree may have it
        missing_part = "/legal_basis" if not decree.legal_basis else "/dictums" if not decree.dictums else ""
        if missing_part:
            yield _make_violation(
                decree, missing_part, "", "basis-none" if missing_part == "/legal_basis" else "dictums-none"
            )
        elif not any(map(load_lexicon().sakip.occurs_in, [*decree.considerations, *decree.legal_basis])):
            yield replace(
                _make_violation(decree, "/legal_basis", decree.legal_basis[0], "basis-sakip"), grade="subject"
            )


def outdated_regulation(context: AuditContext) -> Iterator[Violation]:
    """S020: a regulation that was replaced before the decree, or that is younger than it."""
    for decree in context.decrees:
        for pointer, text in _cited_texts(decree):
            for regulation in load_replaced_regulations():
                if _cites_regulation(text, regulation) and (
                    decree.year is None or decree.year >= regulation.since
                ):
                    reason = format_phrase("law-replaced", by=regulation.by)
                    grade = "unverified" if regulation.basis == "law-unverified" else "known"
                    yield _regulation_violation(
                        decree, pointer, text, reason.id, reason.en, grade, (regulation.basis,)
                    )
            later_year = _later_year(text, decree)
            if later_year:
                reason = format_phrase("law-later", year=later_year, written=str(decree.year))
                yield _regulation_violation(decree, pointer, text, reason.id, reason.en, "known", ())


def _regulation_violation(
    decree: Decree, pointer: str, text: str, why_id: str, why_en: str, grade: str, law: tuple[str, ...]
) -> Violation:
    spots = (Location(decree, pointer, text),)
    values = {"text": text.strip(" ;."), "why_id": why_id, "why_en": why_en}
    return Violation(
        spots,
        values,
        grade=grade,
        circumstance=grade if grade == "unverified" else text_origin(decree),
        law=law,
    )


def _cites_regulation(text: str, regulation: ReplacedRegulation) -> bool:
    number = rf"0*{re.escape(regulation.number)}"
    citation = rf"nomor\s+{number}\s+tahun\s+{regulation.year}\b|(?<!\d){number}/{regulation.year}\b"
    return regulation.kinds.occurs_in(text) and re.search(citation, text, re.IGNORECASE) is not None


def _later_year(text: str, decree: Decree) -> str:
    """The year of a cited regulation that is after the decree's; a planning period is none."""
    if decree.year is None:
        return ""
    for match in _REGULATION_YEAR.finditer(text):
        if _PERIOD_CONTINUATION.match(text, match.end()):
            continue
        is_numbered = re.search(r"nomor\s+\S+\s*$", text[: match.start()], re.IGNORECASE)
        if is_numbered and int(match.group(1)) > decree.year:
            return match.group(1)
    return ""


def _cited_texts(decree: Decree) -> Iterator[tuple[str, str]]:
    for field, texts in (("considerations", decree.considerations), ("legal_basis", decree.legal_basis)):
        for index, text in enumerate(texts):
            yield f"/{field}/{index}", text


def _make_violation(decree: Decree, pointer: str, quote: str, key: str) -> Violation:
    reason = format_phrase(key)
    values = {"why_id": reason.id, "why_en": reason.en}
    return Violation((Location(decree, pointer, quote),), values, circumstance=text_origin(decree))


RULES = {"S019": missing_legal_basis, "S020": outdated_regulation}
