"""What the program itself wrote (catalogue, findings, report pages, records), recognised wherever it lies."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import BinaryIO

OWN_MARK = "iku-katalog"
"""Name of the program in what it writes: of JSON in ``generator``, of pages and workbooks in their head."""
HEAD_BYTES = 4096
"""Bytes of a file that are enough to recognise it; a workbook is recognised by one of its parts."""

_RECORD = re.compile(rb'\s*\{\s*"schema_version"\s*:\s*"\d+"\s*,\s*"document"\s*:\s*\{\s*"sha256"')
_GENERATOR = re.compile(rb'"generator"\s*:\s*\{\s*"name"\s*:\s*"' + OWN_MARK.encode() + rb'"')
_CHECK_RESULT = re.compile(rb'\s*\{\s*"documents"\s*:\s*\[.{0,1000}?"(?:file|findings)"', re.DOTALL)
_BUILD_MANIFEST = re.compile(rb'\s*\{\s*"key"\s*:\s*"')
_PAGE_MARKS = (
    f'<meta name="generator" content="{OWN_MARK}"'.encode(),
    f"<!-- {OWN_MARK} -->".encode(),
)
_WORKBOOK_MARK = f"<dc:creator>{OWN_MARK}</dc:creator>".encode()
_CORE_PROPERTIES = "docProps/core.xml"
_LARGEST_PROPERTIES = 2**16


def is_record(data: bytes) -> bool:
    """Return whether bytes begin like a record that the program wrote."""
    return _RECORD.match(data[:HEAD_BYTES]) is not None


def is_own_output(stream: BinaryIO) -> bool:
    """Return whether a file is an output of the program other than a record; reads a few kB of it."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _is_own_workbook(stream)
    if head.lstrip().startswith(b"{"):
        return any(pattern.search(head) for pattern in (_GENERATOR, _CHECK_RESULT, _BUILD_MANIFEST))
    return any(mark in head for mark in _PAGE_MARKS)


def _is_own_workbook(stream: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive, archive.open(_CORE_PROPERTIES) as properties:
            return _WORKBOOK_MARK in properties.read(_LARGEST_PROPERTIES)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, KeyError, EOFError):
        return False  # whatever is wrong with it, reading it will say so
