"""Readers of paper: PDFs (by their text layer, or by OCR page by page) and images of pages."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from extractors.errors import ReadError, ReadStatus
from extractors.layout import find_table_areas, layout_page
from extractors.model.page import Page
from extractors.model.passage import PrintedPlace, create_word_ref
from extractors.model.raw_page import PrintedPage, PrintedWord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractors.model.passage import Box
    from extractors.ocr import PageWarp, ScannedPage
    from extractors.pdf import PdfFile, PdfPage


class PageFailure(NamedTuple):
    """A page, or several in a row, that could not be read, and why."""

    number: int
    status: str
    message: str
    last_number: int | None = None


PASTED_SHARE = 0.15
"""Share of a page from which a picture is no crest or signature but part of the text."""

LINE_ASPECT = 2.0
"""Heights that a picture outside tables is wide, if it may hold text."""


@dataclass(slots=True)
class PagedDocument:
    """A document on pages: what was read, and the pages that could not be."""

    pages: deque[Page] = field(default_factory=deque)
    origins: set[Literal["digital", "scan"]] = field(default_factory=set)
    unread: list[PageFailure] = field(default_factory=list)
    """The pages that failed; the others keep their numbers."""
    has_words: bool = False
    """Was any word read?"""
    page_count: int = 0
    """Pages of the document, failed ones too."""
    scanned_count: int = 0
    """Pages that were read by OCR as a whole."""

    def consume_pages(self) -> Iterator[Page]:
        """Yield the pages one after the other, each let go when the next is asked for."""
        while self.pages:
            yield self.pages.popleft()

    @property
    def origin(self) -> Literal["digital", "scan", "mixed"]:
        """How its pages were read."""
        if len(self.origins) > 1:
            return "mixed"
        return next(iter(self.origins), "digital")


def read_pdf(data: bytes, password: str | None = None) -> PagedDocument:
    """Return the pages of a PDF, each by the way that suits it.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``empty``, ``too-large``.
    """
    from extractors import pdf

    try:
        paged_document = _read_pdf_pages(data, password)
        is_intact = not any(failed.status == ReadStatus.DAMAGED for failed in paged_document.unread)
        failure = None
    except ReadError as error:
        if error.status not in (ReadStatus.DAMAGED, ReadStatus.EMPTY, ReadStatus.UNSUPPORTED):
            raise
        paged_document, is_intact, failure = PagedDocument(), False, error
    if not is_intact and (rebuilt_data := pdf.rebuild_pdf(data)) is not None:
        with suppress(ReadError):
            rebuilt_document = _read_pdf_pages(rebuilt_data, password)
            if failure is not None or len(rebuilt_document.unread) < len(paged_document.unread):
                return rebuilt_document
    if failure is not None:
        raise failure
    return paged_document


def _read_pdf_pages(data: bytes, password: str | None) -> PagedDocument:
    from extractors import pdf

    paged_document = PagedDocument()
    with pdf.open_document(data, password) as document:
        for pdf_page in pdf.read_pages(document):
            paged_document.page_count += 1
            if isinstance(pdf_page, pdf.UnreadPage):
                failed = PageFailure(
                    pdf_page.number, pdf_page.status.value, pdf_page.message, pdf_page.last_number
                )
                paged_document.unread.append(failed)
                continue
            try:
                by_ocr = pdf.needs_ocr(pdf_page) or _is_pasted_picture(pdf_page)
                page = (
                    _read_by_ocr(document, pdf_page)
                    if by_ocr
                    else _read_pictures(document, pdf_page, paged_document)
                )
                _add_page(paged_document, page)
                paged_document.scanned_count += by_ocr
            except Exception as error:  # native code meets broken pictures with exceptions of every kind
                paged_document.unread.append(PageFailure(pdf_page.number, *_describe_failure(error)))
    return _require_words(paged_document)


def _add_page(paged_document: PagedDocument, page: PrintedPage) -> None:
    paged_document.pages.append(layout_page(page))
    paged_document.has_words = paged_document.has_words or bool(page.words or page.excluded_words)
    if page.words or page.rulings:
        paged_document.origins.add(page.origin)


def read_images(files: Iterable[bytes]) -> PagedDocument:
    """Return the pages of one or more image files, a page an image.

    Raises:
        ReadError: ``damaged``, ``too-large``, ``empty``.
    """
    from extractors import ocr

    paged_document = PagedDocument(origins={"scan"})
    for decoded in (image for data in files for image in _open_images(data)):
        paged_document.page_count += 1
        number = paged_document.page_count
        if isinstance(decoded, ReadError):
            paged_document.unread.append(PageFailure(number, decoded.status.value, decoded.message))
            continue
        try:
            _add_page(paged_document, _place_scanned_words(ocr.read_image(*decoded, number)))
            paged_document.scanned_count += 1
        except Exception as error:  # see ``read_pdf``
            paged_document.unread.append(PageFailure(number, *_describe_failure(error)))
    return _require_words(paged_document)


def _open_images(data: bytes) -> Iterator[tuple[Any, float] | ReadError]:
    """Yield the images of a file; of a broken one its error, so that other files are read all the same."""
    from extractors import ocr

    try:
        yield from ocr.open_images(data)
    except ReadError as error:
        yield error


def _require_words(paged_document: PagedDocument) -> PagedDocument:
    """Return the document, on at least one page of which a word was read."""
    if paged_document.has_words:
        return paged_document
    if paged_document.unread:
        failed = paged_document.unread[0]
        raise ReadError(ReadStatus(failed.status), failed.message, "Scan or save the document again.")
    raise ReadError(
        ReadStatus.EMPTY,
        "No word is printed on any page.",
        "Scan the sides that are printed, or export it again.",
    )


def _describe_failure(error: Exception) -> tuple[str, str]:
    """Status and message of a page whose picture OCR could not be given."""
    if isinstance(error, ReadError):
        return error.status.value, error.message
    return ReadStatus.UNREADABLE.value, "Its picture does not show a page, or its pixels are broken."


def _read_by_ocr(document: PdfFile, page: PdfPage) -> PrintedPage:
    """Return a page read from its picture."""
    from extractors import ocr

    image, dpi = _render_page(document, page)
    return _place_scanned_words(ocr.read_image(image, dpi, page.number))


def _is_pasted_picture(page: PdfPage) -> bool:
    """Is the page in the main a picture without print of the layer on it: a table pasted as a picture?"""
    return any(
        (x1 - x0) * (bottom - top) >= PASTED_SHARE * page.width * page.height
        for x0, top, x1, bottom in _pictures_without_words(page)
    )


def _pictures_without_words(page: PdfPage) -> list[Box]:
    """Pictures on which no word of the layer stands; others lie behind the print (watermarks, stamps)."""
    return [box for box in page.pictures if not any(_contains_center(box, word.box) for word in page.words)]


def _read_pictures(document: PdfFile, page: PdfPage, paged_document: PagedDocument) -> PrintedPage:
    """Return a digital page; its pictures of text, of formulas above all, are read by OCR."""
    pictures = _pictures_without_words(page)
    tables = find_table_areas(page) if pictures else []
    texts = [
        box for box in pictures if _is_wide(box) or any(_contains_center(table, box) for table in tables)
    ]
    if not texts:
        return page
    from extractors import ocr

    image, dpi = _render_page(document, page)
    words, excluded = list(page.words), list(page.excluded_words)
    point = dpi / 72
    for x0, top, x1, bottom in texts:
        x0, top = max(0.0, x0), max(0.0, top)
        part = image[round(top * point) : round(bottom * point), round(x0 * point) : round(x1 * point)]
        if not part.size:
            continue
        try:
            scanned = ocr.read_image(part, dpi, page.number)
        except Exception as error:  # see ``read_pdf``; the print of the page stays
            status, _ = _describe_failure(error)
            message = "A picture of text on it cannot be read."
            paged_document.unread.append(PageFailure(page.number, status, message))
            continue
        words += (_shift_word(word, scanned.warp, x0, top) for word in scanned.page.words)
        excluded += (_shift_word(word, scanned.warp, x0, top) for word in scanned.page.excluded_words)
    return replace(page, words=tuple(words), excluded_words=tuple(excluded))


def _is_wide(box: Box) -> bool:
    """Has a picture the shape of a line or a formula? Crests, seals and QR codes are as high as wide."""
    return box[2] - box[0] >= LINE_ASPECT * (box[3] - box[1])


def _render_page(document: PdfFile, page: PdfPage) -> tuple[Any, float]:
    from extractors import ocr

    view = document.view[page.number - 1]
    try:
        image = ocr.render_page(view)
        return image, 72 * image.shape[1] / view.get_width()
    finally:
        view.close()


def _place_scanned_words(scanned: ScannedPage) -> PrintedPage:
    """The page with each word's place on the page as a viewer shows it, its box beside it for the layout."""
    page = scanned.page
    words, excluded = (
        tuple(_place_word(word, scanned.warp) for word in printed_words)
        for printed_words in (page.words, page.excluded_words)
    )
    return replace(page, words=words, excluded_words=excluded)


def _place_word(word: PrintedWord, warp: PageWarp) -> PrintedWord:
    place = PrintedPlace(word.ref.place.page, warp.map_box(word.box), None, word.ref.place.confidence)
    return replace(word, ref=create_word_ref(place))


def _shift_word(word: PrintedWord, warp: PageWarp, x: float, y: float) -> PrintedWord:
    """Return a word of a picture at its place on the page."""
    x0, top, x1, bottom = warp.map_box(word.box)
    box = (x0 + x, top + y, x1 + x, bottom + y)
    return replace(word, ref=create_word_ref(replace(word.ref.place, box=box)), box=box)


def _contains_center(area: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
