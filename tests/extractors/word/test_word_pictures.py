"""Pictures in Word documents: those that may hold text are read, others are told of or left alone."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.model.page import Page
from extractors.word import read_word
from samples.office_files.package import zip_parts
from samples.office_files.word_file import paragraph, word_file
from tests.support.office_pages import line_texts

FORMULA = "Jumlah desa tertib / Jumlah desa x 100%"


def read_with_picture(picture: bytes, width: int, height: int, name: str = "image1.png") -> Page:
    """The page of a document with one picture, so many points wide and high."""
    drawing = (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 12700}" cy="{height * 12700}"/>'
        '<a:blip r:embed="rIdGambar"/></wp:inline></w:drawing></w:r>'
    )
    data = word_file(paragraph("Rumus") + paragraph(drawing), external={"rIdGambar": f"media/{name}"})
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {
        entry: archive.read(entry).replace(b' TargetMode="External"', b"") for entry in archive.namelist()
    }
    [page] = read_word(zip_parts({**parts, f"word/media/{name}": picture}))
    return page


def drawn_text(text: str) -> bytes:
    image = Image.new("RGB", (1100, 130), "white")
    ImageDraw.Draw(image).text((20, 30), text, fill="black", font=ImageFont.load_default(size=46))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(200, 200))
    return buffer.getvalue()


@pytest.mark.ocr
def test_a_wide_picture_of_a_formula_is_read() -> None:
    page = read_with_picture(drawn_text(FORMULA), 400, 47)
    assert line_texts(page) == ["Rumus", FORMULA]


def test_a_crest_is_left_alone() -> None:
    page = read_with_picture(b"tak pernah dibuka", 50, 60)
    assert line_texts(page) == ["Rumus"]
    assert page.asides == ()


@pytest.mark.parametrize(("picture", "name"), [(b"rusak", "image1.png"), (b"\xd7\xcd\xc6\x9a", "image1.wmf")])
def test_a_picture_that_cannot_be_read_is_told_of(picture: bytes, name: str) -> None:
    page = read_with_picture(picture, 400, 47, name)
    assert [(aside.reason.value, aside.detail) for aside in page.asides] == [("picture-unread", name)]
