"""Extractors: a file becomes a ``Decree``, what is printed in it and where."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from extractors.errors import ReadError, Status

if TYPE_CHECKING:
    from extractors.record import Decree


def read(path: Path | str, password: str | None = None) -> Decree:
    """The record of a file; ``password`` opens an encrypted PDF.

    Raises:
        ReadError: the file gives no record; ``status`` says why, ``mend`` what to do.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(Status.MISSING, "There is no such file.", "Check the name.") from None
    except IsADirectoryError:
        raise ReadError(Status.DIRECTORY, "This is a folder, not a file.", "Give the files in it.") from None
    except PermissionError:
        raise ReadError(
            Status.NO_PERMISSION, "The file may not be read.", "Ask for the right to read it."
        ) from None
    except OSError as error:
        raise ReadError(
            Status.UNREADABLE, f"The file cannot be read: {error.strerror}.", "Copy it anew."
        ) from None
    return read_bytes(data, path.name, password)


def read_bytes(data: bytes, name: str, password: str | None = None) -> Decree:
    """The record of a file's bytes; ``name`` is its file name. What it is, its first bytes tell.

    Raises:
        ReadError: see ``read``.
    """
    from extractors import kinds
    from extractors.parse import parse  # heavy: spaCy

    kind = kinds.media_type(data, name)
    document = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": PurePath(name).name,
        "media_type": kind,
    }
    if kind != kinds.PDF and kind not in kinds.IMAGES:
        from extractors.text import read_text

        return parse(read_text(data), {**document, "pages": None, "origin": "text"})
    from extractors import paged  # heavy: pdfplumber, OpenCV, OCR

    paper = paged.read_pdf(data, password) if kind == kinds.PDF else paged.read_images(data)
    decree = parse(paper.pages, {**document, "pages": paper.count, "origin": paper.origin})
    return _with_unread(decree, paper.unread)


def _with_unread(decree: Decree, unread: list[tuple[int, str, str]]) -> Decree:
    """The record with a note on each page that could not be read."""
    from extractors.record import Note

    for number, status, message in unread:
        decree.notes.append(
            Note(code="page-unread", message=f"Page {number} ({status}): {message}", pointer="")
        )
    return decree


__all__ = ["ReadError", "Status", "read", "read_bytes"]
