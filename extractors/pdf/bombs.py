"""Streams that unpack to more than any decree holds are found before anything unpacks them whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFObjRef,
    PDFStream,
)

LARGEST_CONTENT = 12 * 2**20
"""Bytes of one stream, unpacked. The contents of a densely printed page have 0.1 MB; a full font 10 MB."""

LARGEST_STRUCTURE = 64 * 2**20
"""Bytes of one object or cross-reference stream, unpacked: some hundred thousand pages' worth."""

_STRUCTURE = re.compile(rb"/(?:ObjStm|XRef)\b[^>]{0,2000}>>\s*stream\r?\n")
_GROWTH = {LITERALS_LZW_DECODE: 1400, LITERALS_RUNLENGTH_DECODE: 64}  # the most that one byte can become


def structure_bomb(data: bytes) -> bool:
    """Does the file's own index (object and cross-reference streams) unpack beyond all measure?"""
    return any(_inflate(data[m.end() :], LARGEST_STRUCTURE) is None for m in _STRUCTURE.finditer(data))


def content_bomb(roots: list[object], checked: set[int]) -> bool:
    """Does any stream that these objects reach (contents, forms, fonts; not images) unpack too large?

    ``checked`` holds the numbers of the objects known to be harmless, and is added to.
    """
    return any(_outgrows(stream, LARGEST_CONTENT) for stream in _streams(roots, checked))


def _streams(roots: list[object], checked: set[int]) -> Iterator[PDFStream]:
    waiting = list(roots)
    while waiting:
        value = waiting.pop()
        if isinstance(value, PDFObjRef):
            if value.objid in checked:
                continue
            checked.add(value.objid)
            value = value.resolve()
        if isinstance(value, PDFStream):
            if getattr(value.get("Subtype"), "name", None) == "Image":
                continue
            yield value
            waiting += value.attrs.values()
        elif isinstance(value, dict):
            # upwards lies the rest of the document
            waiting += [entry for key, entry in value.items() if key not in {"Parent", "P"}]
        elif isinstance(value, list):
            waiting += value


def _outgrows(stream: PDFStream, limit: int) -> bool:
    data = stream.rawdata
    if data is None:
        return False  # unpacked already, so it was checked
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        grown = _undone(name, data, limit)
        if grown is None:
            return True
        data = grown
    return len(data) > limit


def _undone(name: object, data: bytes, limit: int) -> bytes | None:
    """One filter taken off; ``None`` where that gives more than the limit."""
    if name in LITERALS_FLATE_DECODE:
        return _inflate(data, limit)
    if name in LITERALS_ASCII85_DECODE:
        return ascii85decode(data)
    if name in LITERALS_ASCIIHEX_DECODE:
        return asciihexdecode(data)
    for names, growth in _GROWTH.items():
        if name in names and len(data) * growth > 64 * limit:
            return None
    return data


def _inflate(data: bytes, limit: int) -> bytes | None:
    try:
        unpacked = zlib.decompressobj().decompress(data, limit + 1)
    except zlib.error:
        return b""
    return None if len(unpacked) > limit else unpacked
