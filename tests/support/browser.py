"""A real headless Chromium for the tests of pages; they skip, saying so, where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WANTED = "IKU_TEST_BROWSER"
"""Where this is set (in ``.ci/run``), a missing browser is a failure."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine; nothing is downloaded."""
    from playwright.sync_api import sync_playwright

    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        message = "There is no Chromium on this machine (Debian: apt-get install chromium)."
        pytest.fail(message) if os.environ.get(WANTED) else pytest.skip(message)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
