"""What became of each printed word: the record's coverage, and the trace that an overlay draws."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from extractors.page import Page, Table
from extractors.parse.draft import Ledger, leaves
from extractors.passage import Passage, Word, serial
from extractors.record import Coverage


class Printed:
    """The texts of all lines and cells with their words, a page's put together: a line of its own each
    would be the most that a long document holds."""

    def __init__(self) -> None:
        self._pages: list[tuple[str, tuple[Word, ...], array[int], array[int]]] = []

    def page(self, passages: Iterable[Passage]) -> None:
        """Keeps what stands on one page."""
        kept = [passage for passage in passages if passage.words]
        texts = array("I", (len(passage.text) for passage in kept))
        words = array("I", (len(passage.words) for passage in kept))
        every = tuple(word for passage in kept for word in passage.words)
        self._pages.append(("".join(passage.text for passage in kept), every, texts, words))

    def __iter__(self) -> Iterator[tuple[str, tuple[Word, ...]]]:
        """Text and words of each line and cell."""
        for text, every, texts, words in self._pages:
            at = first = 0
            for length, count in zip(texts, words, strict=True):
                yield text[at : at + length], every[first : first + count]
                at, first = at + length, first + count


def noted(pages: Iterable[Page], printed: Printed) -> Iterator[Page]:
    """The pages; what stands on each goes to ``printed`` when it is asked for."""
    for page in pages:
        printed.page(_passages(page))
        yield page


def _passages(page: Page) -> Iterator[Passage]:
    yield page.aside
    for block in page.blocks:
        if isinstance(block, Table):
            yield from (line.text for row in block.rows for cell in row for line in cell.lines)
        else:
            yield block.text


def coverage(printed: Printed, record: Any, ledger: Ledger) -> tuple[Coverage, list[str]]:
    """How many words went where, and the lines and cells with words that went nowhere."""
    counts = {"fields": 0, "furniture": 0, "notes": 0}
    lost: list[str] = []
    fields = _Known(word for _, source in leaves(record) for word in source.words)
    furniture, quoted = _Known(ledger.furniture), _Known(ledger.quoted)
    for text, words in printed:
        nowhere = 0
        for word in set(words):
            if word in fields:
                counts["fields"] += 1
            elif word in furniture:
                counts["furniture"] += 1
            else:
                counts["notes"] += 1
                nowhere += word not in quoted
        if nowhere:
            lost.append(text)
    return Coverage(words=sum(counts.values()), **counts), lost


class _Known:
    """Words, a byte for each number: sets of words would be the largest objects of a long document."""

    def __init__(self, words: Iterable[Word]) -> None:
        numbers = array("Q", map(serial, words))
        self._first = min(numbers, default=0)
        self._marks = bytearray(max(numbers, default=-1) - self._first + 1)
        for number in numbers:
            self._marks[number - self._first] = 1

    def __contains__(self, word: Word) -> bool:
        at = serial(word) - self._first
        return 0 <= at < len(self._marks) and self._marks[at] == 1


Trace = list[tuple[Word, str]]
"""Every printed word with what it was read as: a field's name, ``furniture`` or ``unplaced``."""


def trace(printed: Printed, record: Any, ledger: Ledger) -> Trace:
    """What became of each word. A word in several fields counts for the first."""
    fields: dict[Word, str] = {}
    furniture = _Known(ledger.furniture)
    for name, source in leaves(record):
        for word in source.words:
            fields.setdefault(word, name)
    words = dict.fromkeys(word for _, line in printed for word in line)
    return [(word, fields.get(word) or ("furniture" if word in furniture else "unplaced")) for word in words]
