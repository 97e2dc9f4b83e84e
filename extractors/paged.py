"""Readers of paper: PDFs (by their text layer, or by OCR page by page) and images of pages."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from extractors.errors import ReadError, Status
from extractors.layout import areas, layout
from extractors.page import Page
from extractors.passage import Place, place_of, word_at
from extractors.printed import PrintedPage, PrintedWord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.passage import Box
    from extractors.pdf import Document, PdfPage
    from extractors.scan import Scanned, Warp


Unread = tuple[int, str, str]
"""Number, status and message of a page that failed."""

PASTED = 0.15
"""Share of a page from which a picture is no crest or signature but part of the text."""

WIDE = 2.0
"""Heights that a picture outside tables is wide, if it may hold text."""


@dataclass(slots=True)
class Paper:
    """A document on pages: what was read, and the pages that could not be."""

    pages: deque[Page] = field(default_factory=deque)
    origins: set[Literal["digital", "scan"]] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    """The pages that failed; the others keep their numbers."""
    worded: bool = False
    """Was any word read?"""
    count: int = 0
    """Pages of the document, failed ones too."""
    scanned: int = 0
    """Pages that were read by OCR as a whole."""

    def turned(self) -> Iterator[Page]:
        """The pages one after the other, each let go when the next is asked for."""
        while self.pages:
            yield self.pages.popleft()

    @property
    def origin(self) -> Literal["digital", "scan", "mixed"]:
        """How its pages were read."""
        if len(self.origins) > 1:
            return "mixed"
        return next(iter(self.origins), "digital")


def read_pdf(data: bytes, password: str | None = None) -> Paper:
    """The pages of a PDF, each by the way that suits it.

    Raises:
        ReadError: ``encrypted``, ``damaged``, ``empty``, ``too-large``.
    """
    from extractors import pdf

    try:
        paper = _pages_of(data, password)
        whole = not any(status == Status.DAMAGED for _, status, _ in paper.unread)
        reason = None
    except ReadError as error:
        if error.status not in (Status.DAMAGED, Status.EMPTY, Status.UNSUPPORTED):
            raise
        paper, whole, reason = Paper(), False, error
    if not whole and (anew := pdf.rebuilt(data)) is not None:
        with suppress(ReadError):
            other = _pages_of(anew, password)
            if reason is not None or len(other.unread) < len(paper.unread):
                return other
    if reason is not None:
        raise reason
    return paper


def _pages_of(data: bytes, password: str | None) -> Paper:
    from extractors import pdf

    paper = Paper()
    with pdf.open_document(data, password) as document:
        for read in pdf.read_pages(document):
            paper.count += 1
            if isinstance(read, pdf.Unread):
                paper.unread.append((read.number, read.status.value, read.message))
                continue
            try:
                whole = pdf.needs_ocr(read) or _is_pasted(read)
                page = _by_ocr(document, read) if whole else _with_pictures(document, read, paper)
                _take(paper, page)
                paper.scanned += whole
            except Exception as error:  # native code meets broken pictures with exceptions of every kind
                paper.unread.append((read.number, *_failed(error)))
    return _checked(paper)


def _take(paper: Paper, page: PrintedPage) -> None:
    paper.pages.append(layout(page))
    paper.worded = paper.worded or bool(page.words or page.aside)
    if page.words or page.rules:
        paper.origins.add(page.origin)


def read_images(data: bytes) -> Paper:
    """The pages of an image file, a page an image.

    Raises:
        ReadError: ``damaged``, ``too-large``, ``empty``.
    """
    from extractors import scan

    paper = Paper(origins={"scan"})
    for number, opened in enumerate(scan.open_images(data), start=1):
        paper.count = number
        if isinstance(opened, ReadError):
            paper.unread.append((number, opened.status.value, opened.message))
            continue
        try:
            _take(paper, _placed(scan.read_image(*opened, number)))
            paper.scanned += 1
        except Exception as error:  # see ``read_pdf``
            paper.unread.append((number, *_failed(error)))
    return _checked(paper)


def _checked(paper: Paper) -> Paper:
    """The paper, on at least one page of which a word was read."""
    if paper.worded:
        return paper
    if paper.unread:
        _, status, message = paper.unread[0]
        raise ReadError(Status(status), message, "Scan or save the document anew.")
    raise ReadError(
        Status.EMPTY,
        "No word is printed on any page.",
        "Scan the sides that are printed, or export it again.",
    )


def _failed(error: Exception) -> tuple[str, str]:
    """Status and message of a page whose picture OCR could not be given."""
    if isinstance(error, ReadError):
        return error.status.value, error.message
    return Status.UNREADABLE.value, "Its picture is none of a page, or its pixels are broken."


def _by_ocr(document: Document, page: PdfPage) -> PrintedPage:
    """A page read from its picture."""
    from extractors import scan

    image, dpi = _rendered(document, page)
    return _placed(scan.read_image(image, dpi, page.number))


def _is_pasted(page: PdfPage) -> bool:
    """Is the page in the main a picture without print of the layer on it: a table pasted as a picture?"""
    return any(
        (x1 - x0) * (bottom - top) >= PASTED * page.width * page.height
        for x0, top, x1, bottom in _without_print(page)
    )


def _without_print(page: PdfPage) -> list[Box]:
    """Pictures on which no word of the layer stands; others lie behind the print (watermarks, stamps)."""
    return [box for box in page.pictures if not any(_holds(box, word.box) for word in page.words)]


def _with_pictures(document: Document, page: PdfPage, paper: Paper) -> PrintedPage:
    """A digital page; its pictures of text, of formulas above all, are read by OCR."""
    pictures = _without_print(page)
    tables = areas(page) if pictures else []
    texts = [box for box in pictures if _is_wide(box) or any(_holds(table, box) for table in tables)]
    if not texts:
        return page
    from extractors import scan

    image, dpi = _rendered(document, page)
    words, aside = list(page.words), list(page.aside)
    point = dpi / 72
    for x0, top, x1, bottom in texts:
        x0, top = max(0.0, x0), max(0.0, top)
        part = image[round(top * point) : round(bottom * point), round(x0 * point) : round(x1 * point)]
        if not part.size:
            continue
        try:
            read = scan.read_image(part, dpi, page.number)
        except Exception as error:  # see ``read_pdf``; the print of the page stays
            status, _ = _failed(error)
            paper.unread.append((page.number, status, "A picture of text on it cannot be read."))
            continue
        words += (_moved(word, read.warp, x0, top) for word in read.page.words)
        aside += (_moved(word, read.warp, x0, top) for word in read.page.aside)
    return replace(page, words=tuple(words), aside=tuple(aside))


def _is_wide(box: Box) -> bool:
    """Has a picture the shape of a line or a formula? Crests, seals and QR codes are as high as wide."""
    return box[2] - box[0] >= WIDE * (box[3] - box[1])


def _rendered(document: Document, page: PdfPage) -> tuple[Any, float]:
    from extractors import scan

    view = document.view[page.number - 1]
    try:
        image = scan.render(view)
        return image, 72 * image.shape[1] / view.get_width()
    finally:
        view.close()


def _placed(scanned: Scanned) -> PrintedPage:
    """The page with each word's place on the page as a viewer shows it, its box beside it for the layout."""
    page = scanned.page
    words, aside = (tuple(_seen(word, scanned.warp) for word in some) for some in (page.words, page.aside))
    return replace(page, words=words, aside=aside)


def _seen(word: PrintedWord, warp: Warp) -> PrintedWord:
    place = Place(place_of(word.word).page, warp.box(word.box), None, place_of(word.word).confidence)
    return replace(word, word=word_at(place))


def _moved(word: PrintedWord, warp: Warp, x: float, y: float) -> PrintedWord:
    """A word of a picture at its place on the page."""
    x0, top, x1, bottom = warp.box(word.box)
    box = (x0 + x, top + y, x1 + x, bottom + y)
    return replace(word, word=word_at(replace(place_of(word.word), box=box)), box=box)


def _holds(area: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
