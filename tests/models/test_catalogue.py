"""The catalogue's models and schema, and the identity of mentions."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Generator, catalogue_schema
from pipeline.models.mention import document_id, list_mentions
from tests.support.audit_cases import decree, indicator


def _made() -> Catalogue:
    return build_from_decrees(
        [ReadDocument(decree(indicator(), indicator(formula=None)), ("b.txt",))], load_definitions()
    )


def _properties(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    parts = {"Catalogue": schema} | schema.get("$defs", {})
    return [(n, f, p) for n, part in parts.items() for f, p in part.get("properties", {}).items()]


def test_a_catalogue_satisfies_its_schema() -> None:
    jsonschema.validate(json.loads(_made().to_json()), catalogue_schema())


def test_every_field_is_described() -> None:
    bare = [
        (model, field)
        for model, field, entry in _properties(catalogue_schema())
        if "description" not in entry
    ]
    assert bare == []


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Catalogue.model_validate({"generator": {"name": "x", "version": "1"}, "surprise": 1})


def test_json_comes_back_as_the_same_catalogue_and_ends_with_a_newline() -> None:
    made = _made()
    text = made.to_json()
    assert text.endswith("}\n")
    assert Catalogue.model_validate_json(text).to_json() == text


def test_indonesian_letters_stand_as_they_are() -> None:
    text = build_from_decrees(
        [ReadDocument(decree(indicator(name="Persentase désa × tangguh")), ())], load_definitions()
    ).to_json()
    assert "désa × tangguh" in text


def test_an_empty_catalogue_is_valid() -> None:
    jsonschema.validate(
        json.loads(Catalogue(generator=Generator(name="x", version="1")).to_json()), catalogue_schema()
    )


def test_every_reference_leads_somewhere() -> None:
    made = _made()
    documents = {d.id for d in made.documents}
    holders = {h.id for d in made.documents for h in d.holders}
    targets = {d.id for d in made.definitions} | {c.id for c in made.clusters} | {None}
    assert {i.document for i in made.indicators} <= documents
    assert {i.holder for i in made.indicators} <= holders
    assert {i.link.target for i in made.indicators} <= targets
    assert {p.document for f in made.findings for p in (f.place, *f.related)} <= documents


def test_a_mention_knows_its_place_and_keeps_its_id() -> None:
    made = decree(indicator(), indicator(name="Jumlah warga terlatih", formula=None))
    first, second = list_mentions(made)
    assert second.id == f"{document_id(made)}.h0.i1"
    assert second.pointer == "/holders/0/indicators/1"
    assert (second.name, second.raw_formula, second.expression) == ("Jumlah warga terlatih", None, None)
    assert first.holder.name == "Kecamatan Wanasari"
    assert [m.id for m in list_mentions(made)] == [first.id, second.id]
