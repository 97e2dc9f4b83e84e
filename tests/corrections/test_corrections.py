"""Corrections: what is printed by a person's word is kept, replayed, taken back, and asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model.record import Decree
from pipeline.corrections.apply_corrections import apply_corrections, dump_fields, read_value
from pipeline.corrections.correction_file import (
    CorrectionEntry,
    CorrectionError,
    append_corrections,
    find_disagreements,
    load_corrections,
    standing_corrections,
)
from tests.support.audit_cases import decree, indicator

DOCUMENT = "sha256:" + "a" * 64
FORMULA = "/holders/0/indicators/0/formula"


def entry(pointer: str, read: Any, value: Any, **more: Any) -> CorrectionEntry:
    fields = {"document": DOCUMENT, "reason": "salah baca", "who": "Bagian Organisasi", **more}
    return CorrectionEntry(
        pointer=pointer, read=read, value=value, when=datetime(2026, 11, 28, 9, 30, tzinfo=UTC), **fields
    )


def record() -> Decree:
    """A record with two indicators."""
    return decree(indicator(name="Nilai IKM"), indicator(name="Persentase desa lunas"))


def names(found: Decree) -> list[str]:
    return [i.name for holder in found.holders for i in holder.indicators]


def test_a_corrected_value_is_sure_and_the_reading_stays_beside_it() -> None:
    before = record()
    result = apply_corrections(before, [entry("/holders/0/indicators/0/name", "Nilai IKM", "Nilai SKM")])
    assert names(result.decree) == ["Nilai SKM", "Persentase desa lunas"]
    place = result.decree.provenance["/holders/0/indicators/0/name"]
    assert place.confidence == 1.0 and place.corrected is not None
    assert (place.corrected.read, place.corrected.who) == ("Nilai IKM", "Bagian Organisasi")
    assert names(before) == ["Nilai IKM", "Persentase desa lunas"]


def test_a_correction_lapses_when_something_else_is_read_now() -> None:
    result = apply_corrections(record(), [entry("/holders/0/indicators/0/name", "Nilai lKM", "Nilai IKM.")])
    assert result.applied == () and len(result.lapsed) == 1
    assert names(result.decree) == names(record())


def test_what_is_read_rightly_by_now_needs_no_correction() -> None:
    result = apply_corrections(record(), [entry("/holders/0/indicators/0/name", "Nilai lKM", "Nilai IKM")])
    assert result.applied == result.lapsed == ()


def test_a_formula_is_corrected_by_its_printed_text() -> None:
    before = record()
    raw = before.holders[0].indicators[0].formula
    assert raw is not None
    result = apply_corrections(before, [entry(FORMULA, raw.raw, "A / B x 100%")])
    formula = result.decree.holders[0].indicators[0].formula
    assert formula is not None and (formula.raw, formula.expression) == ("A / B x 100%", None)
    assert result.decree.provenance[f"{FORMULA}/raw"].corrected is not None


def test_rows_are_removed_and_added_and_pointers_move_with_them() -> None:
    result = apply_corrections(
        record(),
        [
            entry("/holders/0/indicators/0", "Nilai IKM", None),
            entry("/holders/0/indicators/1/unit", record().holders[0].indicators[1].unit, "%"),
            entry("/holders/0/indicators/-", None, {"name": "Jumlah surat", "formula": "Jumlah surat"}),
        ],
    )
    assert names(result.decree) == ["Persentase desa lunas", "Jumlah surat"]
    assert result.decree.provenance["/holders/0/indicators/0/unit"].corrected is not None
    assert result.decree.provenance["/holders/0/indicators/1/formula/raw"].corrected is not None


def test_two_rows_removed_leave_the_others_in_place() -> None:
    three = decree(*(indicator(name=name) for name in ("A satu", "B dua", "C tiga")))
    result = apply_corrections(
        three,
        [entry("/holders/0/indicators/0", "A satu", None), entry("/holders/0/indicators/2", "C tiga", None)],
    )
    assert names(result.decree) == ["B dua"]


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/tahun", "2024", "there is no such field"),
        ("/title/x", "X", "there is no such field"),
        ("/holders/0/indicators/7", "X", "there is no such item"),
        ("/holders/0/indicators/-1", "X", "there is no such item"),
        ("/document/x", "X", "no field of a decree"),
        ("/office", "99.99.99", "not the code of a kecamatan"),
        ("/year", "dua ribu", "/year"),
        ("/holders/0/indicators/-", {"nama": "X"}, "/holders/0/indicators"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_place(pointer: str, value: Any, message: str) -> None:
    read = record().year if pointer == "/year" else None
    with pytest.raises(CorrectionError) as error:
        apply_corrections(record(), [entry(pointer, read, value)])
    assert message in str(error.value) and "Bagian Organisasi" in str(error.value)


def test_the_newest_standing_correction_of_a_place_holds() -> None:
    first, second = entry("/title", "A", "B"), entry("/title", "A", "C", who="Camat")
    document = "a" * 64
    assert standing_corrections([first, second]) == {document: (second,)}
    revoked = entry("/title", "A", "C", revoked=True)
    assert standing_corrections([first, second, revoked]) == {document: (first,)}
    assert standing_corrections([first, second, revoked, revoked]) == {}
    assert find_disagreements([first, second]) == [(first, second)]


def test_a_file_is_only_appended_to(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    append_corrections(file, [entry("/title", "A", "B")])
    text = file.read_text("utf-8") + "  # seen by the Inspektorat\n"
    file.write_text(text, "utf-8")
    append_corrections(file, [entry("/number", None, "1/2")])
    assert file.read_text("utf-8").startswith(text.rstrip())
    assert [e.pointer for e in load_corrections(file)] == ["/title", "/number"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corrections: [{document: x}]", "line 1, corrections.0.document"),
        ("corrections:\n- 3\n", "line 2, corrections.0"),
        ("corrections: [", "not valid YAML"),
        ("koreksi: []", "unknown field"),
    ],
)
def test_a_damaged_file_is_named_and_never_written_over(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "corrections.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(CorrectionError) as error:
        append_corrections(file, [entry("/title", "A", "B")])
    assert "corrections.yaml" in str(error.value) and message in str(error.value)
    assert file.read_text("utf-8") == text


def test_a_folder_without_corrections_has_none(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.yaml") == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_corrected_to_any_other(read: str, value: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corrections.yaml"
        made = entry("/title", read, value)
        append_corrections(file, [made])
        assert load_corrections(file) == (made,)


STEPS = (
    "holders",
    "indicators",
    "formula",
    "raw",
    "name",
    "document",
    "office",
    "notes",
    "0",
    "1",
    "9",
    "-",
    "x",
)
VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "formula"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=5), VALUES, VALUES, st.booleans())
def test_whatever_a_file_says_a_record_comes_out_or_a_correction_error(
    steps: list[str], read: Any, value: Any, is_as_read: bool
) -> None:
    pointer = "/" + "/".join(steps)
    before = record()
    found = read_value(dump_fields(before), pointer) if is_as_read else read
    try:
        result = apply_corrections(before, [entry(pointer, found, value)])
    except CorrectionError as error:
        assert pointer in error.message
    else:
        assert Decree.model_validate(result.decree.model_dump()) == result.decree
        assert result.decree.document == before.document
