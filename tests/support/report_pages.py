"""Helpers for the tests of the report's page in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page


class Watched:
    """A page, and what it asked for or complained of."""

    def __init__(self, browser: Browser, file: Path, **context: Any) -> None:
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


def until(page: Page, expression: str) -> None:
    """Wait for something to be true; the page's policy lets no driver put a waiting script into it."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never true: {expression}")


def cell(page: Page, mark: str) -> Locator:
    return page.locator(f"td.m-{mark}[data-i]:visible").first


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")
