"""Text that remembers where it was read: every slice and join keeps its printed words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise
from typing import NewType, Self, cast

Box = tuple[float, float, float, float]
"""``x0, top, x1, bottom`` in PDF points of the page as a viewer shows it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: a page and box, or the lines of a text; and how surely it was read."""

    page: int | None = None
    box: Box | None = None
    lines: tuple[int, int] | None = None
    confidence: float = 1.0


Word = NewType("Word", int)
"""One printed word: where it stands, and a number of its own, so that no two are equal: each occurrence must
end somewhere in the record. They are counted in each process: no word may be handed to another one.

A decree of hundreds of pages keeps all its words until its record is settled. That is why a word is no more
than its place, packed into one number, and its text stands in its passage alone.
"""

_THOUSANDTHS, _SURE = 1000, 10_000
"""Of a point, of the confidence: what is kept of either."""
_FARTHEST = 2**27
"""Thousandths of a point from the page's corner, either way: nine times the largest page that PDF knows."""
_AT, _PAGE, _PARTS = 28, 20, 14
"""Bits of a coordinate or line, of the page, of the confidence; one more tells a page from a text."""
_MOST = (_FARTHEST - 1) / _THOUSANDTHS
_numbers = count()


def word_at(place: Place) -> Word:
    """A word printed in a place."""
    if place.box is None:
        numbers = [*(place.lines or (0, 0)), 0, 0]
    else:
        numbers = [_FARTHEST + round(_THOUSANDTHS * max(-_MOST, min(at, _MOST))) for at in place.box]
    packed = next(_numbers) << _PARTS | round(_SURE * place.confidence)
    packed = packed << _PAGE | (place.page or 0)
    for number in numbers:
        packed = packed << _AT | number
    return Word(packed << 1 | (place.box is not None))


def place_of(word: Word) -> Place:
    """Where a word is printed, to a thousandth of a point."""
    x0, top, x1, bottom = ((word >> shift) & (1 << _AT) - 1 for shift in range(1 + 3 * _AT, 0, -_AT))
    sure = ((word >> 1 + 4 * _AT + _PAGE) & (1 << _PARTS) - 1) / _SURE
    if not word & 1:
        return Place(lines=(x0, top) if x0 else None, confidence=sure)
    box = tuple((at - _FARTHEST) / _THOUSANDTHS for at in (x0, top, x1, bottom))
    return Place((word >> 1 + 4 * _AT) & (1 << _PAGE) - 1 or None, cast("Box", box), None, sure)


def serial(word: Word) -> int:
    """The word's own number: words of one document follow each other."""
    return word >> 1 + 4 * _AT + _PAGE + _PARTS


Spans = tuple[tuple[int, ...], tuple[int, ...]]

