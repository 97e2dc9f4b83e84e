"""Pages as a viewer shows them: the pictures that boxes of a record lie on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import pypdfium2 as pdfium
from PIL import Image
from PIL.Image import Image as Picture

from extractors import media_type
from extractors.errors import ReadError
from extractors.ocr import open_images
from extractors.picture_archive import extract_pictures

LARGEST_RENDERED_SIDE = 3400
"""Points; a page that is larger is no paper, and drawing it would take the machine's memory."""


def has_pages(data: bytes, name: str) -> bool:
    """Return whether a file is of pages: a PDF or pictures. Texts and office files have none."""
    return media_type.detect_media_type(data, name) in media_type.PAGED_TYPES


def render_pages(
    data: bytes, name: str, dpi: int, wanted: Container[int] | None = None, password: str | None = None
) -> Iterator[tuple[int, Picture | None]]:
    """Yield the pages of a PDF or an image file as pictures in RGB, one at a time, numbered from 1.

    ``wanted``: the numbers to draw; all where none are given. A page that cannot be drawn comes as None.
    """
    kind = media_type.detect_media_type(data, name)
    if kind == media_type.PDF:
        return _render_pdf(data, dpi, wanted, password)
    return _render_images(extract_pictures(data) if kind == media_type.PICTURES else [data], dpi, wanted)


def _render_pdf(
    data: bytes, dpi: int, wanted: Container[int] | None, password: str | None
) -> Iterator[tuple[int, Picture | None]]:
    document = pdfium.PdfDocument(data, password=password)
    try:
        for number in range(1, len(document) + 1):
            if wanted is None or number in wanted:
                yield number, _render_pdf_page(document, number, dpi)
    finally:
        document.close()


def _render_pdf_page(document: pdfium.PdfDocument, number: int, dpi: int) -> Picture | None:
    try:
        page = document[number - 1]
        if max(page.get_size()) > LARGEST_RENDERED_SIDE:
            return None
        picture: Picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
        page.close()
    except pdfium.PdfiumError:
        return None
    return picture


def _render_images(
    files: Iterable[bytes], dpi: int, wanted: Container[int] | None
) -> Iterator[tuple[int, Picture | None]]:
    images = (decoded for data in files for decoded in open_images(data))
    for number, decoded in enumerate(images, start=1):
        if wanted is not None and number not in wanted:
            continue
        if isinstance(decoded, ReadError):
            yield number, None
            continue
        pixels, image_dpi = decoded
        height, width = (max(1, round(side * dpi / image_dpi)) for side in pixels.shape[:2])
        yield number, Image.fromarray(pixels).resize((width, height))
