"""Extractors: a file becomes a ``Decree``, what is printed in it and where."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from extractors.errors import ReadError, Status

if TYPE_CHECKING:
    from extractors.paged import Paper
    from extractors.parse import Parsed
    from extractors.parse.covering import Trace
    from extractors.record import Decree

_HEAD = 4096
"""Bytes that tell what a file is."""


def read(path: Path | str, password: str | None = None) -> Decree:
    """The record of a file; ``password`` opens an encrypted PDF.

    Raises:
        ReadError: the file gives no record; ``status`` says why, ``mend`` what to do.
    """
    path = Path(path)
    return read_bytes(content(path), path.name, password)


def content(path: Path) -> bytes:
    """A file's bytes, no more than ``at_most`` reads of it.

    Raises:
        ReadError: there is no such file, it may not be read, or it is none (a device, a pipe).
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise ReadError(
                Status.UNSUPPORTED,
                "This is no regular file but a device, a pipe or a socket: it may never end.",
                "Save what it gives to a file and give that.",
            )
        with path.open("rb") as stream:
            return at_most(stream, path.name)
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


def at_most(stream: BinaryIO, name: str) -> bytes:
    """What a stream gives, up to one byte more than is read of its kind: so much is refused as too large."""
    from extractors import kinds

    head = stream.read(_HEAD)
    return head + stream.read(_largest(kinds.media_type(head, name)) + 1 - len(head))


def _largest(kind: str) -> int:
    """Bytes of a file that are read."""
    from extractors import kinds

    if kind == kinds.PDF or kind in kinds.IMAGES:
        from extractors.pdf.opening import LARGEST as LARGEST_PAPER  # heavy: pdfminer

        return LARGEST_PAPER
    from extractors.text.decode import LARGEST as LARGEST_TEXT

    return LARGEST_TEXT


def read_bytes(data: bytes, name: str, password: str | None = None) -> Decree:
    """The record of a file's bytes; ``name`` is its file name. What it is, its first bytes tell.

    Raises:
        ReadError: see ``read``.
    """
    parsed, _, paper = _parsed(data, name, password)
    return _with_paper(parsed.decree(), paper)


def read_traced(data: bytes, name: str, password: str | None = None) -> tuple[Decree, Trace]:
    """The record of a file's bytes, and what each printed word was read as (for ``overlay.draw``).

    Raises:
        ReadError: see ``read``.
    """
    parsed, trace, paper = _parsed(data, name, password, tracing=True)
    return _with_paper(parsed.decree(), paper), trace


def _parsed(
    data: bytes, name: str, password: str | None, *, tracing: bool = False
) -> tuple[Parsed, Trace, Paper | None]:
    """The record's values, what each word was read as, and the pages, where it has any."""
    from extractors import kinds
    from extractors.parse import parse  # heavy: spaCy

    kind = kinds.media_type(data, name)
    document = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": PurePath(name).name,
        "media_type": kind,
    }
    if kind != kinds.PDF and kind not in kinds.IMAGES:
        if picture := kinds.unread_picture(data):
            raise ReadError(
                Status.UNSUPPORTED, f"This is a {picture} picture.", "Save it as JPEG, PNG, TIFF or PDF."
            )
        from extractors.text import read_text

        pages = read_text(data)
        return *parse(pages, {**document, "pages": None, "origin": "text"}, tracing=tracing), None
    from extractors import paged  # heavy: pdfminer, OpenCV, OCR

    if kind in kinds.IMAGES and len(data) > _largest(kind):
        raise ReadError(
            Status.TOO_LARGE,
            f"The image has more than {_largest(kind) // 2**20} MB.",
            "Scan the decree with fewer dots per inch.",
        )
    paper = paged.read_pdf(data, password) if kind == kinds.PDF else paged.read_images(data)
    try:
        told = {**document, "pages": paper.count, "origin": paper.origin}
        parsed, trace = parse(paper.turned(), told, tracing=tracing)
    except ReadError as error:
        if not paper.unread:
            raise
        number, status, message = paper.unread[0]
        both = f"{error.message} Page {number} could not be read ({status}): {message}"
        raise ReadError(error.status, both, error.mend) from None
    return parsed, trace, paper


def _with_paper(decree: Decree, paper: Paper | None) -> Decree:
    """The record with what its pages tell: how many were read by OCR, and a note on each unread one."""
    from extractors import unread

    if paper is None:
        return decree
    decree.document._scanned = paper.scanned
    decree.notes += (unread.note(*page) for page in paper.unread)
    return decree


__all__ = ["ReadError", "Status", "at_most", "content", "read", "read_bytes", "read_traced"]
