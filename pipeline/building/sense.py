"""What is wrong with one indicator's formula, without any decree around it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from extractors.record import Decree, Formula
from pipeline.building import Read, assemble
from pipeline.linking import load
from pipeline.reading import with_expressions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.catalogue import Finding
    from pipeline.linking import Definition

FAMILY = "F"
"""Rules on formulas: by themselves, against the name, against the definition that the name means; those on
damage count where they found it in the formula."""


def formula_problems(
    name: str,
    printed: str | None,
    unit: str | None = None,
    explanation: str | None = None,
    definitions: Iterable[Definition] | None = None,
) -> list[Finding]:
    """What the audit finds in a formula that stands beside an indicator's name, in the order of the codes."""
    indicator = {
        "name": " ".join(name.split()),
        "unit": unit,
        "explanation": explanation,
    }
    holder = {"type": "agency", "name": None, "indicators": [indicator]}
    digest = hashlib.sha256(
        "\0".join([name, printed or "", unit or "", explanation or ""]).encode()
    ).hexdigest()
    document = {
        "sha256": digest,
        "name": "formula",
        "media_type": "text/plain",
        "pages": None,
        "origin": "digital",
        "coverage": dict.fromkeys(("words", "fields", "furniture", "notes"), 0),
    }
    decree = Decree.model_validate({"document": document, "kind": "IKU", "holders": [holder]})
    if printed and printed.strip():
        decree.holders[0].indicators[0].formula = Formula.of(printed)
    made = assemble([Read(with_expressions(decree), ())], load() if definitions is None else definitions)
    return sorted(
        (f for f in made.findings if f.code.startswith(FAMILY) or f.place.pointer.endswith("/formula")),
        key=lambda finding: finding.code,
    )
