"""The page in a real browser: what it shows and how it is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.reports.comparison_view import group_comparisons
from pipeline.reports.view_model import ReportModel
from tests.support.report_cases import PAGES, sample
from tests.support.report_pages import Watched, cell, focused, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_findings_are_filtered_and_counted_aloud(opened: Page) -> None:
    everything = [f for f in sample().findings if f.waived is None]
    count = opened.locator("#findings-count")
    assert count.get_attribute("aria-live") == "polite"
    assert count.inner_text() == f"{len(everything)} dari {len(sample().findings)} temuan"
    opened.select_option("#by-family", "F")
    formulas = [f for f in everything if f.code.startswith("F")]
    assert count.inner_text().startswith(f"{len(formulas)} dari")
    assert opened.locator("#finding-list article").count() == min(40, len(formulas))
    opened.locator("[name=severity][value='1']").uncheck()
    opened.locator("[name=severity][value='2']").uncheck()
    errors = [f for f in formulas if f.severity == "error"]
    assert 0 < len(errors) < len(formulas)
    assert count.inner_text().startswith(f"{len(errors)} dari")
    opened.locator("#filters button[type=reset]").click()
    until(opened, "document.querySelectorAll('#finding-list article').length > 5")
    opened.fill("#by-text", "musrenbang tidak-ada-kata-ini")
    until(opened, "document.querySelectorAll('#finding-list article').length === 0")
    assert count.inner_text().startswith("0 dari")


def test_findings_of_one_kecamatan_and_one_cause(opened: Page) -> None:
    content = ReportModel(sample())
    opened.select_option("#by-office", label="Watugilang")
    office = next(n for n, one in enumerate(content.offices) if one.name == "Watugilang")
    concerned = [f for f in content.open_findings if office in content.concerned_offices(f)]
    assert opened.locator("#findings-count").inner_text().startswith(f"{len(concerned)} dari")
    opened.select_option("#by-cause", "uncertain")
    unsure = [f for f in concerned if f.cause == "uncertain"]
    assert opened.locator("#findings-count").inner_text().startswith(f"{len(unsure)} dari")


def test_the_language_is_switched_and_quotations_stay_indonesian(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.lang") == "id"
    opened.get_by_role("button", name="English").click()
    assert opened.evaluate("document.documentElement.lang") == "en"
    assert opened.get_by_role("heading", level=2, name="Findings").is_visible()
    assert opened.get_by_text("Ikhtisar", exact=True).first.is_hidden()
    assert opened.title() == "Audit report on kecamatan indicators"
    card = opened.locator("#finding-list article").first
    assert card.get_by_text("Criterion").is_visible()
    cell(opened, "differs").click()
    assert opened.locator("#detail blockquote").first.get_attribute("lang") == "id"
    assert opened.locator("#detail h3").first.inner_text() == "Formula in the decree"


def test_a_cell_is_reached_and_opened_with_the_keyboard(opened: Page) -> None:
    opened.locator(".scroll:visible").first.focus()
    opened.keyboard.press("Tab")
    here = "[document.activeElement.parentNode.rowIndex, document.activeElement.cellIndex]"
    assert opened.evaluate(here) == [1, 1]
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowDown")
    assert opened.evaluate(here) == [2, 2]
    opened.keyboard.press("End")
    assert opened.evaluate(here) == [2, 3]
    opened.keyboard.press("Control+Home")
    assert opened.evaluate(here) == [1, 1]
    opened.keyboard.press("Enter")
    assert opened.locator("#detail").is_visible()
    assert focused(opened) == "detail-title"
    opened.keyboard.press("Escape")
    assert opened.locator("#detail").is_hidden()
    assert opened.evaluate(here) == [1, 1]
    assert opened.locator("td[tabindex='0']:visible").count() == 1


def test_a_cell_shows_the_quotation_its_place_the_page_and_both_formulas(opened: Page) -> None:
    column = opened.locator("table.grid thead th").all_inner_texts().index("Sendang Mulih")
    opened.locator(f"td.m-differs:nth-child({column + 1})[data-i]").first.click()
    detail = opened.locator("#detail")
    assert "Persentase" in detail.locator("blockquote").first.inner_text()
    assert f"{PAGES.name}, hlm." in detail.locator(".where").first.inner_text()
    picture = detail.locator(".paper img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
    assert detail.locator(".paper rect").count() == 2
    assert detail.locator(".compare math").count() == 2
    assert detail.locator(".compare mtext.marked").count() >= 2
    assert (
        detail.locator(".compare math mfrac").first.evaluate("one => one.getBoundingClientRect().height") > 20
    )


def test_a_finding_is_copied_for_the_report(browser: Browser, shown: Path) -> None:
    watched = Watched(browser, shown / "sample.html", permissions=["clipboard-read", "clipboard-write"])
    watched.page.locator("#finding-list article button").first.click()
    until(watched.page, "document.getElementById('said').textContent === 'Temuan disalin.'")
    text = watched.page.evaluate("navigator.clipboard.readText()")
    first = min(
        ReportModel(sample()).open_findings, key=lambda f: ("error", "warning", "info").index(f.severity)
    )
    assert f"Kondisi: {first.message.id}" in text
    assert f"Kriteria: {first.expected.id}" in text
    assert f"Rekomendasi: {first.recommendation.id}" in text
    assert watched.is_quiet()


def test_without_a_clipboard_it_is_copied_all_the_same(browser: Browser, shown: Path) -> None:
    watched = Watched(browser, shown / "sample.html")
    watched.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    watched.page.locator("#finding-list article button").first.click()
    until(watched.page, "document.getElementById('said').textContent === 'Temuan disalin.'")


def test_the_place_of_a_finding_is_shown_on_demand(opened: Page) -> None:
    button = opened.locator("#finding-list article", has_text=PAGES.name).first.get_by_role(
        "button", name="Lihat letaknya"
    )
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert opened.locator("#finding-list .crop img").count() == 1


def test_the_matrix_is_filtered(opened: Page) -> None:
    opened.fill("#matrix-column", "watu")
    until(opened, "document.getElementById('matrix-count').textContent.endsWith(' 1 kecamatan')")
    assert opened.locator("table.grid:visible thead th:visible").count() == 2
    opened.check("#matrix-troubled")
    shown = opened.locator("table.grid:visible tbody tr:visible")
    assert (
        shown.count()
        == opened.locator(
            "table.grid:visible tbody tr:visible:has(.m-differs, .m-absent, .m-unreadable)"
        ).count()
    )


def test_the_comparison_shows_who_states_what_and_who_lacks_it(opened: Page) -> None:
    content = ReportModel(sample())
    for entries in group_comparisons(content).values():
        for one in (entry for entry in entries if not entry.is_single):
            title = opened.locator("summary bdi", has_text=re.compile(f"^{re.escape(one.name)}$"))
            box = opened.locator(".compared").filter(has=title)
            box.locator("summary").focus()
            opened.keyboard.press("Enter")
            shown = " ".join(box.inner_text().split())
            assert box.locator("table").count() == len(one.varied_fields)
            for _, variants in one.varied_fields:
                for variant in variants:
                    assert " ".join((variant.text or "tidak dinyatakan").split()) in shown
                    assert ", ".join(variant.offices) in shown
            assert not one.lacks or f"({len(one.lacks)}) {', '.join(one.lacks)}" in shown
    opened.get_by_role("button", name="English").click()
    heads = set(opened.locator(".compared th:visible").all_inner_texts())
    assert heads == {"Stated as", "Used by"}


def test_the_comparison_is_filtered(opened: Page) -> None:
    names = opened.locator(".compared summary bdi").all_text_contents()
    word = max(names[0].split(), key=len)
    fitting = sum(word.lower() in name.lower() for name in names)
    assert 0 < fitting < len(names)
    opened.fill("#comparison-row", word)
    until(opened, f"document.querySelectorAll('.compared:not([hidden])').length === {fitting}")
    assert opened.locator("#comparison-count").inner_text().startswith(f"{fitting} dari")


def test_deviating_functions_of_the_camat_are_marked_on_the_sheet(opened: Page) -> None:
    content = ReportModel(sample())
    for number, office in enumerate(content.offices):
        tasks = [task for d in office.documents for holder in d.holders for task in holder.tasks]
        opened.locator(f"[data-open='{number}']").click()
        table = opened.locator(".sheet .tasks tbody")
        assert table.locator("tr").count() == len(tasks)
        assert table.locator(".m-differs").count() == sum(task.deviates is True for task in tasks)
        assert table.locator(".m-absent").count() == sum(task.function is None for task in tasks)


def test_the_code_of_a_finding_opens_the_page_of_its_rule(opened: Page) -> None:
    link = opened.locator("#finding-list a.code").first
    rule = next(one for one in sample().rules if one.code == link.inner_text())
    link.focus()
    opened.keyboard.press("Enter")
    dialog = opened.locator("#rule")
    assert focused(opened) == "rule-title"
    text = dialog.inner_text()
    for part in (rule.title.id, rule.explanation.id, rule.why.id, rule.limits.id, rule.example.bad):
        assert " ".join(part.split()) in " ".join(text.split())
    assert rule.why.en not in text
    opened.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert opened.evaluate("document.activeElement.textContent") == rule.code


def test_a_rule_opens_over_the_detail_and_goes_back_to_it(opened: Page) -> None:
    for one in opened.locator("td.m-differs[data-i]:visible").all():
        one.click()
        if opened.locator("#detail a.code").count():
            break
        opened.keyboard.press("Escape")
    opened.locator("#detail a.code").first.click()
    assert opened.locator("#rule").is_visible()
    opened.locator("#rule-close").click()
    assert opened.locator("#rule").is_hidden()
    assert opened.locator("#detail").is_visible()


def test_without_script_a_code_leads_to_its_rule(browser: Browser, shown: Path) -> None:
    watched = Watched(browser, shown / "sample.html", java_script_enabled=False)
    link = watched.page.locator("#findings noscript a, #findings a[href^='#rule-']").first
    target = link.get_attribute("href")
    link.click()
    assert watched.page.locator(target).is_visible()
    assert watched.page.url.endswith(target)


def test_every_sheet_shows_words_and_never_the_name_of_an_element(opened: Page) -> None:
    sheets = opened.locator("#offices button[data-open]")
    assert sheets.count() >= 3
    for number in range(sheets.count()):
        sheets.nth(number).click()
        assert "[object" not in opened.locator("#sheets").inner_text()
    assert opened.locator("#sheets article.finding").count() > 0
