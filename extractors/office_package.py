"""Office files (.docx, .xlsx): a zip of XML parts, opened with limits; nothing is run, nothing is fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from lxml import etree

from extractors.errors import ReadError, ReadStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = etree._Element

MAX_FILE_BYTES = 200 * 2**20
"""Bytes of an office file that are read."""
MAX_PART_BYTES = 128 * 2**20
"""Bytes of one unpacked part: a decree of a thousand pages has 20 MB."""
MAX_UNPACKED_BYTES = 384 * 2**20
"""Bytes of all the parts of a file that are unpacked."""
MAX_PARTS = 20_000
_CHUNK_BYTES = 2**18
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL_NAMESPACES = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
"""Namespaces of the strict variant of the format, and the usual ones that mean the same."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part that another part refers to."""

    kind: str
    """Last word of its type: ``styles``, ``header``, ``image`` …"""
    target: str
    """Name of the part in the zip, or an address outside the file."""
    external: bool


class OfficePackage:
    """The parts of an office file."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE_BYTES:
            raise _too_large_error(f"The file has more than {MAX_FILE_BYTES // 2**20} MB.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
            raise damaged_error("The file's archive is broken or incomplete.") from None
        self._names = {name.lstrip("/").casefold(): name for name in self._zip.namelist()[: MAX_PARTS + 1]}
        if len(self._names) > MAX_PARTS:
            raise _too_large_error(f"The file has more than {MAX_PARTS} parts.")
        self._unpacked_bytes = 0

    def has_part(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return name.casefold() in self._names

    def read_part(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            ReadError: ``damaged``, ``encrypted`` or ``too-large``.
        """
        entry = self._names.get(name.casefold())
        if entry is None:
            raise damaged_error(f"The part {name} of the file is missing.")
        chunks: list[bytes] = []
        try:
            if self._zip.getinfo(entry).flag_bits & 1:
                raise ReadError(
                    ReadStatus.ENCRYPTED, "The file is locked with a password.", "Save it without a password."
                )
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    chunks.append(chunk)
                    self._count_bytes(len(chunk), sum(map(len, chunks)))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise damaged_error(f"The part {name} of the file is broken.") from None
        return b"".join(chunks)

    def _count_bytes(self, count: int, part_bytes: int) -> None:
        self._unpacked_bytes += count
        if part_bytes > MAX_PART_BYTES or self._unpacked_bytes > MAX_UNPACKED_BYTES:
            raise _too_large_error(
                "The file unpacks to more than any decree needs; it may be made to exhaust the memory."
            )

    def parse_part(self, name: str) -> Element:
        """Return the root of an XML part.

        Raises:
            ReadError: ``damaged``, ``too-large`` or ``unsupported`` (a document type is declared).
        """
        return parse_xml(self.read_part(name), name)

    def relationships(self, name: str) -> dict[str, Relationship]:
        """Return what a part refers to, by id; nothing where the file does not say."""
        folder, base = posixpath.split(name)
        relations_name = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has_part(relations_name):
            return {}
        relations: dict[str, Relationship] = {}
        for node in self.parse_part(relations_name).iter(_RELATIONSHIPS):
            target = str(node.get("Target", ""))
            external = node.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = str(node.get("Type", "")).rsplit("/", 1)[-1]
            relations[str(node.get("Id", ""))] = Relationship(kind, target, external)
        return relations

    @cached_property
    def main_part(self) -> str:
        """Return the name of the part that holds the document or the workbook.

        Raises:
            ReadError: ``damaged``: there is none.
        """
        for relation in self.relationships("").values():
            if relation.kind == "officeDocument" and self.has_part(relation.target):
                return relation.target
        for name in ("word/document.xml", "xl/workbook.xml"):
            if self.has_part(name):
                return name
        raise damaged_error("The part with the document's text is missing.")


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of some XML, in the usual namespaces. Entities and document types are refused.

    Raises:
        ReadError: ``damaged``, ``too-large`` or ``unsupported``.
    """
    _refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_to_usual_namespaces(data), parser)
    except etree.XMLSyntaxError as error:
        if "xcessive depth" in str(error):
            raise _too_large_error("The file is nested more deeply than any decree.") from None
        raise damaged_error(f"The part {name} of the file is no well-formed XML.") from None
    except ValueError:
        raise damaged_error(f"The part {name} of the file is no well-formed XML.") from None
    return root


def iterate_elements(data: bytes, tags: tuple[str, ...], name: str) -> Iterator[Element]:
    """Yield the elements with one of the tags as they end, each let go afterwards.

    Raises:
        ReadError: ``damaged``, ``too-large`` or ``unsupported``.
    """
    _refuse_document_type(data)
    events = etree.iterparse(
        io.BytesIO(_to_usual_namespaces(data)),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del cast("Element", element.getparent())[0]
    except etree.XMLSyntaxError:
        raise damaged_error(f"The part {name} of the file is no well-formed XML.") from None


def _refuse_document_type(data: bytes) -> None:
    """Refuse XML with a document type: office files have none, and entities can be made to explode."""
    if b"<!DOCTYPE" in data.replace(b"\0", b"") or b"<!ENTITY" in data.replace(b"\0", b""):
        raise ReadError(
            ReadStatus.UNSUPPORTED,
            "The file declares a document type or entities, which no office program writes.",
            "Open it in Word or Excel and save it again.",
        )


def _to_usual_namespaces(data: bytes) -> bytes:
    if _STRICT_NAMESPACE.encode() not in data:
        return data
    for strict, usual in _TRANSITIONAL_NAMESPACES.items():
        data = data.replace(f'"{strict}"'.encode(), f'"{usual}"'.encode())
    return data


def damaged_error(message: str) -> ReadError:
    """Return the error of a file that is broken."""
    return ReadError(ReadStatus.DAMAGED, message, "Open the file in its program and save it again.")


def _too_large_error(message: str) -> ReadError:
    return ReadError(
        ReadStatus.TOO_LARGE, message, "Save the pages with the decree alone to a new file and give that."
    )
