"""A record in the making: values beside the passages they were read from, and what became of each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from extractors.page import Line, Page, Table
from extractors.passage import Box, Passage, Word
from extractors.record import Coverage, Note, Provenance

UNPLACED = "unplaced-text"


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

    furniture: set[Word] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    forms: list[Passage] = field(default_factory=list)
    """Furniture if it holds no word beyond those of forms and of the record's own head."""
    quoted: set[Word] = field(default_factory=set)
    """Words that a note quotes."""

    def drop(self, *passages: Passage) -> None:
        """Known furniture: labels, list marks, column titles, letterheads, page numbers."""
        for passage in passages:
            self.furniture.update(passage.words)

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

    def quote(self, passage: Passage) -> None:
        """Words that a note quotes."""
        self.quoted.update(passage.words)


@dataclass(slots=True)
class Settled:
    """A draft turned to plain values, with the provenance of every leaf and the words of all fields."""

    values: Any
    provenance: dict[str, Provenance]
    words: set[Word]
    leaves: list[tuple[str, Passage]] = field(default_factory=list)
    """JSON Pointer and source of every leaf."""


def leaves(draft: Any) -> Iterator[Passage]:
    """The sources of a draft's leaves."""
    if isinstance(draft, Found):
        yield draft.source
    elif isinstance(draft, dict | list):
        for node in draft.values() if isinstance(draft, dict) else draft:
            yield from leaves(node)


def settle(draft: Any) -> Settled:
    """Plain values of a draft (nested dicts and lists with ``Found`` leaves) and their provenance."""
    settled = Settled(None, {}, set())
    settled.values = _settle(draft, "", settled)
    return settled


def _settle(node: Any, pointer: str, settled: Settled) -> Any:
    if isinstance(node, Found):
        settled.provenance[pointer] = provenance(node.source, node.confidence)
        settled.words.update(node.source.words)
        settled.leaves.append((pointer, node.source))
        return node.value
    if isinstance(node, dict):
        return {key: _settle(value, f"{pointer}/{_escaped(key)}", settled) for key, value in node.items()}
    if isinstance(node, list):
        return [_settle(value, f"{pointer}/{i}", settled) for i, value in enumerate(node)]
    return node


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def provenance(source: Passage, confidence: float) -> Provenance:
    """Where a passage stands: the lines of a text, or the page it begins on and the box around it there."""
    places = [word.place for word in source.words]
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


def coverage(pages: Iterable[Page], fields: set[Word], ledger: Ledger) -> tuple[Coverage, list[Passage]]:
    """How many words went where, and the lines and cells with words that went nowhere."""
    counts = {"fields": 0, "furniture": 0, "notes": 0}
    lost: list[Passage] = []
    for passage in _passages(pages):
        nowhere = 0
        for word in set(passage.words):
            if word in fields:
                counts["fields"] += 1
            elif word in ledger.furniture:
                counts["furniture"] += 1
            else:
                counts["notes"] += 1
                nowhere += word not in ledger.quoted
        if nowhere:
            lost.append(passage)
    return Coverage(words=sum(counts.values()), **counts), lost


def _passages(pages: Iterable[Page]) -> Iterable[Passage]:
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Table):
                yield from (line.text for row in block.rows for cell in row for line in cell.lines)
            elif isinstance(block, Line):
                yield block.text


@dataclass(frozen=True, slots=True)
class Trace:
    """Every printed word with what it was read as: a field's name, ``furniture`` or ``unplaced``.

    Told only when asked for: few readers draw an overlay.
    """

    pages: Sequence[Page]
    leaves: Sequence[tuple[str, Passage]]
    furniture: Set[Word]

    def __iter__(self) -> Iterator[tuple[Word, str]]:
        """A word in several fields counts for the first."""
        fields: dict[Word, str] = {}
        for pointer, source in self.leaves:
            name = _field_name(pointer)
            for word in source.words:
                fields.setdefault(word, name)
        words = dict.fromkeys(word for passage in _passages(self.pages) for word in passage.words)
        for word in words:
            yield word, fields.get(word) or ("furniture" if word in self.furniture else "unplaced")


def _field_name(pointer: str) -> str:
    """The field that a leaf belongs to: the last name of its pointer that is no index."""
    names = [part for part in pointer.split("/") if part and not part.isdigit()]
    parents = ("formula", "targets", "signatory", "extra", "period")
    return next((name for name in names if name in parents), names[-1])
