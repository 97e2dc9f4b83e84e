"""Reads the pages of an open PDF one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from pdfminer.pdftypes import resolve1

from extractors.errors import ReadError, ReadStatus
from extractors.model.passage import Box, PrintedPlace, WordRef, create_word_ref
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling
from extractors.pdf.content.footnote_marks import split_footnote_marks
from extractors.pdf.content.letter_spacing import join_spaced_letters
from extractors.pdf.content.painted_page import LARGEST_PAGE_SIDE, PaintedImage, PaintedPage, object_box
from extractors.pdf.content.painting_device import PageTooLargeError, intersect_frames
from extractors.pdf.content.rendered_ink import FINE_SCALE, RenderedInk, render_ink
from extractors.pdf.content.vector_rulings import (
    WHITE_LUMINANCE,
    PathShapes,
    extract_shapes,
    merge_rulings,
    shaded_areas,
)
from extractors.pdf.content.visible_text import VisibleText, split_visible_words
from extractors.pdf.content.words import TextRun, build_words
from extractors.pdf.document import PaintedPdf, PdfFile
from extractors.pdf.font_code_limits import has_excessive_font_codes
from extractors.pdf.form_call_limits import has_excessive_form_calls
from extractors.pdf.page_classifier import BLANK_INK, NO_INK, PageEvidence, PageKind, classify_page
from extractors.pdf.stream_limits import is_content_bomb
from extractors.pdf.turned_pages import find_page_turn, turn_page_upright

MOST_PICTURE_PIXELS = 250_000_000
"""Of one picture: an A3 page in colour at 1200 dpi. More is no scan."""
MOST_MISSING_PAGES = 100
"""Pages in a row that are counted but not there: behind so many none is looked for."""
SMALLEST_PICTURE = (12.0, 5.0)
"""Points, width and height: smaller ones are bullets and specks."""


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page that could not be read: its number from 1, why, and what was found."""

    number: int
    status: ReadStatus
    message: str
    last_number: int | None = None
    """The last page, where several in a row could not be read for one reason."""


@dataclass(frozen=True, slots=True)
class PdfPage(PrintedPage):
    """A page of a PDF. Of a scan only the size is known: its words, rules and fills are the OCR's to find."""

    kind: PageKind = PageKind.DIGITAL
    reason: str = ""
    """Why it is of this kind."""
    pictures: tuple[Box, ...] = ()
    """Images on a digital page, in which text may stand that its layer lacks (formulas, emblems)."""
    hidden_words: tuple[PrintedWord, ...] = ()
    """Words of the layer that are not printed."""


def needs_ocr(page: PdfPage) -> bool:
    """Must the whole page be read by OCR? (``pictures`` are a digital page's parts that may need it.)"""
    return page.kind is PageKind.SCAN


def read_pages(document: PdfFile) -> Iterator[PdfPage | UnreadPage]:
    """The pages of an open PDF, each let go before the next is read.

    Raises:
        ReadError: after the last page, where none can be read (the first one's status) or all are blank.
    """
    unread: UnreadPage | None = None
    has_print = False
    missing: list[UnreadPage] = []  # pages that are counted, but that neither the file nor a viewer has
    for number, painted_page in enumerate(document.iter_pages(), 1):
        page = _read_page(document, number, painted_page)
        if isinstance(page, UnreadPage):
            unread = unread or page
            if painted_page is None and page.status is ReadStatus.DAMAGED:
                missing.append(page)
                if len(missing) > MOST_MISSING_PAGES:
                    break
                continue
        else:
            has_print = has_print or page.kind is not PageKind.BLANK
        yield from missing
        missing.clear()
        yield page
    if missing:
        yield _missing_pages_failure(missing, len(document.view))
    if not has_print and unread:
        raise ReadError(unread.status, f"No page can be read. {unread.message}", "Copy or export it again.")
    if not has_print:
        raise ReadError(
            ReadStatus.EMPTY, "Nothing is printed on any page.", "Export or scan the decree again."
        )


def _missing_pages_failure(missing: Sequence[UnreadPage], page_count: int) -> UnreadPage:
    """What stands for the pages at the end that are counted only."""
    first = missing[0]
    if len(missing) == 1:
        return first
    message = f"Pages {first.number} to {page_count} are counted, but are not in the file or damaged."
    return UnreadPage(first.number, ReadStatus.DAMAGED, message, page_count)


