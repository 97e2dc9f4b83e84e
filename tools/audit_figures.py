"""How much of what experts found the audit finds, and what it finds beside that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extractors.model.record import Decree
from pipeline import read_decree
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Finding

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
INVENTED, FAULTS = SHARED / "corpus/invented", SHARED / "corpus/faults"
GOLD, TEXTS = SHARED / "corpus/gold", SHARED / "corpus/text"
EXPERTS = SHARED / "eval/findings.jsonl"
DEFENDED = ROOT / "tests/audit/audit_defended.yaml"

ALIKE = (
    {"formula_mismatch_indicator", "formula_missing_qualifier", "formula_differs"},
    {"formula_denominator_defect", "denominator_variant", "formula_differs"},
    {"indicator_name_variant", "indicator_is_activity"},
    {"formula_logic", "formula_differs"},
    {"formula_missing_times_100", "formula_differs"},
    {"formula_merged", "formula_missing_qualifier"},
)
"""Kinds that say the same of one place, and that experts and rules name differently."""

FIELDS = {
    "formula": "/formula",
    "formula.denominator": "/formula",
    "formula.numerator": "/formula",
    "indikator": "/indicators",
    "sasaran": "/objective",
    "sumber_data": "/data_sources",
    "penanggung_jawab": "/responsible",
    "fungsi": "/functions",
    "definisi": "/indicators",
    "tujuan.formula": "/goal_indicator",
    "indikator_tujuan": "/goal",
    "signatory": "/signatory",
    "decree": "/number",
    "decree.nomor": "/number",
}
"""Part of a pointer that a field of the experts' list stands for."""

Row = dict[str, Any]


def load_record(path: Path, origin: str = "digital") -> Decree:
    """A gold record as a Decree: of several right readings the first, and a stub for the file."""
    fields = _first(json.loads(path.read_text("utf-8")))
    for holder in fields["holders"]:
        for entry in holder["indicators"]:
            if entry["formula"] and entry["formula"].get("raw") is None:
                entry["formula"] = None
    fields["document"] = {
        "sha256": hashlib.sha256(path.name.encode()).hexdigest(),
        "name": path.stem,
        "media_type": "text/plain",
        "pages": None,
        "origin": origin,
        "coverage": {"words": 0, "fields": 0, "furniture": 0, "notes": 0},
    }
    return Decree.model_validate(fields)


def _first(value: Any) -> Any:
    if isinstance(value, dict):
        if "$any" in value:
            return _first(value["$any"][0])
        return None if "$skip" in value else {k: _first(v) for k, v in value.items()}
    return [_first(v) for v in value] if isinstance(value, list) else value


@cache
def invented() -> Catalogue:
    """The invented decrees, as if each were a digital file."""
    return build_from_decrees(
        [ReadDocument(load_record(path), ()) for path in sorted(INVENTED.glob("*.json"))], load_definitions()
    )


@cache
def real() -> Catalogue:
    """The real decrees: the gold records of those that have one, and the readings of the others.

    The others are there for what experts compared with them; their own findings are not judged.
    """
    known = [load_record(path, "text") for path in sorted(GOLD.glob("*.json"))]
    names = {decree.document.name for decree in known}
    others = [read_decree.read(path) for path in sorted(TEXTS.glob("*.txt")) if path.stem not in names]
    return build_from_decrees([ReadDocument(decree, ()) for decree in (*known, *others)], load_definitions())


def names(catalogue: Catalogue) -> dict[str, str]:
    """Names of the documents without ending, by id."""
    return {d.id: d.name.removesuffix(".txt") for d in catalogue.documents}


def same_kind(expected: str, found: str) -> bool:
    """Whether two kinds of finding say the same."""
    return expected == found or any({expected, found} <= group for group in ALIKE)


def places(finding: Finding, named: dict[str, str]) -> set[tuple[str, str]]:
    """All places of a finding: document and pointer."""
    return {(named[p.document], p.pointer) for p in (finding.place, *finding.related)}


# --- invented decrees: planted faults


def planted() -> list[Row]:
    """The faults planted in the invented decrees, each with its places."""
    found = []
    for path in sorted(FAULTS.glob("*.json")):
        for fault in json.loads(path.read_text("utf-8"))["faults"]:
            where = fault.get("pointers") or {path.stem: fault["pointer"]}
            found.append({"type": fault["type"], "where": where, "severity": fault["severity"]})
    return found


def hits_fault(fault: Row, finding: Finding, named: dict[str, str]) -> bool:
    """Whether a finding is the planted fault: of its kind, at its place."""
    return same_kind(fault["type"], finding.name) and any(
        name in fault["where"] and _touches(pointer, fault["where"][name])
        for name, pointer in places(finding, named)
    )


