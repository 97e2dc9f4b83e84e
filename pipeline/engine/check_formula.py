"""Audit the formula of a single indicator without its decree."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from extractors.model.record import Decree, Formula
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.read_decree import read_formulas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.linking import Definition
    from pipeline.models.catalogue import Finding

RULE_FAMILY = "F"
"""Rules on formulas; rules on OCR damage apply, too, if the damage is in the formula."""


def find_formula_problems(
    name: str,
    printed: str | None,
    unit: str | None = None,
    explanation: str | None = None,
    definitions: Iterable[Definition] | None = None,
) -> list[Finding]:
    """Return the findings on the formula of an indicator, in the order of their codes."""
    indicator = {
        "name": " ".join(name.split()),
        "unit": unit,
        "explanation": explanation,
    }
    holder = {"type": "agency", "name": None, "indicators": [indicator]}
    content_digest = hashlib.sha256(
        "\0".join([name, printed or "", unit or "", explanation or ""]).encode()
    ).hexdigest()
    document = {
        "sha256": content_digest,
        "name": "formula",
        "media_type": "text/plain",
        "pages": None,
        "origin": "digital",
        "coverage": dict.fromkeys(("words", "fields", "furniture", "notes"), 0),
    }
    decree = Decree.model_validate({"document": document, "kind": "IKU", "holders": [holder]})
    if printed and printed.strip():
        decree.holders[0].indicators[0].formula = Formula.from_printed(printed)
    catalogue = build_from_decrees(
        [ReadDocument(read_formulas(decree), ())], load_definitions() if definitions is None else definitions
    )
    return sorted(
        (
            f
            for f in catalogue.findings
            if f.code.startswith(RULE_FAMILY) or f.place.pointer.endswith("/formula")
        ),
        key=lambda finding: finding.code,
    )
