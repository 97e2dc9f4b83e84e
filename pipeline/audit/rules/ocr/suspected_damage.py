"""O rules: suspected OCR damage and pages unread, kept apart from faults of the decree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.unread_pages import format_page_ranges
from pipeline.audit.core.audit_context import (
    Location,
    Violation,
    indicator_location,
    text_origin,
    unread_spans,
)
from pipeline.audit.domain.ocr_damage import find_ocr_noise, find_repeated_tail, has_torn_bar, is_stray_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.record import Decree
    from pipeline.audit.core.audit_context import AuditContext, AuditedIndicator

MIN_CONFIDENCE = 0.75


def _indicator_texts(case: AuditedIndicator) -> Iterator[tuple[str, str]]:
    indicator = case.mention.indicator
    yield "name", indicator.name
    yield "objective", indicator.objective or ""
    yield "formula", case.mention.raw_formula or ""
    yield "explanation", indicator.explanation or ""
    for field, entries in (("data_sources", indicator.data_sources), ("responsible", indicator.responsible)):
        for index, entry in enumerate(entries):
            yield f"{field}/{index}", entry


def noisy_text(context: AuditContext) -> Iterator[Violation]:
    """O001: characters in a text that only OCR makes."""
    for case in context.cases:
        for field, text in _indicator_texts(case):
            noise_text = find_ocr_noise(text)
            if noise_text:
                yield Violation((indicator_location(case, field, text),), {"noise": noise_text}, case.level)


def repeated_part(context: AuditContext) -> Iterator[Violation]:
    """O002: a formula ends with the same part twice, as where OCR read a denominator in two rows."""
    for case in context.cases:
        raw = case.mention.raw_formula or ""
        part = find_repeated_tail(raw) if text_origin(case.mention.decree) == "ocr" else ""
        if part:
            yield Violation(
                (indicator_location(case, "formula", raw),), {"formula": raw, "part": part}, case.level
            )


def stray_formula(context: AuditContext) -> Iterator[Violation]:
    """O003: a formula cell with a stray character in it."""
    for case in context.cases:
        raw = case.mention.raw_formula
        if raw and is_stray_text(raw):
            yield Violation((indicator_location(case, "formula", raw),), {"formula": raw}, case.level)


def low_confidence(context: AuditContext) -> Iterator[Violation]:
    """O004: the reader itself was unsure of a name or a formula."""
    for case in context.cases:
        for field, pointer in (("name", "name"), ("formula", "formula/raw")):
            confidence = _provenance_confidence(case.mention.decree, f"{case.mention.pointer}/{pointer}")
            if confidence is not None and confidence < MIN_CONFIDENCE:
                text = case.mention.name if field == "name" else case.mention.raw_formula or ""
                place = Location(case.mention.decree, f"{case.mention.pointer}/{field}", text)
                yield Violation((place,), {"text": text, "confidence": f"{confidence * 100:.0f}"}, case.level)


def _provenance_confidence(decree: Decree, pointer: str) -> float | None:
    provenance = decree.provenance.get(pointer)
    return provenance.confidence if provenance else None


def torn_fraction(context: AuditContext) -> Iterator[Violation]:
    """O005: a fraction's rule with nothing on one side of it."""
    for case in context.cases:
        raw = case.mention.raw_formula or ""
        if has_torn_bar(raw):
            yield Violation(
                (indicator_location(case, "formula", raw),), {"formula": raw.strip("—–_─- ")}, case.level
            )


def unread_pages(context: AuditContext) -> Iterator[Violation]:
    """O006: pages that could not be read; all else that is said of the document must be seen beside it."""
    for decree in context.decrees:
        if spans := unread_spans(decree):
            yield Violation((Location(decree, ""),), {"pages": format_page_ranges(spans)})


RULES = {
    "O001": noisy_text,
    "O002": repeated_part,
    "O003": stray_formula,
    "O004": low_confidence,
    "O005": torn_fraction,
    "O006": unread_pages,
}
