"""Comments written into a Word document at paragraphs of its body; everything else stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from extractors.office_package import OfficePackage, parse_xml
from extractors.word.word_document import WordDocument
from extractors.word.xml_names import W, to_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.office_address import WordAddress
    from extractors.office_package import Element

_RELATIONSHIP_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONSHIPS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELATIONSHIPS = f'<Relationships xmlns="{_RELATIONSHIPS_NAMESPACE}"/>'.encode()
_CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_W_NAMESPACE = W.strip("{}")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment to be written."""

    address: WordAddress | None
    """The paragraph that it is about; none: the whole document, it goes to its first paragraph."""
    author: str
    paragraphs: tuple[str, ...]
    """Its text."""


def add_comments(data: bytes, comments: Sequence[WordComment]) -> bytes:
    """Return a Word document with comments added to those that it has. It has no date: the same input gives
    the same bytes.

    Raises:
        ReadError: the document cannot be read.
    """
    package = OfficePackage(data)
    document = WordDocument(package)
    body, paragraphs = document.read_paragraphs()
    main = document.main_part
    existing_part = next(
        (r.target for r in package.relationships(main).values() if r.kind == "comments"), None
    )
    comments_part = existing_part or posixpath.join(posixpath.dirname(main), "comments.xml")
    root = (
        package.parse_part(existing_part)
        if existing_part
        else etree.Element(f"{W}comments", nsmap={"w": _W_NAMESPACE})
    )
    next_id = 1 + max((to_number(node.get(f"{W}id")) for node in root.iter(f"{W}comment")), default=-1)
    first_paragraph = next(iter(paragraphs.values()), None)
    for comment_id, comment in enumerate(comments, start=next_id):
        paragraph = _find_paragraph(paragraphs, comment.address)
        target = first_paragraph if paragraph is None else paragraph
        if target is not None:
            root.append(_comment_element(comment, comment_id))
            _mark_paragraph(target, comment_id)
    changed_parts = {main: _to_bytes(body.getroottree().getroot()), comments_part: _to_bytes(root)}
    if existing_part is None:
        changed_parts |= _registered_parts(package, main, comments_part)
    return _replace_parts(data, changed_parts)


def _find_paragraph(paragraphs: dict[WordAddress, Element], address: WordAddress | None) -> Element | None:
    """Return the paragraph of an address; the first of its cell where that paragraph is not known."""
    if address is None or address in paragraphs:
        return paragraphs.get(address) if address else None
    for known_address, paragraph in paragraphs.items():
        if (known_address.table, known_address.row, known_address.cell) == (
            address.table,
            address.row,
            address.cell,
        ) and address.table:
            return paragraph
    return None


def _comment_element(comment: WordComment, comment_id: int) -> Element:
    element = etree.Element(f"{W}comment")
    element.set(f"{W}id", str(comment_id))
    element.set(f"{W}author", comment.author)
    element.set(f"{W}initials", comment.author[:3].upper())
    for text in comment.paragraphs:
        run = etree.SubElement(etree.SubElement(element, f"{W}p"), f"{W}r")
        text_element = etree.SubElement(run, f"{W}t")
        text_element.text = "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")
        text_element.set(_XML_SPACE, "preserve")
    return element


def _mark_paragraph(paragraph: Element, comment_id: int) -> None:
    """Put the marks of a comment around the content of a paragraph."""
    start = etree.Element(f"{W}commentRangeStart")
    end = etree.Element(f"{W}commentRangeEnd")
    for mark in (start, end):
        mark.set(f"{W}id", str(comment_id))
    has_properties = len(paragraph) > 0 and paragraph[0].tag == f"{W}pPr"
    paragraph.insert(int(has_properties), start)
    paragraph.append(end)
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", str(comment_id))


def _registered_parts(package: OfficePackage, main: str, comments_part: str) -> dict[str, bytes]:
    """Return the content types and the relationships of the document with the new part in them."""
    types = package.parse_part(_CONTENT_TYPES)
    override = etree.SubElement(types, f"{{{_CONTENT_TYPES_NAMESPACE}}}Override")
    override.set("PartName", f"/{comments_part}")
    override.set("ContentType", _COMMENTS_TYPE)
    folder, base = posixpath.split(main)
    relations_part = posixpath.join(folder, "_rels", f"{base}.rels")
    relations = (
        package.parse_part(relations_part)
        if package.has_part(relations_part)
        else parse_xml(_EMPTY_RELATIONSHIPS, relations_part)
    )
    taken_ids = {node.get("Id") for node in relations}
    number = next(n for n in range(1, len(taken_ids) + 2) if f"rIdComments{n}" not in taken_ids)
    relation = etree.SubElement(relations, f"{{{_RELATIONSHIPS_NAMESPACE}}}Relationship")
    relation.set("Id", f"rIdComments{number}")
    relation.set("Type", _RELATIONSHIP_TYPE)
    relation.set("Target", posixpath.relpath(comments_part, folder))
    return {_CONTENT_TYPES: _to_bytes(types), relations_part: _to_bytes(relations)}


def _to_bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _replace_parts(data: bytes, changed_parts: dict[str, bytes]) -> bytes:
    """Return the archive with some parts replaced or added, the others copied."""
    buffer = io.BytesIO()
    remaining = dict(changed_parts)
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            name = next(
                (part for part in remaining if part.casefold() == entry.filename.lstrip("/").casefold()), None
            )
            content = remaining.pop(name) if name else source.read(entry)
            target.writestr(entry, content, compress_type=entry.compress_type)
        for name, content in remaining.items():
            target.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
