"""How much of what experts found the audit finds, and what it finds beside that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline import read_decree
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Finding
from tools.gold_records import load_record
from tools.planted_faults import SETS, document_names, finding_places, planted_figures, same_kind

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GOLD, TEXTS = SHARED / "corpus/gold", SHARED / "corpus/text"
EXPERTS = SHARED / "eval/findings.jsonl"
DEFENDED = ROOT / "tests/audit/audit_defended.yaml"

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


@cache
def real() -> Catalogue:
    """The real decrees: the gold records of those that have one, and the readings of the others.

    The others are there for what experts compared with them; their own findings are not judged.
    """
    known = [load_record(path, "text") for path in sorted(GOLD.glob("*.json"))]
    names = {decree.document.name for decree in known}
    others = [read_decree.read(path) for path in sorted(TEXTS.glob("*.txt")) if path.stem not in names]
    return build_from_decrees([ReadDocument(decree, ()) for decree in (*known, *others)], load_definitions())


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
    named = document_names(catalogue)
    holders = {
        (named[d.id], f"/holders/{i}/"): h.name or ""
        for d in catalogue.documents
        for i, h in enumerate(d.holders)
    }
    field = FIELDS.get(row["field"], "")
    for name, pointer in finding_places(finding, named):
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
    named = document_names(catalogue)
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
    for name in SETS:
        planted = planted_figures(name)
        yield (
            f"{name}: recall {planted.recall:.3f} of {planted.faults}, precision {planted.precision:.3f} of "
            f"{len(planted.reported)}, traps {len(planted.traps)}, wrong causes {len(planted.wrong_causes)}"
        )
