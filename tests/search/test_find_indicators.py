"""Finding indicators in a catalogue: by meaning, by the side of a formula, by place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.models.catalogue import Catalogue
from pipeline.search.find_indicators import FoundIndicator, SearchQuery, find_indicators


@cache
def published() -> Catalogue:
    """The catalogue of the samples."""
    return Catalogue.model_validate_json(Path("normalized/catalogue.json").read_bytes())


def found(**query: str) -> list[FoundIndicator]:
    return find_indicators(published(), SearchQuery(**query))


def test_an_abbreviation_finds_what_it_stands_for_and_the_other_way_round() -> None:
    short = {result.indicator.id for result in found(text="IKM")}
    full = {result.indicator.id for result in found(text="indeks kepuasan masyarakat")}
    assert short and short == full


def test_a_side_of_the_formula_is_searched_by_itself() -> None:
    above = found(numerator="desa")
    below = found(denominator="desa")
    assert above and below
    assert {r.indicator.id for r in above} != {r.indicator.id for r in below}
    assert all(r.field == "denominator" for r in below)


def test_places_restrict_what_is_found() -> None:
    everywhere = found(text="persentase desa")
    (first, *_) = {result.document.kecamatan for result in everywhere} - {None}
    here = found(text="persentase desa", kecamatan=(first or "").upper())
    assert here and {result.document.kecamatan for result in here} == {first}
    assert found(text="persentase desa", regency="Kabupaten Antah Berantah") == []


def test_the_name_counts_before_the_formula_and_an_exact_name_first() -> None:
    name = published().indicators[0].name
    results = found(text=name)
    assert results[0].field == "name" and results[0].fit == 1.0


def test_what_no_word_list_knows_is_found_by_its_letters() -> None:
    raw = next(i.formula.raw for i in published().indicators if i.formula and "100" in i.formula.raw)
    assert any(result.field == "formula" for result in found(text=raw[-6:]))


def test_nothing_is_found_where_nothing_is() -> None:
    assert found(text="kapal selam nuklir") == []
