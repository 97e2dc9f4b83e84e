"""O rules: suspected OCR damage and pages unread, kept apart from faults of the decree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.unread import told
from pipeline.audit.context import Hit, Spot, origin, spot, unread
from pipeline.audit.damage import doubled, noise, stray, torn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Case, Context

LOW_CONFIDENCE = 0.75


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    indicator = case.mention.indicator
    yield "name", indicator.name
    yield "objective", indicator.objective or ""
    yield "formula", case.mention.raw or ""
    yield "explanation", indicator.explanation or ""
    for field, entries in (("data_sources", indicator.data_sources), ("responsible", indicator.responsible)):
        for index, entry in enumerate(entries):
            yield f"{field}/{index}", entry


def noisy_text(context: Context) -> Iterator[Hit]:
    """O001: characters in a text that only OCR makes."""
    for case in context.cases:
        for field, text in _texts(case):
            found = noise(text)
            if found:
                yield Hit((spot(case, field, text),), {"noise": found}, case.level)


def doubled_part(context: Context) -> Iterator[Hit]:
    """O002: a formula ends with the same part twice, as where OCR read a denominator in two rows."""
    for case in context.cases:
        raw = case.mention.raw or ""
        part = doubled(raw) if origin(case.mention.decree) == "ocr" else ""
        if part:
            yield Hit((spot(case, "formula", raw),), {"formula": raw, "part": part}, case.level)


def stray_formula(context: Context) -> Iterator[Hit]:
    """O003: a formula cell with a stray character in it."""
    for case in context.cases:
        raw = case.mention.raw
        if raw and stray(raw):
            yield Hit((spot(case, "formula", raw),), {"formula": raw}, case.level)


def low_confidence(context: Context) -> Iterator[Hit]:
    """O004: the reader itself was unsure of a name or a formula."""
    for case in context.cases:
        for field, pointer in (("name", "name"), ("formula", "formula/raw")):
            where = _provenance_confidence(case.mention.decree, f"{case.mention.pointer}/{pointer}")
            if where is not None and where < LOW_CONFIDENCE:
                text = case.mention.name if field == "name" else case.mention.raw or ""
                place = Spot(case.mention.decree, f"{case.mention.pointer}/{field}", text)
                yield Hit((place,), {"text": text, "confidence": f"{where * 100:.0f}"}, case.level)


def _provenance_confidence(decree: Decree, pointer: str) -> float | None:
    found = decree.provenance.get(pointer)
    return found.confidence if found else None


def torn_fraction(context: Context) -> Iterator[Hit]:
    """O005: a fraction's rule with nothing on one side of it."""
    for case in context.cases:
        raw = case.mention.raw or ""
        if torn(raw):
            yield Hit((spot(case, "formula", raw),), {"formula": raw.strip("—–_─- ")}, case.level)


def unread_pages(context: Context) -> Iterator[Hit]:
    """O006: pages that could not be read; all else that is said of the document must be seen beside it."""
    for decree in context.decrees:
        if found := unread(decree):
            yield Hit((Spot(decree, ""),), {"pages": told(found)})


RULES = {
    "O001": noisy_text,
    "O002": doubled_part,
    "O003": stray_formula,
    "O004": low_confidence,
    "O005": torn_fraction,
    "O006": unread_pages,
}
