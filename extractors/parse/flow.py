"""The document as one flow of lines and tables: table parts put together, layout tables taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractors.page import Block, Line, Page, Table
from extractors.parse import dates, digits, items, tables, vocabulary
from extractors.parse.draft import Ledger
from extractors.parse.tables import Grid
from extractors.passage import Passage

Element = Line | Grid

_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*|\(?\d{1,3}\s*/\s*\d{1,3}\)?")
_SPACED = re.compile(r"(?<=[A-Z]) (?=[A-Z](?![A-Z]))")
_RULE = re.compile(r"[\W_]+")
_NIP = re.compile(r"(?<!\d)(?:\d[\s.]{0,3}){17}\d(?!\d)")


def flow(pages: Iterable[Page], ledger: Ledger) -> list[Element]:
    """Lines and grids in printed order, page numbers and rules taken out as furniture."""
    out: list[Element] = []
    for page in pages:
        if page.aside:
            ledger.aside(page.number, page.aside)
        for block in page.blocks:
            for element in _elements(block, out, ledger):
                out.append(element)
    return out


def _elements(block: Block, before: list[Element], ledger: Ledger) -> Iterable[Element]:
    if isinstance(block, Line):
        if _is_page_number(block.text.text):
            ledger.drop(block.text)
            return []
        text = _unspaced(block.text)
        return [block if text is block.text else replace(block, text=text)]
    last = before[-1] if before and isinstance(before[-1], Grid) else None
    opened = tables.open_grid(block, ledger)
    if opened is None:
        if last is not None and tables.continues(last, block) and not _is_form(block):
            last.extend(block.rows, ledger)
            return []
        return _by_columns(block) if _is_signed(block) else tables.flattened(block)
    grid, above = opened
    if last is not None and not above and tables.same_header(last, grid):
        last.extend(grid.rows, ledger)
        return []
    return [*above, grid]


def _is_signed(table: Table) -> bool:
    """Does a layout table hold signatures side by side?"""
    return (
        sum(find_nip(line.text.text) is not None for row in table.rows for cell in row for line in cell.lines)
        > 0
    )


def _by_columns(table: Table) -> Iterable[Line]:
    """A layout table read column by column: signatures that stand side by side."""
    for column in range(table.width):
        lines = [line for row in table.rows for line in row[column].lines]
        yield from (replace(line, gap=True) if i == 0 else line for i, line in enumerate(lines))


def _unspaced(text: Passage) -> Passage:
    """A letter-spaced heading (``T E N T A N G``) as words; wider gaps part them."""
    words = text.text.rstrip(" :").split()
    if len(words) < 4 or not text.text.isupper() or sum(len(word) == 1 for word in words) < 0.8 * len(words):
        return text
    return text.sub(_SPACED, "")


def _is_page_number(text: str) -> bool:
    if _PAGE_NUMBER.fullmatch(text):
        return True
    return (
        len(text) < 30 and vocabulary.starts_with(text, "furniture/page") and any(c.isdigit() for c in text)
    )


def is_rule(text: str) -> bool:
    """Is a line a drawn rule or dots, without a letter or digit?"""
    return _RULE.fullmatch(text) is not None


def _is_form(table: Table) -> bool:
    """Does a table lay out labels or a signature rather than rows?"""
    for line in tables.flattened(table):
        text = line.text.text
        bare = text[found.end :] if (found := items.marker(text)) else text
        label = vocabulary.find_label(bare)
        titled = label is not None and label.group != "detail"  # `Penjelasan :` may stand in any cell
        if label is not None and titled and bare[label.end :].lstrip().startswith(":"):
            return True
        if find_nip(text) or ("," in text and len(text) < 60 and dates.find(text)):
            return True
    return False


def find_nip(text: str) -> re.Match[str] | None:
    """The 18 digits of a civil servant's number, through OCR damage."""
    return _NIP.search(digits.repaired(text)) if len(text) < 200 else None


def bare(line: Line) -> tuple[Passage, Passage]:
    """A line without its list mark, and the mark."""
    found = items.marker(line.text.text)
    cut = found.end if found else 0
    return line.text[cut:], line.text[:cut]
