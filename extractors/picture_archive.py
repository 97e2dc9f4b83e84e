"""Several pictures as one document: an archive that keeps them in order (a page a picture)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractors.errors import ReadError, ReadStatus
from extractors.media_type import IMAGE_SIGNATURES, PICTURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_ARCHIVE_BYTES = 2**29
"""Bytes of all pictures of one document."""
MAX_PICTURES = 2000
_TYPE_ENTRY = "mimetype"
_DIGITS = re.compile(r"(\d+)")


def combine_pictures(pictures: Sequence[bytes]) -> bytes:
    """Return pictures as the bytes of one document, a page a picture. The same pictures give the same bytes.

    Raises:
        ReadError: ``unsupported``: one of them is not a PNG, JPEG or TIFF picture.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(_TYPE_ENTRY), PICTURES)
        for number, data in enumerate(pictures, start=1):
            if not data.startswith(tuple(mark for marks in IMAGE_SIGNATURES.values() for mark in marks)):
                raise ReadError(
                    ReadStatus.UNSUPPORTED,
                    f"File {number} of the list is not a PNG, JPEG or TIFF picture.",
                    "Give pictures alone, or leave out --as-one.",
                )
            archive.writestr(zipfile.ZipInfo(f"{number:04}"), data)
    return buffer.getvalue()


def extract_pictures(data: bytes) -> Iterator[bytes]:
    """Yield the pictures of a document that ``combine_pictures`` made, in order.

    Raises:
        ReadError: ``damaged`` or ``too-large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename != _TYPE_ENTRY]
            if len(entries) > MAX_PICTURES or sum(entry.file_size for entry in entries) > MAX_ARCHIVE_BYTES:
                raise ReadError(
                    ReadStatus.TOO_LARGE,
                    "The document has more pictures than are read.",
                    "Give the pages with the decree alone.",
                )
            for entry in entries:
                yield archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        raise ReadError(
            ReadStatus.DAMAGED, "The archive of pictures is broken.", "Give the pictures again."
        ) from None


def natural_order(path: PurePath) -> tuple[object, ...]:
    """Return a key that sorts names by the numbers in them: ``hal 2`` before ``hal 10``."""
    parts = _DIGITS.split(path.name.casefold())
    return (
        path.parent.as_posix(),
        *((int(part[:18]), "") if part.isdigit() else (-1, part) for part in parts),
    )
