"""The parser of PDFs (pdfminer), kept from what a file may do to it: loops, numbers without measure."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef

DEEPEST_PAGE_TREE = 1_000
"""Levels of a page tree. Writers make five for 100 000 pages."""

_INHERITED_KEYS = ("Resources", "MediaBox", "CropBox", "Rotate")


class SafePdfDocument(PDFDocument):
    """A PDF's objects. One that refers to itself is none; pdfminer would look for it for ever."""

    def __init__(self, data: bytes, password: str = "") -> None:
        self._pending_ids: set[int] = set()
        super().__init__(PDFParser(BytesIO(data)), password)

    def getobj(self, objid: int) -> object:
        """An object, followed to its end where it is but a reference to another."""
        if objid in self._pending_ids:
            raise PDFObjectNotFound(objid)
        self._pending_ids.add(objid)
        try:
            value = super().getobj(objid)
            return self.getobj(value.objid) if isinstance(value, PDFObjRef) else value
        except RecursionError:  # references or lists nested without end
            raise PDFObjectNotFound(objid) from None
        finally:
            self._pending_ids.discard(objid)

    def clear_cache(self) -> None:
        """Lets go of the objects read so far, else memory grows with every page."""
        self._cached_objs.clear()
        self._parsed_objs.clear()

    def iter_pages(self) -> Iterator[PDFPage | None]:
        """The pages in order, ``None`` for one whose entries cannot be understood."""
        for number, entries in _iter_page_entries(self):
            try:
                yield PDFPage(self, number, entries, None)
            except Exception:  # broken entries fail in many ways, and cost their page alone
                yield None


def _iter_page_entries(document: SafePdfDocument) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and entries of each page: down the tree without recursion, each branch once."""
    pending: list[tuple[object, dict[str, Any], int]] = [(document.catalog.get("Pages"), {}, 0)]
    visited: set[int] = set()
    while pending:
        node, inherited, depth = pending.pop()
        number = node.objid if isinstance(node, PDFObjRef) else 0
        entries = _resolve_reference(node)
        if not isinstance(entries, dict) or number in visited or depth > DEEPEST_PAGE_TREE:
            continue
        entries = {**inherited, **entries}
        kids = _resolve_reference(entries.get("Kids"))
        if isinstance(kids, list):
            visited.add(number)  # a page may stand in the tree twice, a branch may not
            passed_down = {key: entries[key] for key in _INHERITED_KEYS if key in entries}
            pending += [(kid, passed_down, depth + 1) for kid in reversed(kids)]
        else:
            yield number, entries


def _resolve_reference(value: object) -> object:
    while isinstance(value, PDFObjRef):
        try:
            value = value.resolve()
        except Exception:  # the object's place holds anything
            return None
    return value
