"""From a file to its whole record: the extractors read what is printed, the formulas are read here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import extractors

if TYPE_CHECKING:
    from extractors.parse.covering import Trace
    from extractors.record import Decree, Indicator

DOUBTFUL = 0.8
"""Confidence of a formula's reading below which the record carries a note."""


def read(path: Path | str, password: str | None = None) -> Decree:
    """The record of a file, formulas read; ``password`` opens an encrypted PDF.

    Raises:
        ReadError: the file gives no record.
    """
    return with_expressions(extractors.read(path, password))


def read_bytes(data: bytes, name: str, password: str | None = None) -> Decree:
    """The record of a file's bytes, formulas read; ``name`` is its file name, ``password`` opens a PDF.

    Raises:
        ReadError: the bytes give no record.
    """
    return with_expressions(extractors.read_bytes(data, name, password))


def read_traced(data: bytes, name: str, password: str | None = None) -> tuple[Decree, Trace]:
    """As ``read_bytes``, and what each printed word was read as.

    Raises:
        ReadError: the bytes give no record.
    """
    decree, trace = extractors.read_traced(data, name, password)
    return with_expressions(decree), trace


def with_expressions(decree: Decree) -> Decree:
    """The record with each formula read into the linear syntax; what is doubtful is noted.

    Changes the record that it is given.
    """
    for i, holder in enumerate(decree.holders):
        for k, indicator in enumerate(holder.indicators):
            _read_formula(decree, indicator, f"/holders/{i}/indicators/{k}/formula")
    return decree


def _read_formula(decree: Decree, indicator: Indicator, pointer: str) -> None:
    from extractors.record import Note
    from pipeline import formulas

    if indicator.formula is None:
        return
    reading = formulas.read(indicator.formula.printed, indicator.explanation or "")
    indicator.formula.expression = reading.expression
    if reading.expression is None:
        message = f"The formula cannot be read: {reading.reason or 'no reason is known'}."
        decree.notes.append(Note(code="formula-unread", message=message, pointer=pointer))
        return
    printed = decree.provenance.get(f"{pointer}/raw")
    if printed is not None:
        sure = round(printed.confidence * reading.confidence, 3)
        decree.provenance[f"{pointer}/expression"] = replace(printed, confidence=sure)
    if decree.document.origin != "digital" and _lost_division(indicator, reading.expression):
        message = "The formula counts two things but divides nothing: a division's sign may be lost."
        decree.notes.append(Note(code="formula-doubtful", message=message, pointer=pointer))
    if reading.confidence < DOUBTFUL:
        repairs = "; ".join(reading.repairs) or "the form is unusual"
        message = f"The formula's reading is doubtful: {repairs}."
        decree.notes.append(Note(code="formula-doubtful", message=message, pointer=pointer))


def _lost_division(indicator: Indicator, expression: str) -> bool:
    """Has OCR perhaps passed over the sign that divides: a percentage of two counts, read as one quantity?"""
    from pipeline import formulas

    printed = indicator.formula.printed if indicator.formula else ""
    share = formulas.is_percentage(indicator.name, indicator.unit)
    return share and formulas.is_undivided(printed, expression)
