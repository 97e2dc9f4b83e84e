"""How much of what experts found in real and invented decrees the audit finds, and what it finds wrongly."""

from __future__ import annotations

import json

import pytest

from tools import audit_figures as measured

pytestmark = pytest.mark.skipif(
    not measured.FAULTS.exists(), reason="the shared corpus ../shared is not here"
)

RECALL, PRECISION, CAUSES = 0.90, 0.85, 0.85
"""Shares that the audit must reach on the real decrees."""


def test_planted_faults_are_found() -> None:
    catalogue = measured.invented()
    named = measured.names(catalogue)
    missed = [
        fault
        for fault in measured.planted()
        if not any(measured.hits_fault(fault, finding, named) for finding in catalogue.findings)
    ]
    assert missed == []


def test_severity_and_cause_are_the_planted_ones() -> None:
    catalogue = measured.invented()
    named = measured.names(catalogue)
    for fault in measured.planted():
        found = [
            f for f in catalogue.findings if f.name == fault["type"] and measured.hits_fault(fault, f, named)
        ]
        assert not found or (fault["severity"], "decree_fault") in {(f.severity, f.cause) for f in found}, (
            fault
        )


def test_no_error_is_reported_where_none_was_planted() -> None:
    assert measured.false_errors() == []


def test_traps_are_not_reported() -> None:
    catalogue, planted = measured.invented(), measured.planted()
    named = measured.names(catalogue)
    reported = []
    for path in sorted(measured.FAULTS.glob("*.json")):
        for trap in json.loads(path.read_text("utf-8"))["traps"]:
            where = trap.get("pointers") or {path.stem: trap["pointer"]}
            for f in catalogue.findings:
                # Only the very field counts: what else is wrong with its indicator is no part of the trap.
                at = (named[f.place.document], f.place.pointer)
                if (
                    f.severity != "info"
                    and at in where.items()
                    and not any(measured.hits_fault(p, f, named) for p in planted)
                ):
                    reported.append((trap["trap"], f.code, *at))
    assert reported == []


def test_what_experts_found_in_real_decrees_is_mostly_found() -> None:
    found = measured.figures()
    share = 1 - len(found.missed) / found.wanted
    assert share >= RECALL, [(row["id"], row["finding_type"]) for row in found.missed]


def test_what_is_reported_of_real_decrees_is_listed_or_defended() -> None:
    found = measured.figures()
    share = 1 - len(found.beside) / found.reported
    assert share >= PRECISION, [(f.code, f.place.pointer) for f in found.beside]


def test_causes_are_those_of_the_experts() -> None:
    found = measured.figures()
    share = 1 - len(found.wrong_causes) / found.causes
    assert share >= CAUSES, [(row["id"], row["cause"]) for row in found.wrong_causes]


def test_what_is_defended_is_still_reported() -> None:
    catalogue = measured.real()
    named = measured.names(catalogue)
    reported = {(f.code, named[f.place.document], f.place.pointer) for f in catalogue.findings}
    assert measured.defended() <= reported
