"""What the paragraphs of one part of a Word document share: fields that span them, and what is set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.model.office_address import WordAddress
from extractors.model.page import Aside, AsideReason
from extractors.model.passage import Passage, PrintedPlace

if TYPE_CHECKING:
    from extractors.office_package import Element, OfficePackage, Relationship
    from extractors.word.list_numbering import ListNumbering
    from extractors.word.style_sheet import StyleSheet


@dataclass(slots=True)
class OpenField:
    """A field that has begun: its code, and whether its result has."""

    code: str = ""
    loose_text: str = ""
    """Text of runs within the code (of fields in it)."""
    has_result: bool = False


@dataclass(slots=True)
class Story:
    """One part of a document (its body, a header, the footnotes) while it is read."""

    part: str
    """Name of the part in addresses."""
    package: OfficePackage
    relationships: dict[str, Relationship]
    styles: StyleSheet
    numbering: ListNumbering
    open_fields: list[OpenField] = field(default_factory=list)
    fields_end: bool = True
    """Does every field that begins end? Where one does not, the text behind it is no code."""
    asides: list[Aside] = field(default_factory=list)
    text_boxes: list[Element] = field(default_factory=list)
    """Text boxes met in the paragraph that is read; they follow it."""
    paragraphs: dict[WordAddress, Element] = field(default_factory=dict)
    """Each paragraph by its address; the first where several share one."""

    @property
    def in_field_code(self) -> bool:
        """Is the code of a field read, not what it shows?"""
        return bool(self.open_fields) and not self.open_fields[-1].has_result

    def set_aside(
        self, reason: AsideReason, text: str, address: WordAddress | None = None, detail: str = ""
    ) -> None:
        """Keep a text that is not printed, or tell of something that cannot be read."""
        folded = " ".join(text.split())
        if folded or detail:
            passage = Passage.from_text(folded, PrintedPlace(address=address or WordAddress(self.part)))
            self.asides.append(Aside(reason, passage, detail))

    def close(self) -> None:
        """Set aside the codes of fields that never ended."""
        for open_field in self.open_fields:
            if not open_field.has_result:
                self.set_aside(AsideReason.FIELD_CODE, open_field.loose_text)
        self.open_fields.clear()
