"""Which pages are read by their layer, which by OCR."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.pdf import PageKind, PdfPage, needs_ocr, read_pdf_pages
from extractors.pdf.page_classifier import MOST_GARBAGE, covered_share, garbage_share
from tests.support.pdf_prints import HEIGHT, WIDTH, Draw, page_of, pages_of, printed, text, words_of

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
LINES = [f"Persentase desa yang menyelesaikan laporan nomor {n} tepat waktu" for n in range(20)]
BODY = [text(50, 80 + 20 * n, line) for n, line in enumerate(LINES)]


def picture(x: float, y: float, wide: float, high: float) -> Draw:
    """A picture with some writing in it."""
    image = Image.new("RGB", (400, 400), "white")
    pen = ImageDraw.Draw(image)
    for line in range(10, 390, 20):
        pen.text((20, line), "Jumlah laporan yang disusun", fill="black")
    return lambda canvas: canvas.drawImage(ImageReader(image), x, HEIGHT - y - high, wide, high)


def test_a_page_of_words_is_digital() -> None:
    assert page_of(*BODY).kind is PageKind.DIGITAL


def test_a_picture_of_a_page_is_a_scan() -> None:
    page = page_of(picture(0, 0, WIDTH, HEIGHT))
    assert page.kind is PageKind.SCAN
    assert needs_ocr(page)
    assert page.origin == "scan"


def test_strips_that_make_up_a_page_are_a_scan() -> None:
    strips = [picture(0, n * HEIGHT / 8, WIDTH, HEIGHT / 8) for n in range(8)]
    assert page_of(*strips).kind is PageKind.SCAN


@pytest.mark.parametrize("under", [True, False])
def test_the_layer_of_an_earlier_ocr_is_not_trusted(under: bool) -> None:
    layer = [text(50, 80 + 20 * n, line, mode=3 * (not under)) for n, line in enumerate(LINES)]
    scan = picture(0, 0, WIDTH, HEIGHT)
    page = page_of(*layer, scan) if under else page_of(scan, *layer)
    assert page.kind is PageKind.SCAN
    assert not page.words


def test_a_scan_with_a_printed_footer_is_a_scan() -> None:
    footer = text(50, 820, "Dokumen ini ditandatangani secara elektronik")
    assert page_of(picture(0, 0, WIDTH, HEIGHT), footer).kind is PageKind.SCAN


def test_words_on_a_patterned_paper_are_digital() -> None:
    page = page_of(picture(0, 0, WIDTH, HEIGHT), *BODY)
    assert page.kind is PageKind.DIGITAL
    assert len(page.words) > 100


def test_a_formula_as_picture_is_told() -> None:
    page = page_of(*BODY, picture(300, 600, 100, 30))
    assert page.kind is PageKind.DIGITAL
    (box,) = page.pictures
    assert box == pytest.approx((300, 600, 400, 630), abs=0.5)


def test_an_empty_table_is_digital_and_blank_paper_blank() -> None:
    def grid(canvas: Canvas) -> None:
        canvas.grid([50, 200, 400], [300, 500, 700])

    pages = pages_of(printed(grid, lambda _: None, *BODY[:1]))
    assert [page.kind for page in pages] == [PageKind.DIGITAL, PageKind.BLANK, PageKind.DIGITAL]
    assert pages[0].rulings


def test_a_mixed_file_is_decided_page_by_page() -> None:
    pages = pages_of(printed(BODY[0], picture(0, 0, WIDTH, HEIGHT), BODY[1]))
    assert [needs_ocr(page) for page in pages] == [False, True, False]


def test_words_of_decrees_are_no_garbage() -> None:
    words = (
        " ".join(LINES).split() + "DPRD SKPD NIP. 197001011995011999 188.4/12/35.07/2022 e-KTP (dst.)".split()
    )
    words += ["100%", "2024-2026;", "dan/atau", "ke-2", "x100%", "Rp1.000,00", "http://www.desa.go.id"]
    assert garbage_share(words) < 0.02


@pytest.mark.parametrize("shift", [3, 29])
def test_a_layer_of_shifted_letters_is_garbage(shift: int) -> None:
    words = ["".join(chr(33 + (ord(c) - 33 - shift) % 90) for c in word) for word in " ".join(LINES).split()]
    assert garbage_share(words) > MOST_GARBAGE


def test_a_layer_without_letters_is_garbage() -> None:
    assert garbage_share(["\ufffd\ufffd\ufffd"] * 10) == 1


def test_boxes_that_overlap_are_counted_once() -> None:
    assert covered_share([(0, 0, 50, 100), (0, 0, 50, 100)], 100, 100) == pytest.approx(0.5, abs=0.02)


def _corpus() -> list[Path]:
    return sorted((CORPUS / "pdf").glob("*.pdf")) if CORPUS.exists() else []


@pytest.mark.slow
@pytest.mark.skipif(not _corpus(), reason="the corpus of decrees is not here")
def test_the_corpus_is_told_apart() -> None:
    for path in _corpus():
        kind = PageKind.DIGITAL if path.name.count(".") == 2 else PageKind.SCAN
        pages = list(read_pdf_pages(path.read_bytes()))
        assert {page.kind if isinstance(page, PdfPage) else None for page in pages} == {kind}, path.name


@pytest.mark.skipif(not _corpus(), reason="the corpus of decrees is not here")
def test_the_hidden_table_of_the_real_decree_is_hidden() -> None:
    (path,) = (CORPUS / "real").glob("*.pdf")
    pages = [page for page in read_pdf_pages(path.read_bytes()) if isinstance(page, PdfPage)]
    assert len(pages) == 5
    third = pages[2]
    assert len(third.hidden_words) == 23
    assert len(third.rulings) == 1  # under the signatory's name; the hidden table's are hidden
    assert not third.fills
    assert "TENTANG" in words_of(pages[0])
