"""The page in a real browser: what it shows, how it is used, how it prints, and that nothing hostile runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import chromium
from report_cases import ATTACKS, PAGES, hostile, many, sample

import pipeline
from pipeline import report
from pipeline.report.between import compared
from pipeline.report.content import Content
from pipeline.report.disarm import disarmed
from pipeline.report.originals import Originals
from pipeline.report.page import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4 = (595, 842)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("report")
    (made / "sample.html").write_bytes(report.files(sample(), Originals.of([PAGES]))["audit.html"])
    return made


class Watched:
    """A page, and what it asked for or complained of."""

    def __init__(self, browser: Browser, file: Path, **context: object) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        self.file = file.as_uri()

    def is_quiet(self) -> bool:
        """Nothing was said on the console, and nothing asked for but the file itself."""
        others = [
            url for url in self.asked if url.split("#")[0] != self.file and not url.startswith("data:image/")
        ]
        assert self.complaints == []
        assert [url for url in others if url != "data:,"] == []
        return True


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Page]:
    watched = Watched(browser, folder / "sample.html", viewport={"width": 1300, "height": 900})
    yield watched.page
    assert watched.is_quiet()
    watched.context.close()


def until(page: Page, expression: str) -> None:
    """Wait for something to be true; the page's policy lets no driver put a waiting script into it."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never true: {expression}")


def cell(page: Page, mark: str):
    return page.locator(f"td.m-{mark}[data-i]:visible").first


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")


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
    content = Content(sample())
    opened.select_option("#by-office", label="Watugilang")
    office = next(n for n, one in enumerate(content.offices) if one.name == "Watugilang")
    concerned = [f for f in content.counted if office in content.concerned(f)]
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


def test_a_finding_is_copied_for_the_report(browser: Browser, folder: Path) -> None:
    watched = Watched(browser, folder / "sample.html", permissions=["clipboard-read", "clipboard-write"])
    watched.page.locator("#finding-list article button").first.click()
    until(watched.page, "document.getElementById('said').textContent === 'Temuan disalin.'")
    text = watched.page.evaluate("navigator.clipboard.readText()")
    first = min(Content(sample()).counted, key=lambda f: ("error", "warning", "info").index(f.severity))
    assert f"Kondisi: {first.message.id}" in text
    assert f"Kriteria: {first.expected.id}" in text
    assert f"Rekomendasi: {first.recommendation.id}" in text
    assert watched.is_quiet()


def test_without_a_clipboard_it_is_copied_all_the_same(browser: Browser, folder: Path) -> None:
    watched = Watched(browser, folder / "sample.html")
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
    content = Content(sample())
    for entries in compared(content).values():
        for one in (entry for entry in entries if not entry.alone):
            title = opened.locator("summary bdi", has_text=re.compile(f"^{re.escape(one.name)}$"))
            box = opened.locator(".compared").filter(has=title)
            box.locator("summary").focus()
            opened.keyboard.press("Enter")
            shown = " ".join(box.inner_text().split())
            assert box.locator("table").count() == len(one.varied)
            for _, variants in one.varied:
                for variant in variants:
                    assert " ".join((variant.text or "tidak dinyatakan").split()) in shown
                    assert ", ".join(variant.offices) in shown
            assert not one.lacks or f"({len(one.lacks)}) {', '.join(one.lacks)}" in shown
    opened.get_by_role("button", name="English").click()
    heads = set(opened.locator(".compared th:visible").all_inner_texts())
    assert heads == {"Stated as", "Used by"}


def test_the_comparison_is_filtered(opened: Page) -> None:
    opened.fill("#comparison-row", "musrenbang")
    until(opened, "document.querySelectorAll('.compared:not([hidden])').length === 1")
    assert opened.locator("#comparison-count").inner_text().startswith("1 dari")


def test_deviating_functions_of_the_camat_are_marked_on_the_sheet(opened: Page) -> None:
    content = Content(sample())
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


