"""Pages that could not be read: the note on each, and the pages that the notes of a record tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.model.record import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE_UNREAD_CODE = "page-unread"
"""Code of the notes."""
PageRange = tuple[int, int]
"""First and last of some pages in a row."""
_SHORTEST_RANGE = 3
"""Pages in a row from which on only the first and the last are written."""


def unread_page_note(number: int, status: str, message: str, last_number: int | None = None) -> Note:
    """Return the note on pages that were not read, or only in part, and why.

    Args:
        number: the page, or the first of several in a row.
        status: why, for programs.
        message: why, in words.
        last_number: the last of several pages in a row. One note stands for all pages at the end of a
            PDF that are counted only; they may be two billion.
    """
    return Note(
        code=PAGE_UNREAD_CODE,
        message=f"Page {number} ({status}): {message}",
        pointer="",
        pages=(number, last_number or number),
        status=status,
    )


def unread_ranges(notes: Iterable[Note]) -> tuple[PageRange, ...]:
    """Return the pages that were not read, each once, in order."""
    ranges: list[PageRange] = []
    for first, last in sorted(n.pages for n in notes if n.code == PAGE_UNREAD_CODE and n.pages):
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], max(ranges[-1][1], last)
        else:
            ranges.append((first, last))
    return tuple(ranges)


def format_page_ranges(pages: Iterable[PageRange]) -> str:
    """Return page numbers as people write them.

    >>> format_page_ranges([(2, 3), (5, 5), (8, 11)])
    '2, 3, 5, 8–11'
    """
    return ", ".join(
        f"{first}–{last}"
        if last - first + 1 >= _SHORTEST_RANGE
        else ", ".join(map(str, range(first, last + 1)))
        for first, last in pages
    )


__all__ = ["PAGE_UNREAD_CODE", "PageRange", "format_page_ranges", "unread_page_note", "unread_ranges"]
