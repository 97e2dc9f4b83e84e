"""Decrees for the tests of the audit, built from what a test says and sound in everything else."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from extractors.model.record import Decree, Provenance
from pipeline.audit import AuditContext, AuditedIndicator, audit_decrees
from pipeline.audit.rulebook.rule_pages import ExampleDecree
from pipeline.formulas import parse_expression
from pipeline.formulas import read_formula as read_formula
from pipeline.models.mention import list_mentions
from tools.gold_records import load_record

if TYPE_CHECKING:
    from pipeline.models.catalogue import Finding

__all__ = ["at_line", "context", "decree", "findings", "formula", "indicator", "load_record"]

SHARE = {
    "raw": "Jumlah desa tangguh / Jumlah desa x 100%",
    "expression": '"jumlah desa tangguh" / "jumlah desa" * 100%',
}


def indicator(**changed: Any) -> dict[str, Any]:
    """An indicator without any fault, but for what the test changes."""
    sound: dict[str, Any] = {
        "number": 1,
        "objective": "Meningkatnya ketangguhan desa",
        "name": "Persentase desa tangguh",
        "formula": SHARE,
        "data_sources": ["Laporan penilaian desa"],
        "responsible": ["Kasi Pemerintahan"],
    }
    return sound | changed


def formula(expression: str | None, raw: str | None = None) -> dict[str, Any]:
    """A formula in the linear syntax, printed as it is read unless the test says how."""
    return {"raw": raw if raw is not None else (expression or "").replace('"', ""), "expression": expression}


def decree(*indicators: dict[str, Any], origin: str = "digital", holder: str = "", **changed: Any) -> Decree:
    """An IKU decree of one holder without any fault, but for what the test changes."""
    kecamatan = changed.get("kecamatan", "Wanasari")
    position = changed.get("kind") == "IKI"
    label = "INDIVIDU" if position else "UTAMA"
    fields: dict[str, Any] = {
        "kind": "IKU",
        "title": f"INDIKATOR KINERJA {label} KECAMATAN {kecamatan.upper()} TAHUN 2024-2026",
        "number": "188.4/7/KEP/2024",
        "year": 2024,
        "period": {"start": 2024, "end": 2026},
        "kecamatan": kecamatan,
        "regency": "Kabupaten Tirtamaya",
        "place": kecamatan,
        "date": "2024-01-15",
        "signatory": {
            "name": "PEJABAT",
            "position": f"CAMAT {kecamatan.upper()}",
            "nip": "197003121994031001" if kecamatan == "Wanasari" else None,
        },
        "holders": [
            {
                "type": "position" if position else "agency",
                "name": holder or f"Kecamatan {kecamatan}",
                "duties": ["membantu bupati membina desa"],
                "functions": ["pembinaan desa"],
                "indicators": list(indicators),
            }
        ],
    } | changed
    name = json.dumps(fields, sort_keys=True, default=str) + origin
    document = {
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "name": f"{kecamatan.casefold().replace(' ', '-')}.txt",
        "media_type": "text/plain",
        "pages": None,
        "origin": origin,
        "coverage": {"words": 0, "fields": 0, "furniture": 0, "notes": 0},
    }
    return Decree.model_validate({"document": document, **fields})


def of_example(one: ExampleDecree) -> Decree:
    """The decree of a rule page's example: a sound one, but for what the example changes."""
    holders = one.holders or [one.holder | {"indicators": one.indicators or [one.indicator or {}]}]
    made = decree(indicator(), origin=one.origin, **one.decree)
    base = made.model_dump(mode="json")
    sound = base["holders"][0]
    for holder in holders:
        holder["indicators"] = [indicator(**_read(changed)) for changed in holder["indicators"]]
    base["holders"] = [sound | holder for holder in holders]
    base["document"]["sha256"] = hashlib.sha256(
        json.dumps(base, sort_keys=True, default=str).encode()
    ).hexdigest()
    found = Decree.model_validate(base)
    for pointer, confidence in one.confidence.items():
        at_line(found, pointer, 1, confidence)
    return found


def sound_decree(fields: dict[str, Any], name: str) -> Decree:
    """The decree of a YAML table: printed formulas are read, the file is a digital one of that name."""
    for holder in fields["holders"]:
        holder["indicators"] = [_read(one) for one in holder["indicators"]]
    fields["document"] = {
        "sha256": hashlib.sha256(json.dumps([name, fields], sort_keys=True).encode()).hexdigest(),
        "name": f"{name}.pdf",
        "media_type": "application/pdf",
        "pages": 3,
        "origin": "digital",
        "coverage": {"words": 0, "fields": 0, "furniture": 0, "notes": 0},
    }
    return Decree.model_validate(fields)


def _read(changed: dict[str, Any]) -> dict[str, Any]:
    """An indicator's changes with the printed formula read."""
    raw = changed.get("formula")
    if not isinstance(raw, str):
        return changed
    return changed | {"formula": {"raw": raw, "expression": read_formula(raw).expression}}


def at_line(made: Decree, pointer: str, line: int, confidence: float = 1.0) -> Decree:
    """The decree with one field read at a line."""
    made.provenance[pointer] = Provenance(lines=(line, line), confidence=confidence)
    return made


def context(*decrees: Decree, targets: bool = True) -> AuditContext:
    """The decrees with each indicator linked by its very name."""
    cases = [
        AuditedIndicator(
            mention,
            mention.name.casefold() if targets else None,
            None,
            None,
            parse_expression(mention.expression) if mention.expression else None,
        )
        for made in decrees
        for mention in list_mentions(made)
    ]
    return AuditContext(tuple(decrees), tuple(cases))


def findings(*decrees: Decree, code: str = "") -> list[Finding]:
    """What the audit finds, of one rule or of all."""
    return [f for f in audit_decrees(context(*decrees)) if f.code.startswith(code)]
