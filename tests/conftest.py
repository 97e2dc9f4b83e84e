"""What holds for all tests, and the fixtures that several files of tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# No test is a stopwatch: a busy machine must not fail one. Times stand in the benchmarks.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    from tests.support.browser import chromium

    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report's page of the samples."""
    from pipeline import reports
    from pipeline.reports.html.source_excerpts import Originals
    from tests.support.report_cases import PAGES, sample

    made = tmp_path_factory.mktemp("report")
    (made / "sample.html").write_bytes(
        reports.render_report_files(sample(), Originals.from_paths([PAGES]))["audit.html"]
    )
    return made


@pytest.fixture
def opened(browser: Browser, shown: Path) -> Iterator[Page]:
    """The page of the samples, of which nothing may complain or ask the network."""
    from tests.support.report_pages import Watched

    watched = Watched(browser, shown / "sample.html", viewport={"width": 1300, "height": 900})
    yield watched.page
    assert watched.is_quiet()
    watched.context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser: the fixture says so already."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
