"""Reader for OCR'd text: plain text, Markdown, HTML and the mixtures that OCR engines emit."""

from __future__ import annotations

from extractors.errors import ReadError, ReadStatus
from extractors.model.page import Page
from extractors.text.encoding import decode_text
from extractors.text.text_blocks import parse_blocks


def read_text(data: bytes) -> list[Page]:
    """Return the document as one page without a number; its words know the lines they stand on.

    Raises:
        ReadError: ``empty``, ``too-large`` or ``unsupported`` (the bytes are no text).
    """
    page_blocks = tuple(parse_blocks(decode_text(data)))
    if not page_blocks:
        raise ReadError(
            ReadStatus.EMPTY, "The file holds markup without any text.", "Export the decree again."
        )
    return [Page(page_blocks)]
