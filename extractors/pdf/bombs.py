"""Streams that unpack to more than any decree holds are found before anything unpacks them whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from math import hypot

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import lzwdecode
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFObjRef,
    PDFStream,
    resolve1,
)
from pdfminer.runlength import rldecode

LARGEST_CONTENT = 12 * 2**20
"""Bytes of one stream, unpacked. The contents of a densely printed page have 0.1 MB; a full font 10 MB."""

LARGEST_STRUCTURE = 64 * 2**20
"""Bytes of one object or cross-reference stream, unpacked: some hundred thousand pages' worth."""

FINEST = 0.05
"""Points: tiles of a pattern that repeat after less are finer than any printer prints."""

_UPWARDS = frozenset({"Page", "Pages", "Catalog", "StructElem", "StructTreeRoot", "Annot"})
"""Types of what leads to the rest of the document."""

_STRUCTURE = re.compile(rb"/(?:ObjStm|XRef)\b[^>]{0,2000}>>\s*stream\r?\n")


def structure_bomb(data: bytes) -> bool:
    """Does the file's own index (object and cross-reference streams) unpack beyond all measure?"""
    return any(_inflate(data[m.end() :], LARGEST_STRUCTURE) is None for m in _STRUCTURE.finditer(data))


def content_bomb(contents: Iterable[object], resources: object, checked: set[int]) -> bool:
    """Does a page unpack too large: its contents together, or a stream they reach (forms, fonts; no images)?

    Grounds of tiles too small to be seen count too: a viewer paints each of them. ``checked`` holds the
    numbers of the objects known to be harmless, and is added to.
    """
    left = LARGEST_CONTENT
    known: dict[int, int] = {}  # the same stream may be named many times
    for part in contents:
        number = part.objid if isinstance(part, PDFObjRef) else None
        size = known.get(number) if number is not None else None
        if size is None:
            stream = resolve1(part)
            size = _unpacked(stream, left) if isinstance(stream, PDFStream) else 0
            if number is not None:
                known[number] = size
        left -= size + 1
        if left < 0:
            return True
    return any(
        _unpacked(stream, LARGEST_CONTENT) > LARGEST_CONTENT or _too_fine(stream)
        for stream in _streams([*_entries(contents), resources], checked)
    )


def _entries(contents: Iterable[object]) -> list[object]:
    """What the entries of contents lead to (nothing, as a rule)."""
    streams = (resolve1(part) for part in contents)
    return [value for stream in streams if isinstance(stream, PDFStream) for value in stream.attrs.values()]


def _too_fine(stream: PDFStream) -> bool:
    """Is it a pattern whose tiles are finer than anything that is seen?"""
    if resolve1(stream.get("PatternType")) != 1:
        return False
    matrix = resolve1(stream.get("Matrix")) or [1, 0, 0, 1, 0, 0]
    try:
        a, b, c, d = (float(resolve1(value)) for value in matrix[:4])
        wide, high = (abs(float(resolve1(stream.get(key, 1)))) for key in ("XStep", "YStep"))
    except (TypeError, ValueError):
        return False
    return 0 < wide * hypot(a, b) < FINEST or 0 < high * hypot(c, d) < FINEST


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
            if getattr(value.get("Type"), "name", None) not in _UPWARDS:
                waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _unpacked(stream: PDFStream, limit: int) -> int:
    """Bytes of a stream once unpacked; more than the limit where it grows beyond that at any step."""
    data = stream.rawdata
    if data is None:
        return len(stream.data or b"")
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        grown = _undone(name, data, limit)
        if grown is None:
            return limit + 1
        data = grown
    return len(data)


def _undone(name: object, data: bytes, limit: int) -> bytes | None:
    """One filter taken off; ``None`` where that gives more than the limit."""
    if name in LITERALS_FLATE_DECODE:
        return _inflate(data, limit)
    if name in LITERALS_ASCII85_DECODE:
        return ascii85decode(data)
    if name in LITERALS_ASCIIHEX_DECODE:
        return asciihexdecode(data)
    if name in LITERALS_RUNLENGTH_DECODE:
        return None if _run_length(data) > limit else rldecode(data)
    if name in LITERALS_LZW_DECODE:
        return None if _lzw_length(data, limit) > limit else lzwdecode(data)
    return data


def _run_length(data: bytes) -> int:
    """What runs of bytes come to."""
    at = size = 0
    while at < len(data) and data[at] != 128:
        copied = data[at] + 1 if data[at] < 128 else 257 - data[at]
        at += copied + 1 if data[at] < 128 else 2
        size += copied
    return size


def _lzw_length(data: bytes, limit: int) -> int:
    """What LZW unpacks to, without unpacking it: only the lengths of its table are kept."""
    lengths = [1] * 258
    width, size, last = 9, 0, 0
    bits = held = 0
    for byte in data:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & (1 << width) - 1
        if code == 257 or size > limit:
            break
        if code == 256:
            lengths, width, last = [1] * 258, 9, 0
            continue
        length = lengths[code] if code < len(lengths) else last + 1
        size += length
        if last and len(lengths) < 4096:
            lengths.append(last + 1)
        last = length
        width = 9 + (len(lengths) >= 511) + (len(lengths) >= 1023) + (len(lengths) >= 2047)
    return size


def _inflate(data: bytes, limit: int) -> bytes | None:
    try:
        unpacked = zlib.decompressobj().decompress(data, limit + 1)
    except zlib.error:
        return b""
    return None if len(unpacked) > limit else unpacked
