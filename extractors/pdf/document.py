"""Opens a PDF twice: once for what its pages say, once for how a viewer shows them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import count, islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from extractors.errors import ReadError, ReadStatus
from extractors.pdf.content.painted_page import PaintedPage
from extractors.pdf.repair import holds_no_page, holds_pages
from extractors.pdf.safe_parser import SafePdfDocument
from extractors.pdf.stream_limits import is_structure_bomb

LARGEST_PDF = 512 * 2**20
"""Bytes. A colour scan of five hundred pages."""

MOST_FONTS = 24
"""Kept from page to page. A decree has five; a file put together from many has that for each part."""

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # it warns of every oddity, on stderr

_PASSWORD_ERRORS = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)


class PaintedPdf(PDF):
    """pdfplumber's document over a parser that is safe from what a file may do to it.

    Raises:
        Exception: whatever pdfminer raises at a broken index.
    """

    def __init__(self, data: bytes, password: str = "") -> None:
        # pdfplumber's own initialiser parses the file and follows its metadata without limits.
        self.stream = BytesIO(data)
        self.stream_is_external = False
        self.path = None
        self.pages_to_parse = None
        self.laparams = None
        self.password = password
        self.unicode_norm = None
        self.raise_unicode_errors = False
        self.doc: SafePdfDocument = SafePdfDocument(data, password)
        self.rsrcmgr = PDFResourceManager()
        self.metadata = {}
        self.checked_ids: set[int] = set()
        """Numbers of the objects that are known not to unpack beyond measure."""
        self.font_codes: dict[int, int] = {}
        """Character codes of the fonts by object number."""

    @property
    def pages(self) -> list[Page]:
        """All pages that can be understood. ``iter_pages`` holds one at a time."""
        return [page for page in self.iter_pages() if page is not None]

    def iter_pages(self) -> Iterator[PaintedPage | None]:
        """Yield the pages in order; None for one whose entries cannot be understood."""
        for number, page_obj in enumerate(self.doc.iter_pages(), start=1):
            yield None if page_obj is None else PaintedPage(self, page_obj, number)

    def clear_cache(self) -> None:
        """Release what the last page read, else memory grows with every page; common fonts are kept."""
        self.doc.clear_cache()
        if len(self.rsrcmgr._cached_fonts) > MOST_FONTS:
            self.rsrcmgr._cached_fonts.clear()


@dataclass(slots=True)
class PdfFile:
    """An open PDF. ``view[number - 1]`` is the page that a viewer would show (pypdfium2)."""

    plumber: PaintedPdf
    view: pdfium.PdfDocument
    _repaired: PaintedPdf | None = None
    _repair_failed: bool = False

    @property
    def page_count(self) -> int:
        """Pages, as a viewer counts them."""
        return len(self.view)

    def iter_pages(self) -> Iterator[PaintedPage | None]:
        """Yield the pages as the file tells them; None where one is counted and cannot be understood."""
        pages = self.plumber.iter_pages()
        page_count = self.page_count
        for number in count():
            page, is_present = next(((page, True) for page in pages), (None, False))
            if not is_present and number >= page_count:
                return
            yield page
            self.plumber.clear_cache()

    def repaired_page(self, number: int) -> tuple[PaintedPdf | None, PaintedPage | None]:
        """Return the file as the viewer repairs it, and its page, as far as they can be had."""
        if self._repaired is None and not self._repair_failed:
            buffer = BytesIO()
            try:
                self.view.save(buffer, flags=pdfium_c.FPDF_REMOVE_SECURITY)
                self._repaired = PaintedPdf(buffer.getvalue())
            except Exception:  # a copy of something broken may be as broken
                self._repair_failed = True
        if self._repaired is None:
            return None, None
        return self._repaired, next(islice(self._repaired.iter_pages(), number - 1, None), None)


@contextmanager
def open_document(data: bytes, password: str | None = None) -> Iterator[PdfFile]:
    """The PDF whose bytes these are, for the time of a ``with`` block.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``empty``, ``too-large`` or ``unsupported`` (no PDF).
    """
    _check_file(data)
    view = _open_viewer(data, password)
    if view.get_formtype():
        data, view, password = _flatten_form(data, view, password)
    try:
        if not len(view):
            raise _no_page_error(data)
        yield PdfFile(_open_plumber(data, view, password), view)
    finally:
        view.close()


def _check_file(data: bytes) -> None:
    if not data:
        raise ReadError(ReadStatus.EMPTY, "The file is empty.", "Export or scan the decree again.")
    if b"%PDF-" not in data[:1024]:
        raise ReadError(
            ReadStatus.UNSUPPORTED, "The file is no PDF.", "Give the decree as PDF, image or text."
        )
    if len(data) > LARGEST_PDF or is_structure_bomb(data):
        raise ReadError(
            ReadStatus.TOO_LARGE,
            f"The PDF has {len(data) / 2**20:.0f} MB, or unpacks to far more than a decree holds.",
            "Print it to a new PDF, or give the decree's pages alone.",
        )


def _open_viewer(data: bytes, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in _PASSWORD_ERRORS:
            raise _locked_error(password) from None
        raise _no_page_error(data) from None


def _flatten_form(
    data: bytes, view: pdfium.PdfDocument, password: str | None
) -> tuple[bytes, pdfium.PdfDocument, str | None]:
    """The PDF with what is typed into its form fields as part of its pages, and no lock; else as it was."""
    buffer = BytesIO()
    try:
        view.init_forms()
        for number in range(len(view)):
            page = view[number]
            page.flatten()
            page.close()
        view.save(buffer, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        flattened = pdfium.PdfDocument(buffer.getvalue())
    except (pdfium.PdfiumError, RuntimeError):
        view.close()
        return data, _open_viewer(data, password), password
    view.close()
    return buffer.getvalue(), flattened, None


def _open_plumber(data: bytes, view: pdfium.PdfDocument, password: str | None) -> PaintedPdf:
    """The file for its text; where its index is broken, the copy that the viewer's repair gives."""
    try:
        return PaintedPdf(data, password or "")
    except PDFPasswordIncorrect:
        raise _locked_error(password) from None
    except Exception:  # a broken index fails in many ways
        pass
    buffer = BytesIO()
    try:
        view.save(buffer, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        return PaintedPdf(buffer.getvalue())
    except Exception:  # and so may the repaired copy
        raise _damaged_error() from None


def _no_page_error(data: bytes) -> ReadError:
    """A file in which no page is found: there is none, or nothing leads to it."""
    if holds_pages(data) or not holds_no_page(data):
        return _damaged_error()
    return ReadError(ReadStatus.EMPTY, "The PDF has no pages.", "Export or scan the decree again.")


def _locked_error(password: str | None) -> ReadError:
    message = "The password does not open the PDF." if password else "The PDF is locked with a password."
    return ReadError(
        ReadStatus.ENCRYPTED, message, "Give its password (`--password TEXT`), or a copy without one."
    )


def _damaged_error() -> ReadError:
    return ReadError(
        ReadStatus.DAMAGED, "The PDF is damaged: no page can be found in it.", "Copy or export it again."
    )
