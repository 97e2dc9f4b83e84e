"""Lists as decrees print them: lettered, numbered or dashed, one below the other or all in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from extractors.page import Line
from extractors.parse import vocabulary
from extractors.passage import Passage

Kind = Literal["digit", "letter", "dash"]


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a list item: its kind, its place in the order (0 for dashes) and its length."""

    kind: Kind
    order: int
    end: int
    sign: str = "."
    """What closes it: a full stop or a bracket."""


@dataclass(slots=True)
class Item:
    """One printed item: its text, its mark, and the mark's own printed words."""

    text: Passage
    marker: Marker | None = None
    marks: list[Passage] = field(default_factory=list)


_DIGIT = re.compile(r"\(?(\d{1,2})(?:[.)]+|\s(?=[.)]))(?!\d)[.)]?\s*(?=\S)")
_LETTER = re.compile(r"\(?([a-zA-Z])[.)]\s*(?=[^\W\d_]{2}|\()")
_DASH = re.compile(r"[-–—•●▪◦·*]\s*(?=[^\s\d—–-])")
_SECOND = re.compile(r"[;,.]\s+2[.)]\s+(?=[^\W\d_])")
_INLINE_DASH = re.compile(r"(?<=\S)\s+[-–•]\s+(?=[A-Z(])")


def marker(text: str) -> Marker | None:
    """The mark at the beginning of a text."""
    if found := _DIGIT.match(text):
        return Marker("digit", int(found.group(1)), found.end(), _sign(found.group()))
    if found := _LETTER.match(text):
        order = ord(found.group(1).lower()) - ord("a") + 1
        return Marker("letter", order, found.end(), _sign(found.group()))
    if found := _DASH.match(text):
        return Marker("dash", 0, found.end())
    return None


def _sign(mark: str) -> str:
    return ")" if ")" in mark else "."


def split(lines: Sequence[Line]) -> list[Item]:
    """The items of a list.

    The first mark sets the level: marks of another kind stand inside an item (its sub-items) and stay
    in its text. A line without a mark continues the item before it.
    """
    items: list[Item] = []
    top: Kind | None = None
    bulleted = False
    for line in lines:
        found = marker(line.text.text)
        kind: Kind | None = found.kind if found else "dash" if line.bullet else None
        top = top or kind
        lost_its_letter = line.bullet and found is None and bulleted
        if kind is not None and (kind == top or lost_its_letter):
            cut = found.end if found else 0
            items.append(Item(line.text[cut:], found or Marker("dash", 0, 0), [line.text[:cut]]))
            bulleted = bulleted or line.bullet
        elif items and top and items[-1].text.text.rstrip().endswith(";"):
            items.append(Item(line.text))  # the item before is complete: this one lost its mark
        elif items:
            items[-1].text = Passage.join(" ", [items[-1].text, line.text])
        else:
            items.append(Item(line.text))
    cut_items = [part for item in items for part in _inline(item)]
    for item in cut_items:
        item.text = mended(item.text.folded())
    return [item for item in cut_items if item.text]


def texts(lines: Sequence[Line]) -> list[Passage]:
    """The texts of the items alone."""
    return [item.text for item in split(lines)]


def _inline(item: Item) -> list[Item]:
    """Items that follow one another in one line: ``1. … 2. … 3. …`` or ``- … - …``."""
    if item.marker is None:  # the first number may be lost, if the second is not
        if _SECOND.search(item.text.text) is None:
            return [item]
        cuts, following = _sequence(item.text.text, Marker("digit", 1, 0))
    elif item.marker.kind == "dash":
        cuts = [(m.start(), m.end()) for m in _INLINE_DASH.finditer(item.text.text)]
        following = [Marker("dash", 0, 0)] * len(cuts)
    else:
        cuts, following = _sequence(item.text.text, item.marker)
    out = [item]
    for (start, end), found in reversed(list(zip(cuts, following, strict=True))):
        out.insert(1, Item(item.text[end:], found, [item.text[start:end]]))
        item.text = item.text[:start]
    return out


def _sequence(text: str, first: Marker) -> tuple[list[tuple[int, int]], list[Marker]]:
    """Where the next numbers or letters of a list stand in its text, each one more than the last.

    They are closed as the first one is, so that a bracket's end in a sentence is none of them.
    """
    cuts: list[tuple[int, int]] = []
    found: list[Marker] = []
    at, order = 0, first.order + 1
    while match := _next_mark(first.kind, order, first.sign).search(text, at):
        cuts.append(match.span())
        found.append(Marker(first.kind, order, 0, first.sign))
        at, order = match.end(), order + 1
    return cuts, found


@cache
def _next_mark(kind: Kind, order: int, closed: str) -> re.Pattern[str]:
    sign = str(order) if kind == "digit" else chr(ord("a") + order - 1) if order <= 26 else "(?!)"
    return re.compile(rf"(?<=[\s;,.:)])\(?{sign}[{closed}](?!\d)\s*(?=\S{{2}})")


def mended(text: Passage, stray_letters: bool = True) -> Passage:
    """Words joined again where a line break tore them: at a hyphen, or before a last letter."""
    text = text.sub(_TORN_AT_HYPHEN, _rejoined)
    return text.sub(_stray_letter(), r"\1\2") if stray_letters else text


_TORN_AT_HYPHEN = re.compile(r"([^\W\d_]{2,})-[ \n]([^\W\d_]+)")


def _rejoined(torn: re.Match[str]) -> str:
    left, right = torn.groups()
    repeats = len(right) >= 3 and right[:4].lower() in left.lower()
    if repeats or len(left) < 4 or not right.islower():
        return f"{left}-{right}"
    return left + right


@cache
def _stray_letter() -> re.Pattern[str]:
    letters = "".join(vocabulary.words("final_letters"))
    return re.compile(rf"([^\W\d_]{{6,}}[aiueo]) ([{letters}])(?![\w.)'’-])")
