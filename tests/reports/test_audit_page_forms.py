"""The page in a real browser: on paper, for everybody, on a narrow screen, without script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe

from pipeline.reports.comparison_view import group_comparisons
from pipeline.reports.view_model import ReportModel
from tests.support.report_cases import sample
from tests.support.report_pages import Watched, cell

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4 = (595, 842)


def pages(data: bytes) -> list[tuple[str, tuple[int, int]]]:
    document = pdfium.PdfDocument(data)
    return [
        (
            re.sub(r"\d+ / \d+\s+", "", page.get_textpage().get_text_bounded(), count=1),
            tuple(round(side) for side in page.get_size()),
        )
        for page in document
    ]


def test_all_is_printed_on_a4_each_kecamatan_on_a_page_of_its_own(opened: Page) -> None:
    printed = pages(opened.pdf(prefer_css_page_size=True))
    assert {size for _, size in printed} <= {A4, (842, 595)}
    starts = [text for text, _ in printed if "Lembar hasil audit Kecamatan" in text]
    assert len(starts) == len(ReportModel(sample()).offices)
    assert all(text.lstrip().startswith("Lembar hasil audit") for text in starts)
    everything = " ".join(" ".join(text.split()) for text, _ in printed)
    for finding in sample().findings:
        assert finding.recommendation.id.split(";")[0][:40] in everything
    assert opened.locator("#sheets article").count() == 0  # as before
    varied = [
        one
        for entries in group_comparisons(ReportModel(sample())).values()
        for one in entries
        if one.varied_fields
    ]
    for _, variants in (field for one in varied for field in one.varied_fields):
        for variant in variants:
            assert " ".join(variant.text.split())[:30] in everything  # what is closed is opened on paper
    assert opened.locator("#comparison details[open]").count() == 0


def test_one_kecamatan_is_printed_alone(opened: Page) -> None:
    opened.evaluate("window.print = () => { window.printed = document.body.className; }")
    opened.locator("[data-print='1']").click()
    assert "one" in opened.evaluate("window.printed")
    printed = pages(opened.pdf(prefer_css_page_size=True))
    texts = [text for text, _ in printed]
    assert all(size == A4 for _, size in printed)
    assert (
        texts[0].lstrip().startswith(f"Lembar hasil audit Kecamatan {ReportModel(sample()).offices[1].name}")
    )
    assert sum("Lembar hasil audit" in text for text in texts) == 1
    assert "Usulan rumusan" not in " ".join(texts)
    assert "one" not in opened.evaluate("document.body.className")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_in_light_and_dark(browser: Browser, shown: Path, scheme: str) -> None:
    watched = Watched(
        browser, shown / "sample.html", color_scheme=scheme, viewport={"width": 1300, "height": 900}
    )
    page = watched.page
    everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    rules = everything if scheme == "light" else ["color-contrast"]  # the rest does not change with colours
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    bright = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert (bright < 60) == (scheme == "dark")
    page.locator("[data-open='0']").click()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert found_by_axe(page, rules) == []
    page.locator("#finding-list a.code").first.click()
    assert found_by_axe(page, rules) == []
    page.keyboard.press("Escape")
    cell(page, "differs").click()
    page.locator("#detail details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert found_by_axe(page, rules) == []
    assert watched.is_quiet()


def found_by_axe(page: Page, rules: list[str]) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}: {one['nodes'][0].get('failureSummary')}"
        for one in found
    ]


def test_it_fits_a_narrow_screen(browser: Browser, shown: Path) -> None:
    watched = Watched(browser, shown / "sample.html", viewport={"width": 360, "height": 700})
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.is_quiet()


def test_without_script_matrix_and_findings_can_be_read(browser: Browser, shown: Path) -> None:
    watched = Watched(browser, shown / "sample.html", java_script_enabled=False)
    text = watched.page.locator("main").inner_text()
    assert "JavaScript tidak aktif" in text
    assert watched.page.locator("table.grid").first.is_visible()
    assert watched.page.locator("#filters").is_hidden()
    for finding in sample().findings:
        assert finding.message.id[:60] in text
