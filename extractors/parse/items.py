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
    parts: list[list[Passage]] = []  # of each item, joined once at the end
    ended = ""  # what the last item ends with so far
    top: Kind | None = None
    bulleted = False
    for line in lines:
        text = line.text
        found = marker(line.text.text)
        kind: Kind | None = found.kind if found else "dash" if line.bullet else None
        top = top or kind
        lost_its_letter = line.bullet and found is None and bulleted
        if kind is not None and (kind == top or lost_its_letter):
            cut = found.end if found else 0
            text = line.text[cut:]
            items.append(Item(text, found or Marker("dash", 0, 0), [line.text[:cut]]))
            bulleted = bulleted or line.bullet
            parts.append([text])
        elif not items or (top and ended.endswith(";")):
            items.append(Item(text))  # the item before is complete: this one lost its mark
            parts.append([text])
        else:
            parts[-1].append(text)
        ended = text.text.rstrip()[-1:] or (ended if len(parts[-1]) > 1 else "")
    for item, printed in zip(items, parts, strict=True):
        item.text = Passage.join(" ", printed)
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
    if not cuts:
        return [item]
    whole = item.text
    ends = [start for start, _ in cuts[1:]] + [len(whole)]
    item.text = whole[: cuts[0][0]]
    return [item] + [
        Item(whole[end:until], found, [whole[start:end]])
        for (start, end), until, found in zip(cuts, ends, following, strict=True)
    ]


def _sequence(text: str, first: Marker) -> tuple[list[tuple[int, int]], list[Marker]]:
    """Where the next numbers or letters of a list stand in its text, each one more than the last.

    They are closed as the first one is, so that a bracket's end in a sentence is none of them.
    """
    cuts: list[tuple[int, int]] = []
    found: list[Marker] = []
    order = first.order + 1
    for match in _marks(first.kind, first.sign).finditer(text):
        if match.group(1) == (str(order) if first.kind == "digit" else chr(ord("a") + order - 1)):
            cuts.append(match.span())
            found.append(Marker(first.kind, order, 0, first.sign))
            order += 1
    return cuts, found


@cache
def _marks(kind: Kind, closed: str) -> re.Pattern[str]:
    """All that may be the next number or letter, whichever it is."""
    sign = "[0-9]+" if kind == "digit" else "[a-z]"
    return re.compile(rf"(?<=[\s;,.:)])\(?({sign})[{closed}](?!\d)\s*(?=\S{{2}})")


def mended(text: Passage, stray_letters: bool = True) -> Passage:
    """Words joined again where a line break tore them: at a hyphen, or before a last letter."""
    text = text.sub(_TORN_AT_HYPHEN, _rejoined)
    return text.sub(_stray_letter(), r"\1\2") if stray_letters else text


_TORN_AT_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-[ \n]([^\W\d_]+)")


def _rejoined(torn: re.Match[str]) -> str:
    left, right = torn.groups()
    repeats = len(right) >= 3 and right[:4].lower() in left.lower()
    short = len(left) < 4 and (len(right) < 3 or left.lower() in vocabulary.words("hyphen_keepers"))
    if repeats or short or not right.islower():
        return f"{left}-{right}"
    return left + right


@cache
def _stray_letter() -> re.Pattern[str]:
    letters = "".join(vocabulary.words("final_letters"))
    return re.compile(rf"(?<![^\W\d_])([^\W\d_]{{6,}}[aiueo]) ([{letters}])(?![\w.)'’-])")
