"""Extractors: a file becomes a ``Decree``, what is printed in it and where."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from extractors.errors import ReadError, Status

if TYPE_CHECKING:
    from extractors.record import Decree

ENDINGS = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
"""File endings that can be read, and their media types."""


def read(path: Path | str) -> Decree:
    """The record of a file.

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
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Decree:
    """The record of a file's bytes; ``name`` is its file name (its ending tells the media type).

    Raises:
        ReadError: see ``read``.
    """
    from extractors.parse import parse  # heavy: spaCy
    from extractors.text import read_text

    pages = read_text(data)
    return parse(
        pages,
        {
            "sha256": hashlib.sha256(data).hexdigest(),
            "name": PurePath(name).name,
            "media_type": ENDINGS.get(PurePath(name).suffix.lower(), "text/plain"),
            "pages": None,
            "origin": "text",
        },
    )


__all__ = ["ENDINGS", "ReadError", "Status", "read", "read_bytes"]
