"""A record in the making: values beside the passages they were read from, and what became of each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.model.office_address import OfficeAddress, WordAddress
from extractors.model.page import Aside
from extractors.model.passage import Box, Passage, WordRef
from extractors.model.record import DateParts, Note, Provenance
from extractors.parser.aside_notes import describe_aside

UNPLACED_TEXT = "unplaced-text"
ASIDE_TEXT = "aside-text"
LONGEST_QUOTE = 400
"""Characters that a note quotes of what was set aside on a page, which may be thousands of specks."""


@dataclass(frozen=True, slots=True)
class SourcedValue:
    """A leaf of the record: its value, where it was read, and how sure its label or column is."""

    value: Any
    source: Passage
    confidence: float = 1.0


def sourced_text(passage: Passage, confidence: float = 1.0) -> SourcedValue | None:
    """A leaf that is the text itself; nothing where the text is blank."""
    return SourcedValue(passage.text, passage, confidence) if passage else None


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note in the making."""

    code: str
    message: str
    pointer: str = ""
    printed: str | None = None
    """The printed words that it is about."""
    page: int | None = None
    date: DateParts | None = None


@dataclass(slots=True)
class WordLedger:
    """What became of each printed word. A word that is nowhere else is quoted in a note."""

    furniture: list[WordRef] = field(default_factory=list)
    note_drafts: list[NoteDraft] = field(default_factory=list)
    form_texts: list[Passage] = field(default_factory=list)
    """Furniture if it holds no word beyond those of forms and of the record's own head."""
    quoted_words: list[WordRef] = field(default_factory=list)
    """Words that a note quotes."""
    rejected_tables: list[list[str]] = field(default_factory=list)
    """Titles of tables that are none of indicators."""

    def add_furniture(self, *passages: Passage) -> None:
        """Known furniture: labels, list marks, column titles, letterheads, page numbers."""
        for passage in passages:
            self.furniture += passage.words

    def add_form_text(self, *passages: Passage) -> None:
        """What a form prints of itself (its kind, its office, a column's title), printed again perhaps."""
        self.form_texts.extend(passages)

    def add_note(
        self,
        code: str,
        message: str,
        pointer: str = "",
        source: Passage | None = None,
        *,
        page: int | None = None,
        date: DateParts | None = None,
    ) -> None:
        """Write a note; it quotes the words of ``source``."""
        printed = source.text if source is not None else None
        self.note_drafts.append(NoteDraft(code, message, pointer, printed, page, date))
        if source is not None:
            self.quote_words(source)

    def note_unplaced(self, passage: Passage) -> None:
        """Quote text that no field takes in a note."""
        self.note_unplaced_text(passage.text)
        self.quote_words(passage)

    def note_unplaced_text(self, text: str) -> None:
        """Quote text that no field takes in a note; its words are counted elsewhere."""
        message = f"No field of the record takes: “{text}”"
        self.note_drafts.append(NoteDraft(UNPLACED_TEXT, message, printed=text))

    def note_aside(self, page: int | None, passage: Passage) -> None:
        """Words that the reader left out of a page's text: a note quotes them."""
        quotation = _shorten(passage.text)
        count = len(passage.words)
        message = (
            f"Page {page}: {count} words or marks are printed, but too unsure or too slanted to be its text"
        )
        self.add_note(ASIDE_TEXT, f"{message}: “{quotation}”", "", passage, page=page)

    def note_office_aside(self, aside: Aside) -> None:
        """Quote in a note what an office file holds beside its printed text."""
        message = describe_aside(aside, _shorten(aside.text.text))
        self.add_note(aside.reason, message, "", aside.text or None)

    def quote_words(self, passage: Passage) -> None:
        """Words that a note quotes."""
        self.quoted_words += passage.words


def _shorten(quotation: str) -> str:
    if len(quotation) <= LONGEST_QUOTE:
        return quotation
    cut = quotation.rfind(" ", 0, LONGEST_QUOTE)
    return f"{quotation[: cut if cut > 0 else LONGEST_QUOTE]} …"


@dataclass(slots=True)
class BuiltRecord:
    """A draft turned to plain values, with the provenance of every leaf."""

    values: Any
    provenance: dict[str, Provenance]


_COMPOSITE_FIELDS = frozenset(
    {
        "baseline",
        "extra",
        "formula",
        "parties",
        "period",
        "programs",
        "quarter_targets",
        "realisations",
        "signatory",
        "targets",
    }
)
"""Fields whose parts count as the field."""


def iterate_leaves(draft: Any, name: str = "") -> Iterator[tuple[str, Passage]]:
    """The sources of a draft's leaves, each with the name of its field."""
    if isinstance(draft, SourcedValue):
        yield name, draft.source
    elif isinstance(draft, dict):
        for key, node in draft.items():
            yield from iterate_leaves(node, name if name in _COMPOSITE_FIELDS else key)
    elif isinstance(draft, list):
        for node in draft:
            yield from iterate_leaves(node, name)


def build_record(draft: Any) -> BuiltRecord:
    """Plain values of a draft (nested dicts and lists with ``Found`` leaves) and their provenance.

    Takes the draft apart, so that what was read is let go as the values come.
    """
    built_record = BuiltRecord(None, {})
    built_record.values = _build_value(draft, "", built_record)
    return built_record


def _build_value(node: Any, pointer: str, built_record: BuiltRecord) -> Any:
    if isinstance(node, SourcedValue):
        built_record.provenance[pointer] = passage_provenance(node.source, node.confidence)
        return node.value
    if isinstance(node, dict):
        return {
            key: _build_value(node.pop(key), f"{pointer}/{_escape_pointer(key)}", built_record)
            for key in list(node)
        }
    if isinstance(node, list):
        node.reverse()
        return [_build_value(node.pop(), f"{pointer}/{i}", built_record) for i in range(len(node))]
    return node


def _escape_pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def passage_provenance(source: Passage, confidence: float) -> Provenance:
    """Return where a passage stands: the lines of a text, the page it begins on and the box around it there,
    or the place in an office file where it begins."""
    places = [word.place for word in source.words]
    lowest_confidence = round(min((place.confidence for place in places), default=1.0) * confidence, 3)
    if address := next((place.address for place in places if place.address), None):
        return _office_provenance(address, lowest_confidence)
    lines = [line for place in places if place.lines for line in place.lines]
    page = min((place.page for place in places if place.page is not None), default=None)
    boxes = [place.box for place in places if place.page == page and place.box]
    return Provenance(
        page=page,
        bbox=_bounding_box(boxes),
        lines=(min(lines), max(lines)) if lines else None,
        confidence=lowest_confidence,
    )


def _office_provenance(address: OfficeAddress, confidence: float) -> Provenance:
    """Return the provenance of an address; numbers that it does not have are left out."""
    if not isinstance(address, WordAddress):
        return Provenance(sheet=address.sheet, cell=address.cell, confidence=confidence)
    return Provenance(
        part=address.part,
        paragraph=address.paragraph or None,
        table=address.table or None,
        row=address.row or None,
        cell=address.cell or None,
        confidence=confidence,
    )


def _bounding_box(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def build_notes(note_drafts: Iterable[NoteDraft]) -> list[Note]:
    """The notes of a record, in the order in which the doubts arose."""
    return [
        Note(
            code=note_draft.code,
            message=note_draft.message,
            pointer=note_draft.pointer,
            pages=(note_draft.page, note_draft.page) if note_draft.page else None,
            printed=note_draft.printed,
            date=note_draft.date,
        )
        for note_draft in note_drafts
    ]
