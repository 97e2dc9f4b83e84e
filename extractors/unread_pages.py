"""Pages that could not be read: the note on each, and the pages that the notes of a record tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.model.record import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE_UNREAD_CODE = "page-unread"
"""Code of the notes."""
PageRange = tuple[int, int]
"""First and last of some pages in a row."""
# One note stands for all pages at the end of a PDF that are counted only, be they two billion.
_PAGE_PATTERN = re.compile(r"Page (\d+) \([\w-]+\): (?:Pages \d+ to (\d+) )?")
_SHORTEST_RANGE = 3
"""Pages in a row of which only the first and the last are told."""


def unread_page_note(number: int, status: str, message: str) -> Note:
    """The note on a page that was not read, or not wholly, and why."""
    return Note(code=PAGE_UNREAD_CODE, message=f"Page {number} ({status}): {message}", pointer="")


def unread_ranges(notes: Iterable[Note]) -> tuple[PageRange, ...]:
    """The pages that were not read, each once, in order."""
    ranges: list[PageRange] = []
    matches = (_PAGE_PATTERN.match(note.message) for note in notes if note.code == PAGE_UNREAD_CODE)
    for first, last in sorted((int(match[1]), int(match[2] or match[1])) for match in matches if match):
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], max(ranges[-1][1], last)
        else:
            ranges.append((first, last))
    return tuple(ranges)


def format_page_ranges(pages: Iterable[PageRange]) -> str:
    """Page numbers as people write them.

    >>> told([(2, 3), (5, 5), (8, 11)])
    '2, 3, 5, 8–11'
    """
    return ", ".join(
        f"{first}–{last}"
        if last - first + 1 >= _SHORTEST_RANGE
        else ", ".join(map(str, range(first, last + 1)))
        for first, last in pages
    )


__all__ = ["PAGE_UNREAD_CODE", "PageRange", "format_page_ranges", "unread_page_note", "unread_ranges"]
