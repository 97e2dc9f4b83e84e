"""Text that remembers where it was read: every slice and join keeps its printed words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

Box = tuple[float, float, float, float]
"""``x0, top, x1, bottom`` in PDF points of the page as a viewer shows it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: a page and box, or the lines of a text; and how surely it was read."""

    page: int | None = None
    box: Box | None = None
    lines: tuple[int, int] | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One printed word. Two words are never equal: each occurrence must end somewhere in the record."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and, for each of its words, the printed word that it is a part of.

    ``marks`` holds ``(start, end, word)`` in text order; a word that was cut in two is marked in both
    parts. Neither starts nor ends ever go back, so that a slice finds its marks by halving.
    """

    text: str = ""
    marks: tuple[tuple[int, int, Word], ...] = ()

    @classmethod
    def of(cls, text: str, place: Place) -> Self:
        """A passage whose words all stand in one place (a line of a text, say)."""
        marks = tuple((m.start(), m.end(), Word(m.group(), place)) for m in _WORD.finditer(text))
        return cls(text, marks)

    @classmethod
    def join(cls, separator: str, parts: Iterable[Passage]) -> Self:
        """The non-blank parts one after the other, the separator between them."""
        glue = Passage(separator)
        kept = [part for part in parts if part]
        return cls.glue(kept[:1] + [piece for part in kept[1:] for piece in (glue, part)])

    @classmethod
    def glue(cls, parts: Iterable[Passage]) -> Self:
        """The parts one after the other as they stand."""
        texts: list[str] = []
        marks: list[tuple[int, int, Word]] = []
        at = 0
        for part in parts:
            marks += [(start + at, end + at, word) for start, end, word in part.marks]
            texts.append(part.text)
            at += len(part.text)
        return cls("".join(texts), tuple(marks))

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
        first = bisect_right(self.marks, start, key=_end)
        last = bisect_left(self.marks, stop, lo=first, key=_start)
        marks = tuple(
            (max(s, start) - start, min(e, stop) - start, word) for s, e, word in self.marks[first:last]
        )
        return type(self)(self.text[start:stop], marks)

    @property
    def words(self) -> Iterator[Word]:
        """The printed words it is made of, in order."""
        return (word for _, _, word in self.marks)

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
        return type(self)("".join(texts), _moved(self.marks, stretches))

    def folded(self) -> Self:
        """White space of every kind folded to single spaces, none at the ends."""
        return self.sub(_SPACES, " ").strip()


def _moved(
    marks: tuple[tuple[int, int, Word], ...], stretches: list[tuple[int, int, int, int]]
) -> tuple[tuple[int, int, Word], ...]:
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
    return tuple(out)


def _start(mark: tuple[int, int, Word]) -> int:
    return mark[0]


def _end(mark: tuple[int, int, Word]) -> int:
    return mark[1]


_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"\n")
_SPACES = re.compile(r"\s+")
