"""The page in a real browser: nothing hostile runs or asks the network, and two hundred kecamatan fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pipeline
from pipeline import reports
from pipeline.reports.html.audit_page import render_page
from pipeline.reports.html.source_excerpts import Originals
from pipeline.reports.sanitize import sanitize_catalogue
from pipeline.reports.view_model import ReportModel
from tests.support.report_cases import ATTACKS, PAGES, hostile, many
from tests.support.report_pages import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def drive(page: Page) -> None:
    """Open everything that a page can show."""
    for language in ("English", "Indonesia"):
        page.get_by_role("button", name=language).click()
        for group in range(page.locator("#matrix-group option").count() or 1):
            if page.locator("#matrix-group").count():
                page.select_option("#matrix-group", str(group))
            for one in page.locator("td[data-i]:visible").all():
                one.click()
                page.locator("#detail summary").evaluate_all("all => all.forEach((one) => one.click())")
                page.keyboard.press("Escape")
        for button in page.locator("[data-open]").all():
            button.click()
        page.locator("#comparison summary").evaluate_all("all => all.forEach((one) => one.click())")
        page.locator("#finding-list a.code").first.click()
        page.keyboard.press("Escape")
        page.locator("#finding-list .quiet").evaluate_all("all => all.forEach((one) => one.click())")


NOTHING_RAN = """() => {
  const all = [...document.querySelectorAll('*')];
  const hrefs = all.map((one) => one.getAttribute('href') || one.getAttribute('xlink:href')).filter(Boolean);
  const alien = 'iframe, object, embed, base, mglyph, style:not(head > style), meta[http-equiv=refresh]';
  return {
    hurt: window.hurt,
    scripts: document.scripts.length,
    handlers: all.filter((one) => [...one.attributes].some((held) => /^on/i.test(held.name))).length,
    links: hrefs.filter((href) => !/^(#|data:,$)/.test(href)).length,
    alien: document.querySelectorAll(alien).length,
    pictures: [...document.images].filter((one) => !one.src.startsWith('data:image/webp')).length,
    title: document.title,
  };
}"""
UNTOUCHED = {"hurt": None, "scripts": 2, "handlers": 0, "links": 0, "alien": 0, "pictures": 0}


def test_nothing_of_a_hostile_catalogue_runs_or_asks_the_network(browser: Browser, shown: Path) -> None:
    (shown / "hostile.html").write_bytes(
        reports.render_report_files(hostile(), Originals.from_paths([PAGES]))["audit.html"]
    )
    watched = Watched(browser, shown / "hostile.html", viewport={"width": 1300, "height": 900})
    drive(watched.page)
    watched.page.pdf()
    watched.page.wait_for_timeout(300)
    ran = watched.page.evaluate(NOTHING_RAN)
    assert ran == {**UNTOUCHED, "title": "Laporan Audit IKU/IKI Kecamatan"}
    assert "<script>window.hurt = 'script'</script>" in watched.page.locator("main").inner_text()
    assert watched.is_quiet()


def test_nothing_of_a_hostile_catalogue_runs_without_our_script_either(browser: Browser, shown: Path) -> None:
    """A reader without script shows the plain tables; what they hold must be text as well."""
    (shown / "plain.html").write_bytes(reports.render_report_files(hostile())["audit.html"])
    watched = Watched(browser, shown / "plain.html", java_script_enabled=False)
    alien = "iframe, object, base, img, a[href^=javascript], meta[http-equiv=refresh]"
    assert watched.page.locator(alien).count() == 0
    assert watched.page.locator("main script").count() == 0
    assert watched.is_quiet()


DECREE = """INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH KABUPATEN WANAREJA
TAHUN 2024-2026
NOMOR : 188.45/07/KEP/39.04.02/2024 {0}

Instansi : KECAMATAN SUKAMULIH {1}

| No. | Sasaran Strategis | Indikator Kinerja Utama | Rumus | Sumber Data | Penanggung Jawab |
| --- | --- | --- | --- | --- | --- |
| 1 | Meningkatnya tertib administrasi {2} | Persentase desa lunas PBB {3} | \
(Jumlah desa lunas PBB {4} / Jumlah desa) x 100% | Laporan {5} | Kasi {6} |
| 2 | Meningkatnya pelayanan {7} | Persentase aduan {8} | \
=HYPERLINK("http://192.0.2.1/") {9} | {10} | {11} |

Sukamulih, 3 Mei 2024
CAMAT SUKAMULIH

{12}
NIP. 19700101 199501 1 999
"""


def test_a_decree_full_of_attacks_is_built_and_shown_as_text(browser: Browser, shown: Path) -> None:
    written = [attack.replace("|", "¦").replace("\n", " ") for attack in ATTACKS]
    file = shown / "hostile decree.txt"
    file.write_text(DECREE.format(*written), encoding="utf-8")
    made = pipeline.build([file])
    assert len(made.documents) == 1, made.failures
    (shown / "decree.html").write_bytes(
        reports.render_report_files(made, Originals.from_paths([file]))["audit.html"]
    )
    watched = Watched(browser, shown / "decree.html", viewport={"width": 1300, "height": 900})
    drive(watched.page)
    ran = watched.page.evaluate(NOTHING_RAN)
    assert {key: ran[key] for key in UNTOUCHED} == UNTOUCHED
    assert watched.is_quiet()


def test_the_policy_itself_would_stop_a_script_that_came_in(browser: Browser, shown: Path) -> None:
    """The second wall: were markup ever let in, the browser would not run it."""
    let_in = (
        b"<script>window.hurt = 1</script><img src=x onerror='window.hurt = 2'><style>p{color:red}</style>"
    )
    spoiled = (shown / "sample.html").read_bytes().replace(b"</main>", let_in + b"</main>")
    (shown / "spoiled.html").write_bytes(spoiled)
    watched = Watched(browser, shown / "spoiled.html")
    assert watched.page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in one for one in watched.complaints)
    refused = "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (error) { return error.name; } }"
    assert watched.page.evaluate(refused) == "TypeError"


def test_two_hundred_kecamatan_can_be_used(browser: Browser, shown: Path) -> None:
    (shown / "many.html").write_bytes(render_page(ReportModel(sanitize_catalogue(many()))))
    watched = Watched(browser, shown / "many.html", viewport={"width": 1300, "height": 900})
    page = watched.page
    assert page.locator("table.grid thead th").count() == 201
    first, head = page.locator("table.grid tbody th").first, page.locator("table.grid thead th.corner")
    page.locator("#matrix").scroll_into_view_if_needed()
    box = page.locator(".matrix .scroll").first
    before = first.bounding_box(), head.bounding_box()
    box.evaluate("box => box.scrollTo(3000, 300)")
    after = page.locator("table.grid thead th").nth(100).bounding_box(), head.bounding_box()
    assert before[0] and before[1] and after[0] and after[1]
    assert first.bounding_box()["x"] == before[0]["x"]  # the names of rows stay
    assert after[1]["y"] == pytest.approx(after[0]["y"], abs=1)  # and so does the row of heads
    assert page.evaluate("document.documentElement.scrollWidth") <= 1300
    page.locator("td[data-i]").last.click()
    assert page.locator("#detail").is_visible()
    page.keyboard.press("Escape")
    page.locator("[data-open='199']").click()
    assert page.locator("#sheets > article").count() == 1
    assert watched.is_quiet()
