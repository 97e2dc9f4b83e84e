"""Two decrees of one kecamatan: what was added, dropped, renamed and changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractors.model.record import Decree
from pipeline.cli import main
from pipeline.compare_decrees import DecreeDiff, compare_kecamatan, diff_decrees, load_decrees
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.errors import DataError
from pipeline.linking import load_definitions
from tests.support.audit_cases import decree, formula, indicator

SURVEY = {"name": "Indeks Kepuasan Masyarakat", "formula": formula('"nilai rata-rata tertimbang" * 25')}


def _diff(old: list[dict[str, Any]], new: list[dict[str, Any]], **changed: Any) -> DecreeDiff:
    return diff_decrees(decree(*old), decree(*new, number="188.4/9/KEP/2025", **changed), load_definitions())


def _told(made: DecreeDiff) -> list[tuple[str, str | None, list[str]]]:
    return [(one.status, one.new or one.old, [c.field for c in one.changes]) for one in made.indicators]


def test_the_same_decree_changes_nothing() -> None:
    made = _diff([indicator(), indicator(**SURVEY)], [indicator(), indicator(**SURVEY)])
    assert not made.has_changes and (made.kept, made.of) == (2, 2)


def test_added_and_dropped_indicators_are_told() -> None:
    made = _diff([indicator()], [indicator(**SURVEY)])
    assert _told(made) == [
        ("added", "Indeks Kepuasan Masyarakat", []),
        ("dropped", "Persentase desa tangguh", []),
    ]
    assert (made.kept, made.of) == (0, 1)


def test_another_notation_is_no_change_and_another_formula_has_its_verdict() -> None:
    turned = formula('100% * "jumlah desa tangguh" / "jumlah desa"')
    assert not _diff([indicator()], [indicator(formula=turned)]).has_changes
    other = formula('"jumlah desa tangguh" / "jumlah dusun" * 100%')
    made = _diff([indicator()], [indicator(formula=other)])
    (change,) = made.indicators[0].changes
    assert (change.field, change.verdict) == ("formula", "differs")
    assert change.differences is not None and "dusun" in change.differences.id
    gone = _diff([indicator()], [indicator(formula=None)]).indicators[0].changes[0]
    assert (gone.verdict, gone.new) == ("absent", "")


def test_a_new_name_over_the_same_formula_is_a_renaming() -> None:
    two = '"jumlah desa tangguh" / "jumlah desa" * 100%'
    made = _diff([indicator()], [indicator(name="Proporsi wilayah berdaya", formula=formula(two))])
    assert _told(made) == [("renamed", "Proporsi wilayah berdaya", ["name"])]


PBB = formula('"jumlah desa lunas pbb" / "jumlah desa" * 100%')


@pytest.mark.parametrize("told", [None, PBB])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Persentase desa lunas PBB", "Persentase desa yang lunas PBB-P2"),
        ("Desa lunas PBB", "Desa yang lunas PBB-P2"),
        ("Persentase desa lunas PBB", "Persentase desa pelunasan PBB"),
        ("Persentase kelompok tani aktif", "Persentase poktan yang aktif"),
    ],
)
def test_other_words_for_the_same_indicator_are_one_renaming(
    old: str, new: str, told: dict[str, Any] | None
) -> None:
    made = _diff([indicator(name=old, formula=told)], [indicator(name=new, formula=told)])
    assert _told(made) == [("renamed", new, ["name"])]
    assert (made.kept, made.of) == (1, 1)


@pytest.mark.parametrize(
    "new",
    [
        "PERSENTASE DESA TANGGUH",
        "Prosentase  desa tangguh (%)",
        "Persentase desa tang guh",
        "Persentase desa tangguh Kecamatan Wanasari",
    ],
)
def test_another_spelling_or_a_reading_error_is_no_renaming(new: str) -> None:
    assert not _diff([indicator()], [indicator(name=new)]).has_changes


def test_every_other_field_is_told() -> None:
    changed = indicator(
        objective="Meningkatnya mutu pelayanan",
        unit="Desa",
        targets=[{"year": 2025, "value": "90"}],
        data_sources=["Register surat"],
        responsible=["Camat"],
    )
    made = _diff([indicator()], [changed])
    assert _told(made) == [
        (
            "changed",
            "Persentase desa tangguh",
            ["objective", "unit", "targets", "data_sources", "responsible"],
        )
    ]


def test_a_change_within_one_period_is_marked_and_between_periods_not() -> None:
    assert _diff([indicator()], [indicator(**SURVEY)]).same_period is True
    later = {"period": {"start": 2027, "end": 2030}, "year": 2027, "date": "2027-01-15"}
    assert _diff([indicator()], [indicator(**SURVEY)], **later).same_period is False


def test_an_indicator_of_another_post_is_paired_only_by_what_it_means() -> None:
    old = decree(indicator(), kind="IKI", holder="KASI PEMERINTAHAN")
    new = decree(indicator(), kind="IKI", holder="KASI PELAYANAN", number="188.4/9/KEP/2025")
    (one,) = diff_decrees(old, new, load_definitions()).indicators
    assert (one.status, one.holder) == ("same", "KASI PELAYANAN")


def _written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file


def test_a_record_and_a_catalogue_hold_the_same_decree(tmp_path: Path) -> None:
    made = decree(indicator(), indicator(**SURVEY))
    record = _written(tmp_path / "record.json", made.model_dump_json())
    catalogue = _written(
        tmp_path / "catalogue.json",
        build_from_decrees([ReadDocument(made, ())], load_definitions()).to_json(),
    )
    (one,), (other,) = load_decrees(record), load_decrees(catalogue)
    assert one.holders == other.holders == made.holders
    assert not diff_decrees(one, other, load_definitions()).has_changes


@pytest.mark.parametrize("content", ["{}", "[]", "{", json.dumps({"holders": 1}), "1"])
def test_json_that_is_neither_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="neither a record nor a catalogue"):
        load_decrees(_written(tmp_path / "x.json", content))


def test_what_is_read_from_a_catalogue_is_a_decree(tmp_path: Path) -> None:
    both = [decree(indicator()), decree(indicator(), kecamatan="Ciherang")]
    text = build_from_decrees([ReadDocument(one, ()) for one in both], load_definitions()).to_json()
    found = load_decrees(_written(tmp_path / "catalogue.json", text))
    assert all(isinstance(one, Decree) for one in found)
    assert {one.kecamatan for one in found} == {"Wanasari", "Ciherang"}


HOME = "Kabupaten Tirtamaya"


def _of(kecamatan: str | None, regency: str | None = HOME) -> Decree:
    return decree(indicator()).model_copy(update={"kecamatan": kecamatan, "regency": regency})


@pytest.mark.parametrize(
    ("kecamatan", "regency", "expected"),
    [
        ("Wanasari", HOME, "same"),
        ("WANASARI", "KAB. TIRTAMAYA", "same"),
        ("Kecamatan Wana Sari", HOME, "same"),
        ("Kec. Wanasari", None, "same"),
        ("Kec.Wanasari", HOME, "same"),
        ("Wanasarl", HOME, "same"),
        ("Wanasani", HOME, "like"),
        ("Wanasari Utara", HOME, "like"),
        ("Wanasari", "Kabupaten Tirtamaja", "like"),
        ("Ciherang", HOME, "other"),
        ("Kecamatan Ciherang", None, "other"),
        ("Wanasari", "Kota Tirtamaya", "other"),
        ("Wanasari", "Kabupaten Mandalawening", "other"),
        (None, HOME, "unknown"),
        (" ", None, "unknown"),
        ("Kecamatan ", HOME, "unknown"),
        (None, "Kabupaten Mandalawening", "other"),
    ],
)
def test_whose_decrees_they_are(kecamatan: str | None, regency: str | None, expected: str) -> None:
    one, other = _of("Wanasari"), _of(kecamatan, regency)
    assert compare_kecamatan(one, other) == compare_kecamatan(other, one) == expected


def test_two_known_regencies_are_two_however_alike() -> None:
    assert (
        compare_kecamatan(_of("Wanasari", "Kabupaten Bangli"), _of("Wanasari", "Kabupaten Banggai"))
        == "other"
    )


@pytest.mark.parametrize(
    ("other", "status", "told"),
    [
        (_of("Ciherang"), 2, ["kecamatan Wanasari (Kabupaten Tirtamaya)", "kecamatan Ciherang"]),
        (_of("Wanasari", "Kota Tirtamaya"), 2, ["(Kabupaten Tirtamaya)", "(Kota Tirtamaya)"]),
        (_of(None), 0, ["Warning", "an unknown kecamatan"]),
        (_of("Wanasani"), 0, ["Warning", "may be misread"]),
        (_of("WANASARI"), 0, []),
    ],
)
def test_decrees_of_two_kecamatan_are_refused(
    tmp_path: Path, other: Decree, status: int, told: list[str]
) -> None:
    files = [
        str(_written(tmp_path / f"{name}.json", made.model_dump_json()))
        for name, made in (("old", _of("Wanasari")), ("new", other))
    ]
    run = CliRunner().invoke(main, ["diff", *files])
    assert run.exit_code == status
    assert all(text in run.stderr for text in told)
    assert bool(run.stdout) == (status == 0) and bool(run.stderr) == bool(told)
