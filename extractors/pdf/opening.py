"""Opens a PDF twice: once for what its pages say, once for how a viewer shows them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from extractors.errors import ReadError, Status
from extractors.pdf.bombs import structure_bomb

LARGEST = 512 * 2**20
"""Bytes. A colour scan of five hundred pages."""

MOST_FONTS = 24
"""Kept from page to page. A decree has five; a file put together from many has that for each part."""

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # it warns of every oddity, on stderr

_REFUSED = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)


@dataclass(frozen=True, slots=True)
class Document:
    """An open PDF. ``view[number - 1]`` is the page that a viewer would show (pypdfium2)."""

    pdf: PDF
    view: pdfium.PdfDocument
    count: int
    """Pages."""
    checked: set[int] = field(default_factory=set)
    """Numbers of the objects that are known not to unpack beyond measure."""

    def leaves(self) -> Iterator[PDFPage | None]:
        """The pages as the file tells them; ``None`` from where its page tree cannot be followed."""
        leaves = PDFPage.create_pages(self.pdf.doc)
        for _ in range(self.count):
            leaf = None
            with suppress(Exception):  # whatever a broken tree makes of its reader
                leaf = next(leaves, None)
            yield leaf
            self._forget()

    def _forget(self) -> None:
        """Lets go what the last page read, else memory grows with every page; common fonts are kept."""
        self.pdf.doc._cached_objs.clear()
        self.pdf.doc._parsed_objs.clear()
        if len(self.pdf.rsrcmgr._cached_fonts) > MOST_FONTS:
            self.pdf.rsrcmgr._cached_fonts.clear()


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
        count = len(view)
        if not count:
            raise ReadError(Status.EMPTY, "The PDF has no pages.", "Export or scan the decree again.")
        pdf = _parser(data, view, password)
        try:
            yield Document(pdf, view, count)
        finally:
            pdf.stream.close()
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
        raise _damaged() from None


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


def _parser(data: bytes, view: pdfium.PdfDocument, password: str | None) -> PDF:
    """The file for its text; where its index is broken, the copy that the viewer's repair gives."""
    try:
        return PDF(BytesIO(data), password=password)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise _locked(password) from None
    except Exception:  # a broken index fails in many ways
        pass
    copy = BytesIO()
    try:
        view.save(copy)
        return PDF(copy, password=password)
    except Exception:  # and so may the repaired copy
        raise _damaged() from None


def _locked(password: str | None) -> ReadError:
    said = "The password does not open the PDF." if password else "The PDF is locked with a password."
    return ReadError(Status.ENCRYPTED, said, "Give its password (`--password TEXT`), or a copy without one.")


def _damaged() -> ReadError:
    return ReadError(
        Status.DAMAGED, "The PDF is damaged: no page can be found in it.", "Copy or export it again."
    )
