"""The parser of PDFs (pdfminer), kept from what a file may do to it: loops, numbers without measure."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer import cmapdb, pdffont
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef

from extractors.pdf.painting import TooLargeError

MOST_CODES = 3_000_000
"""Character codes in the ranges of a page's fonts. The largest East Asian font has 65 000, told twice."""

MOST_BRANCHES = 1_000
"""Levels of a page tree. Writers make five for 100 000 pages."""

_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")


class Parsed(PDFDocument):
    """A PDF's objects. One that refers to itself is none; pdfminer would look for it for ever."""

    def __init__(self, data: bytes, password: str = "") -> None:
        self._sought: set[int] = set()
        super().__init__(PDFParser(BytesIO(data)), password)

    def getobj(self, objid: int) -> object:
        """An object, followed to its end where it is but a reference to another."""
        if objid in self._sought:
            raise PDFObjectNotFound(objid)
        self._sought.add(objid)
        try:
            found = super().getobj(objid)
            return self.getobj(found.objid) if isinstance(found, PDFObjRef) else found
        except RecursionError:  # references or lists nested without end
            raise PDFObjectNotFound(objid) from None
        finally:
            self._sought.discard(objid)

    def forget(self) -> None:
        """Lets go of the objects read so far, else memory grows with every page."""
        self._cached_objs.clear()
        self._parsed_objs.clear()

    def leaves(self) -> Iterator[PDFPage | None]:
        """The pages in order, ``None`` for one whose entries cannot be understood."""
        for number, entries in _leaves(self):
            try:
                yield PDFPage(self, number, entries, None)
            except Exception:  # broken entries fail in many ways, and cost their page alone
                yield None


def _leaves(document: Parsed) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and entries of each page: down the tree without recursion, each branch once."""
    waiting: list[tuple[object, dict[str, Any], int]] = [(document.catalog.get("Pages"), {}, 0)]
    seen: set[int] = set()
    while waiting:
        node, inherited, depth = waiting.pop()
        number = node.objid if isinstance(node, PDFObjRef) else 0
        entries = _resolved(node)
        if not isinstance(entries, dict) or number in seen or depth > MOST_BRANCHES:
            continue
        entries = {**inherited, **entries}
        kids = _resolved(entries.get("Kids"))
        if isinstance(kids, list):
            seen.add(number)  # a page may stand in the tree twice, a branch may not
            passed = {key: entries[key] for key in _INHERITED if key in entries}
            waiting += [(kid, passed, depth + 1) for kid in reversed(kids)]
        else:
            yield number, entries


def _resolved(value: object) -> object:
    while isinstance(value, PDFObjRef):
        try:
            value = value.resolve()
        except Exception:  # the object's place holds anything
            return None
    return value


class _Codes:
    """How many codes the page that is read may still have in its fonts' ranges."""

    left = MOST_CODES


def new_page() -> None:
    """The next page's fonts are counted anew."""
    _Codes.left = MOST_CODES


def _counted(*bounds: int) -> range:
    made = range(*bounds)
    _Codes.left -= max(0, bounds[-1] - bounds[0]) if len(bounds) > 1 else max(0, bounds[0])
    if _Codes.left < 0:
        raise TooLargeError
    return made


# Fonts tell widths and meanings for ranges of codes, four billion in as many bytes as four, and these two
# modules go through them one by one; no argument of theirs limits it.
for _module in (cmapdb, pdffont):
    vars(_module)["range"] = _counted
