"""What a file is, by its first bytes; its ending may lie."""

from __future__ import annotations

from pathlib import PurePath

PDF = "application/pdf"
TEXTS = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
IMAGES = {
    "image/png": (b"\x89PNG\r\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
}
ENDINGS = frozenset({*TEXTS, ".text", ".markdown", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
"""File endings that a folder is searched for."""

_LEAD = 1024
"""Bytes before a PDF's mark that viewers put up with."""


def media_type(data: bytes, name: str) -> str:
    """The media type of a file: by its bytes for PDFs and images, by its ending among texts."""
    if b"%PDF-" in data[:_LEAD]:
        return PDF
    for kind, marks in IMAGES.items():
        if data.startswith(marks):
            return kind
    return TEXTS.get(PurePath(name).suffix.lower(), "text/plain")
