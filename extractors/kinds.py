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
UNREAD = {
    "HEIC": (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif"),
    "WebP": (b"WEBPVP8",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "BMP": (b"BM",),
}
"""Pictures that are not read, by marks near their beginning (of a BMP, at it)."""
ENDINGS = frozenset({*TEXTS, ".text", ".markdown", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
"""File endings that a folder is searched for."""

_LEAD = 1024
"""Bytes before a PDF's mark that viewers put up with."""


def unread_picture(data: bytes) -> str | None:
    """The name of a picture's format that is not read."""
    for name, marks in UNREAD.items():
        if name == "BMP":
            if data[:2] == b"BM" and data[6:10] == bytes(4):
                return name
        elif any(mark in data[:16] for mark in marks):
            return name
    return None


def media_type(data: bytes, name: str) -> str:
    """The media type of a file: by its bytes for PDFs and images, by its ending among texts."""
    if b"%PDF-" in data[:_LEAD]:
        return PDF
    for kind, marks in IMAGES.items():
        if data.startswith(marks):
            return kind
    return TEXTS.get(PurePath(name).suffix.lower(), "text/plain")
