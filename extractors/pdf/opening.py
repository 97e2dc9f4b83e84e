"""Opens a PDF twice: once for what its pages say, once for how a viewer shows them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count, islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage

from extractors.errors import ReadError, Status
from extractors.pdf.bombs import structure_bomb
from extractors.pdf.parsing import Parsed
from extractors.pdf.rebuilding import holds_no_page, holds_pages

LARGEST = 512 * 2**20
"""Bytes. A colour scan of five hundred pages."""

MOST_FONTS = 24
"""Kept from page to page. A decree has five; a file put together from many has that for each part."""

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # it warns of every oddity, on stderr

_REFUSED = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)


@dataclass(slots=True)
class Source:
    """One way of reading what the pages say: the file's objects, and what is known of them."""

    parsed: Parsed
    resources: PDFResourceManager = field(default_factory=PDFResourceManager)
    checked: set[int] = field(default_factory=set)
    """Numbers of the objects that are known not to unpack beyond measure."""

    def forget(self) -> None:
        """Lets go what the last page read, else memory grows with every page; common fonts are kept."""
        self.parsed.forget()
        if len(self.resources._cached_fonts) > MOST_FONTS:
            self.resources._cached_fonts.clear()


@dataclass(slots=True)
class Document:
    """An open PDF. ``view[number - 1]`` is the page that a viewer would show (pypdfium2)."""

    source: Source
    view: pdfium.PdfDocument
    _mended: Source | None = None
    _hopeless: bool = False

    @property
    def count(self) -> int:
        """Pages, as a viewer counts them."""
        return len(self.view)

    def leaves(self) -> Iterator[PDFPage | None]:
        """The pages as the file tells them; ``None`` where it cannot be understood though one is counted."""
        leaves = self.source.parsed.leaves()
        shown = self.count
        for number in count():
            leaf, told = next(((leaf, True) for leaf in leaves), (None, False))
            if not told and number >= shown:
                return
            yield leaf
            self.source.forget()

    def mended(self, number: int) -> tuple[Source, PDFPage] | None:
        """A page as the viewer's own repair of the file tells it, if that can be had."""
        if self._mended is None and not self._hopeless:
            copy = BytesIO()
            try:
                self.view.save(copy, flags=pdfium_c.FPDF_REMOVE_SECURITY)
                self._mended = Source(Parsed(copy.getvalue()))
            except Exception:  # a copy of something broken may be as broken
                self._hopeless = True
        if self._mended is None:
            return None
        leaf = next(islice(self._mended.parsed.leaves(), number - 1, None), None)
        return None if leaf is None else (self._mended, leaf)


@contextmanager
def open_document(data: bytes, password: str | None = None) -> Iterator[Document]:
    """The PDF whose bytes these are, for the time of a ``with`` block.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``empty``, ``too-large`` or ``unsupported`` (no PDF).
    """
    _check(data)
    view = _viewer(data, password)
    if view.get_formtype():
        data, view, password = _filled_in(data, view, password)
    try:
        if not len(view):
            raise _pageless(data)
        yield Document(Source(_parser(data, view, password)), view)
    finally:
        view.close()


def _check(data: bytes) -> None:
    if not data:
        raise ReadError(Status.EMPTY, "The file is empty.", "Export or scan the decree again.")
    if b"%PDF-" not in data[:1024]:
        raise ReadError(Status.UNSUPPORTED, "The file is no PDF.", "Give the decree as PDF, image or text.")
    if len(data) > LARGEST or structure_bomb(data):
        raise ReadError(
            Status.TOO_LARGE,
            f"The PDF has {len(data) / 2**20:.0f} MB, or unpacks to far more than a decree holds.",
            "Print it to a new PDF, or give the decree's pages alone.",
        )


def _viewer(data: bytes, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in _REFUSED:
            raise _locked(password) from None
        raise _pageless(data) from None


def _filled_in(
    data: bytes, view: pdfium.PdfDocument, password: str | None
) -> tuple[bytes, pdfium.PdfDocument, str | None]:
    """The PDF with what is typed into its form fields as part of its pages, and no lock; else as it was."""
    flat = BytesIO()
    try:
        view.init_forms()
        for number in range(len(view)):
            page = view[number]
            page.flatten()
            page.close()
        view.save(flat, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        opened = pdfium.PdfDocument(flat.getvalue())
    except (pdfium.PdfiumError, RuntimeError):
        view.close()
        return data, _viewer(data, password), password
    view.close()
    return flat.getvalue(), opened, None


def _parser(data: bytes, view: pdfium.PdfDocument, password: str | None) -> Parsed:
    """The file for its text; where its index is broken, the copy that the viewer's repair gives."""
    try:
        return Parsed(data, password or "")
    except PDFPasswordIncorrect:
        raise _locked(password) from None
    except Exception:  # a broken index fails in many ways
        pass
    copy = BytesIO()
    try:
        view.save(copy, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        return Parsed(copy.getvalue())
    except Exception:  # and so may the repaired copy
        raise _damaged() from None


def _pageless(data: bytes) -> ReadError:
    """A file in which no page is found: there is none, or nothing leads to it."""
    if holds_pages(data) or not holds_no_page(data):
        return _damaged()
    return ReadError(Status.EMPTY, "The PDF has no pages.", "Export or scan the decree again.")


def _locked(password: str | None) -> ReadError:
    said = "The password does not open the PDF." if password else "The PDF is locked with a password."
    return ReadError(Status.ENCRYPTED, said, "Give its password (`--password TEXT`), or a copy without one.")


def _damaged() -> ReadError:
    return ReadError(
        Status.DAMAGED, "The PDF is damaged: no page can be found in it.", "Copy or export it again."
    )
