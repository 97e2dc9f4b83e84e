"""The parser of PDFs (pdfminer), kept from what a file may do to it: loops, numbers without measure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from types import ModuleType
from typing import Any

import pdfminer
from pdfminer import cmapdb, pdffont
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef

from extractors.pdf.painting import TooLargeError

MOST_CODES = 1_000_000
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


class _Budget(threading.local):
    """How many codes the page that this thread reads may still have in its fonts' ranges; None: no page."""

    left: int | None = None


_budget = _Budget()


@contextmanager
def counted_codes() -> Iterator[None]:
    """For the time of a ``with`` block, one page's: this thread's fonts have so many codes and no more."""
    outer, _budget.left = _budget.left, MOST_CODES
    try:
        yield
    finally:
        _budget.left = outer


def _counted(*bounds: int) -> range:
    """What pdfminer gets for ``range``: the same, counted within ``counted_codes``.

    Raises:
        TooLargeError: the page has more codes than it may.
    """
    made = range(*bounds)
    if _budget.left is not None:
        _budget.left -= max(0, made.stop - made.start)  # its length, which may be more than len() can tell
        if _budget.left < 0:
            raise TooLargeError
    return made


# Fonts tell widths and meanings for ranges of codes, four billion in as many bytes as four, and pdfminer goes
# through them one by one; no argument of its functions limits it, and no method between the font's bytes and
# the loop could be replaced without a copy of pdfminer's parser. So the two modules get a ``range`` of their
# own name space (Python's own is untouched), which counts while a page is read here, and in no other thread.
_LOOPS: tuple[tuple[ModuleType, Callable[..., object]], ...] = (
    (cmapdb, cmapdb.CMapParser.do_keyword),
    (pdffont, pdffont.get_widths),
    (pdffont, pdffont.get_widths2),
)


def limit_ranges(loops: Iterable[tuple[ModuleType, Callable[..., object]]] = _LOOPS) -> None:
    """Count the codes that some functions of pdfminer go through.

    Raises:
        RuntimeError: one of them looks for no ``range``: this pdfminer would go on without any limit.
    """
    for module, function in loops:
        if "range" not in function.__code__.co_names or function.__globals__ is not vars(module):
            raise RuntimeError(
                f"pdfminer.six {pdfminer.__version__}: {function.__qualname__} goes through a font's codes "
                "in a way that this program cannot limit. Install the version that constraints.txt names."
            )
        vars(module)["range"] = _counted


limit_ranges()
