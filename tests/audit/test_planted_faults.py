"""Faults planted one by one into a sound regency: each is found, and nothing is called an error beside it."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Finding
from tests.support.audit_cases import sound_decree

CASES = yaml.safe_load((Path(__file__).parent / "clean_decrees.yaml").read_text("utf-8"))
FAULTS = CASES["faults"]
ECHOES = {
    "missing_field": {"S013", "S005"},
    "formula_differs": {"K002"},
    "formula_inverted": {"K002"},
    "formula_numerator_equals_denominator": {"K002"},
    "formula_missing_qualifier": {"K002"},
    "formula_denominator_defect": {"K002", "F014"},
    "denominator_variant": {"K001"},
    "indicator_duplicate": {"F001", "F014", "K002"},
}
"""Errors that are the echo of a planted fault in another rule: as true, and no false alarm."""
Fault = dict[str, Any]


@cache
def _base() -> str:
    """The sound decrees as JSON: the agency's, its neighbour's and its posts'."""
    iku = CASES["iku"]
    renamed = json.dumps(iku).replace("WANASARI", "CIHERANG").replace("Wanasari", "Ciherang")
    other = json.loads(renamed.replace("39.05.01", "39.05.02").replace("/7/", "/11/"))
    other["signatory"] = {"name": "Drs. BIMA", "position": "CAMAT CIHERANG", "nip": "197105141995031002"}
    return json.dumps({"iku": iku, "other": other, "iki": CASES["iki"]})


def _findings(decrees: dict[str, Any]) -> list[Finding]:
    reads = [ReadDocument(sound_decree(copy.deepcopy(fields), name), ()) for name, fields in decrees.items()]
    return build_from_decrees(reads, load_definitions()).findings


def _planted(fault: Fault) -> dict[str, Any]:
    decrees = json.loads(_base())
    *path, last = fault["pointer"].strip("/").split("/")
    node: Any = decrees[fault["at"]]
    for step in path:
        node = node[int(step)] if isinstance(node, list) else node[step]
    node[int(last) if isinstance(node, list) else last] = fault["value"]
    return decrees


def _named(fault: Fault) -> str:
    return f"{fault['kind']}-{fault['at']}{fault['pointer'].replace('/', '.')}"


def test_a_sound_regency_has_no_error_and_no_warning() -> None:
    found = [(f.code, f.place.pointer) for f in _findings(json.loads(_base())) if f.severity != "info"]
    assert found == []


@pytest.mark.parametrize("fault", FAULTS, ids=_named)
def test_a_planted_fault_is_found_and_no_error_beside_it(fault: Fault) -> None:
    found = _findings(_planted(fault))
    assert fault["kind"] in {f.name for f in found}
    false = {
        f.code
        for f in found
        if f.severity == "error"
        and f.name != fault["kind"]
        and f.code not in ECHOES.get(fault["kind"], set())
    }
    assert false == set()


@pytest.mark.parametrize("trap", CASES["traps"], ids=lambda trap: trap["why"].replace(" ", "-"))
def test_what_only_looks_like_a_fault_is_not_reported(trap: Fault) -> None:
    found = [(f.code, f.place.pointer) for f in _findings(_planted(trap)) if f.severity == "error"]
    there = [
        (f.code, f.place.pointer)
        for f in _findings(_planted(trap))
        if f.severity == "warning"
        and f.place.pointer.startswith(trap["pointer"])
        and not f.code.startswith("K")
    ]
    assert (found, there) == ([], [])
