"""Extractors: a file becomes a ``Decree``, what is printed in it and where."""

from __future__ import annotations

import hashlib
import io
import stat
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from extractors.errors import ReadError, ReadStatus
from extractors.file_names import printable_name

if TYPE_CHECKING:
    from extractors.model.page import Page
    from extractors.model.record import Decree
    from extractors.page_reader import PagedDocument
    from extractors.parser import ParsedRecord
    from extractors.parser.coverage import WordTrace

_HEAD_BYTES = 4096
"""Bytes from which the file type is detected."""


def read_content(path: Path) -> bytes:
    """Return a file's bytes, at most one more than the limit of its type.

    Raises:
        ReadError: the file does not exist, may not be read, or is not a regular file (a device, a pipe).
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise ReadError(
                ReadStatus.UNSUPPORTED,
                "This is not a regular file but a device, a pipe or a socket.",
                "Save its content to a file and give that file.",
            )
        with path.open("rb") as stream:
            return read_limited(stream, path.name)
    except FileNotFoundError:
        raise ReadError(ReadStatus.MISSING, "There is no such file.", "Check the name.") from None
    except IsADirectoryError:
        raise ReadError(
            ReadStatus.DIRECTORY, "This is a folder, not a file.", "Give the files in it."
        ) from None
    except PermissionError:
        raise ReadError(
            ReadStatus.NO_PERMISSION, "The file may not be read.", "Ask for the right to read it."
        ) from None
    except OSError as error:
        raise ReadError(
            ReadStatus.UNREADABLE, f"The file cannot be read: {error.strerror}.", "Copy the file again."
        ) from None


def read_limited(stream: BinaryIO, name: str) -> bytes:
    """Return the bytes of a stream, at most one more than the limit of its type: that many are rejected."""
    from extractors import media_type

    head = stream.read(_HEAD_BYTES)
    return head + stream.read(_size_limit(media_type.detect_media_type(head, name)) + 1 - len(head))


def _size_limit(kind: str) -> int:
    """Return the number of bytes that a file of this type may have."""
    from extractors import media_type

    if kind == media_type.RECORD:
        from extractors.record_file import MAX_RECORD_BYTES

        return MAX_RECORD_BYTES
    if kind in media_type.OFFICE_TYPES:
        from extractors.office_package import MAX_FILE_BYTES

        return MAX_FILE_BYTES
    if kind in media_type.PAGED_TYPES:
        from extractors.pdf.document import LARGEST_PDF as LARGEST_PAPER  # heavy: pdfminer

        return LARGEST_PAPER
    from extractors.text.encoding import MAX_TEXT_BYTES as LARGEST_TEXT

    return LARGEST_TEXT


def read_bytes(data: bytes, name: str, password: str | None = None) -> Decree:
    """Return the record of a file's bytes, its formulas not yet read; ``name`` is its file name.

    The file type is detected from the content. ``pipeline.read`` reads the formulas too.

    Raises:
        ReadError: the bytes give no record; ``status`` says why, ``remedy`` what to do.
    """
    if record := _accept_record(data, name):
        return record
    parsed, _, paged_document = _parse_document(data, name, password)
    return _add_page_facts(parsed.to_decree(), paged_document)


def read_with_trace(data: bytes, name: str, password: str | None = None) -> tuple[Decree, WordTrace]:
    """Return the record of a file's bytes and what each printed word was read as, for the overlay.

    Raises:
        ReadError: see ``read_bytes``.
    """
    parsed, trace, paged_document = _parse_document(data, name, password, tracing=True)
    return _add_page_facts(parsed.to_decree(), paged_document), trace


def _parse_document(
    data: bytes, name: str, password: str | None, *, tracing: bool = False
) -> tuple[ParsedRecord, WordTrace, PagedDocument | None]:
    """Return the parsed values, what each word was read as, and the pages if the file has any."""
    from extractors import media_type
    from extractors.parser import parse_pages  # heavy: spaCy

    kind = media_type.detect_media_type(data, name)
    _refuse_other_files(data, name, kind)
    document: dict[str, Any] = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": printable_name(PurePath(name).name),
        "media_type": kind,
    }
    if kind in media_type.OFFICE_TYPES:
        document_facts = {**document, "pages": None, "origin": "digital"}
        return *parse_pages(_read_office_file(data, kind), document_facts, tracing=tracing), None
    if kind not in media_type.PAGED_TYPES:
        from extractors.text import read_text

        pages = read_text(data)
        return *parse_pages(pages, {**document, "pages": None, "origin": "text"}, tracing=tracing), None
    if kind in media_type.IMAGE_SIGNATURES and len(data) > _size_limit(kind):
        raise ReadError(
            ReadStatus.TOO_LARGE,
            f"The image has more than {_size_limit(kind) // 2**20} MB.",
            "Scan the decree with fewer dots per inch.",
        )
    paged_document = _read_paged_document(data, kind, password)
    try:
        document_facts = {**document, "pages": paged_document.page_count, "origin": paged_document.origin}
        parsed, trace = parse_pages(paged_document.consume_pages(), document_facts, tracing=tracing)
    except ReadError as error:
        if not paged_document.unread:
            raise
        failed = paged_document.unread[0]
        message_with_page = (
            f"{error.message} Page {failed.number} could not be read ({failed.status}): {failed.message}"
        )
        raise ReadError(error.status, message_with_page, error.remedy) from None
    return parsed, trace, paged_document


def _read_paged_document(data: bytes, kind: str, password: str | None) -> PagedDocument:
    """Return the pages of a PDF, of a picture, or of several pictures that are one document."""
    from extractors import media_type, page_reader  # heavy: pdfminer, OpenCV, OCR

    if kind == media_type.PDF:
        return page_reader.read_pdf(data, password)
    if kind == media_type.PICTURES:
        from extractors.picture_archive import extract_pictures

        return page_reader.read_images(extract_pictures(data))
    return page_reader.read_images([data])


def _refuse_other_files(data: bytes, name: str, kind: str) -> None:
    """Refuse what the program wrote itself, and files of formats that are not read."""
    from extractors import file_formats, media_type, own_outputs

    if kind == media_type.RECORD:
        raise ReadError(
            ReadStatus.UNSUPPORTED, "This is a record, not a document.", "Give the document itself."
        )
    if own_outputs.is_own_output(io.BytesIO(data)):
        raise ReadError(
            ReadStatus.UNSUPPORTED,
            "This file was written by iku itself; it is not a decree.",
            "Give the decrees that it was made from.",
        )
    if kind not in media_type.PAGED_TYPES and kind not in media_type.OFFICE_TYPES:
        file_formats.refuse_unreadable(data, name)


def _accept_record(data: bytes, name: str) -> Decree | None:
    """Return a record that was given in JSON, as the file that holds it; nothing for other files.

    Raises:
        ReadError: the JSON does not fit the record's shape.
    """
    from extractors import own_outputs

    if not own_outputs.is_record(data):
        return None
    from extractors.record_file import parse_record

    decree = parse_record(data)
    decree.document.sha256 = hashlib.sha256(data).hexdigest()
    decree.document.name = printable_name(PurePath(name).name)
    return decree


def _read_office_file(data: bytes, kind: str) -> list[Page]:
    """Return the pages of a Word document or a workbook."""
    from extractors import media_type

    if kind == media_type.WORD:
        from extractors.word import read_word

        return read_word(data)
    from extractors.sheet import read_sheets

    return read_sheets(data)


def _add_page_facts(decree: Decree, paged_document: PagedDocument | None) -> Decree:
    """Return the record with the number of pages read by OCR and a note on each unread page."""
    from extractors import unread_pages

    if paged_document is None:
        return decree
    decree.document._scanned = paged_document.scanned_count
    decree.notes += (unread_pages.unread_page_note(*page) for page in paged_document.unread)
    return decree


__all__ = ["ReadError", "ReadStatus", "read_bytes", "read_content", "read_limited", "read_with_trace"]
