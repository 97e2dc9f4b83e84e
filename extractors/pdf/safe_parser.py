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

from extractors.pdf.content.page_content import PageTooLargeError

MOST_FONT_CODES = 1_000_000
"""Character codes in the ranges of a page's fonts. The largest East Asian font has 65 000, told twice."""

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


class _CodeBudget(threading.local):
    """How many codes the page that this thread reads may still have in its fonts' ranges; None: no page."""

    remaining: int | None = None


_code_budget = _CodeBudget()


@contextmanager
def limit_font_codes() -> Iterator[None]:
    """For the time of a ``with`` block, one page's: this thread's fonts have so many codes and no more."""
    outer_budget, _code_budget.remaining = _code_budget.remaining, MOST_FONT_CODES
    try:
        yield
    finally:
        _code_budget.remaining = outer_budget


def _counting_range(*bounds: int) -> range:
    """What pdfminer gets for ``range``: the same, counted within ``counted_codes``.

    Raises:
        TooLargeError: the page has more codes than it may.
    """
    codes = range(*bounds)
    if _code_budget.remaining is not None:
        _code_budget.remaining -= max(
            0, codes.stop - codes.start
        )  # its length, which may be more than len() can tell
        if _code_budget.remaining < 0:
            raise PageTooLargeError
    return codes


# Fonts tell widths and meanings for ranges of codes, four billion in as many bytes as four, and pdfminer goes
# through them one by one; no argument of its functions limits it, and no method between the font's bytes and
# the loop could be replaced without a copy of pdfminer's parser. So the two modules get a ``range`` of their
# own name space (Python's own is untouched), which counts while a page is read here, and in no other thread.
_LIMITED_LOOPS: tuple[tuple[ModuleType, Callable[..., object]], ...] = (
    (cmapdb, cmapdb.CMapParser.do_keyword),
    (pdffont, pdffont.get_widths),
    (pdffont, pdffont.get_widths2),
)


def limit_ranges(loops: Iterable[tuple[ModuleType, Callable[..., object]]] = _LIMITED_LOOPS) -> None:
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
        vars(module)["range"] = _counting_range


limit_ranges()