def _read_page(document: PdfFile, number: int, painted_page: PaintedPage | None) -> PdfPage | UnreadPage:
    try:
        # Before any viewer opens the page: one that is beyond measure would keep the viewer busy for ever.
        page = painted_page if painted_page and _is_readable(document.plumber, painted_page) else None
        view = _open_view(document, number, painted_page)
        try:
            return _build_page(number, *_page_and_ink(document, number, page, view), view)
        finally:
            view.close()
    except PageTooLargeError:
        return _too_large_page(number)
    except (pdfium.PdfiumError, IndexError):
        return _damaged_page(number)
    except Exception as error:  # whatever broken contents lead to costs their page alone
        message = f"The contents of page {number} make no sense ({type(error).__name__})."
        return UnreadPage(number, ReadStatus.UNREADABLE, message)


def _open_view(document: PdfFile, number: int, painted_page: PaintedPage | None) -> pdfium.PdfPage:
    """Return the page as a viewer opens it; a crop box that lies off the page is ignored."""
    view = document.view[number - 1]
    if painted_page is not None and min(view.get_size()) < 1:
        boxes = painted_page.page_obj
        if intersect_frames(boxes.cropbox, boxes.mediabox) is None:
            view.set_cropbox(*boxes.mediabox)
            view.close()
            view = document.view[number - 1]  # the box counts when the page is opened
    return view


def _page_and_ink(
    document: PdfFile, number: int, page: PaintedPage | None, view: pdfium.PdfPage
) -> tuple[PaintedPage | None, RenderedInk | None]:
    """Return a page and its ink; the repaired file's page where this one lacks what a viewer shows.

    Raises:
        PageTooLargeError: the page is beyond measure.
    """
    ink = None if page is None else render_ink(view, float(page.width), float(page.height))
    if page is not None and ink is not None and (_has_content(page) or not ink.edge_share):
        return page, ink
    plumber, repaired_page = document.repaired_page(number)
    if plumber and repaired_page and _is_readable(plumber, repaired_page) and _has_content(repaired_page):
        return repaired_page, render_ink(view, float(repaired_page.width), float(repaired_page.height))
    return page, ink


def _has_content(page: PaintedPage) -> bool:
    return bool(page.objects or page.invisible_count)


def _has_negative_length(contents: object) -> bool:
    """Does a stream say that it is shorter than nothing? It would be taken for all that follows it."""
    length = resolve1(resolve1(contents).get("Length"))
    return isinstance(length, int) and length < 0


def _is_readable(plumber: PaintedPdf, page: PaintedPage) -> bool:
    """Can the contents of a page be painted? They are, within limits.

    Raises:
        PageTooLargeError: the page is beyond measure.
    """
    contents, resources = page.page_obj.contents, page.page_obj.resources
    try:
        if any(_has_negative_length(part) for part in contents):
            return False
        if is_content_bomb(contents, resources, plumber.checked_ids):
            raise PageTooLargeError
        if has_excessive_form_calls(contents, resources):
            raise PageTooLargeError
        if has_excessive_font_codes(resources, plumber.font_codes):
            raise PageTooLargeError
        images = page.painted_images
    except PageTooLargeError:
        raise
    except Exception:  # broken contents fail in many ways; the page may still be seen
        return False
    if any(image["pixels"] > MOST_PICTURE_PIXELS for image in images):
        raise PageTooLargeError
    return True


def _too_large_page(number: int) -> UnreadPage:
    return UnreadPage(
        number, ReadStatus.TOO_LARGE, f"Page {number} is larger, or holds more, than a decree's page."
    )


def _damaged_page(number: int) -> UnreadPage:
    return UnreadPage(number, ReadStatus.DAMAGED, f"Page {number} is damaged.")


