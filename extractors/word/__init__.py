"""Reader for Word documents (.docx): the body in order, and what the file holds beside its printed text."""

from __future__ import annotations

from extractors.errors import ReadError, ReadStatus
from extractors.model.page import Page
from extractors.office_package import OfficePackage
from extractors.word.word_document import WordDocument


def read_word(data: bytes) -> list[Page]:
    """Return the document as one page without a number; its words know their paragraph or cell.

    Raises:
        ReadError: ``damaged``, ``empty``, ``encrypted``, ``too-large`` or ``unsupported``.
    """
    page = WordDocument(OfficePackage(data)).read_page()
    if not page.blocks:
        raise ReadError(
            ReadStatus.EMPTY, "The document holds no text.", "Give the document that holds the decree."
        )
    return [page]
