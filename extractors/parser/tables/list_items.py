"""Lists as decrees print them: lettered, numbered or dashed, one below the other or all in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from extractors.model.page import Line
from extractors.model.passage import Passage
from extractors.parser.vocabulary import vocabulary_matcher

MarkerKind = Literal["digit", "letter", "dash"]


@dataclass(frozen=True, slots=True)
class ListMarker:
    """What stands before a list item: its kind, its place in the order (0 for dashes) and its length."""

    kind: MarkerKind
    order: int
    end: int
    sign: str = "."
    """What closes it: a full stop or a bracket."""


@dataclass(slots=True)
class ListItem:
    """One printed item: its text, its mark, and the mark's own printed words."""

    text: Passage
    marker: ListMarker | None = None
    marks: list[Passage] = field(default_factory=list)


_DIGIT_MARKER = re.compile(r"\(?(\d{1,2})(?:[.)]+|\s(?=[.)]))(?!\d)[.)]?\s*(?=\S)")
_LETTER_MARKER = re.compile(r"\(?([a-zA-Z])[.)]\s*(?=[^\W\d_]{2}|\()")
_DASH_MARKER = re.compile(r"[-–—•●▪◦·*]\s*(?=[^\s\d—–-])")
_SECOND_NUMBER = re.compile(r"[;,.]\s+2[.)]\s+(?=[^\W\d_])")
_INLINE_DASH = re.compile(r"(?<=\S)\s+[-–•]\s+(?=[A-Z(])")


def find_marker(text: str) -> ListMarker | None:
    """The mark at the beginning of a text."""
    if match := _DIGIT_MARKER.match(text):
        return ListMarker("digit", int(match.group(1)), match.end(), _closing_sign(match.group()))
    if match := _LETTER_MARKER.match(text):
        order = ord(match.group(1).lower()) - ord("a") + 1
        return ListMarker("letter", order, match.end(), _closing_sign(match.group()))
    if match := _DASH_MARKER.match(text):
        return ListMarker("dash", 0, match.end())
    return None


def _closing_sign(mark: str) -> str:
    return ")" if ")" in mark else "."


def split_items(lines: Sequence[Line]) -> list[ListItem]:
    """The items of a list.

    The first mark sets the level: marks of another kind stand inside an item (its sub-items) and stay
    in its text. A line without a mark continues the item before it.
    """
    items: list[ListItem] = []
    parts: list[list[Passage]] = []  # of each item, joined once at the end
    last_character = ""  # what the last item ends with so far
    top_kind: MarkerKind | None = None
    has_bullets = False
    for line in lines:
        text = line.text
        line_marker = find_marker(line.text.text)
        kind: MarkerKind | None = line_marker.kind if line_marker else "dash" if line.bullet else None
        top_kind = top_kind or kind
        lost_its_letter = line.bullet and line_marker is None and has_bullets
        if kind is not None and (kind == top_kind or lost_its_letter):
            cut = line_marker.end if line_marker else 0
            text = line.text[cut:]
            items.append(ListItem(text, line_marker or ListMarker("dash", 0, 0), [line.text[:cut]]))
            has_bullets = has_bullets or line.bullet
            parts.append([text])
        elif not items or (top_kind and last_character.endswith(";")):
            items.append(ListItem(text))  # the item before is complete: this one lost its mark
            parts.append([text])
        else:
            parts[-1].append(text)
        last_character = text.text.rstrip()[-1:] or (last_character if len(parts[-1]) > 1 else "")
    for item, item_parts in zip(items, parts, strict=True):
        item.text = Passage.join(" ", item_parts)
    cut_items = [part for item in items for part in _split_inline_items(item)]
    for item in cut_items:
        item.text = rejoin_torn_words(item.text.fold_whitespace())
    return [item for item in cut_items if item.text]


def bullet_paragraphs(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a list; where none has a mark and each is a paragraph that begins one, as items."""
    if len(lines) < 2 or not all(line.own_paragraph and line.text.text[:1].isupper() for line in lines):
        return lines
    if any(line.bullet or find_marker(line.text.text) for line in lines):
        return lines
    return [replace(line, bullet=True) for line in lines]


def item_texts(lines: Sequence[Line]) -> list[Passage]:
    """The texts of the items alone."""
    return [item.text for item in split_items(lines)]


def _split_inline_items(item: ListItem) -> list[ListItem]:
    """Items that follow one another in one line: ``1. … 2. … 3. …`` or ``- … - …``."""
    if item.marker is None:  # the first number may be lost, if the second is not
        if _SECOND_NUMBER.search(item.text.text) is None:
            return [item]
        cuts, next_markers = _find_sequence(item.text.text, ListMarker("digit", 1, 0))
    elif item.marker.kind == "dash":
        cuts = [(m.start(), m.end()) for m in _INLINE_DASH.finditer(item.text.text)]
        next_markers = [ListMarker("dash", 0, 0)] * len(cuts)
    else:
        cuts, next_markers = _find_sequence(item.text.text, item.marker)
    if not cuts:
        return [item]
    item_text = item.text
    ends = [start for start, _ in cuts[1:]] + [len(item_text)]
    item.text = item_text[: cuts[0][0]]
    return [item] + [
        ListItem(item_text[end:next_start], next_marker, [item_text[start:end]])
        for (start, end), next_start, next_marker in zip(cuts, ends, next_markers, strict=True)
    ]


def _find_sequence(text: str, first: ListMarker) -> tuple[list[tuple[int, int]], list[ListMarker]]:
    """Where the next numbers or letters of a list stand in its text, each one more than the last.

    They are closed as the first one is, so that a bracket's end in a sentence is none of them.
    """
    cuts: list[tuple[int, int]] = []
    markers: list[ListMarker] = []
    order = first.order + 1
    for match in _sequence_pattern(first.kind, first.sign).finditer(text):
        if match.group(1) == (str(order) if first.kind == "digit" else chr(ord("a") + order - 1)):
            cuts.append(match.span())
            markers.append(ListMarker(first.kind, order, 0, first.sign))
            order += 1
    return cuts, markers


@cache
def _sequence_pattern(kind: MarkerKind, closing_sign: str) -> re.Pattern[str]:
    """All that may be the next number or letter, whichever it is."""
    sign = "[0-9]+" if kind == "digit" else "[a-z]"
    return re.compile(rf"(?<=[\s;,.:)])\(?({sign})[{closing_sign}](?!\d)\s*(?=\S{{2}})")


def rejoin_torn_words(text: Passage, stray_letters: bool = True) -> Passage:
    """Words joined again where a line break tore them: at a hyphen, or before a last letter."""
    text = text.replace_pattern(_TORN_AT_HYPHEN, _rejoin_word)
    return text.replace_pattern(_stray_letter_pattern(), r"\1\2") if stray_letters else text


_TORN_AT_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-[ \n]([^\W\d_]+)")


def _rejoin_word(match: re.Match[str]) -> str:
    first_part, second_part = match.groups()
    is_reduplicated = len(second_part) >= 3 and second_part[:4].lower() in first_part.lower()
    is_short = len(first_part) < 4 and (
        len(second_part) < 3 or first_part.lower() in vocabulary_matcher.word_list("hyphen_keepers")
    )
    if is_reduplicated or is_short or not second_part.islower():
        return f"{first_part}-{second_part}"
    return first_part + second_part


@cache
def _stray_letter_pattern() -> re.Pattern[str]:
    letters = "".join(vocabulary_matcher.word_list("final_letters"))
    return re.compile(rf"(?<![^\W\d_])([^\W\d_]{{6,}}[aiueo]) ([{letters}])(?![\w.)'’-])")