def test_without_script_a_code_leads_to_its_rule(browser: Browser, folder: Path) -> None:
    watched = Watched(browser, folder / "sample.html", java_script_enabled=False)
    link = watched.page.locator("#findings noscript a, #findings a[href^='#rule-']").first
    target = link.get_attribute("href")
    link.click()
    assert watched.page.locator(target).is_visible()
    assert watched.page.url.endswith(target)


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
    assert len(starts) == len(Content(sample()).offices)
    assert all(text.lstrip().startswith("Lembar hasil audit") for text in starts)
    everything = " ".join(" ".join(text.split()) for text, _ in printed)
    for finding in sample().findings:
        assert finding.recommendation.id.split(";")[0][:40] in everything
    assert opened.locator("#sheets article").count() == 0  # as before
    varied = [one for entries in compared(Content(sample())).values() for one in entries if one.varied]
    for _, variants in (field for one in varied for field in one.varied):
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
    assert texts[0].lstrip().startswith(f"Lembar hasil audit Kecamatan {Content(sample()).offices[1].name}")
    assert sum("Lembar hasil audit" in text for text in texts) == 1
    assert "Usulan rumusan" not in " ".join(texts)
    assert "one" not in opened.evaluate("document.body.className")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_in_light_and_dark(browser: Browser, folder: Path, scheme: str) -> None:
    watched = Watched(
        browser, folder / "sample.html", color_scheme=scheme, viewport={"width": 1300, "height": 900}
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


def test_it_fits_a_narrow_screen(browser: Browser, folder: Path) -> None:
    watched = Watched(browser, folder / "sample.html", viewport={"width": 360, "height": 700})
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.is_quiet()


def test_without_script_matrix_and_findings_can_be_read(browser: Browser, folder: Path) -> None:
    watched = Watched(browser, folder / "sample.html", java_script_enabled=False)
    text = watched.page.locator("main").inner_text()
    assert "JavaScript tidak aktif" in text
    assert watched.page.locator("table.grid").first.is_visible()
    assert watched.page.locator("#filters").is_hidden()
    for finding in sample().findings:
        assert finding.message.id[:60] in text


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


def test_nothing_of_a_hostile_catalogue_runs_or_asks_the_network(browser: Browser, folder: Path) -> None:
    (folder / "hostile.html").write_bytes(report.files(hostile(), Originals.of([PAGES]))["audit.html"])
    watched = Watched(browser, folder / "hostile.html", viewport={"width": 1300, "height": 900})
    drive(watched.page)
    watched.page.pdf()
    watched.page.wait_for_timeout(300)
    ran = watched.page.evaluate(NOTHING_RAN)
    assert ran == {**UNTOUCHED, "title": "Laporan Audit IKU/IKI Kecamatan"}
    assert "<script>window.hurt = 'script'</script>" in watched.page.locator("main").inner_text()
    assert watched.is_quiet()


def test_nothing_of_a_hostile_catalogue_runs_without_our_script_either(
    browser: Browser, folder: Path
) -> None:
    """A reader without script shows the plain tables; what they hold must be text as well."""
    (folder / "plain.html").write_bytes(report.files(hostile())["audit.html"])
    watched = Watched(browser, folder / "plain.html", java_script_enabled=False)
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


def test_a_decree_full_of_attacks_is_built_and_shown_as_text(browser: Browser, folder: Path) -> None:
    written = [attack.replace("|", "¦").replace("\n", " ") for attack in ATTACKS]
    file = folder / "hostile decree.txt"
    file.write_text(DECREE.format(*written), encoding="utf-8")
    made = pipeline.build([file])
    assert len(made.documents) == 1, made.failures
    (folder / "decree.html").write_bytes(report.files(made, Originals.of([file]))["audit.html"])
    watched = Watched(browser, folder / "decree.html", viewport={"width": 1300, "height": 900})
    drive(watched.page)
    ran = watched.page.evaluate(NOTHING_RAN)
    assert {key: ran[key] for key in UNTOUCHED} == UNTOUCHED
    assert watched.is_quiet()


def test_the_policy_itself_would_stop_a_script_that_came_in(browser: Browser, folder: Path) -> None:
    """The second wall: were markup ever let in, the browser would not run it."""
    let_in = (
        b"<script>window.hurt = 1</script><img src=x onerror='window.hurt = 2'><style>p{color:red}</style>"
    )
    spoiled = (folder / "sample.html").read_bytes().replace(b"</main>", let_in + b"</main>")
    (folder / "spoiled.html").write_bytes(spoiled)
    watched = Watched(browser, folder / "spoiled.html")
    assert watched.page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in one for one in watched.complaints)
    refused = "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (error) { return error.name; } }"
    assert watched.page.evaluate(refused) == "TypeError"


def test_two_hundred_kecamatan_can_be_used(browser: Browser, folder: Path) -> None:
    (folder / "many.html").write_bytes(html(Content(disarmed(many()))))
    watched = Watched(browser, folder / "many.html", viewport={"width": 1300, "height": 900})
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