def _touches(left: str, right: str) -> bool:
    return left == right or left.startswith(f"{right}/") or right.startswith(f"{left}/")


def false_errors() -> list[tuple[str, str, str]]:
    """Errors reported on the invented decrees where nothing is planted: code, document, pointer."""
    catalogue, faults = invented(), planted()
    named = names(catalogue)
    return [
        (f.code, named[f.place.document], f.place.pointer)
        for f in catalogue.findings
        if f.severity == "error" and not any(hits_fault(fault, f, named) for fault in faults)
    ]


# --- real decrees: what experts found


def experts() -> list[Row]:
    """All rows of the experts' list."""
    return [json.loads(line) for line in EXPERTS.read_text("utf-8").splitlines()]


def grave(row: Row) -> bool:
    """Whether a row is an error or a warning that may be the decree's own."""
    return row["severity"] in ("error", "warning") and row["cause"] in ("decree_fault", "uncertain")


def meets(row: Row, finding: Finding, catalogue: Catalogue) -> bool:
    """Whether a finding is of the row's kind, in its document, with its post and in its field."""
    if not same_kind(row["finding_type"], finding.name):
        return False
    named = names(catalogue)
    holders = {
        (named[d.id], f"/holders/{i}/"): h.name or ""
        for d in catalogue.documents
        for i, h in enumerate(d.holders)
    }
    field = FIELDS.get(row["field"], "")
    for name, pointer in places(finding, named):
        post = next((h for (n, prefix), h in holders.items() if n == name and pointer.startswith(prefix)), "")
        same_post = row["jabatan"] is None or row["jabatan"].casefold() == post.casefold()
        in_field = field in f"{pointer}/" or (field == "/formula" and pointer.endswith("/name"))
        if f"{name}.txt" == row["document"] and same_post and in_field:
            return True
    return False


@dataclass(frozen=True)
class Figures:
    """The audit against the experts' list."""

    wanted: int
    """Grave rows."""
    missed: list[Row]
    """Grave rows that no finding meets."""
    reported: int
    """Errors and warnings reported on the three decrees, but for suspected OCR damage."""
    beside: list[Finding]
    """Those that no row meets and nobody defended."""
    causes: int
    """Grave rows met by a finding."""
    wrong_causes: list[Row]
    """Those whose findings all name another cause."""


@cache
def figures() -> Figures:
    """All figures on the real decrees."""
    catalogue, rows, excused = real(), experts(), defended()
    named = names(catalogue)
    judged = {row["document"].removesuffix(".txt") for row in rows}
    wanted = [row for row in rows if grave(row)]
    met = {row["id"]: [f for f in catalogue.findings if meets(row, f, catalogue)] for row in wanted}
    reported = [
        f
        for f in catalogue.findings
        if f.severity != "info" and f.cause != "ocr_artefact" and named[f.place.document] in judged
    ]
    beside = [
        f
        for f in reported
        if not any(meets(row, f, catalogue) for row in rows)
        and (f.code, named[f.place.document], f.place.pointer) not in excused
    ]
    found = [row for row in wanted if met[row["id"]]]
    return Figures(
        len(wanted),
        [row for row in wanted if not met[row["id"]]],
        len(reported),
        beside,
        len(found),
        [row for row in found if row["cause"] not in {f.cause for f in met[row["id"]]}],
    )


def defended() -> set[tuple[str, str, str]]:
    """Findings that are true though no expert listed them, each with its reason in the file."""
    entries = yaml.safe_load(DEFENDED.read_text("utf-8"))
    return {(entry["code"], entry["document"], entry["pointer"]) for entry in entries if entry["reason"]}


def audit() -> Iterator[str]:
    """Findings of the audit: what experts found in real decrees, and faults planted in invented ones."""
    found = figures()
    recall = 1 - len(found.missed) / found.wanted
    precision = 1 - len(found.beside) / found.reported
    causes = 1 - len(found.wrong_causes) / found.causes
    yield f"real decrees: recall {recall:.3f} of {found.wanted}, causes {causes:.3f} of {found.causes}"
    yield f"real decrees: listed or defended {precision:.3f} of {found.reported} errors and warnings"
    catalogue, faults = invented(), planted()
    named = names(catalogue)
    missed = [x for x in faults if not any(hits_fault(x, f, named) for f in catalogue.findings)]
    recall = 1 - len(missed) / len(faults)
    yield f"invented decrees: recall {recall:.3f} of {len(faults)}, false errors {len(false_errors())}"
