"""What the report says between kecamatan and of the Camat's tasks, as data and cells; days in words."""

import io

import pytest
from openpyxl import load_workbook

from pipeline import reports
from pipeline.models.catalogue import Catalogue, Wording
from pipeline.reports.comparison_view import group_comparisons
from pipeline.reports.date_format import format_date
from pipeline.reports.view_model import ReportModel
from tests.support.report_cases import sample


def opened(packed: bytes) -> dict[str, list[list]]:
    book = load_workbook(io.BytesIO(packed))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_comparison_has_a_row_for_each_way_of_stating_a_field() -> None:
    found = opened(reports.render_report_files(sample())["audit.xlsx"])["Perbandingan"]
    at = {str(title).split("\n")[0]: place for place, title in enumerate(found[0])}
    variants = [v for entry in sample().comparisons for field in entry.fields for v in field.variants]
    assert len(found) == len(variants) + 1
    kecamatan = {d.id: d.kecamatan for d in sample().documents}
    for entry in sample().comparisons:
        mine = [row for row in found[1:] if row[at["Indikator"]] == entry.name]
        assert {row[at["Tidak ada pada"]] for row in mine} == {
            ", ".join(kecamatan[d] for d in entry.lacks) or None
        }
        users = {name for row in mine for name in row[at["Dipakai oleh"]].split(", ")}
        assert users == {kecamatan[d] for d in entry.has}


def test_the_tasks_of_each_camat_are_listed_with_what_deviates() -> None:
    found = opened(reports.render_report_files(sample())["audit.xlsx"])["Fungsi Camat"]
    at = {str(title).split("\n")[0]: place for place, title in enumerate(found[0])}
    tasks = [t for d in sample().documents for holder in d.holders for t in holder.tasks]
    verdicts = [row[at["Hasil"]] for row in found[1:]]
    assert len(verdicts) == len(tasks)
    assert verdicts.count("Menyimpang") == sum(task.deviates is True for task in tasks) > 0
    assert verdicts.count("Tidak tercetak") == sum(task.function is None for task in tasks) > 0


def test_a_field_that_one_leaves_empty_varies_and_that_all_leave_empty_does_not() -> None:
    made = sample().model_dump()
    entry = next(one for one in made["comparisons"] if len(one["has"]) == 3)
    ids = [id_ for variant in entry["fields"][0]["variants"] for id_ in variant["indicators"]]
    entry["fields"][0]["variants"] = [
        {"text": "Sama", "indicators": ids[1:]},
        {"text": "", "indicators": ids[:1]},
    ]
    entry["fields"][1]["variants"] = [{"text": "", "indicators": ids}]
    entry["lacks"] = ["no such document"]
    content = ReportModel(Catalogue.model_validate(made))
    one = next(
        c for entries in group_comparisons(content).values() for c in entries if c.name == entry["name"]
    )
    assert dict(one.varied_fields)["name_of"][1].text == ""
    assert len(dict(one.varied_fields)["name_of"][1].offices) == 1
    assert "objective" in one.unstated_fields
    assert one.lacks == ()


@pytest.mark.parametrize(
    ("iso", "indonesian", "english"),
    [
        ("2023-05-17", "17 Mei 2023", "17 May 2023"),
        ("2024-12-01", "1 Desember 2024", "1 December 2024"),
        ("2024-02-31", "31 Februari 2024", "31 February 2024"),
        ("2024", "2024", "2024"),
    ],
)
def test_days_are_told_in_words(iso: str, indonesian: str, english: str) -> None:
    assert format_date(iso) == Wording(id=indonesian, en=english)


def test_no_date_of_a_decree_is_shown_as_a_computer_writes_it() -> None:
    html = reports.render_report_files(sample())["audit.html"].decode()
    visible = html.split('<script type="application/json"')[0]
    dates = {d.date for d in sample().documents if d.date}
    assert dates
    for one in dates:
        assert f">{one}<" not in visible
        assert format_date(one).id in visible and format_date(one).en in visible
