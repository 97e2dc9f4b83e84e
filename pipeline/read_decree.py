"""From a file to its record: the extractors read what is printed, the formulas are read here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import extractors

if TYPE_CHECKING:
    from extractors.model.record import Decree, Indicator
    from extractors.parser.coverage import WordTrace

DOUBTFUL_CONFIDENCE = 0.8
"""Confidence of a formula's reading below which the record carries a note."""


def read(path: Path | str, password: str | None = None) -> Decree:
    """Return the record of a file, its formulas read; ``password`` opens an encrypted PDF.

    Raises:
        ReadError: the file gives no record.
    """
    path = Path(path)
    return read_bytes(extractors.read_content(path), path.name, password)


def read_bytes(data: bytes, name: str, password: str | None = None) -> Decree:
    """Return the record of a file's bytes, its formulas read; ``name`` is its file name.

    Raises:
        ReadError: the bytes give no record.
    """
    return read_formulas(extractors.read_bytes(data, name, password))


def read_with_trace(data: bytes, name: str, password: str | None = None) -> tuple[Decree, WordTrace]:
    """Return the record of a file's bytes and what each printed word was read as.

    Raises:
        ReadError: the bytes give no record.
    """
    decree, trace = extractors.read_with_trace(data, name, password)
    return read_formulas(decree), trace


def read_formulas(decree: Decree) -> Decree:
    """Read each formula of a record into the linear syntax, in place, and note what is doubtful.

    Formulas that were read before (of a record in JSON) stay.
    """
    for i, holder in enumerate(decree.holders):
        for k, indicator in enumerate(holder.indicators):
            _read_formula(decree, indicator, f"/holders/{i}/indicators/{k}/formula")
    return decree


def _read_formula(decree: Decree, indicator: Indicator, pointer: str) -> None:
    from extractors.model.record import Note
    from pipeline import formulas

    if indicator.formula is None or indicator.formula.expression is not None:
        return
    if any(note.code == "formula-unread" and note.pointer == pointer for note in decree.notes):
        return  # a record that was read before
    reading = formulas.read_formula(indicator.formula.printed_text, indicator.explanation or "")
    indicator.formula.expression = reading.expression
    if reading.expression is None:
        message = f"The formula cannot be read: {reading.reason or 'no reason is known'}."
        decree.notes.append(Note(code="formula-unread", message=message, pointer=pointer))
        return
    printed = decree.provenance.get(f"{pointer}/raw")
    if printed is not None:
        confidence = round(printed.confidence * reading.confidence, 3)
        decree.provenance[f"{pointer}/expression"] = replace(printed, confidence=confidence, corrected=None)
    if decree.document.origin != "digital" and _may_lack_division(indicator, reading.expression):
        message = "The formula counts two things but divides nothing: a division's sign may be lost."
        decree.notes.append(Note(code="formula-doubtful", message=message, pointer=pointer))
    if reading.confidence < DOUBTFUL_CONFIDENCE:
        repairs = "; ".join(reading.repairs) or "the form is unusual"
        message = f"The formula's reading is doubtful: {repairs}."
        decree.notes.append(Note(code="formula-doubtful", message=message, pointer=pointer))


def _may_lack_division(indicator: Indicator, expression: str) -> bool:
    """Has OCR perhaps passed over the sign that divides: a percentage of two counts, read as one quantity?"""
    from pipeline import formulas

    printed = indicator.formula.printed_text if indicator.formula else ""
    is_share = formulas.is_percentage(indicator.name, indicator.unit)
    return is_share and formulas.is_undivided(printed, expression)
