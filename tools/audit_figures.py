"""Measure the audit on the real decrees: what it finds of the experts' list, and what it reports besides."""

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
"""The part of a pointer that stands for a field of the experts' list."""

Row = dict[str, Any]


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue of the real decrees: gold records where they exist, readings of the others.

    The others are needed because experts compared them with these; their own findings are not judged.
    """
    gold_decrees = [load_record(path, "text") for path in sorted(GOLD.glob("*.json"))]
    names = {decree.document.name for decree in gold_decrees}
    others = [read_decree.read(path) for path in sorted(TEXTS.glob("*.txt")) if path.stem not in names]
    return build_from_decrees(
        [ReadDocument(decree, ()) for decree in (*gold_decrees, *others)], load_definitions()
    )


def load_expert_rows() -> list[Row]:
    """Return all rows of the experts' list."""
    return [json.loads(line) for line in EXPERTS.read_text("utf-8").splitlines()]


def is_grave(row: Row) -> bool:
    """Return whether a row is an error or a warning that may be the decree's own fault."""
    return row["severity"] in ("error", "warning") and row["cause"] in ("decree_fault", "uncertain")


def matches_row(row: Row, finding: Finding, catalogue: Catalogue) -> bool:
    """Return whether a finding has the row's kind, document, post and field."""
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
    """Number of grave rows."""
    missed: list[Row]
    """Grave rows without a matching finding."""
    reported: int
    """Number of errors and warnings on the experts' decrees, without suspected OCR damage."""
    unlisted: list[Finding]
    """Reported findings that match no row and are not defended."""
    causes: int
    """Number of grave rows with a matching finding."""
    wrong_causes: list[Row]
    """Grave rows whose matching findings all name another cause."""


@cache
def measure_audit() -> Figures:
    """Return all figures on the real decrees."""
    catalogue, rows, excused = load_catalogue(), load_expert_rows(), load_defended()
    named = document_names(catalogue)
    judged = {row["document"].removesuffix(".txt") for row in rows}
    wanted = [row for row in rows if is_grave(row)]
    met = {row["id"]: [f for f in catalogue.findings if matches_row(row, f, catalogue)] for row in wanted}
    reported = [
        f
        for f in catalogue.findings
        if f.severity != "info" and f.cause != "ocr_artefact" and named[f.place.document] in judged
    ]
    unlisted = [
        f
        for f in reported
        if not any(matches_row(row, f, catalogue) for row in rows)
        and (f.code, named[f.place.document], f.place.pointer) not in excused
    ]
    met_rows = [row for row in wanted if met[row["id"]]]
    return Figures(
        len(wanted),
        [row for row in wanted if not met[row["id"]]],
        len(reported),
        unlisted,
        len(met_rows),
        [row for row in met_rows if row["cause"] not in {f.cause for f in met[row["id"]]}],
    )


def load_defended() -> set[tuple[str, str, str]]:
    """Return correct findings that no expert listed; the file gives the reason for each."""
    entries = yaml.safe_load(DEFENDED.read_text("utf-8"))
    return {(entry["code"], entry["document"], entry["pointer"]) for entry in entries if entry["reason"]}


def describe_audit() -> Iterator[str]:
    """Findings of the audit: what experts found in real decrees, and faults planted in invented ones."""
    audited = measure_audit()
    recall = 1 - len(audited.missed) / audited.wanted
    precision = 1 - len(audited.unlisted) / audited.reported
    causes = 1 - len(audited.wrong_causes) / audited.causes
    yield f"real decrees: recall {recall:.3f} of {audited.wanted}, causes {causes:.3f} of {audited.causes}"
    yield f"real decrees: listed or defended {precision:.3f} of {audited.reported} errors and warnings"
    for name in SETS:
        planted = planted_figures(name)
        yield (
            f"{name}: recall {planted.recall:.3f} of {planted.faults}, precision {planted.precision:.3f} of "
            f"{len(planted.reported)}, traps {len(planted.traps)}, wrong causes {len(planted.wrong_causes)}"
        )
