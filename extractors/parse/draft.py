"""A record in the making: values beside the passages they were read from, and what became of each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.passage import Box, Passage, Word, place_of
from extractors.record import Note, Provenance

UNPLACED = "unplaced-text"
ASIDE = "aside-text"
LONGEST_QUOTE = 400
"""Characters that a note quotes of what was set aside on a page, which may be thousands of specks."""


@dataclass(frozen=True, slots=True)
class Found:
    """A leaf of the record: its value, where it was read, and how sure its label or column is."""

    value: Any
    source: Passage
    confidence: float = 1.0


def found(passage: Passage, confidence: float = 1.0) -> Found | None:
    """A leaf that is the text itself; nothing where the text is blank."""
    return Found(passage.text, passage, confidence) if passage else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A note in the making."""

    code: str
    message: str
    pointer: str = ""


@dataclass(slots=True)
class Ledger:
    """What became of each printed word. A word that is nowhere else is quoted in a note."""

    furniture: list[Word] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    forms: list[Passage] = field(default_factory=list)
    """Furniture if it holds no word beyond those of forms and of the record's own head."""
    quoted: list[Word] = field(default_factory=list)
    """Words that a note quotes."""

    def drop(self, *passages: Passage) -> None:
        """Known furniture: labels, list marks, column titles, letterheads, page numbers."""
        for passage in passages:
            self.furniture += passage.words

    def form(self, *passages: Passage) -> None:
        """What a form prints of itself (its kind, its office, a column's title), printed again perhaps."""
        self.forms.extend(passages)

    def doubt(self, code: str, message: str, pointer: str = "", source: Passage | None = None) -> None:
        """Write a note; it quotes the words of ``source``."""
        self.doubts.append(Doubt(code, message, pointer))
        if source is not None:
            self.quote(source)

    def unplaced(self, passage: Passage) -> None:
        """Text that no field takes: a note quotes it."""
        self.doubt(UNPLACED, f"No field of the record takes: “{passage.text}”", "", passage)

    def aside(self, page: int | None, passage: Passage) -> None:
        """Words that the reader left out of a page's text: a note quotes them."""
        shown = passage.text
        if len(shown) > LONGEST_QUOTE:
            cut = shown.rfind(" ", 0, LONGEST_QUOTE)
            shown = f"{shown[: cut if cut > 0 else LONGEST_QUOTE]} …"
        count = len(passage.words)
        told = (
            f"Page {page}: {count} words or marks are printed, but too unsure or too slanted to be its text"
        )
        self.doubt(ASIDE, f"{told}: “{shown}”", "", passage)

    def quote(self, passage: Passage) -> None:
        """Words that a note quotes."""
        self.quoted += passage.words


@dataclass(slots=True)
class Settled:
    """A draft turned to plain values, with the provenance of every leaf."""

    values: Any
    provenance: dict[str, Provenance]


_PARENTS = frozenset({"formula", "targets", "signatory", "extra", "period"})
"""Fields whose parts count as the field."""


def leaves(draft: Any, name: str = "") -> Iterator[tuple[str, Passage]]:
    """The sources of a draft's leaves, each with the name of its field."""
    if isinstance(draft, Found):
        yield name, draft.source
    elif isinstance(draft, dict):
        for key, node in draft.items():
            yield from leaves(node, name if name in _PARENTS else key)
    elif isinstance(draft, list):
        for node in draft:
            yield from leaves(node, name)


def settle(draft: Any) -> Settled:
    """Plain values of a draft (nested dicts and lists with ``Found`` leaves) and their provenance.

    Takes the draft apart, so that what was read is let go as the values come.
    """
    settled = Settled(None, {})
    settled.values = _settle(draft, "", settled)
    return settled


def _settle(node: Any, pointer: str, settled: Settled) -> Any:
    if isinstance(node, Found):
        settled.provenance[pointer] = provenance(node.source, node.confidence)
        return node.value
    if isinstance(node, dict):
        return {key: _settle(node.pop(key), f"{pointer}/{_escaped(key)}", settled) for key in list(node)}
    if isinstance(node, list):
        node.reverse()
        return [_settle(node.pop(), f"{pointer}/{i}", settled) for i in range(len(node))]
    return node


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def provenance(source: Passage, confidence: float) -> Provenance:
    """Where a passage stands: the lines of a text, or the page it begins on and the box around it there."""
    places = [place_of(word) for word in source.words]
    surest = min((place.confidence for place in places), default=1.0) * confidence
    lines = [line for place in places if place.lines for line in place.lines]
    page = min((place.page for place in places if place.page is not None), default=None)
    boxes = [place.box for place in places if place.page == page and place.box]
    return Provenance(
        page=page,
        bbox=_around(boxes),
        lines=(min(lines), max(lines)) if lines else None,
        confidence=round(surest, 3),
    )


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def notes(doubts: Iterable[Doubt]) -> list[Note]:
    """The notes of a record, in the order in which the doubts arose."""
    return [Note(code=doubt.code, message=doubt.message, pointer=doubt.pointer) for doubt in doubts]
