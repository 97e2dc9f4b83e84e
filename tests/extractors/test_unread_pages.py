"""Pages that could not be read: told wherever the document is, and never the decree's fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from extractors.model.record import Decree, Note
from extractors.unread_pages import format_page_ranges, unread_page_note, unread_ranges
from pipeline import read_decree
from pipeline.audit import load_rulebook
from pipeline.cli import main
from pipeline.engine.in_memory import ReadDocument, build_from_decrees
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue
from pipeline.models.mention import document_id
from pipeline.reports.summary import render_summary
from samples.hostile.trial import known
from tests.support.audit_cases import decree, findings, formula, indicator
from tests.support.engine_cases import built

ROOT = Path(__file__).parents[2]
WHOLE = ROOT / "samples" / "pdf" / "watugilang-iku-2024.ruled.pdf"
KEPT = 4000
"""Bytes that are left of it: its first page of three."""
UNREAD = unread_page_note(2, "damaged", "Page 2 is damaged.")


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """A real decree that was cut off while it was copied."""
    path = tmp_path / "in" / "terpotong.pdf"
    path.parent.mkdir()
    path.write_bytes(WHOLE.read_bytes()[:KEPT])
    return path


def _iku(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def _torn(*indicators: dict[str, Any], **changed: Any) -> Decree:
    """A sound decree, but for what a test changes and a page that was not read."""
    made = decree(*indicators, **changed)
    made.notes.append(UNREAD)
    return made


def _built(*decrees: Decree) -> Catalogue:
    return build_from_decrees([ReadDocument(made, ()) for made in decrees], load_definitions())


def test_pages_are_known_by_their_notes_each_once_and_in_order() -> None:
    notes = [
        unread_page_note(9, "too-large", "Page 9 is larger, or holds more, than a decree's page."),
        unread_page_note(3, "unreadable", "A picture of text on it cannot be read."),
        unread_page_note(2, "damaged", "Page 2 is damaged."),
        unread_page_note(3, "unreadable", "A picture of text on it cannot be read."),
        unread_page_note(12, "damaged", "Pages are counted, but are not in the file.", last_number=20),
        Note(code="unplaced-text", message="Page 7 (seven): Text.", pointer="", pages=(7, 7)),
    ]
    assert unread_ranges(notes) == ((2, 3), (9, 9), (12, 20))
    assert format_page_ranges(unread_ranges(notes)) == "2, 3, 9, 12–20"
    assert unread_ranges([]) == () and format_page_ranges([]) == ""


def test_one_note_for_many_pages_stands_for_all_of_them() -> None:
    case = known()["structure-count-too-high.pdf"]
    found = unread_ranges(read_decree.read_bytes(case.make(), case.name).notes)
    assert found == ((3, 1000),) and format_page_ranges(found) == "3–1000"


def test_read_tells_unread_pages_beside_the_record(cut: Path) -> None:
    run = _iku("read", str(cut))
    assert run.exit_code == 0
    notes = [one for one in json.loads(run.stdout)["notes"] if one["code"] == "page-unread"]
    assert notes
    assert run.stderr.splitlines() == [f"{cut}: page-unread: {one['message']}" for one in notes]
    assert _iku("read", str(WHOLE)).stderr == ""


def test_check_names_the_pages_and_blames_no_absence_on_the_decree(cut: Path) -> None:
    run = _iku("check", str(cut))
    assert run.exit_code == 1 and "warning O006 Halaman 2, 3 tidak terbaca." in run.stderr
    found = json.loads(_iku("check", str(cut), "--format", "json").stdout)["findings"]
    causes = {one["code"]: one["cause"] for one in found}
    assert {"I003", "O006"} <= causes.keys()
    assert all(causes[code] != "decree_fault" for code in causes if load_rulebook()[code].absence)
    assert "O006" not in _iku("check", str(WHOLE)).stderr


def test_build_tells_the_pages_in_every_output(cut: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(cut.parent, out)
    (row,) = json.loads((out / "build.json").read_bytes())["files"]
    assert (row["status"], row["reason"]) == ("ok", "Pages 2, 3 of 3 could not be read.")
    summary = (out / "summary.md").read_text("utf-8")
    assert "1 dokumen tidak terbaca seluruhnya" in summary and "Halaman 2, 3 tidak terbaca" in summary
    (document,) = json.loads((out / "catalogue.json").read_bytes())["documents"]
    assert {score["share"] for score in document["scores"]} == {None}
    assert _iku("report", str(out / "catalogue.json"), "--out", str(out)).exit_code in (0, 1)
    book = load_workbook(out / "audit.xlsx")
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Halaman 2, 3 tidak terbaca" in cell for cell in cells)
    assert "Halaman 2, 3 tidak terbaca" in (out / "audit.html").read_text("utf-8")


def test_a_document_that_was_read_has_no_reason(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "utuh.pdf").write_bytes(WHOLE.read_bytes())
    built(tmp_path / "in", tmp_path / "out")
    (row,) = json.loads((tmp_path / "out" / "build.json").read_bytes())["files"]
    assert (row["status"], row["reason"]) == ("ok", None)
    assert "tidak terbaca seluruhnya" not in (tmp_path / "out" / "summary.md").read_text("utf-8")


def test_what_is_missing_is_uncertain_and_what_is_printed_is_judged_as_ever() -> None:
    empty = indicator(formula=None, data_sources=[], objective="Mengelola arsip")
    fields: dict[str, Any] = {"date": None, "number": "188.4/ /KEP/2024"}
    causes = {f.code: f.cause for f in findings(decree(empty, **fields))}
    torn = {f.code: f.cause for f in findings(_torn(empty, **fields))}
    assert {causes[code] for code in ("F001", "I001", "I003", "S002", "S006")} == {"decree_fault"}
    assert torn == {
        code: "uncertain" if load_rulebook()[code].absence else cause for code, cause in causes.items()
    } | {"O006": "uncertain"}
    assert torn["I001"] == torn["S006"] == "decree_fault"
    assert torn["F001"] == torn["I003"] == torn["S002"] == "uncertain"


def test_no_agency_is_blamed_for_posts_that_may_stand_on_an_unread_page() -> None:
    agency = decree(indicator(), indicator(name="Persentase kios tertib", formula=formula('"kios" / "toko"')))
    posts = {"kind": "IKI", "holder": "Kasi Pemerintahan"}
    (whole,) = findings(agency, decree(indicator(), **posts), code="K006")
    (torn,) = findings(agency, _torn(indicator(), **posts), code="K006")
    assert (whole.cause, torn.cause) == ("decree_fault", "uncertain")


def test_a_document_with_an_unread_page_gets_no_score_and_says_why() -> None:
    for score in _built(_torn(indicator())).documents[0].scores:
        assert (score.met, score.judged, score.share, score.band) == (0, 0, None, None)
        assert score.not_judgeable and "tidak terbaca" in score.sentence.id
        assert "could not be read" in score.sentence.en


def test_no_indicator_fails_for_a_period_that_may_stand_on_an_unread_page() -> None:
    fields: dict[str, Any] = {"period": None, "title": "INDIKATOR KINERJA UTAMA KECAMATAN WANASARI"}
    assert _built(decree(indicator(), **fields)).indicators[0].smart.timebound.value is False
    torn = _built(_torn(indicator(), **fields))
    assert torn.indicators[0].smart.timebound.value is None


def test_a_criterion_that_only_an_absence_fails_is_open() -> None:
    entry = _built(_torn(indicator(data_sources=[], formula=None))).indicators[0]
    assert entry.data_collection.value is None and entry.operational_definition.value is None


def test_nobody_is_said_to_lack_what_may_stand_on_an_unread_page() -> None:
    more = indicator(), indicator(name="Indeks Kepuasan Masyarakat")
    whole, torn = decree(indicator(), kecamatan="Ciherang"), _torn(indicator(), kecamatan="Batulayar")
    made = _built(decree(*more), whole, torn)
    index = next(one for one in made.comparisons if one.name == "Indeks Kepuasan Masyarakat")
    assert (len(index.has), index.lacks) == (1, [document_id(whole)])
    assert "| Batulayar (sebagian tidak terbaca) | Ciherang | Wanasari |" in render_summary(made)