def _build_page(
    number: int, page: PaintedPage | None, ink: RenderedInk | None, view: pdfium.PdfPage
) -> PdfPage | UnreadPage:
    if page is None or ink is None:
        return _picture_only_page(number, view)
    size = (number, float(page.width), float(page.height))
    if ink.edge_share < BLANK_INK:  # at once: a file may have thousands of them
        return PdfPage(*size, "scan", kind=PageKind.BLANK, reason=NO_INK)
    shapes = extract_shapes(page)
    strokes = [(rule.x0, rule.top, rule.x1, rule.bottom) for rule, _ in shapes.strokes]
    ink_without_rulings = ink.erase_boxes(strokes)
    visible_text = split_visible_words(
        build_words(page.painted_chars),
        page,
        ink_without_rulings,
        lambda: render_ink(view, size[1], size[2], FINE_SCALE).erase_boxes(strokes),
        [(box, order) for box, _, order in shapes.areas],
    )
    turn = find_page_turn(visible_text.printed)
    kind, reason = classify_page(_collect_evidence(page, visible_text, ink, ink_without_rulings, turn))
    if kind is not PageKind.DIGITAL:
        return PdfPage(*size, "scan", kind=kind, reason=reason)
    text_words, marks = split_footnote_marks([word for word in visible_text.printed if word.turn >= 0])
    slanted_words = [word for word in visible_text.printed if word.turn < 0]
    printed_page = PdfPage(
        *size,
        "digital",
        words=_printed_words(text_words, number, join_letters=True),
        rulings=merge_rulings(_visible_rulings(shapes, ink)),
        fills=shaded_areas(shapes.areas, size[1], size[2]),
        kind=kind,
        reason=reason,
        pictures=() if turn else _visible_pictures(page.painted_images, ink),
        excluded_words=_printed_words([*slanted_words, *marks], number),
        hidden_words=_printed_words(visible_text.hidden, number),
    )
    return turn_page_upright(printed_page, turn)


def _picture_only_page(number: int, view: pdfium.PdfPage) -> PdfPage | UnreadPage:
    """A page whose contents cannot be followed, but that a viewer shows all the same."""
    width, height = view.get_size()
    if not (1 <= width <= LARGEST_PAGE_SIDE and 1 <= height <= LARGEST_PAGE_SIDE):
        return _too_large_page(number)
    if not render_ink(view, width, height).edge_share:
        return _damaged_page(number)
    reason = "its contents are broken, but a viewer shows it"
    return PdfPage(number, width, height, "scan", kind=PageKind.SCAN, reason=reason)


def _collect_evidence(
    page: PaintedPage,
    visible_text: VisibleText,
    ink: RenderedInk,
    ink_without_rulings: RenderedInk,
    turn: int,
) -> PageEvidence:
    return PageEvidence(
        printed_words=[word.text for word in visible_text.printed],
        hidden_words=len(visible_text.hidden),
        invisible_glyphs=page.invisible_count,
        pictures=[object_box(image) for image in page.painted_images],
        ink_share=ink.edge_share,
        unexplained_share=ink_without_rulings.edge_share,
        size=(float(page.width), float(page.height)),
        is_turned=turn > 0,
    )


def _visible_rulings(shapes: PathShapes, ink: RenderedInk) -> list[Ruling]:
    """The strokes that show: white ones only where ink betrays a darker ground."""
    if not shapes.strokes:
        return []
    counts = ink.count_edges([(r.x0, r.top, r.x1, r.bottom) for r, _ in shapes.strokes], margin=1)
    return [
        rule
        for (rule, light), count in zip(shapes.strokes, counts.tolist(), strict=True)
        if count > (0 if light is None or light < WHITE_LUMINANCE else rule.length * ink.x_scale / 2)
    ]


def _visible_pictures(images: Sequence[PaintedImage], ink: RenderedInk) -> tuple[Box, ...]:
    least_width, least_height = SMALLEST_PICTURE
    boxes = {
        object_box(image): None
        for image in images
        if image["width"] >= least_width and image["height"] >= least_height
    }
    return tuple(box for box, count in zip(boxes, ink.count_edges(list(boxes)), strict=True) if count)


def _printed_words(
    words: Sequence[TextRun], number: int, join_letters: bool = False
) -> tuple[PrintedWord, ...]:
    return tuple(
        PrintedWord(word.text, _word_ref(word, number), word.box, word.size, word.is_bold, word.turn)
        for word in (join_spaced_letters(words) if join_letters else words)
    )


def _word_ref(word: TextRun, number: int) -> WordRef:
    return create_word_ref(PrintedPlace(number, word.box, confidence=word.named_share))
