"""Reader for PDFs: what is printed on each page, and which pages only OCR can read."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.pdf.kind import PageKind
from extractors.pdf.opening import Document, open_document
from extractors.pdf.pages import PdfPage, Unread, needs_ocr, read_pages
from extractors.pdf.rebuilding import rebuilt


def read_pdf(data: bytes, password: str | None = None) -> Iterator[PdfPage | Unread]:
    """The pages of a PDF one by one, numbered from 1; each is let go before the next is read.

    A page that fails comes as ``Unread``, the others go on. To render pages too (``needs_ocr``), use
    ``open_document`` and ``read_pages``, which this joins.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``empty``, ``too-large`` or ``unsupported`` (no PDF); after
            the last page, where no page held anything printed.
    """
    with open_document(data, password) as document:
        yield from read_pages(document)


__all__ = [
    "Document",
    "PageKind",
    "PdfPage",
    "Unread",
    "needs_ocr",
    "open_document",
    "read_pages",
    "read_pdf",
    "rebuilt",
]
