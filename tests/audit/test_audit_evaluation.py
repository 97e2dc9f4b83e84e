"""How much of what experts found in real and invented decrees the audit finds, and what it finds wrongly."""

from __future__ import annotations

import pytest

from tools import audit_figures as measured
from tools.planted_faults import CORPUS, document_names, planted_figures

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus ../shared is not here")

RECALL, PRECISION, CAUSES = 0.90, 0.85, 0.85
"""Shares that the audit must reach on the real decrees."""


@pytest.mark.parametrize(
    ("name", "recall", "precision", "traps"), [("invented", 1.0, 1.0, 0), ("invented2", 0.98, 0.92, 1)]
)
def test_planted_faults_are_found_and_little_else(
    name: str, recall: float, precision: float, traps: int
) -> None:
    figures = planted_figures(name)
    assert figures.recall >= recall, [(f["type"], f["places"]) for f in figures.missed]
    assert figures.precision >= precision, [(f.code, f.place.pointer) for f in figures.false_alarms]
    assert len(figures.traps) <= traps, [(trap, f.code, f.place.pointer) for trap, f in figures.traps]
    assert figures.wrong_causes == []


def test_what_experts_found_in_real_decrees_is_mostly_found() -> None:
    found = measured.measure_audit()
    share = 1 - len(found.missed) / found.wanted
    assert share >= RECALL, [(row["id"], row["finding_type"]) for row in found.missed]


def test_what_is_reported_of_real_decrees_is_listed_or_defended() -> None:
    found = measured.measure_audit()
    share = 1 - len(found.unlisted) / found.reported
    assert share >= PRECISION, [(f.code, f.place.pointer) for f in found.unlisted]


def test_causes_are_those_of_the_experts() -> None:
    found = measured.measure_audit()
    share = 1 - len(found.wrong_causes) / found.causes
    assert share >= CAUSES, [(row["id"], row["cause"]) for row in found.wrong_causes]


def test_what_is_defended_is_still_reported() -> None:
    catalogue = measured.load_catalogue()
    named = document_names(catalogue)
    reported = {(f.code, named[f.place.document], f.place.pointer) for f in catalogue.findings}
    assert measured.load_defended() <= reported
