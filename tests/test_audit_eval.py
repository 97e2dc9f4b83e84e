"""How much of what experts found in real and invented decrees the audit finds, and what it finds wrongly."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from audit_cases import load_record

from pipeline.building import Read, assemble
from pipeline.catalogue import Catalogue, Finding
from pipeline.linking import load

SHARED = Path(__file__).parents[2] / "shared"
INVENTED, FAULTS = SHARED / "corpus/invented", SHARED / "corpus/faults"
GOLD, EXPERTS = SHARED / "corpus/gold", SHARED / "eval/findings.jsonl"

pytestmark = pytest.mark.skipif(not FAULTS.exists(), reason="the shared corpus ../shared is not here")

# Kinds that say the same of one place, and that experts and rules name differently.
ALIKE = (
    {"formula_mismatch_indicator", "formula_missing_qualifier", "formula_differs"},
    {"formula_denominator_defect", "denominator_variant", "formula_differs"},
    {"indicator_name_variant", "indicator_is_activity"},
    {"formula_logic", "formula_differs"},
    {"formula_missing_times_100", "formula_differs"},
    {"formula_merged", "formula_missing_qualifier"},
)


@cache
def _catalogue(folder: Path, origin: str) -> Catalogue:
    records = sorted(folder.glob("*.json"))
    return assemble([Read(load_record(path, origin), ()) for path in records], load())


def _named(catalogue: Catalogue) -> dict[str, str]:
    return {d.id: d.name for d in catalogue.documents}


def _same_kind(expected: str, found: str) -> bool:
    return expected == found or any({expected, found} <= group for group in ALIKE)


def _touches(left: str, right: str) -> bool:
    return left == right or left.startswith(f"{right}/") or right.startswith(f"{left}/")


def _places(finding: Finding, names: dict[str, str]) -> set[tuple[str, str]]:
    return {(names[p.document], p.pointer) for p in (finding.place, *finding.related)}


def _planted() -> list[dict[str, Any]]:
    planted = []
    for path in sorted(FAULTS.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        for fault in content["faults"]:
            where = fault.get("pointers") or {path.stem: fault["pointer"]}
            planted.append({"type": fault["type"], "where": where, "severity": fault["severity"]})
    return planted


def _hit(fault: dict[str, Any], finding: Finding, names: dict[str, str]) -> bool:
    return _same_kind(fault["type"], finding.name) and any(
        name in fault["where"] and _touches(pointer, fault["where"][name])
        for name, pointer in _places(finding, names)
    )


def test_planted_faults_are_found() -> None:
    catalogue = _catalogue(INVENTED, "digital")
    names = _named(catalogue)
    missed = [f for f in _planted() if not any(_hit(f, finding, names) for finding in catalogue.findings)]
    assert missed == []


def test_severity_and_cause_are_the_planted_ones() -> None:
    catalogue = _catalogue(INVENTED, "digital")
    names = _named(catalogue)
    for fault in _planted():
        found = [f for f in catalogue.findings if f.name == fault["type"] and _hit(fault, f, names)]
        assert not found or (fault["severity"], "decree_fault") in {(f.severity, f.cause) for f in found}, (
            fault
        )


def test_no_error_is_reported_where_none_was_planted() -> None:
    catalogue = _catalogue(INVENTED, "digital")
    names = _named(catalogue)
    planted = _planted()
    false = [
        (f.code, names[f.place.document], f.place.pointer)
        for f in catalogue.findings
        if f.severity == "error" and not any(_hit(fault, f, names) for fault in planted)
    ]
    assert false == []


def test_traps_are_not_reported() -> None:
    catalogue = _catalogue(INVENTED, "digital")
    names = _named(catalogue)
    reported = []
    for path in sorted(FAULTS.glob("*.json")):
        for trap in json.loads(path.read_text("utf-8"))["traps"]:
            where = trap.get("pointers") or {path.stem: trap["pointer"]}
            for f in catalogue.findings:
                # Only the very field counts: what else is wrong with its indicator is no part of the trap.
                at = (names[f.place.document], f.place.pointer)
                if (
                    f.severity != "info"
                    and at in where.items()
                    and not any(_hit(p, f, names) for p in _planted())
                ):
                    reported.append((trap["trap"], f.code, *at))
    assert reported == []


# --- Real decrees: what experts found, by document, post and field.

REACHED = 0.79
"""Share of the experts' errors and warnings that is found; raise it with the rules."""

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
    "indikator_tujuan": "/goal_indicator",
    "signatory": "/signatory",
    "decree": "/number",
    "decree.nomor": "/number",
}


def _experts() -> list[dict[str, Any]]:
    rows = map(json.loads, EXPERTS.read_text("utf-8").splitlines())
    return [
        r
        for r in rows
        if r["severity"] in ("error", "warning") and r["cause"] in ("decree_fault", "uncertain")
    ]


def _meets(row: dict[str, Any], finding: Finding, catalogue: Catalogue) -> bool:
    """Whether a finding is of the row's kind, in its document, with its post and in its field."""
    if not _same_kind(row["finding_type"], finding.name):
        return False
    names = _named(catalogue)
    holders = {
        (d.name, f"/holders/{i}/"): h.name or "" for d in catalogue.documents for i, h in enumerate(d.holders)
    }
    field = FIELDS.get(row["field"], "")
    for name, pointer in _places(finding, names):
        post = next((h for (n, prefix), h in holders.items() if n == name and pointer.startswith(prefix)), "")
        same_post = row["jabatan"] is None or row["jabatan"].casefold() == post.casefold()
        in_field = field in f"{pointer}/" or (field == "/formula" and pointer.endswith("/name"))
        if f"{name}.txt" == row["document"] and same_post and in_field:
            return True
    return False


def test_what_experts_found_in_real_decrees_is_mostly_found() -> None:
    catalogue = _catalogue(GOLD, "text")
    rows = _experts()
    missed = [r for r in rows if not any(_meets(r, f, catalogue) for f in catalogue.findings)]
    share = 1 - len(missed) / len(rows)
    print(f"\n{share:.3f} of {len(rows)}; missed: {[(r['id'], r['finding_type']) for r in missed]}")  # noqa: T201
    assert share >= REACHED
