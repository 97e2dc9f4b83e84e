"""Files that are not read: known by their content or ending, refused by name with what to do instead."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractors.errors import ReadError, ReadStatus

if TYPE_CHECKING:
    from extractors.file_format_texts import FormatTexts

UNREADABLE_ENDINGS = {
    ".doc": "word-97", ".dot": "word-97", ".wps": "word-97",
    ".xls": "excel-97", ".xlt": "excel-97", ".xlsb": "excel-binary",
    ".ppt": "powerpoint", ".pptx": "powerpoint", ".pps": "powerpoint", ".ppsx": "powerpoint",
    ".rtf": "rich-text", ".odt": "opendocument-text", ".ott": "opendocument-text",
    ".fodt": "opendocument-text",
    ".ods": "opendocument-sheet", ".odp": "opendocument-slides", ".pages": "pages", ".numbers": "pages",
    ".gdoc": "google-link", ".gsheet": "google-link", ".heic": "heic", ".heif": "heic", ".avif": "heic",
    ".webp": "webp", ".gif": "gif", ".bmp": "bmp", ".djvu": "djvu", ".djv": "djvu",
    ".ps": "postscript", ".eps": "postscript", ".xps": "xps", ".oxps": "xps", ".eml": "mail", ".msg": "mail",
    ".zip": "archive", ".rar": "archive", ".7z": "archive", ".gz": "archive", ".tar": "archive",
}  # fmt: skip
"""Endings of files that could hold a decree but are not read, and the format of each."""

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_OLE_STREAMS = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "word-97",
    "Workbook": "excel-97",
    "PowerPoint Document": "powerpoint",
    "__nameid_version1.0": "mail",
}
"""Streams of old Office files, and the format that each belongs to."""
_ZIP_SIGNATURE = b"PK\x03\x04"
_ZIP_CONTENTS = {
    b"application/vnd.oasis.opendocument.text": "opendocument-text",
    b"application/vnd.oasis.opendocument.spreadsheet": "opendocument-sheet",
    b"application/vnd.oasis.opendocument.presentation": "opendocument-slides",
    b"ppt/presentation": "powerpoint",
    b"xl/workbook.bin": "excel-binary",
    b"FixedDocSeq": "xps",
    b"Index/Document.iwa": "pages",
}
_SIGNATURES = {
    b"{\\rtf": "rich-text",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"AT&TFORM": "djvu",
    b"%!PS": "postscript",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
}
_PICTURE_MARKS = {
    "heic": (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif"),
    "webp": (b"WEBPVP8",),
}
"""Pictures that are known by marks near their beginning."""


def refuse_unreadable(data: bytes, name: str) -> None:
    """Refuse a file of a format that is not read.

    Raises:
        ReadError: ``unsupported``, or ``encrypted`` for a locked Office file.
    """
    file_format = unreadable_format(data, name)
    if file_format == "encrypted":
        raise ReadError(
            ReadStatus.ENCRYPTED,
            "The Office file is locked with a password.",
            "Save it without a password.",
        )
    if file_format is not None:
        texts = _load_texts()
        raise ReadError(ReadStatus.UNSUPPORTED, texts.describe(file_format), texts.remedy(file_format))


@cache
def _load_texts() -> FormatTexts:
    from extractors.file_format_texts import FormatTexts  # heavy: Pydantic
    from extractors.knowledge.yaml_loader import load_table

    return load_table("extractors.knowledge", "file_formats.yaml", FormatTexts)


def unreadable_format(data: bytes, name: str) -> str | None:
    """Return the format of a file that is not read, a key of the table; nothing for other files."""
    ending_format = UNREADABLE_ENDINGS.get(PurePath(name).suffix.lower())
    if data.startswith(_OLE_SIGNATURE):
        streams = (kind for stream, kind in _OLE_STREAMS.items() if stream.encode("utf-16-le") in data)
        return next(streams, ending_format or "word-97")
    if data.startswith(_ZIP_SIGNATURE):
        return next(
            (kind for mark, kind in _ZIP_CONTENTS.items() if mark in data), ending_format or "archive"
        )
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    for kind, marks in _PICTURE_MARKS.items():
        if any(mark in data[:16] for mark in marks):
            return kind
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return "bmp"
    return ending_format if ending_format in ("google-link", "mail", "opendocument-text") else None
