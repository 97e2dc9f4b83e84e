"""The samples' planted faults, all found, and their traps, none of which is taken for one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Finding
from samples.make import HERE
from tests.support.audit_cases import load_record

PLANTED = sorted((HERE / "faults").glob("*.json"))
EXPECTED = sorted((HERE / "expected").glob("*.json"))
OF_OTHERS = {
    ("jatirumpun-iki-2024", "/number"): "whose code it is shows only beside the neighbour's decree",
}
"""Faults of one decree that only the build of all can show, and why."""
NOT_CARRIED: dict[tuple[str, str], str] = {
    ("sendangmulih-iku-2024.html", "/holders/0/indicators/3/targets"): "the layout has no targets",
}
"""Faults that a print cannot show, and why."""
Fault = dict[str, Any]


def _record(print_: str) -> str:
    """The decree that a print is of: NAME of NAME.LAYOUT."""
    return print_.rpartition(".")[0]


def _entries(kind: str) -> list[tuple[str, Fault]]:
    """Planted faults or traps, each with its record's name."""
    return [(p.stem, entry) for p in PLANTED for entry in json.loads(p.read_text("utf-8"))[kind]]


@cache
def _alone(path: Path) -> Catalogue:
    # Planted are faults of decrees: read from a digital file, nothing is blamed on OCR.
    return build_from_decrees([ReadDocument(load_record(path, "digital"), ())], load_definitions())


@cache
def _all(origin: str) -> Catalogue:
    return build_from_decrees(
        [ReadDocument(load_record(path, origin), ()) for path in EXPECTED], load_definitions()
    )


def _places(finding: Finding, catalogue: Catalogue) -> set[tuple[str, str]]:
    names = {d.id: _record(d.name) for d in catalogue.documents}
    return {(names[p.document], p.pointer) for p in (finding.place, *finding.related)}


def _meets(pointer: str, found: str) -> bool:
    return pointer == found or pointer.startswith(f"{found}/") or found.startswith(f"{pointer}/")


def _said(name: str, pointer: str, fault: Fault, catalogue: Catalogue) -> list[Finding]:
    """Findings of the fault's type at its place."""
    return [
        f
        for f in catalogue.findings
        if f.name == fault["type"] and any(name == n and _meets(pointer, p) for n, p in _places(f, catalogue))
    ]


def _judged(found: list[Finding]) -> set[tuple[str, str]]:
    return {(f.severity, f.cause) for f in found}


SINGLE = [
    pytest.param(path, name, fault, id=f"{path.stem}{fault['pointer']}-{fault['type']}")
    for name, fault in _entries("faults")
    if "pointer" in fault and (name, fault["pointer"]) not in OF_OTHERS
    for path in EXPECTED
    if _record(path.stem) == name and (path.stem, fault["pointer"]) not in NOT_CARRIED
]
CROSS = [
    pytest.param(name, fault, id=f"{name}-{fault['type']}")
    for name, fault in _entries("faults")
    if "pointers" in fault or (name, fault["pointer"]) in OF_OTHERS
]
TRAPS = [pytest.param(name, trap, id=f"{name}{trap['pointer']}") for name, trap in _entries("traps")]


@pytest.mark.parametrize(("path", "name", "fault"), SINGLE)
def test_a_planted_fault_is_found_in_each_print_of_its_decree(path: Path, name: str, fault: Fault) -> None:
    found = _said(name, fault["pointer"], fault, _alone(path))
    assert (fault["severity"], fault["cause"]) in _judged(found)


@pytest.mark.parametrize(("name", "fault"), CROSS)
def test_a_fault_between_decrees_is_found_in_the_build_of_all(name: str, fault: Fault) -> None:
    where = fault.get("pointers") or {name: fault["pointer"]}
    said = [_said(document, pointer, fault, _all("digital")) for document, pointer in where.items()]
    shared = [f for f in said[0] if all(f in others for others in said)]
    assert (fault["severity"], fault["cause"]) in _judged(shared)
    for text in fault["text"].values() if fault["type"] == "denominator_variant" else ():
        assert any(f'"{text}"' in f.message.id for f in shared)


@pytest.mark.parametrize(("name", "trap"), TRAPS)
def test_a_trap_is_no_finding_above_info(name: str, trap: Fault) -> None:
    builds = [_all("digital"), _all("text")]
    builds += [_alone(path) for path in EXPECTED if _record(path.stem) == name]
    reported = [
        (f.code, f.severity)
        for catalogue in builds
        for f in catalogue.findings
        # The place alone: a trap is often the right side of a comparison with a faulty decree.
        if f.severity != "info"
        and f.place.pointer == trap["pointer"]
        and _record(next(d.name for d in catalogue.documents if d.id == f.place.document)) == name
    ]
    assert reported == []


def test_in_text_that_went_through_ocr_no_planted_fault_is_taken_for_ocr_damage() -> None:
    catalogue = _all("text")
    for name, fault in _entries("faults"):
        for document, pointer in (fault.get("pointers") or {name: fault["pointer"]}).items():
            found = _said(document, pointer, fault, catalogue)
            mains = {_record(d.name) for d in catalogue.documents if d.print_of is None}
            assert document in mains
            assert all(f.cause != "ocr_artefact" for f in found)


def test_the_exceptions_are_still_needed() -> None:
    faults = {(name, fault.get("pointer")) for name, fault in _entries("faults")}
    assert OF_OTHERS.keys() <= faults
    for print_, pointer in NOT_CARRIED:
        assert (_record(print_), pointer) in faults
        found = [
            f for f in _alone(HERE / "expected" / f"{print_}.json").findings if f.place.pointer == pointer
        ]
        assert found == []
