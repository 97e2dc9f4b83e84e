"""Documents on pages: pictures behind and within print, blank pages, pages that fail."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import extractors
import pipeline
from extractors import ReadError, ocr, page_reader

TITLES = ("No", "Sasaran", "Indikator Kinerja", "Formula")
CELLS = ("1", "Meningkatnya tertib desa", "Persentase desa tertib", "Jumlah desa tertib / Jumlah desa")
EDGES = (50, 80, 220, 360, 545)


def table(canvas: Canvas) -> None:
    """A ruled table of one indicator."""
    canvas.setFont("Helvetica", 8)
    for y in (500, 520, 540):
        canvas.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES:
        canvas.line(x, 500, x, 540)
    for x, title, cell in zip(EDGES, TITLES, CELLS, strict=False):
        canvas.drawString(x + 4, 526, title)
        canvas.drawString(x + 4, 506, cell)


def words(paper: page_reader.PagedDocument) -> list[str]:
    out: list[str] = []
    for page in paper.pages:
        for block in page.blocks:
            lines = (
                [block.text]
                if hasattr(block, "text")
                else [line.text for row in block.rows for cell in row for line in cell.lines]
            )
            out += [word for line in lines for word in line.text.split()]
    return out


def pdf(*, watermark: bool) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    if watermark:
        picture = Image.new("RGB", (500, 500), "white")
        ImageDraw.Draw(picture).ellipse((50, 50, 450, 450), outline=(225, 225, 235), width=20)
        canvas.drawImage(ImageReader(picture), 150, 400, 250, 250)
    canvas.drawString(50, 700, "INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH")
    table(canvas)
    canvas.save()
    return out.getvalue()


def test_a_picture_behind_the_print_adds_no_words() -> None:
    assert sorted(words(page_reader.read_pdf(pdf(watermark=True)))) == sorted(
        words(page_reader.read_pdf(pdf(watermark=False)))
    )


@pytest.mark.ocr
def test_a_table_pasted_as_a_picture_is_read() -> None:
    pasted = io.BytesIO()
    drawn = Canvas(pasted, pagesize=(595, 842))
    table(drawn)
    drawn.save()
    import pypdfium2 as pdfium

    whole = pdfium.PdfDocument(pasted.getvalue())[0].render(scale=3).to_pil()
    part = whole.crop((40 * 3, (842 - 560) * 3, 555 * 3, (842 - 340) * 3))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for line in range(8):
        canvas.drawString(50, 800 - 16 * line, "Menimbang bahwa kinerja kecamatan perlu diukur setiap tahun")
    canvas.drawImage(ImageReader(part), 40, 340, 515, 220)
    canvas.save()
    found = " ".join(words(page_reader.read_pdf(out.getvalue())))
    assert "Persentase desa tertib" in found
    assert "Menimbang" in found


def test_a_formula_that_stands_as_a_picture_in_a_list_is_read() -> None:
    formula = io.BytesIO()
    drawn = Canvas(formula, pagesize=(595, 842))
    drawn.setFont("Helvetica", 11)
    drawn.drawString(110, 700, "Jumlah desa tertib")
    drawn.line(100, 694, 225, 694)
    drawn.drawString(115, 680, "Jumlah seluruh desa")
    drawn.drawString(232, 691, "x 100%")
    drawn.save()
    import pypdfium2 as pdfium

    whole = pdfium.PdfDocument(formula.getvalue())[0].render(scale=4).to_pil()
    part = whole.crop((95 * 4, (842 - 715) * 4, 280 * 4, (842 - 672) * 4))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawString(50, 720, "Indikator : Persentase desa tertib")
    canvas.drawImage(ImageReader(part), 145, 660, 185, 43)
    canvas.drawString(50, 640, "Sumber data : Laporan seksi pemerintahan")
    canvas.drawImage(ImageReader(Image.new("RGB", (90, 90), "gold")), 280, 760, 45, 45)  # a crest
    canvas.save()
    found = words(page_reader.read_pdf(out.getvalue()))
    assert " ".join(found).index("Jumlah") > " ".join(found).index("Persentase")
    assert {"tertib", "seluruh", "100%"} <= set(found)


@pytest.mark.ocr
def test_words_that_ocr_is_unsure_of_are_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(word: object) -> bool:
        return "KECAMATAN" not in getattr(word, "text", "")

    monkeypatch.setattr("extractors.ocr.page_ocr._is_sure", unsure)
    sample = Path(__file__).parents[2] / "samples" / "pdf" / "sendangmulih-iku-2024.decree.office.pdf"
    decree = pipeline.read(sample)
    told = [note.message for note in decree.notes if note.code == "aside-text"]
    assert told and all("KECAMATAN" in message for message in told)
    coverage = decree.document.coverage
    assert coverage.notes >= len(told)
    assert coverage.words == coverage.fields + coverage.furniture + coverage.notes


def test_a_blank_image_is_empty() -> None:
    out = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(out, "PNG")
    with pytest.raises(ReadError) as caught:
        extractors.read_bytes(out.getvalue(), "kosong.png")
    assert caught.value.status == "empty"


@pytest.mark.ocr
def test_a_page_that_ocr_cannot_be_given_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(image: np.ndarray, dpi: float, number: int) -> ocr.ScannedPage:
        if number == 2:
            raise ValueError("broken pixels")
        return original(image, dpi, number)

    original = ocr.read_image
    monkeypatch.setattr(ocr, "read_image", fails)
    pages = [Image.new("RGB", (620, 877), "white") for _ in range(3)]
    for page in pages:
        ImageDraw.Draw(page).text((60, 100), "KECAMATAN SUKAMULIH", fill="black", font_size=24)
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(75, 75))
    paper = page_reader.read_images([out.getvalue()])
    assert [page.number for page in paper.pages] == [1, 3]
    assert [(number, status) for number, status, *_ in paper.unread] == [(2, "unreadable")]


def sheet(canvas: Canvas) -> None:
    canvas.drawString(50, 700, "INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH")
    table(canvas)


@pytest.mark.ocr
def test_a_digital_page_that_lies_on_its_side_is_turned_upright() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(842, 595))
    canvas.translate(842, 0)
    canvas.rotate(90)
    sheet(canvas)
    canvas.save()
    decree = extractors.read_bytes(out.getvalue(), "rebah.pdf")
    assert [i.name for h in decree.holders for i in h.indicators] == ["Persentase desa tertib"]


def test_what_is_typed_into_a_form_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    sheet(canvas)
    canvas.acroForm.textfield(
        name="ketua", value="CAMAT SUKAMULIH", x=350, y=300, width=180, height=18, fontSize=10, borderWidth=0
    )
    canvas.save()
    found = words(page_reader.read_pdf(out.getvalue()))
    assert {"CAMAT", "SUKAMULIH"} <= set(found[-4:])


@pytest.mark.parametrize(("kind", "name"), [("WEBP", "WebP"), ("GIF", "GIF"), ("BMP", "BMP")])
def test_a_picture_that_is_not_read_is_called_by_its_name(kind: str, name: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, kind)
    with pytest.raises(ReadError, match=f"This is a {name} picture") as caught:
        extractors.read_bytes(out.getvalue(), "halaman.jpg")
    assert caught.value.status == "unsupported"
