"""Measure the audit on invented decrees: planted faults that it finds, and traps that it falls into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Finding
from tools.gold_records import load_record

CORPUS = Path(__file__).parents[1].parent / "shared/corpus"
SETS = {"invented": "faults", "invented2": "faults2"}
"""Folders of records, each with the folder of its planted faults and traps."""

ALIKE = (
    {"formula_mismatch_indicator", "formula_missing_qualifier", "formula_differs"},
    {"formula_denominator_defect", "denominator_variant", "formula_differs"},
    {"indicator_name_variant", "indicator_is_activity"},
    {"formula_logic", "formula_differs"},
    {"formula_missing_times_100", "formula_differs"},
    {"formula_merged", "formula_missing_qualifier"},
)
"""Kinds of findings with the same meaning, which experts and rules name differently."""

NEUTRAL = frozenset(
    {"source_variant", "goal_variant", "objective_variant", "indicator_name_variant", "duty_variant"}
    | {"indicator_not_relevant", "indicator_is_output", "definition_missing"}
)
"""Kinds that are true of the invented decrees where they are not planted: neither hits nor false alarms."""

Row = dict[str, Any]


@dataclass(frozen=True)
class PlantedFigures:
    """The results of the audit on one set."""

    faults: int
    missed: list[Row]
    """Planted errors and warnings without a matching finding."""
    reported: list[Finding]
    """Reported errors and warnings, without suspected OCR damage and neutral kinds."""
    false_alarms: list[Finding]
    traps: list[tuple[str, Finding]]
    """Traps that are reported, each with its finding."""
    wrong_causes: list[Row]

    @property
    def recall(self) -> float:
        """Return the share of the planted errors and warnings that was found."""
        return 1 - len(self.missed) / self.faults

    @property
    def precision(self) -> float:
        """Return the share of the reported errors and warnings that was planted."""
        return 1 - len(self.false_alarms) / len(self.reported)


@cache
def build_set(name: str) -> Catalogue:
    """Return the catalogue of the decrees of a set, as if each were a digital file."""
    paths = sorted((CORPUS / name).glob("*.json"))
    return build_from_decrees([ReadDocument(load_record(path), ()) for path in paths], load_definitions())


def load_planted(name: str, kind: str = "faults") -> list[Row]:
    """Return the planted faults (or the ``traps``) of a set, each with its places by document."""
    rows = []
    for path in sorted((CORPUS / SETS[name]).glob("*.json")):
        for row in json.loads(path.read_text("utf-8"))[kind]:
            places = row.get("pointers") or row["pointer"]
            if not isinstance(places, dict):
                places = {path.stem: places}
            lists = {doc: [at] if isinstance(at, str) else list(at) for doc, at in places.items()}
            rows.append(row | {"places": lists})
    return rows


def document_names(catalogue: Catalogue) -> dict[str, str]:
    """Return the names of the documents without ending, by id."""
    return {d.id: d.name.removesuffix(".txt") for d in catalogue.documents}


def finding_places(finding: Finding, names: dict[str, str]) -> set[tuple[str, str]]:
    """Return all places of a finding: document and pointer."""
    return {(names[p.document], p.pointer) for p in (finding.place, *finding.related)}


def same_kind(expected: str, found: str) -> bool:
    """Return whether two kinds of finding have the same meaning."""
    return expected == found or any({expected, found} <= group for group in ALIKE)


def meets_fault(fault: Row, finding: Finding, names: dict[str, str]) -> bool:
    """Return whether a finding is the planted fault: of its kind, at its place."""
    return same_kind(fault["type"], finding.name) and any(
        _touches(pointer, planted)
        for name, pointer in finding_places(finding, names)
        for planted in fault["places"].get(name, ())
    )


def _touches(left: str, right: str) -> bool:
    return left == right or left.startswith(f"{right}/") or right.startswith(f"{left}/")


@cache
def planted_figures(name: str) -> PlantedFigures:
    """Return all figures of a set."""
    catalogue, faults = build_set(name), load_planted(name)
    names = document_names(catalogue)
    grave = [fault for fault in faults if fault["severity"] != "info"]
    met = [[f for f in catalogue.findings if meets_fault(fault, f, names)] for fault in grave]
    planted_ids = {f.id for f in catalogue.findings if any(meets_fault(fault, f, names) for fault in faults)}
    reported = [
        f
        for f in catalogue.findings
        if f.severity != "info"
        and f.cause != "ocr_artefact"
        and (f.id in planted_ids or f.name not in NEUTRAL)
    ]
    grave_findings = [f for f in catalogue.findings if f.severity != "info" and f.id not in planted_ids]
    return PlantedFigures(
        faults=len(grave),
        missed=[fault for fault, findings in zip(grave, met, strict=True) if not findings],
        reported=reported,
        false_alarms=[f for f in reported if f.id not in planted_ids],
        traps=[
            (trap["trap"], finding)
            for trap in load_planted(name, "traps")
            for finding in grave_findings
            if _is_at_trap(trap, finding, names)
        ],
        wrong_causes=[
            fault
            for fault, findings in zip(grave, met, strict=True)
            if findings and fault["cause"] not in {f.cause for f in findings}
        ],
    )


def _is_at_trap(trap: Row, finding: Finding, names: dict[str, str]) -> bool:
    """Return whether a finding is about the field of a trap, or about all its places at once."""
    at = finding_places(finding, names)
    first = (names[finding.place.document], finding.place.pointer)
    places = {(name, pointer) for name, pointers in trap["places"].items() for pointer in pointers}
    return first in places if len(trap["places"]) == 1 else len(places & at) > 1
