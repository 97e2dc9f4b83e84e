"""Running heads and feet: what stands at the edge of page after page with nothing but its numbers changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model.page import Block, Line, Page
from extractors.parser.document import printed_dates
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import vocabulary_matcher

EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that may run through a document."""
LONGEST_RUNNING_LINE = 100
"""Characters."""
MOST_DIGITS = 12
"""Digits of a running line: years, a page, a code."""

_COUNTER = re.compile(r"\d+|(?<!\w)[IVXL]+(?=[-.]\d)")
_MACHINE_MARK = re.compile(r"https?://|www\.|\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:AM|PM)?|\d+\s*/\s*\d+\s*$")


def find_running_lines(page: Page, next_page: Page) -> frozenset[str]:
    """Return the texts of lines that stand at the same edge of two pages, their numbers aside."""
    texts: set[str] = set()
    for find_edge in (_head_lines, _foot_lines):
        edges = [
            [line.text.text for line in find_edge(p.blocks) if _may_run(line)] for p in (page, next_page)
        ]
        patterns = [{_mask_counters(text) for text in edge} for edge in edges]
        common = patterns[0] & patterns[1]
        texts |= {text for edge in edges for text in edge if _mask_counters(text) in common}
    return frozenset(texts)


def _head_lines(blocks: Sequence[Block]) -> list[Line]:
    return [block for block in blocks[:EDGE_LINES] if isinstance(block, Line)]


def _foot_lines(blocks: Sequence[Block]) -> list[Line]:
    return [block for block in blocks[-EDGE_LINES:] if isinstance(block, Line)]


def _mask_counters(text: str) -> str:
    return _COUNTER.sub("#", " ".join(text.split()))


def _may_run(line: Line) -> bool:
    """May a line be a running head: with a number that counts pages, and no part of the text?"""
    text = line.text.text.strip()
    if len(text) > LONGEST_RUNNING_LINE or not any(c.isdigit() for c in text) or text.count(" ") == 0:
        return _MACHINE_MARK.search(text) is not None
    if _MACHINE_MARK.search(text):
        return True
    if line.heading or list_items.find_marker(text) is not None:
        return False
    if vocabulary_matcher.starts_with_similar(text, "title_starts"):
        return False  # an annex is headed as the document is
    if sum(c.isdigit() for c in text) > MOST_DIGITS:
        return False  # a signatory's number below each signature
    return vocabulary_matcher.find_label(text) is None and printed_dates.find_date(text) is None
