"""Reader for PDFs: what is printed on each page, and which pages only OCR can read."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.pdf.document import PdfFile, open_document
from extractors.pdf.page_classifier import PageKind
from extractors.pdf.pdf_pages import PdfPage, UnreadPage, needs_ocr, read_pages
from extractors.pdf.repair import rebuild_pdf


def read_pdf_pages(data: bytes, password: str | None = None) -> Iterator[PdfPage | UnreadPage]:
    """Yield the pages of a PDF one by one, numbered from 1; each is let go before the next is read.

    A page that fails comes as ``Unread``, the others go on. To render pages too (``needs_ocr``), use
    ``open_document`` and ``read_pages``, which this joins.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``empty``, ``too-large`` or ``unsupported`` (no PDF); after
            the last page, where no page held anything printed.
    """
    with open_document(data, password) as document:
        yield from read_pages(document)


__all__ = [
    "PageKind",
    "PdfFile",
    "PdfPage",
    "UnreadPage",
    "needs_ocr",
    "open_document",
    "read_pages",
    "read_pdf_pages",
    "rebuild_pdf",
]
