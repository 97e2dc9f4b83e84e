"""Looking at what the readers of Word documents and workbooks give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.model.page import Line, Page, Table
from extractors.sheet import read_sheets
from extractors.word import read_word
from samples.office_files.word_file import word_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def read_body(body: str, parts: Mapping[str, str] | None = None) -> Page:
    """The page of a Word document with this body."""
    [page] = read_word(word_file(body, parts=parts))
    return page


def line_texts(page: Page) -> list[str]:
    """The texts of the lines outside tables, bullets with their mark."""
    return [
        ("• " if block.bullet else "") + block.text.text for block in page.blocks if isinstance(block, Line)
    ]


def table_texts(page: Page) -> list[list[str]]:
    """The cells of the first table; ``^`` for covered ones, `` / `` between lines."""
    table = next(block for block in page.blocks if isinstance(block, Table))
    return [
        [
            "^"
            if cell.covered
            else " / ".join(("• " if line.bullet else "") + line.text.text for line in cell.lines)
            for cell in row
        ]
        for row in table.rows
    ]


def aside_texts(page: Page) -> list[tuple[str, str]]:
    """Reason and text of what was set aside."""
    return [(aside.reason.value, aside.text.text) for aside in page.asides]


def all_words(pages: Iterable[Page]) -> list[str]:
    """Every word of some pages, wherever it was put."""
    return [word for page in pages for passage in _passages(page) for word in passage.split()]


def _passages(page: Page) -> Iterator[str]:
    yield from (passage.text for passage in page.furniture)
    yield from (aside.text.text for aside in page.asides)
    for block in page.blocks:
        if isinstance(block, Line):
            yield block.text.text
        else:
            yield from (line.text.text for row in block.rows for cell in row for line in cell.lines)


__all__ = ["all_words", "aside_texts", "line_texts", "read_body", "read_sheets", "read_word", "table_texts"]
