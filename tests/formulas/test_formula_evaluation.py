"""The open evaluation sets: the shares once reached do not fall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.formulas import compare_formulas, compare_printed_formula, read_formula

SHARED = Path(__file__).parents[2].parent / "shared"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of an evaluation file, or a skip where the sets are not at hand."""
    path = SHARED / "eval" / name
    if not path.exists():
        pytest.skip(f"no evaluation set {name} beside the repository")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_reading_reaches_its_share() -> None:
    right = total = sure = sure_right = 0
    for row in rows("formulas.jsonl"):
        reading = read_formula(row["raw"])
        hit = reading.expression in [row["expression"], *row.get("also", [])]
        total, right = total + 1, right + hit
        if reading.confidence >= 0.8:
            sure, sure_right = sure + 1, sure_right + hit
    assert right / total >= 0.98
    assert sure_right == sure


def test_verdicts_and_named_differences_reach_their_shares() -> None:
    right = total = wanted = found = unasked = 0
    for row in rows("comparisons.jsonl"):
        judge = compare_formulas if row["decree_is"] == "expression" else compare_printed_formula
        comparison = judge(row["definition"], row["decree"])
        total, right = total + 1, right + (comparison.verdict == row["verdict"])
        left = [(difference.side, difference.kind) for difference in comparison.differences]
        for difference in row["differences"]:
            kinds = {difference["kind"], *difference.get("or", [])}
            hit = next((one for one in left if one[0] == difference["side"] and one[1] in kinds), None)
            wanted, found = wanted + 1, found + (hit is not None)
            if hit is not None:
                left.remove(hit)
        unasked += len(left)
    assert right / total >= 0.97
    assert found / wanted >= 0.93
    assert unasked <= 1


def test_formulas_of_the_corpus_records_are_read() -> None:
    folders = [SHARED / "corpus" / name for name in ("gold", "invented", "real")]
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.json"))]
    if not paths:
        pytest.skip("no corpus beside the repository")
    right = total = 0
    for path in paths:
        for raw, expressions in _formulas(json.loads(path.read_text(encoding="utf-8"))):
            total, right = total + 1, right + (read_formula(raw).expression in expressions)
    assert right / total >= 0.98


def _formulas(value: Any) -> list[tuple[str, list[str | None]]]:
    """Each printed formula of a record with the readings that are right."""
    if isinstance(value, list):
        return [pair for inner in value for pair in _formulas(inner)]
    if not isinstance(value, dict):
        return []
    if "raw" in value and "expression" in value:
        return [(raw, _options(value["expression"])) for raw in _options(value["raw"]) if raw]
    return [pair for inner in value.values() for pair in _formulas(inner)]


def _options(value: Any) -> list[Any]:
    return value["$any"] if isinstance(value, dict) and "$any" in value else [value]
