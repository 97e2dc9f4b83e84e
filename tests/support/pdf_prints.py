"""PDFs drawn for the tests of the PDF reader: one function a page, points from the top left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.pdf import PdfPage, UnreadPage, read_pdf_pages

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = A4


def printed(*pages: Draw, size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF of these pages."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, **options)
    for draw in pages:
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(x: float, y: float, words: str, **look: float) -> Draw:
    """Words at a place (the baseline's height from the top)."""

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(x, HEIGHT - y)
        line.setFillGray(look.get("grey", 0))
        line.setTextRenderMode(int(look.get("mode", 0)))
        line.setCharSpace(look.get("spacing", 0))
        line.setFont("Helvetica", look.get("size", 12))
        line.textOut(words)
        canvas.saveState()
        canvas.drawText(line)
        canvas.restoreState()

    return draw


def together(*draws: Draw) -> Draw:
    """Several things on one page."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def pages_of(data: bytes, password: str | None = None) -> list[PdfPage]:
    """The pages read; each must be readable."""
    pages = list(read_pdf_pages(data, password))
    assert not [page for page in pages if isinstance(page, UnreadPage)]
    return [page for page in pages if isinstance(page, PdfPage)]


def page_of(*draws: Draw) -> PdfPage:
    """One page with all of that, read."""
    (page,) = pages_of(printed(together(*draws)))
    return page


def words_of(page: PdfPage) -> list[str]:
    """Its printed words."""
    return [word.text for word in page.words]


def hidden_in(page: PdfPage) -> list[str]:
    """Its words that are not printed."""
    return [word.text for word in page.hidden_words]


def drained(pages: Iterator[PdfPage | UnreadPage]) -> tuple[list[PdfPage | UnreadPage], Exception | None]:
    """All that comes before an error, and the error."""
    out: list[PdfPage | UnreadPage] = []
    try:
        out.extend(pages)
    except Exception as error:
        return out, error
    return out, None
