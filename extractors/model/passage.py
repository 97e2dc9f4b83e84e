"""Text that remembers where it was read: every slice and join keeps its printed words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise
from typing import Self

from extractors.model.office_address import OfficeAddress

Box = tuple[float, float, float, float]
"""``x0, top, x1, bottom`` in PDF points of the page as a viewer shows it."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where something is printed: a page and box, the lines of a text, or a place in an office document;
    and how surely it was read."""

    page: int | None = None
    box: Box | None = None
    lines: tuple[int, int] | None = None
    confidence: float = 1.0
    address: OfficeAddress | None = None


@dataclass(frozen=True, slots=True, eq=False)
class WordRef:
    """One printed word: where it stands, and a number of its own.

    No two are equal, wherever they stand: each occurrence must end somewhere in the record. Words are
    numbered in each process, so none may be handed to another one. A word's text stands in its passage alone.
    """

    place: PrintedPlace
    serial: int
    """The word's own number: words of one document follow each other."""


_LARGEST_COORDINATE = 134_217.727
"""Points from the page's corner, either way: nine times the largest page that PDF knows."""
_COORDINATE_DIGITS, _CONFIDENCE_DIGITS = 3, 4
"""Decimals that are kept of a coordinate in points, and of the confidence."""
_serial_numbers = count()


def create_word_ref(place: PrintedPlace) -> WordRef:
    """Return a word printed in a place, which is kept to a thousandth of a point."""
    if place.box is None:
        return WordRef(place, next(_serial_numbers))
    x0, top, x1, bottom = map(_round_coordinate, place.box)
    confidence = round(place.confidence, _CONFIDENCE_DIGITS)
    return WordRef(PrintedPlace(place.page, (x0, top, x1, bottom), None, confidence), next(_serial_numbers))


def word_place(word: WordRef) -> PrintedPlace:
    """Return where a word is printed."""
    return word.place


def _round_coordinate(coordinate: float) -> float:
    return round(max(-_LARGEST_COORDINATE, min(coordinate, _LARGEST_COORDINATE)), _COORDINATE_DIGITS)


SpanBounds = tuple[tuple[int, ...], tuple[int, ...]]

