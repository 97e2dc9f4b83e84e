"""Reads the pages of an open PDF one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from extractors.errors import ReadError, Status
from extractors.passage import Box, Place, Word, word_at
from extractors.pdf.bombs import content_bomb
from extractors.pdf.calls import calls_without_end
from extractors.pdf.ink import Ink, ink_of
from extractors.pdf.kind import FAINT, NO_INK, Evidence, PageKind, kind_of
from extractors.pdf.opening import Document, Source
from extractors.pdf.painting import LARGEST_SIDE, Painted, Picture, TooLargeError, common, paint
from extractors.pdf.parsing import counted_codes
from extractors.pdf.rules import WHITE, Drawn, drawn, merged, shaded
from extractors.pdf.shown import Shown, shown
from extractors.pdf.spacing import unspaced
from extractors.pdf.words import Strung, strung
from extractors.printed import PrintedPage, PrintedWord, Rule

MOST_PIXELS = 250_000_000
"""Of one picture: an A3 page in colour at 1200 dpi. More is no scan."""
MOST_MISSING = 100
"""Pages in a row that are counted but not there: behind so many none is looked for."""
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
    missing: list[Unread] = []  # pages that are counted, but that neither the file nor a viewer has
    for number, leaf in enumerate(document.leaves(), 1):
        page = _read(document, number, leaf)
        if isinstance(page, Unread):
            unread = unread or page
            if leaf is None and page.status is Status.DAMAGED:
                missing.append(page)
                if len(missing) > MOST_MISSING:
                    break
                continue
        else:
            found = found or page.kind is not PageKind.BLANK
        yield from missing
        missing.clear()
        yield page
    if missing:
        yield _absent(missing, len(document.view))
    if not found and unread:
        raise ReadError(unread.status, f"No page can be read. {unread.message}", "Copy or export it again.")
    if not found:
        raise ReadError(Status.EMPTY, "Nothing is printed on any page.", "Export or scan the decree again.")


def _absent(missing: Sequence[Unread], counted: int) -> Unread:
    """What stands for the pages at the end that are counted only."""
    first = missing[0]
    if len(missing) == 1:
        return first
    # ``extractors.unread`` knows the pages by these words.
    message = f"Pages {first.number} to {counted} are counted, but are not in the file or damaged."
    return Unread(first.number, Status.DAMAGED, message)


def _read(document: Document, number: int, leaf: PDFPage | None) -> PdfPage | Unread:
    try:
        # Before any viewer opens the page: what is beyond measure would keep it for ever.
        told = None if leaf is None else _told(document.source, leaf)
        view = _viewed(document, number, leaf)
        try:
            return _page(number, *_seen(document, number, told, view), view)
        finally:
            view.close()
    except TooLargeError:
        return _too_large(number)
    except (pdfium.PdfiumError, IndexError):
        return _damaged(number)
    except Exception as error:  # whatever broken contents lead to costs their page alone
        message = f"The contents of page {number} make no sense ({type(error).__name__})."
        return Unread(number, Status.UNREADABLE, message)


def _viewed(document: Document, number: int, leaf: PDFPage | None) -> pdfium.PdfPage:
    """The page as a viewer opens it; a frame that lies beside the page is none."""
    view = document.view[number - 1]
    if leaf is not None and min(view.get_size()) < 1 and common(leaf.cropbox, leaf.mediabox) is None:
        view.set_cropbox(*leaf.mediabox)
        view.close()
        view = document.view[number - 1]  # it looks at its frame when it is opened
    return view


def _seen(
    document: Document, number: int, told: Painted | None, view: pdfium.PdfPage
) -> tuple[Painted | None, Ink | None]:
    """What is painted, and its ink; by the repaired file where the file tells nothing that a viewer shows.

    Raises:
        TooLargeError: it is beyond measure.
    """
    ink = None if told is None else ink_of(view, told.width, told.height)
    if told is not None and ink is not None and (_paints(told) or not ink.share):
        return told, ink
    mended = document.mended(number)
    again = None if mended is None else _told(*mended)
    if again is not None and _paints(again):
        return again, ink_of(view, again.width, again.height)
    return told, ink


def _paints(told: Painted) -> bool:
    return bool(told.glyphs or told.paths or told.pictures or told.unseen)


def _lies(contents: object) -> bool:
    """Does a stream say that it is shorter than nothing? It would be taken for all that follows it."""
    length = resolve1(resolve1(contents).get("Length"))
    return isinstance(length, int) and length < 0


def _told(source: Source, leaf: PDFPage) -> Painted | None:
    """What a page paints; ``None`` where its contents are broken.

    Raises:
        TooLargeError: it is beyond measure.
    """
    try:
        if any(_lies(part) for part in leaf.contents):
            return None
        if content_bomb(leaf.contents, leaf.resources, source.checked):
            raise TooLargeError
        if calls_without_end(leaf.contents, leaf.resources):
            raise TooLargeError
        with counted_codes():
            painted = paint(leaf, source.resources)
    except TooLargeError:
        raise
    except Exception:  # broken contents fail in many ways; the page may still be seen
        return None
    if any(picture.pixels > MOST_PIXELS for picture in painted.pictures):
        raise TooLargeError
    return painted


def _too_large(number: int) -> Unread:
    return Unread(number, Status.TOO_LARGE, f"Page {number} is larger, or holds more, than a decree's page.")


def _damaged(number: int) -> Unread:
    return Unread(number, Status.DAMAGED, f"Page {number} is damaged.")


def _page(number: int, painted: Painted | None, ink: Ink | None, view: pdfium.PdfPage) -> PdfPage | Unread:
    if painted is None or ink is None:
        return _picture_only(number, view)
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
    return word_at(Place(number, word.box, confidence=word.known))
