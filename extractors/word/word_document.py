"""A Word document: its body, headers, footers, notes and comments, each read as a story."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from extractors.model.page import Aside, AsideReason, Block, Page
from extractors.model.passage import Passage
from extractors.office_package import OfficePackage, damaged_error
from extractors.word.list_numbering import ListNumbering
from extractors.word.story import Story
from extractors.word.style_sheet import StyleSheet
from extractors.word.word_blocks import block_passages, read_blocks
from extractors.word.xml_names import R, W, is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.model.office_address import WordAddress
    from extractors.office_package import Element

_NOTE_PARTS = (
    ("footnotes", "footnote", AsideReason.FOOTNOTE),
    ("endnotes", "endnote", AsideReason.FOOTNOTE),
    ("comments", "comment", AsideReason.COMMENT),
)
"""Parts with texts beside the body: kind of the relationship, element of one text, why it is aside."""


class WordDocument:
    """The parts of a Word document that are read."""

    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self.main_part = package.main_part
        self._relationships = package.relationships(self.main_part)
        self._styles = StyleSheet.from_xml(self._optional_part("styles"))
        self._numbering = ListNumbering.from_xml(self._optional_part("numbering"))

    def _optional_part(self, kind: str) -> Element | None:
        names = (r.target for r in self._relationships.values() if r.kind == kind and not r.external)
        name = next(filter(self._package.has_part, names), None)
        return self._package.parse_part(name) if name else None

    def _open_story(self, name: str, part: str) -> Story:
        relationships = self._package.relationships(name)
        return Story(part, self._package, relationships, self._styles, self._numbering)

    def _read_body(self) -> Element:
        body = self._package.parse_part(self.main_part).find(f"{W}body")
        if body is None:
            raise damaged_error("The document has no body.")
        return body

    def read_paragraphs(self) -> tuple[Element, dict[WordAddress, Element]]:
        """Return the body and its paragraphs by the addresses that words of them have."""
        body = self._read_body()
        story = self._open_story(self.main_part, "document")
        read_blocks(story, body)
        return body, story.paragraphs

    def read_page(self) -> Page:
        """Return the body, headers and footers as furniture, everything else in asides."""
        body = self._read_body()
        story = self._open_story(self.main_part, "document")
        blocks = read_blocks(story, body)
        first_header_ids = _first_page_headers(body)
        furniture: list[Passage] = []
        asides = list(story.asides)
        for part, relation_id, side_blocks, side_asides in self._header_blocks():
            asides += side_asides
            if part.startswith("header") and relation_id in first_header_ids:
                blocks = [*side_blocks, *blocks]
            else:
                furniture += chain.from_iterable(map(block_passages, side_blocks))
        asides += self._note_asides()
        return Page(tuple(blocks), furniture=tuple(furniture), asides=tuple(asides))

    def _header_blocks(self) -> Iterator[tuple[str, str, list[Block], list[Aside]]]:
        """Yield name, id, blocks and asides of each header and footer."""
        for kind in ("header", "footer"):
            relations = [(i, r) for i, r in sorted(self._relationships.items()) if r.kind == kind]
            for number, (relation_id, relation) in enumerate(relations, start=1):
                if not self._package.has_part(relation.target):
                    continue
                story = self._open_story(relation.target, f"{kind}{number}")
                blocks = read_blocks(story, self._package.parse_part(relation.target))
                yield story.part, relation_id, blocks, story.asides

    def _note_asides(self) -> Iterator[Aside]:
        """Yield footnotes, endnotes and comments."""
        for kind, tag, reason in _NOTE_PARTS:
            names = [r.target for r in self._relationships.values() if r.kind == kind]
            for name in filter(self._package.has_part, names):
                story = self._open_story(name, kind)
                for node in self._package.parse_part(name).iter(f"{W}{tag}"):
                    if node.get(f"{W}type", "normal") != "normal":  # the line above footnotes
                        continue
                    passages = list(chain.from_iterable(map(block_passages, read_blocks(story, node))))
                    detail = node.get(f"{W}author") or node.get(f"{W}id") or ""
                    if passages:
                        yield Aside(reason, Passage.join(" ", passages), detail)
                yield from story.asides


def _first_page_headers(body: Element) -> set[str]:
    """Return the ids of headers that are printed on a first page alone: letterheads."""
    return {
        reference.get(f"{R}id", "")
        for section in body.iter(f"{W}sectPr")
        if is_on(section, "titlePg")
        for reference in section.findall(f"{W}headerReference")
        if reference.get(f"{W}type") == "first"
    }