_SHORT_PASSAGE = 40
"""Words of a passage whose places are computed again rather than kept: most lines and cells have fewer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and, for each of its words, the printed word that it is a part of.

    A word that was cut in two stands in ``words`` twice. Neither starts nor ends of words ever go back, so
    that a slice finds its words by halving.
    """

    text: str = ""
    words: tuple[WordRef, ...] = ()
    irregular_spans: SpanBounds | None = None
    """Where words start and end, if not just as single spaces part them; of many words in any case."""

    @classmethod
    def _build(cls, text: str, words: Iterable[WordRef], starts: Iterable[int], ends: Iterable[int]) -> Self:
        words, spans = tuple(words), (tuple(starts), tuple(ends))
        short = len(words) <= _SHORT_PASSAGE and spans == _single_space_spans(text)
        return cls(text, words, None if short or not words else spans)

    @property
    def spans(self) -> SpanBounds:
        """Where each word starts, and where each ends."""
        if self.irregular_spans is not None:
            return self.irregular_spans
        return _single_space_spans(self.text) if self.words else ((), ())

    @classmethod
    def from_text(cls, text: str, place: PrintedPlace) -> Self:
        """Return a passage whose words all stand in one place (a line of a text, say)."""
        matches = list(_WORD_PATTERN.finditer(text))
        words = (create_word_ref(place) for _ in matches)
        return cls._build(text, words, (m.start() for m in matches), (m.end() for m in matches))

    @classmethod
    def from_words(cls, printed: Sequence[tuple[str, WordRef]]) -> Self:
        """Printed words with their texts side by side, a space between them."""
        lengths = [len(text) for text, _ in printed]
        ends = [end + i for i, end in enumerate(accumulate(lengths))]
        starts = (end - length for end, length in zip(ends, lengths, strict=True))
        return cls._build(" ".join(text for text, _ in printed), (word for _, word in printed), starts, ends)

    @classmethod
    def join(cls, separator: str, parts: Iterable[Passage]) -> Self:
        """Return the non-blank parts one after the other, the separator between them."""
        separator_passage = Passage(separator)
        non_blank = [part for part in parts if part]
        if len(non_blank) == 1 and isinstance(non_blank[0], cls):
            return non_blank[0]
        return cls.concatenate(
            non_blank[:1] + [piece for part in non_blank[1:] for piece in (separator_passage, part)]
        )

    @classmethod
    def concatenate(cls, parts: Iterable[Passage]) -> Self:
        """Return the parts one after the other as they stand."""
        texts: list[str] = []
        words: list[WordRef] = []
        starts: list[int] = []
        ends: list[int] = []
        offset = 0
        for part in parts:
            words += part.words
            part_starts, part_ends = part.spans
            starts += [start + offset for start in part_starts]
            ends += [end + offset for end in part_ends]
            texts.append(part.text)
            offset += len(part.text)
        return cls._build("".join(texts), words, starts, ends)

    def __bool__(self) -> bool:
        return not self.text.isspace() and self.text != ""

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Self:
        start, stop, _ = part.indices(len(self.text))
        if (start, stop) == (0, len(self.text)):
            return self
        starts, ends = self.spans
        first = bisect_right(ends, start)
        last = bisect_left(starts, stop, lo=first)
        starts_within = (max(at, start) - start for at in starts[first:last])
        ends_within = (min(at, stop) - start for at in ends[first:last])
        return self._build(self.text[start:stop], self.words[first:last], starts_within, ends_within)

    @property
    def word_spans(self) -> Iterator[tuple[int, int, WordRef]]:
        """Start, end and printed word, in text order."""
        return zip(*self.spans, self.words, strict=True)

    def strip(self, characters: str | None = None) -> Self:
        """Without white space (or the given characters) at both ends."""
        stripped = self.text.strip(characters)
        start = len(self.text) - len(self.text.lstrip(characters)) if stripped else 0
        return self[start : start + len(stripped)]

    def split(self, offsets: Iterable[int]) -> list[Self]:
        """Cut at the given offsets; the parts are stripped, blank ones left out."""
        cuts = [0, *sorted(offsets), len(self.text)]
        parts = (self[a:b].strip() for a, b in pairwise(cuts))
        return [part for part in parts if part]

    def splitlines(self) -> list[Self]:
        """Return the non-blank lines, stripped."""
        return self.split(m.start() for m in _LINE_BREAK.finditer(self.text))

    def replace_pattern(
        self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]
    ) -> Self:
        """Replace each match; what replaces it keeps the printed words of what it replaced."""
        matches = list(pattern.finditer(self.text))
        if not matches:
            return self
        texts: list[str] = []
        stretches: list[tuple[int, int, int, int]] = []  # start and end in the old text, in the new
        offset = consumed = 0
        for m in matches:
            replaced = replacement(m) if callable(replacement) else m.expand(replacement)
            unchanged = self.text[consumed : m.start()]
            stretches.append((consumed, m.start(), offset, offset + len(unchanged)))
            offset += len(unchanged)
            stretches.append((m.start(), m.end(), offset, offset + len(replaced)))
            offset += len(replaced)
            texts += [unchanged, replaced]
            consumed = m.end()
        texts.append(self.text[consumed:])
        stretches.append((consumed, len(self.text), offset, offset + len(texts[-1])))
        spans = _carry_over_spans(self.word_spans, stretches)
        starts, ends, words = zip(*spans, strict=True) if spans else ((), (), ())
        return self._build("".join(texts), words, starts, ends)

    def fold_whitespace(self) -> Self:
        """White space of every kind folded to single spaces, none at the ends."""
        return (
            self.strip()
            if _UNFOLDED.search(self.text) is None
            else self.replace_pattern(_WHITESPACE, " ").strip()
        )


EMPTY_PASSAGE = Passage()


def _single_space_spans(text: str) -> SpanBounds:
    """Return where the words of a text start and end that single spaces part."""
    ends: list[int] = []
    starts = [0]
    space = text.find(" ")
    while space >= 0:
        ends.append(space)
        starts.append(space + 1)
        space = text.find(" ", space + 1)
    ends.append(len(text))
    return tuple(starts), tuple(ends)


def _carry_over_spans(
    spans: Iterable[tuple[int, int, WordRef]], stretches: list[tuple[int, int, int, int]]
) -> list[tuple[int, int, WordRef]]:
    """Marks carried over to a text of which every second stretch was replaced, the others only moved.

    What replaces a stretch is made of all the words in it.
    """
    moved_spans: list[tuple[int, int, WordRef]] = []
    first = last = 0
    for start, end, word in spans:
        while stretches[first][1] <= start and first < len(stretches) - 1:
            first += 1
        last = max(first, last)
        while last < len(stretches) - 1 and stretches[last + 1][0] < end:
            last += 1
        old_start, _, new_start, _ = stretches[first]
        start_after = new_start if first % 2 else new_start + max(0, start - old_start)
        old_start, old_end, new_start, new_end = stretches[last]
        end_after = new_end if last % 2 else new_start + min(end, old_end) - old_start
        if start_after < end_after:
            moved_spans.append((start_after, end_after, word))
    return moved_spans


_WORD_PATTERN = re.compile(r"\S+")
_LINE_BREAK = re.compile(r"\n")
_WHITESPACE = re.compile(r"\s+")
_UNFOLDED = re.compile(r"\s\s|[^\S ]")
