"""Reader for OCR'd text: plain text, Markdown, HTML and the mixtures that OCR engines emit."""

from __future__ import annotations

from extractors.errors import ReadError, Status
from extractors.page import Page
from extractors.text.blocks import blocks
from extractors.text.decode import decode


def read_text(data: bytes) -> list[Page]:
    """The document as one page without a number; its words know the lines they stand on.

    Raises:
        ReadError: ``empty``, ``too-large`` or ``unsupported`` (the bytes are no text).
    """
    read = tuple(blocks(decode(data)))
    if not read:
        raise ReadError(Status.EMPTY, "The file holds markup without any text.", "Export the decree again.")
    return [Page(read)]
