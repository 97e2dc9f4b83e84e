"""The report's files: the same bytes for the same catalogue, hostile texts as texts, sizes in bounds."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline import reports
from pipeline.cli import main
from pipeline.linking import load_definitions
from pipeline.models.catalogue import Catalogue, Waived
from pipeline.reports.html import audit_page
from pipeline.reports.html.mathml import typeset_formula
from pipeline.reports.html.source_excerpts import ExcerptSpot, Originals
from pipeline.reports.report_labels import load_labels
from pipeline.reports.sanitize import reveal_hidden
from pipeline.reports.view_model import ReportModel
from pipeline.reports.xlsx import sheet_writer
from pipeline.review import review_workbook
from pipeline.review.questions import collect_questions
from pipeline.review.review_words import review_words
from tests.support.report_cases import ATTACKS, PAGES, TEXTS, hostile, many, sample

pytestmark = pytest.mark.slow


def data(html: bytes) -> dict:
    block = re.search(rb'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert block
    return json.loads(block.group(1))


def rows(table: dict) -> list[dict]:
    return [dict(zip(table["keys"], row, strict=True)) for row in table["rows"]]


def opened(packed: bytes) -> dict[str, list[list]]:
    book = load_workbook(io.BytesIO(packed))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    originals = Originals.from_paths([PAGES])
    assert reports.render_report_files(sample(), originals) == reports.render_report_files(
        sample(), Originals.from_paths([PAGES])
    )


def test_the_page_is_one_file_that_allows_nothing_but_itself() -> None:
    html = reports.render_report_files(sample())["audit.html"].decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;;")
    assert "unsafe" not in policy[1]
    assert "trusted-types &#39;none&#39;" in policy[1]
    assert not re.search(r'(?:src|href)="(?!#|data:,)', html)


def test_every_label_is_there_in_both_languages_and_used() -> None:
    folder = Path(reports.__file__).parent
    code = "".join(
        path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".py", ".j2", ".js")
    )
    prefixes = (
        "nav_",
        "family_",
        "severity_",
        "cause_",
        "mark_",
        "evidence_",
        "kind_",
        "origin_",
        "smart_",
        "task_",
    )
    unused = [
        key
        for key in load_labels()
        if not key.startswith(prefixes) and not re.search(rf"['\"]{key}['\"]", code)
    ]
    assert unused == []


def test_what_is_quoted_is_shown_as_it_stands_on_the_page() -> None:
    found = data(reports.render_report_files(sample(), Originals.from_paths([PAGES]))["audit.html"])
    indicators = rows(found["indicators"])
    pictured = [one for one in indicators if one["crop"] is not None]
    documents = rows(found["documents"])
    assert pictured
    assert {documents[one["document"]]["name"] for one in pictured} == {PAGES.name}
    assert all(found["crops"][one["crop"]].startswith("UklGR") for one in pictured)  # RIFF: WebP
    for one in pictured:
        for x, y, width, height in one["boxes"]:
            assert 0 <= x < 1 and 0 <= y < 1 and 0 < width <= 1 and 0 < height <= 1


def test_without_the_originals_the_quotation_stands_alone() -> None:
    html = reports.render_report_files(sample())["audit.html"]
    assert data(html)["crops"] == []
    assert b"potongan lain tidak dimuat" in html


def test_the_lines_round_a_quotation_come_from_the_text() -> None:
    found = data(reports.render_report_files(sample(), Originals.from_paths(TEXTS.iterdir()))["audit.html"])
    lined = [one for one in rows(found["indicators"]) if one["lines"] is not None]
    assert lined
    for one in lined:
        name = "".join(found["texts"][number] for number, _ in one["name"])
        assert name.split()[0] in found["texts"][one["lines"]]


def test_a_file_that_changed_since_is_not_shown_in_the_others_place(tmp_path: Path) -> None:
    copied = tmp_path / "decree.pdf"
    copied.write_bytes(PAGES.read_bytes())
    originals = Originals.from_paths([copied])
    digest = next(d.sha256 for d in sample().documents if d.name == PAGES.name)
    spot = ExcerptSpot(digest, 1, 100.0, 140.0)
    assert spot in originals.cut_crops([spot], 100_000)
    copied.write_bytes((PAGES.parent / "watugilang-iku-2024.ruled.pdf").read_bytes())
    assert originals.cut_crops([spot], 100_000) == {}


def test_a_locked_original_is_shown_with_its_password(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    canvas = Canvas(str(locked), encrypt=StandardEncryption("rahasia", canPrint=0))
    canvas.drawString(72, 700, "Persentase desa lunas PBB")
    canvas.save()
    spot = ExcerptSpot(hashlib.sha256(locked.read_bytes()).hexdigest(), 1, 130.0, 145.0)
    assert Originals.from_paths([locked]).cut_crops([spot], 100_000) == {}
    assert spot in Originals.from_paths([locked], ["salah", "rahasia"]).cut_crops([spot], 100_000)


def test_pictures_stop_where_the_budget_does_the_most_needed_first() -> None:
    digest = next(d.sha256 for d in sample().documents if d.name == PAGES.name)
    originals = Originals.from_paths([PAGES])
    spots = [ExcerptSpot(digest, 2, float(top), top + 40.0) for top in range(50, 450, 20)]
    budget = 30_000
    kept = originals.cut_crops(spots, budget)
    assert 0 < len(kept) < len(spots)
    assert sum(len(crop.webp) for crop in kept.values()) <= budget
    assert spots[0] in kept


def test_a_page_that_would_grow_too_large_has_fewer_pictures_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = reports.render_report_files(sample(), Originals.from_paths([PAGES]))["audit.html"]
    small = len(reports.render_report_files(sample())["audit.html"]) + 20_000
    monkeypatch.setattr(audit_page, "MAX_PAGE_BYTES", small)
    less = reports.render_report_files(sample(), Originals.from_paths([PAGES]))["audit.html"]
    assert len(less) <= small + 200
    assert 0 < len(data(less)["crops"]) < len(data(full)["crops"])
    assert b"potongan lain tidak dimuat" in less


def test_two_hundred_kecamatan_stay_under_the_size(record_property) -> None:
    html = reports.render_report_files(many())["audit.html"]
    record_property("bytes", len(html))
    assert len(html) < 15_000_000 - audit_page.MAX_PICTURE_BYTES
    assert len(rows(data(html)["offices"])) == 200


def test_markup_of_a_decree_is_text_in_the_page() -> None:
    html = reports.render_report_files(hostile())["audit.html"].decode()
    assert html.count("<script") == 2
    assert html.count("</script") == 2
    assert html.count("<!--") == 0
    assert "<img" not in html and "<iframe" not in html and "<base" not in html
    assert html.count("<meta") == 6
    assert "1337" not in html  # {{ 7 * 191 }}
    assert "\u202e" not in html and "[U+202E]" in html


def test_no_cell_of_the_workbook_computes_what_a_decree_prints() -> None:
    packed = reports.render_report_files(
        hostile(), None, collect_questions(hostile(), load_definitions(), ())
    )["audit.xlsx"]
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        formulas = [f for name in names for f in re.findall(r"<f>(.*?)</f>", archive.read(name).decode())]
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert formulas
    assert all(
        re.fullmatch(
            r"IF\(COUNT\(D\d+:H\d+\)=5,SUM\(D\d+:H\d+\),&quot;&quot;\)|"
            r'IF\(COUNT\(D\d+:H\d+\)=5,SUM\(D\d+:H\d+\),""\)',
            f,
        )
        for f in formulas
    )
    assert b"externalLink" not in everything and b"<hyperlink" not in everything


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "1e5", "http://x.example"]
)
def test_a_text_of_a_cell_is_a_text(text: str) -> None:
    book = sheet_writer.WorkbookWriter("x")
    book.add_sheet("Lembar", 1, 1).write_cell(0, 0, text, "text")
    packed = book.to_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert '<c r="A1" s="1" t="s">' in sheet and "<f" not in sheet
    assert ("quotePrefix" in styles) == text.lstrip().startswith(("=", "+", "-", "@"))


def test_long_and_impossible_cells_are_cut_and_cleaned() -> None:
    book = sheet_writer.WorkbookWriter("x")
    sheet = book.add_sheet("Lembar", 1, 1)
    sheet.write_cell(0, 0, "a" * 50_000, "text")
    sheet.write_cell(1, 0, "a\x00b\ud800c\uffff _x0041_", "text")
    found = opened(book.to_bytes())["Lembar"]
    assert len(found[0][0]) == sheet_writer.MOST_CELL_CHARACTERS and found[0][0].endswith("(dipotong)")
    assert found[1][0] == "a[U+0000]b[U+D800]c[U+FFFF] _x0041_"


def test_smart_lies_in_the_evaluators_layout_and_stays_empty_where_nothing_can_be_judged() -> None:
    found = opened(reports.render_report_files(sample())["audit.xlsx"])["SMART"]
    titles = [str(title).split("\n")[0] for title in found[0][:11]]
    assert titles == [
        "Tujuan/Sasaran/Program",
        "Indikator",
        "Target",
        "Spesifik",
        "Dapat diukur",
        "Dapat dicapai",
        "Relevan",
        "Berbatas waktu",
        "Jumlah",
        "Menantang",
        "Ket.",
    ]
    assert len(found) == len(sample().indicators) + 1
    assert any(None in row[3:8] for row in found[1:])
    for row, indicator in zip(found[1:], sample().indicators, strict=True):
        smart = indicator.smart
        assert row[1] == indicator.name
        expected = [smart.specific, smart.measurable, smart.achievable, smart.relevant, smart.timebound]
        assert row[3:8] == [None if one.value is None else int(one.value) for one in expected]
        assert row[9] is None


def test_findings_are_ready_for_the_report() -> None:
    found = opened(reports.render_report_files(sample())["audit.xlsx"])["Temuan"]
    assert len(found) == len(sample().findings) + 1
    at = {str(title).split("\n")[0]: place for place, title in enumerate(found[0])}
    by_id = {finding.id: finding for finding in sample().findings}
    assert {row[at["Nomor temuan"]] for row in found[1:]} == by_id.keys()
    for row in found[1:]:
        finding = by_id[str(row[at["Nomor temuan"]])]
        assert row[at["Kondisi"]] == finding.message.id
        assert row[at["Kriteria"]] == finding.expected.id
        assert row[at["Rekomendasi"]] == finding.recommendation.id
        assert row[at["Kode"]] == finding.code


def test_findings_of_one_fact_stand_together_the_most_important_first() -> None:
    rows = opened(reports.render_report_files(sample())["audit.xlsx"])["Temuan"]
    at = {str(title).split("\n")[0]: place for place, title in enumerate(rows[0])}
    numbers = [row[at["Pokok temuan"]] for row in rows[1:]]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(sample().finding_groups) + 1))
    assert rows[1][at["Nomor temuan"]] == sample().finding_groups[0].root


def test_the_page_begins_with_the_key_facts() -> None:
    page = reports.render_report_files(sample())["audit.html"].decode()
    assert page.count('<ol class="key-facts">') == 1
    for fact in ReportModel(sample()).key_facts:
        assert set(fact.proof) <= set(re.findall(r"[\w.-]+", page))


def test_an_accepted_finding_is_shown_and_not_counted() -> None:
    waived = Waived(reason="Sudah direvisi", who="Bagian Organisasi", when="2026-01-05", until=None)
    first = sample().findings[0].model_copy(update={"waived": waived})
    made = sample().model_copy(update={"findings": [first, *sample().findings[1:]]})
    assert len(ReportModel(made).open_findings) == len(sample().findings) - 1
    assert "Diterima oleh Bagian Organisasi pada 5 Januari 2026" in str(
        opened(reports.render_report_files(made)["audit.xlsx"])["Temuan"]
    )
    assert (
        json.loads(reports.render_report_files(made)["findings.json"])["findings"][0]["waived"]["who"]
        == "Bagian Organisasi"
    )


def test_findings_follow_their_published_schema() -> None:
    found = json.loads(reports.render_report_files(hostile())["findings.json"])
    jsonschema.validate(found, reports.findings_schema())
    assert len(found["findings"]) == len(sample().findings)
    assert any(ATTACKS[0] in json.dumps(one) for one in found["findings"])  # data stay exact


def test_the_review_sheet_can_be_imported(tmp_path: Path) -> None:
    made = sample()
    name = made.indicators[0]
    asked = made.model_copy(
        update={
            "indicators": [
                name.model_copy(
                    update={"link": name.link.model_copy(update={"kind": "review", "target": None})}
                ),
                *(other for other in made.indicators[1:] if other.link.kind != "review"),
            ]
        }
    )
    known = {definition.id: definition for definition in load_definitions()}
    open_ = collect_questions(asked, known.values(), ())
    assert [question.text for question in open_] == [name.name]
    file = tmp_path / "audit.xlsx"
    file.write_bytes(reports.render_report_files(asked, None, open_)["audit.xlsx"])
    book = load_workbook(file)
    book[review_words().sheet].cell(2, review_words().column_index("verdict") + 1).value = "baru"
    book.save(file)
    from datetime import date

    decisions, refused = review_workbook.read_answers(
        file, open_, known, "Bagian Organisasi", date(2026, 1, 5)
    )
    assert refused == []
    assert [(one.verdict, one.text) for one in decisions] == [("new", name.name)]


def test_one_regency_alone() -> None:
    other = sample().model_dump()
    moved = other["documents"][0]["id"]
    other["documents"][0]["regency"] = "Kabupaten Lain"
    both = Catalogue.model_validate(other)
    assert reports.list_regencies(both) == ["Kabupaten Lain", "Kabupaten Mandalawening"]
    left = reports.filter_by_regency(both, "Kabupaten Mandalawening")
    assert moved not in {d.id for d in left.documents}
    assert all(moved not in str(f.place) + str(f.related) + str(f.variants) for f in left.findings)
    assert b"Kabupaten Lain" not in reports.render_report_files(left)["audit.html"]


def test_an_empty_catalogue_gives_a_report_all_the_same() -> None:
    nothing = Catalogue(generator=sample().generator)
    made = reports.render_report_files(nothing)
    assert b"Tidak ada indikator yang terbaca" in made["audit.html"]
    assert json.loads(made["findings.json"])["findings"] == []
    assert opened(made["audit.xlsx"])["SMART"]


def test_hidden_signs_become_visible() -> None:
    assert reveal_hidden("a\u202eb\x07\u2028c\td\ne\u200b") == "a[U+202E]b[U+0007][U+2028]c\td\ne[U+200B]"


def test_a_formula_that_is_too_wide_is_set_in_several_lines() -> None:
    wide = '"jumlah desa yang menetapkan peraturan desa tentang anggaran tepat waktu" / "jumlah desa" * 100%'
    made = typeset_formula(wide, ["tepat waktu"])
    assert made is not None
    assert made.count("<mtr>") > 1
    assert '<mtext class="marked">tepat waktu</mtext>' in made
    assert typeset_formula('"<b>" / "x"') is not None and "<b>" not in str(typeset_formula('"<b>" / "x"'))
    assert typeset_formula("no formula (") is None


def run(*arguments: str):
    return CliRunner().invoke(main, ["report", *arguments])


def test_the_command_writes_all_three(tmp_path: Path) -> None:
    source = tmp_path / "catalogue.json"
    source.write_text(sample().to_json(), encoding="utf-8")
    done = run(
        str(source), str(PAGES), "--out", str(tmp_path / "out"), "--regency", "kabupaten mandalawening"
    )
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "audit.html",
        "audit.xlsx",
        "findings.json",
    ]
    assert "Originals found for 1 of 3 documents." in done.stderr
    assert done.stdout == ""


def test_a_build_writes_the_same_report_beside_its_catalogue(tmp_path: Path) -> None:
    built, apart = tmp_path / "built", tmp_path / "apart"
    told = ["build", str(TEXTS), "--out", str(built), "--jobs", "1", "--report", "-q"]
    run = CliRunner().invoke(main, told)
    assert run.exit_code == 1, run.output  # the sample decrees have planted faults
    CliRunner().invoke(main, ["report", str(built / "catalogue.json"), str(TEXTS), "--out", str(apart)])
    for name in ("audit.html", "audit.xlsx", "findings.json"):
        assert (built / name).read_bytes() == (apart / name).read_bytes()


def test_the_command_refuses_what_is_no_catalogue_and_regencies_there_are_not(tmp_path: Path) -> None:
    source = tmp_path / "catalogue.json"
    source.write_text('{"schema_version": "1"}', encoding="utf-8")
    assert run(str(source), "--out", str(tmp_path / "out")).exit_code == 2
    source.write_text(sample().to_json(), encoding="utf-8")
    done = run(str(source), "--out", str(tmp_path / "out"), "--regency", "Kabupaten Atlantis")
    assert done.exit_code == 2
    assert "There are: Kabupaten Mandalawening." in done.stderr
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_where_one_file_cannot_be(tmp_path: Path) -> None:
    source, out = tmp_path / "catalogue.json", tmp_path / "out"
    source.write_text(sample().to_json(), encoding="utf-8")
    (out / "audit.xlsx").mkdir(parents=True)
    assert run(str(source), "--out", str(out)).exit_code == 1
    assert [path.name for path in out.iterdir()] == ["audit.xlsx"]


def test_no_name_of_a_decree_becomes_a_path(tmp_path: Path) -> None:
    named = sample().model_dump()
    for document in named["documents"]:
        document["name"] = "../../etc/passwd"
        document["kecamatan"] = "../../boot"
    assert sorted(reports.render_report_files(Catalogue.model_validate(named))) == [
        "audit.html",
        "audit.xlsx",
        "findings.json",
    ]
