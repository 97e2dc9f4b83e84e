"""What became of each printed word: the record's coverage, and the trace that an overlay draws."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from extractors.model.page import Page, Table
from extractors.model.passage import Passage, WordRef
from extractors.model.record import Coverage
from extractors.parser.record_builder import WordLedger, iterate_leaves


class PrintedText:
    """The texts of all lines and cells with their words, a page's put together: a line of its own each
    would be the most that a long document holds."""

    def __init__(self) -> None:
        self._pages: list[tuple[str, tuple[WordRef, ...], array[int], array[int]]] = []

    def add_page(self, passages: Iterable[Passage]) -> None:
        """Keeps what stands on one page."""
        worded_passages = [passage for passage in passages if passage.words]
        text_lengths = array("I", (len(passage.text) for passage in worded_passages))
        word_counts = array("I", (len(passage.words) for passage in worded_passages))
        page_words = tuple(word for passage in worded_passages for word in passage.words)
        self._pages.append(
            ("".join(passage.text for passage in worded_passages), page_words, text_lengths, word_counts)
        )

    def __iter__(self) -> Iterator[tuple[str, tuple[WordRef, ...]]]:
        """Text and words of each line and cell."""
        for text, page_words, text_lengths, word_counts in self._pages:
            text_offset = word_offset = 0
            for length, count in zip(text_lengths, word_counts, strict=True):
                yield text[text_offset : text_offset + length], page_words[word_offset : word_offset + count]
                text_offset, word_offset = text_offset + length, word_offset + count


def collect_printed_text(pages: Iterable[Page], printed_text: PrintedText) -> Iterator[Page]:
    """The pages; what stands on each goes to ``printed`` when it is asked for."""
    for page in pages:
        printed_text.add_page(_page_passages(page))
        yield page


def _page_passages(page: Page) -> Iterator[Passage]:
    yield page.excluded_text
    yield from page.furniture
    yield from (aside.text for aside in page.asides)
    for block in page.blocks:
        if isinstance(block, Table):
            yield from (line.text for row in block.rows for cell in row for line in cell.lines)
        else:
            yield block.text


def measure_coverage(
    printed_text: PrintedText, record: Any, ledger: WordLedger
) -> tuple[Coverage, list[str]]:
    """How many words went where, and the lines and cells with words that went nowhere."""
    counts = {"fields": 0, "furniture": 0, "notes": 0}
    unplaced_texts: list[str] = []
    fields = _WordSet(word for _, source in iterate_leaves(record) for word in source.words)
    furniture, quoted_words = _WordSet(ledger.furniture), _WordSet(ledger.quoted_words)
    for text, words in printed_text:
        unplaced_count = 0
        for word in set(words):
            if word in fields:
                counts["fields"] += 1
            elif word in furniture:
                counts["furniture"] += 1
            else:
                counts["notes"] += 1
                unplaced_count += word not in quoted_words
        if unplaced_count:
            unplaced_texts.append(text)
    return Coverage(words=sum(counts.values()), **counts), unplaced_texts


class _WordSet:
    """Words, a byte for each number: sets of words would be the largest objects of a long document."""

    def __init__(self, words: Iterable[WordRef]) -> None:
        numbers = array("Q", (word.serial for word in words))
        self._first = min(numbers, default=0)
        self._marks = bytearray(max(numbers, default=-1) - self._first + 1)
        for number in numbers:
            self._marks[number - self._first] = 1

    def __contains__(self, word: WordRef) -> bool:
        index = word.serial - self._first
        return 0 <= index < len(self._marks) and self._marks[index] == 1


WordTrace = list[tuple[WordRef, str]]
"""Every printed word with what it was read as: a field's name, ``furniture`` or ``unplaced``."""


def trace_words(printed_text: PrintedText, record: Any, ledger: WordLedger) -> WordTrace:
    """What became of each word. A word in several fields counts for the first."""
    fields: dict[WordRef, str] = {}
    furniture = _WordSet(ledger.furniture)
    for name, source in iterate_leaves(record):
        for word in source.words:
            fields.setdefault(word, name)
    words = dict.fromkeys(word for _, line in printed_text for word in line)
    return [(word, fields.get(word) or ("furniture" if word in furniture else "unplaced")) for word in words]
