"""Reader for OCR'd text: plain text, Markdown, HTML and the mixtures that OCR engines emit."""

from __future__ import annotations

from extractors.page import Page
from extractors.text.blocks import blocks
from extractors.text.decode import decode


def read_text(data: bytes) -> list[Page]:
    """The document as one page without a number; its words know the lines they stand on.

    Raises:
        ReadError: ``empty``, ``too-large`` or ``unsupported`` (the bytes are no text).
    """
    return [Page(tuple(blocks(decode(data))))]
