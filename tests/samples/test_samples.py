"""The samples: printed up to date, true to the models, and read back to what they were printed from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from extractors.errors import ReadError
from extractors.model.record import Decree
from pipeline.read_decree import read
from samples.damage import damage
from samples.formulas import STYLES, Binary, Number, Quantity, expression, parse
from samples.generate import generate
from samples.make import HERE, generate_texts, list_stale_files, prints, record
from samples.printing import LAYOUTS, carried, printed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = sorted(words("prints"))
PRINTS = [pytest.param(name, layout, id=f"{name}.{layout}") for name, layout in prints()]
DOCUMENT = {
    "sha256": "0" * 64,
    "name": "sample.md",
    "media_type": "text/markdown",
    "pages": None,
    "origin": "text",
    "coverage": {"words": 0, "fields": 0, "furniture": 0, "notes": 0},
}
NOT_COMPARED = ("document", "provenance", "notes")


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """JSON Pointer and value of every leaf, empty lists and objects included."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not value or not isinstance(value, dict | list):
        yield pointer, value
    for key, child in inner:
        yield from leaves(child, f"{pointer}/{key}")


def at(value: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def differences(path: Path, wanted: dict[str, Any]) -> list[str]:
    """What the reader makes of a print, leaf by leaf, where it is not what was printed."""
    got = read(path).model_dump(mode="json")
    there = dict(leaves({name: value for name, value in got.items() if name not in NOT_COMPARED}))
    expected = dict(leaves(wanted))
    return [
        f"{pointer}: printed {expected.get(pointer)!r}, read {there.get(pointer)!r}"
        for pointer in sorted(there.keys() | expected.keys())
        if there.get(pointer, "nothing") != expected.get(pointer, "nothing")
    ]


class TestPrints:
    @pytest.mark.slow
    def test_are_up_to_date(self) -> None:
        assert list_stale_files() == [], "run: python -m samples.make"

    def test_are_the_same_every_time(self) -> None:
        assert dict(generate_texts()) == dict(generate_texts())

    @pytest.mark.parametrize("name", NAMES)
    def test_first_layout_has_a_place_for_everything(self, name: str) -> None:
        source, first = record(name), words("prints")[name][0]
        seen = carried(source, first)
        for holder in [*source["holders"], *seen["holders"]]:
            for indicator in holder["indicators"]:
                indicator["formula"] = indicator["formula"] and indicator["formula"]["expression"]
        assert seen == source

    @pytest.mark.parametrize(("name", "layout"), PRINTS)
    def test_reader_gives_the_record(self, name: str, layout: str) -> None:
        path = HERE / "text" / f"{name}.{layout}.{LAYOUTS[layout].suffix}"
        expected = json.loads((HERE / "expected" / f"{name}.{layout}.json").read_text(encoding="utf-8"))
        assert differences(path, expected) == []


@pytest.mark.parametrize("name", ["sendangmulih-iku-2024.naskah.docx", "sendangmulih-iku-2024.lembar.xlsx"])
def test_office_files_are_read_as_what_they_were_printed_from(name: str) -> None:
    expected = json.loads((HERE / "expected" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    assert differences(HERE / "office" / name, expected) == []


class TestRecords:
    @pytest.mark.parametrize("name", NAMES)
    def test_follow_the_models(self, name: str) -> None:
        source = record(name)
        model = Decree.model_validate({**source, "document": DOCUMENT})
        dumped = model.model_dump(mode="json", exclude=set(NOT_COMPARED))
        assert dumped == source

    @pytest.mark.parametrize("name", NAMES)
    def test_expressions_say_what_the_formulas_say(self, name: str) -> None:
        for holder in record(name)["holders"]:
            for indicator in holder["indicators"]:
                if indicator["formula"]:
                    assert indicator["formula"]["expression"] == expression(indicator["formula"]["raw"])

    @pytest.mark.parametrize("name", NAMES)
    def test_planted_faults_point_into_the_records(self, name: str) -> None:
        planted = json.loads((HERE / "faults" / f"{name}.json").read_text(encoding="utf-8"))
        assert planted["faults"]
        assert planted["traps"]
        for entry in [*planted["faults"], *planted["traps"]]:
            for document, pointer in entry.get("pointers", {name: entry.get("pointer")}).items():
                at(record(document), pointer)

    def test_share_no_name_with_the_corpus(self) -> None:
        corpus = Path("../shared/corpus/invented")
        if not corpus.is_dir():
            pytest.skip("the shared corpus is not here")
        taken = {json.loads(path.read_text(encoding="utf-8"))["kecamatan"] for path in corpus.glob("*.json")}
        assert taken.isdisjoint(record(name)["kecamatan"] for name in NAMES)


class TestFormulas:
    def test_division_binds_as_it_is_written(self) -> None:
        tree = Binary("x", Binary("/", Quantity("Jumlah A"), Quantity("Jumlah B")), Number("100%"))
        assert parse("(Jumlah A / Jumlah B) x 100%") == parse("Jumlah A / Jumlah B x 100%") == tree

    def test_expression_keeps_the_brackets_it_needs(self) -> None:
        assert expression("(A + B) / (C x 3 dokumen) x 100%") == '("a" + "b") / ("c" * 3) * 100%'
        assert expression("A - (B - C)") == '"a" - ("b" - "c")'

    @pytest.mark.parametrize(
        ("style", "text"),
        [
            ("words", "Jumlah A dibagi Jumlah B dikalikan 100%"),
            ("colon", "Jumlah A : Jumlah B x 100%"),
            ("sums", "∑ A / ∑ B x 100%"),
            ("stacked", "∑ A\n———————————————————————— x 100%\n∑ B"),
            ("latex", r"$\frac{\text{Jumlah A}}{\text{Jumlah B}} \times 100\%$"),
        ],
    )
    def test_styles(self, style: str, text: str) -> None:
        assert STYLES[style]("(Jumlah A / Jumlah B) x 100%") == text

    @pytest.mark.parametrize("broken", ["", "(A / B", "A / ", "A / B) x 100%", "x 100%"])
    def test_broken_formula_is_refused(self, broken: str) -> None:
        with pytest.raises(ValueError, match=r"operand|bracket|notation"):
            parse(broken)


class TestGenerator:
    @given(st.integers(min_value=0, max_value=10_000))
    @settings(max_examples=25)
    def test_records_follow_the_models_in_every_layout(self, seed: int) -> None:
        source, texts = generate(seed)
        assert texts
        for layout, text in texts.items():
            assert source["signatory"]["name"] in text
            Decree.model_validate({**carried(source, layout), "document": DOCUMENT})

    def test_same_seed_same_decree(self) -> None:
        assert generate(5) == generate(5)
        assert generate(5) != generate(6)

    @pytest.mark.parametrize("layout", sorted(LAYOUTS))
    @pytest.mark.parametrize("seed", range(6))
    def test_reader_gives_the_record(self, seed: int, layout: str, tmp_path: Path) -> None:
        source = next(made for made in _decrees(seed) if made["kind"] in LAYOUTS[layout].kinds)
        path = tmp_path / f"decree.{LAYOUTS[layout].suffix}"
        path.write_text(printed(source, layout), encoding="utf-8")
        assert differences(path, carried(source, layout)) == []


def _decrees(seed: int) -> Iterator[dict[str, Any]]:
    """Generated decrees from a seed on, so that one of each kind comes."""
    for number in range(seed * 100, seed * 100 + 100):
        yield generate(number)[0]


class TestDamage:
    @given(st.text(), st.integers(), st.floats(min_value=0, max_value=1))
    @settings(max_examples=50)
    def test_keeps_lines_and_cells(self, text: str, seed: int, rate: float) -> None:
        damaged = damage(text, seed, rate)
        assert [line.count("\t") for line in damaged.split("\n")] == [
            line.count("\t") for line in text.split("\n")
        ]

    def test_grows_with_the_rate_and_is_repeatable(self) -> None:
        text = generate(1)[1][sorted(generate(1)[1])[0]]
        assert damage(text, 1, 0) == text
        little, much = (Levenshtein.distance(text, damage(text, 1, rate)) for rate in (0.01, 0.3))
        assert 0 < little < len(text) / 50 < much
        assert damage(text, 1, 0.1) == damage(text, 1, 0.1) != damage(text, 2, 0.1)

    @pytest.mark.parametrize("rate", [0.01, 0.1, 1])
    @pytest.mark.parametrize("layout", sorted(LAYOUTS))
    def test_damaged_print_is_read_or_refused(self, layout: str, rate: float, tmp_path: Path) -> None:
        source = next(made for made in _decrees(1) if made["kind"] in LAYOUTS[layout].kinds)
        path = tmp_path / f"decree.{LAYOUTS[layout].suffix}"
        path.write_text(damage(printed(source, layout), 1, rate), encoding="utf-8")
        try:
            assert isinstance(read(path), Decree)
        except ReadError as refusal:
            assert refusal.remedy

    def test_refuses_a_rate_that_is_none(self) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            damage("Jumlah desa", 1, 1.5)
