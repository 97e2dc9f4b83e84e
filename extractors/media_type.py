"""What a file is, by its first bytes; its ending may lie."""

from __future__ import annotations

import re
from pathlib import PurePath

from extractors.own_outputs import is_record

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = "application/vnd.comicbook+zip"
"""Several pictures as one document."""
RECORD = "application/json"
OFFICE_TYPES = (WORD, SHEET)
TEXT_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
IMAGE_SIGNATURES = {
    "image/png": (b"\x89PNG\r\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
}
PAGED_TYPES = frozenset((PDF, PICTURES, *IMAGE_SIGNATURES))
"""Documents that are read page by page."""
_OFFICE_ENDINGS = {
    ".docx": WORD,
    ".docm": WORD,
    ".dotx": WORD,
    ".xlsx": SHEET,
    ".xlsm": SHEET,
    ".xltx": SHEET,
}
_OFFICE_PARTS = {b"word/document": WORD, b"xl/workbook": SHEET}
"""Names of the main parts, as the archive's directory holds them."""
_ZIP_SIGNATURE = b"PK\x03\x04"
_ZIP_HEADER = 30
"""Bytes before the name of an archive's first entry."""
FILE_ENDINGS = frozenset(
    {
        *TEXT_TYPES,
        *_OFFICE_ENDINGS,
        ".json",
        ".text",
        ".markdown",
        ".pdf",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
    }
)
"""File endings that a folder is searched for."""

_PDF_LEAD = 1024
"""Bytes before a PDF's mark that viewers put up with."""


_PDF_MARK = re.compile(rb"\s*(?:\xef\xbb\xbf)?%PDF-|.*?%PDF-[0-9]", re.DOTALL)
"""At the beginning, or with its version behind whatever a mail or a server put before it."""
_PDF_OBJECT = re.compile(rb"(?:^|[\r\n])\s*[0-9]{1,6} [0-9]{1,5} obj\b")
_ARCHIVE_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
"""What other files begin with in which a PDF may lie: archives, Office files."""


def detect_media_type(data: bytes, name: str) -> str:
    """The media type of a file: by its bytes for PDFs and images, by its ending among texts."""
    if _is_pdf(data, name):
        return PDF
    for kind, marks in IMAGE_SIGNATURES.items():
        if data.startswith(marks):
            return kind
    if data.startswith(_ZIP_SIGNATURE) and data[_ZIP_HEADER:].startswith(f"mimetype{PICTURES}".encode()):
        return PICTURES
    if is_record(data):
        return RECORD
    if data.startswith(_ZIP_SIGNATURE) and (office_type := _office_type(data, name)):
        return office_type
    return TEXT_TYPES.get(PurePath(name).suffix.lower(), "text/plain")


def _office_type(data: bytes, name: str) -> str | None:
    """Return the media type of an Office file: by the parts in it, else by its ending."""
    for part, kind in _OFFICE_PARTS.items():
        if part in data:
            return kind
    return _OFFICE_ENDINGS.get(PurePath(name).suffix.lower())


def _is_pdf(data: bytes, name: str) -> bool:
    if data.startswith(_ARCHIVE_SIGNATURES):
        return False
    if _PDF_MARK.match(data[:_PDF_LEAD]):
        return True
    return name.lower().endswith(".pdf") and _PDF_OBJECT.search(data[: 4 * _PDF_LEAD]) is not None
