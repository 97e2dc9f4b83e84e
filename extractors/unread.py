"""Pages that could not be read: the note on each, and the pages that the notes of a record tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.record import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

CODE = "page-unread"
"""Code of the notes."""
Span = tuple[int, int]
"""First and last of some pages in a row."""
# One note stands for all pages at the end of a PDF that are counted only, be they two billion.
_PAGE = re.compile(r"Page (\d+) \([\w-]+\): (?:Pages \d+ to (\d+) )?")
_ROW = 3
"""Pages in a row of which only the first and the last are told."""


def note(number: int, status: str, message: str) -> Note:
    """The note on a page that was not read, or not wholly, and why."""
    return Note(code=CODE, message=f"Page {number} ({status}): {message}", pointer="")


def spans(notes: Iterable[Note]) -> tuple[Span, ...]:
    """The pages that were not read, each once, in order."""
    made: list[Span] = []
    found = (_PAGE.match(one.message) for one in notes if one.code == CODE)
    for first, last in sorted((int(page[1]), int(page[2] or page[1])) for page in found if page):
        if made and first <= made[-1][1] + 1:
            made[-1] = made[-1][0], max(made[-1][1], last)
        else:
            made.append((first, last))
    return tuple(made)


def told(pages: Iterable[Span]) -> str:
    """Page numbers as people write them.

    >>> told([(2, 3), (5, 5), (8, 11)])
    '2, 3, 5, 8–11'
    """
    return ", ".join(
        f"{first}–{last}" if last - first + 1 >= _ROW else ", ".join(map(str, range(first, last + 1)))
        for first, last in pages
    )


__all__ = ["CODE", "Span", "note", "spans", "told"]
