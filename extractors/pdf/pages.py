"""Reads the pages of an open PDF one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from pdfminer.pdfpage import PDFPage

from extractors.errors import ReadError, Status
from extractors.passage import Box, Place, Word
from extractors.pdf.bombs import content_bomb
from extractors.pdf.ink import Ink, ink_of
from extractors.pdf.kind import FAINT, NO_INK, Evidence, PageKind, kind_of
from extractors.pdf.opening import Document
from extractors.pdf.painting import LARGEST_SIDE, Painted, Picture, TooLargeError, paint
from extractors.pdf.rules import WHITE, Drawn, drawn, merged, shaded
from extractors.pdf.shown import Shown, shown
from extractors.pdf.spacing import unspaced
from extractors.pdf.words import Strung, strung
from extractors.printed import PrintedPage, PrintedWord, Rule

MOST_PIXELS = 250_000_000
"""Of one picture: an A3 page in colour at 1200 dpi. More is no scan."""
SMALLEST_PICTURE = (12.0, 5.0)
"""Points, width and height: smaller ones are bullets and specks."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that could not be read: its number from 1, why, and what was found."""

    number: int
    status: Status
    message: str


@dataclass(frozen=True, slots=True)
class PdfPage(PrintedPage):
    """A page of a PDF. Of a scan only the size is known: its words, rules and fills are the OCR's to find."""

    kind: PageKind = PageKind.DIGITAL
    reason: str = ""
    """Why it is of this kind."""
    pictures: tuple[Box, ...] = ()
    """Images on a digital page, in which text may stand that its layer lacks (formulas, emblems)."""
    hidden: tuple[PrintedWord, ...] = ()
    """Words of the layer that are not printed."""


def needs_ocr(page: PdfPage) -> bool:
    """Must the whole page be read by OCR? (``pictures`` are a digital page's parts that may need it.)"""
    return page.kind is PageKind.SCAN


def read_pages(document: Document) -> Iterator[PdfPage | Unread]:
    """The pages of an open PDF, each let go before the next is read.

    Raises:
        ReadError: after the last page, where none can be read (the first one's status) or all are blank.
    """
    unread: Unread | None = None
    found = False
    for number, leaf in enumerate(document.leaves(), 1):
        page = _read(document, number, leaf)
        if isinstance(page, Unread):
            unread = unread or page
        else:
            found = found or page.kind is not PageKind.BLANK
        yield page
    if not found and unread:
        raise ReadError(unread.status, f"No page can be read. {unread.message}", "Copy or export it again.")
    if not found:
        raise ReadError(Status.EMPTY, "Nothing is printed on any page.", "Export or scan the decree again.")


def _read(document: Document, number: int, leaf: PDFPage | None) -> PdfPage | Unread:
    try:
        if leaf is not None and content_bomb([leaf.contents, leaf.resources], document.checked):
            return _too_large(number)
        painted = None if leaf is None else paint(leaf, document.pdf.rsrcmgr)
    except TooLargeError:
        return _too_large(number)
    except Exception:  # broken contents fail in many ways; the page may still be seen
        painted = None
    if painted and any(picture.pixels > MOST_PIXELS for picture in painted.pictures):
        return _too_large(number)
    try:
        view = document.view[number - 1]
    except pdfium.PdfiumError:
        return _damaged(number)
    try:
        return _page(number, painted, view)
    except pdfium.PdfiumError:
        return _damaged(number)
    finally:
        view.close()


def _too_large(number: int) -> Unread:
    return Unread(number, Status.TOO_LARGE, f"Page {number} is larger, or holds more, than a decree's page.")


def _damaged(number: int) -> Unread:
    return Unread(number, Status.DAMAGED, f"Page {number} is damaged.")


def _page(number: int, painted: Painted | None, view: pdfium.PdfPage) -> PdfPage | Unread:
    if painted is None:
        return _picture_only(number, view)
    ink = ink_of(view, painted.width, painted.height)
    size = (number, painted.width, painted.height)
    if ink.share < FAINT:  # at once: a file may have thousands of them
        return PdfPage(*size, "scan", kind=PageKind.BLANK, reason=NO_INK)
    drawing = drawn(painted)
    strokes = [rule for rule, light in drawing.strokes]
    plain = ink.without([(r.x0, r.top, r.x1, r.bottom) for r in strokes])
    words = strung(painted.glyphs)
    parted = shown(words, painted, plain, [(box, order) for box, _, order in drawing.areas])
    kind, reason = kind_of(_evidence(painted, parted, ink, plain))
    if kind is not PageKind.DIGITAL:
        return PdfPage(*size, "scan", kind=kind, reason=reason)
    return PdfPage(
        *size,
        "digital",
        words=_words((word for word in parted.printed if word.turn >= 0), number, spaced=True),
        rules=merged(_inked(drawing, ink)),
        fills=shaded(drawing.areas, painted.width, painted.height),
        kind=kind,
        reason=reason,
        pictures=_pictures(painted.pictures, ink),
        aside=_words([word for word in parted.printed if word.turn < 0], number),
        hidden=_words(parted.hidden, number),
    )


def _picture_only(number: int, view: pdfium.PdfPage) -> PdfPage | Unread:
    """A page whose contents cannot be followed, but that a viewer shows all the same."""
    width, height = view.get_size()
    if not (1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE):
        return _too_large(number)
    if not ink_of(view, width, height).share:
        return _damaged(number)
    reason = "its contents are broken, but a viewer shows it"
    return PdfPage(number, width, height, "scan", kind=PageKind.SCAN, reason=reason)


def _evidence(painted: Painted, parted: Shown, ink: Ink, plain: Ink) -> Evidence:
    return Evidence(
        printed=[word.text for word in parted.printed],
        hidden=len(parted.hidden),
        unseen=painted.unseen,
        pictures=[picture.box for picture in painted.pictures],
        ink=ink.share,
        unexplained=plain.share,
        size=(painted.width, painted.height),
        sideways=sum(word.turn > 0 for word in parted.printed) / max(1, len(parted.printed)),
    )


def _inked(drawing: Drawn, ink: Ink) -> list[Rule]:
    """The strokes that show: white ones only where ink betrays a darker ground."""
    if not drawing.strokes:
        return []
    counts = ink.counts([(r.x0, r.top, r.x1, r.bottom) for r, _ in drawing.strokes], margin=1)
    return [
        rule
        for (rule, light), count in zip(drawing.strokes, counts.tolist(), strict=True)
        if count > (0 if light is None or light < WHITE else rule.length * ink.across / 2)
    ]


def _pictures(pictures: Sequence[Picture], ink: Ink) -> tuple[Box, ...]:
    wide, high = SMALLEST_PICTURE
    boxes = {p.box: None for p in pictures if p.box[2] - p.box[0] >= wide and p.box[3] - p.box[1] >= high}
    return tuple(box for box, count in zip(boxes, ink.counts(list(boxes)), strict=True) if count)


def _words(
    words: Iterator[Strung] | Sequence[Strung], number: int, spaced: bool = False
) -> tuple[PrintedWord, ...]:
    return tuple(
        PrintedWord(word.text, _word(word, number), word.box, word.size, word.bold)
        for word in (unspaced(words) if spaced else words)
    )


def _word(word: Strung, number: int) -> Word:
    return Word.at(Place(number, word.box, confidence=word.known))