_SHORT = 40
"""Words of a passage whose places are told anew rather than kept: most lines and cells have fewer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and, for each of its words, the printed word that it is a part of.

    A word that was cut in two stands in ``words`` twice. Neither starts nor ends of words ever go back, so
    that a slice finds its words by halving.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    odd: Spans | None = None
    """Where words start and end, if not just as single spaces part them; of many words in any case."""

    @classmethod
    def _made(cls, text: str, words: Iterable[Word], starts: Iterable[int], ends: Iterable[int]) -> Self:
        words, spans = tuple(words), (tuple(starts), tuple(ends))
        short = len(words) <= _SHORT and spans == _parted(text)
        return cls(text, words, None if short or not words else spans)

    @property
    def spans(self) -> Spans:
        """Where each word starts, and where each ends."""
        if self.odd is not None:
            return self.odd
        return _parted(self.text) if self.words else ((), ())

    @classmethod
    def of(cls, text: str, place: Place) -> Self:
        """A passage whose words all stand in one place (a line of a text, say)."""
        found = list(_WORD.finditer(text))
        words = (word_at(place) for _ in found)
        return cls._made(text, words, (m.start() for m in found), (m.end() for m in found))

    @classmethod
    def row(cls, printed: Sequence[tuple[str, Word]]) -> Self:
        """Printed words with their texts side by side, a space between them."""
        lengths = [len(text) for text, _ in printed]
        ends = [end + i for i, end in enumerate(accumulate(lengths))]
        starts = (end - length for end, length in zip(ends, lengths, strict=True))
        return cls._made(" ".join(text for text, _ in printed), (word for _, word in printed), starts, ends)

    @classmethod
    def join(cls, separator: str, parts: Iterable[Passage]) -> Self:
        """The non-blank parts one after the other, the separator between them."""
        glue = Passage(separator)
        kept = [part for part in parts if part]
        if len(kept) == 1 and isinstance(kept[0], cls):
            return kept[0]
        return cls.glue(kept[:1] + [piece for part in kept[1:] for piece in (glue, part)])

    @classmethod
    def glue(cls, parts: Iterable[Passage]) -> Self:
        """The parts one after the other as they stand."""
        texts: list[str] = []
        words: list[Word] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for part in parts:
            words += part.words
            started, ended = part.spans
            starts += [start + at for start in started]
            ends += [end + at for end in ended]
            texts.append(part.text)
            at += len(part.text)
        return cls._made("".join(texts), words, starts, ends)

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
        begun = (max(at, start) - start for at in starts[first:last])
        ended = (min(at, stop) - start for at in ends[first:last])
        return self._made(self.text[start:stop], self.words[first:last], begun, ended)

    @property
    def marks(self) -> Iterator[tuple[int, int, Word]]:
        """Start, end and printed word, in text order."""
        return zip(*self.spans, self.words, strict=True)

    def strip(self, characters: str | None = None) -> Self:
        """Without white space (or the given characters) at both ends."""
        kept = self.text.strip(characters)
        start = len(self.text) - len(self.text.lstrip(characters)) if kept else 0
        return self[start : start + len(kept)]

    def split(self, at: Iterable[int]) -> list[Self]:
        """Cut at the given offsets; the parts are stripped, blank ones left out."""
        cuts = [0, *sorted(at), len(self.text)]
        parts = (self[a:b].strip() for a, b in pairwise(cuts))
        return [part for part in parts if part]

    def splitlines(self) -> list[Self]:
        """The non-blank lines, stripped."""
        return self.split(m.start() for m in _BREAK.finditer(self.text))

    def sub(self, pattern: re.Pattern[str], made: str | Callable[[re.Match[str]], str]) -> Self:
        """Replace each match; what replaces it keeps the printed words of what it replaced."""
        found = list(pattern.finditer(self.text))
        if not found:
            return self
        texts: list[str] = []
        stretches: list[tuple[int, int, int, int]] = []  # start and end in the old text, in the new
        at = done = 0
        for m in found:
            new = made(m) if callable(made) else m.expand(made)
            kept = self.text[done : m.start()]
            stretches.append((done, m.start(), at, at + len(kept)))
            at += len(kept)
            stretches.append((m.start(), m.end(), at, at + len(new)))
            at += len(new)
            texts += [kept, new]
            done = m.end()
        texts.append(self.text[done:])
        stretches.append((done, len(self.text), at, at + len(texts[-1])))
        marks = _moved(self.marks, stretches)
        starts, ends, words = zip(*marks, strict=True) if marks else ((), (), ())
        return self._made("".join(texts), words, starts, ends)

    def folded(self) -> Self:
        """White space of every kind folded to single spaces, none at the ends."""
        return self.strip() if _UNFOLDED.search(self.text) is None else self.sub(_SPACES, " ").strip()


NOTHING = Passage()


def _parted(text: str) -> Spans:
    """Where the words of a text start and end that single spaces part."""
    ends: list[int] = []
    starts = [0]
    at = text.find(" ")
    while at >= 0:
        ends.append(at)
        starts.append(at + 1)
        at = text.find(" ", at + 1)
    ends.append(len(text))
    return tuple(starts), tuple(ends)


def _moved(
    marks: Iterable[tuple[int, int, Word]], stretches: list[tuple[int, int, int, int]]
) -> list[tuple[int, int, Word]]:
    """Marks carried over to a text of which every second stretch was replaced, the others only moved.

    What replaces a stretch is made of all the words in it.
    """
    out: list[tuple[int, int, Word]] = []
    first = last = 0
    for start, end, word in marks:
        while stretches[first][1] <= start and first < len(stretches) - 1:
            first += 1
        last = max(first, last)
        while last < len(stretches) - 1 and stretches[last + 1][0] < end:
            last += 1
        begun, _, made, _ = stretches[first]
        left = made if first % 2 else made + max(0, start - begun)
        begun, done, made, made_end = stretches[last]
        right = made_end if last % 2 else made + min(end, done) - begun
        if left < right:
            out.append((left, right, word))
    return out


_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"\n")
_SPACES = re.compile(r"\s+")
_UNFOLDED = re.compile(r"\s\s|[^\S ]")
