"""The record's contract: what version 2 holds, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from extractors.model.record import Correction, Decree, Note, Provenance, record_schema

PLEDGE: dict[str, Any] = {
    "document": {
        "sha256": "0" * 64,
        "name": "pk.docx",
        "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pages": None,
        "origin": "digital",
        "coverage": {"words": 4, "fields": 4, "furniture": 0, "notes": 0},
    },
    "kind": "PK",
    "title": "PERJANJIAN KINERJA TAHUN 2025",
    "parties": [
        {"role": "first", "name": "SARI WULAN, S.Sos", "position": "CAMAT SUKAMULIH"},
        {"role": "second", "name": "BAYU", "position": "BUPATI MANDALAWENING"},
    ],
    "programs": [{"name": "Program Pembinaan Desa", "budget": 125_000_000, "note": "APBD"}],
    "holders": [
        {
            "type": "position",
            "name": "CAMAT SUKAMULIH",
            "indicators": [
                {
                    "name": "Nilai IKM",
                    "group": "MISI KESATU",
                    "level": "sasaran",
                    "baseline": {"year": 2023, "value": "80,1"},
                    "targets": [{"year": 2025, "value": "83"}],
                    "quarter_targets": [{"year": 2025, "quarter": 2, "value": "81"}],
                    "realisations": [{"year": 2024, "quarter": None, "value": "80,9", "budget": None}],
                }
            ],
        }
    ],
    "provenance": {
        "/title": {"part": "document", "paragraph": 1, "confidence": 1.0},
        "/programs/0/name": {"sheet": "Lampiran", "cell": "B7", "confidence": 1.0},
    },
    "notes": [],
}


def test_a_pledge_satisfies_the_published_schema() -> None:
    dumped = json.loads(Decree.model_validate(PLEDGE).model_dump_json())
    jsonschema.validate(dumped, record_schema())
    assert dumped["schema_version"] == "2"
    assert Decree.model_validate(dumped) == Decree.model_validate(PLEDGE)


def test_provenance_and_notes_hold_no_empty_fields() -> None:
    dumped = json.loads(Decree.model_validate(PLEDGE).model_dump_json())
    assert dumped["provenance"]["/title"] == {"part": "document", "paragraph": 1, "confidence": 1.0}
    corrected = Provenance(
        page=1, confidence=1.0, corrected=Correction(read="8O", who="Sari", when="2025-02-01")
    )
    decree = Decree.model_validate({**PLEDGE, "provenance": {"/title": corrected}})
    assert json.loads(decree.model_dump_json())["provenance"]["/title"]["corrected"]["read"] == "8O"
    note = Note(code="page-unread", message="Page 3 …", pointer="", pages=(3, 4))
    assert json.loads(note.model_dump_json()) == {
        "code": "page-unread",
        "message": "Page 3 …",
        "pointer": "",
        "pages": [3, 4],
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("kind",), "SK"),
        (("schema_version",), "3"),
        (("parties", 0, "role"), "third"),
        (("holders", 0, "indicators", 0, "quarter_targets", 0, "quarter"), 5),
        (("holders", 0, "indicators", 0, "level"), "dampak"),
        (("programs", 0, "budget"), "Rp125.000.000"),
    ],
)
def test_what_no_reader_expects_is_refused(path: tuple[str | int, ...], value: object) -> None:
    record = json.loads(json.dumps(PLEDGE))
    node: Any = record
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(ValidationError):
        Decree.model_validate(record)


def test_a_record_of_version_1_is_taken_over() -> None:
    record = {**json.loads(json.dumps(PLEDGE)), "schema_version": "1", "kind": "IKU"}
    assert Decree.model_validate(record).schema_version == "2"
