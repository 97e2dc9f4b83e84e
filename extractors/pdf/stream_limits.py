"""Streams that unpack to more than any decree holds are found before anything unpacks them."""

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

FINEST_TILE = 0.05
"""Points: tiles of a pattern that repeat after less are finer than any printer prints."""

_ANCESTOR_TYPES = frozenset({"Page", "Pages", "Catalog", "StructElem", "StructTreeRoot", "Annot"})
"""Types of what leads to the rest of the document."""

_STRUCTURE_STREAM = re.compile(rb"/(?:ObjStm|XRef)\b[^>]{0,2000}>>\s*stream\r?\n")


def is_structure_bomb(data: bytes) -> bool:
    """Does the file's own index (object and cross-reference streams) unpack beyond all measure?"""
    return any(
        _inflate_limited(data[m.end() :], LARGEST_STRUCTURE) is None for m in _STRUCTURE_STREAM.finditer(data)
    )


def is_content_bomb(contents: Iterable[object], resources: object, checked_ids: set[int]) -> bool:
    """Does a page unpack too large: its contents together, or a stream they reach (forms, fonts; no images)?

    Grounds of tiles too small to be seen count too: a viewer paints each of them. ``checked`` holds the
    numbers of the objects known to be harmless, and is added to.
    """
    remaining = LARGEST_CONTENT
    size_by_number: dict[int, int] = {}  # the same stream may be named many times
    for part in contents:
        number = part.objid if isinstance(part, PDFObjRef) else None
        size = size_by_number.get(number) if number is not None else None
        if size is None:
            stream = resolve1(part)
            size = _unpacked_size(stream, remaining) if isinstance(stream, PDFStream) else 0
            if number is not None:
                size_by_number[number] = size
        remaining -= size + 1
        if remaining < 0:
            return True
    return any(
        _unpacked_size(stream, LARGEST_CONTENT) > LARGEST_CONTENT or _is_too_fine_pattern(stream)
        for stream in _iter_streams([*_stream_entries(contents), resources], checked_ids)
    )


def _stream_entries(contents: Iterable[object]) -> list[object]:
    """Return what the entries of contents lead to (nothing, as a rule)."""
    streams = (resolve1(part) for part in contents)
    return [value for stream in streams if isinstance(stream, PDFStream) for value in stream.attrs.values()]


def _is_too_fine_pattern(stream: PDFStream) -> bool:
    """Is it a pattern whose tiles are finer than anything that is seen?"""
    if resolve1(stream.get("PatternType")) != 1:
        return False
    matrix = resolve1(stream.get("Matrix")) or [1, 0, 0, 1, 0, 0]
    try:
        a, b, c, d = (float(resolve1(value)) for value in matrix[:4])
        x_step, y_step = (abs(float(resolve1(stream.get(key, 1)))) for key in ("XStep", "YStep"))
    except (TypeError, ValueError):
        return False
    return 0 < x_step * hypot(a, b) < FINEST_TILE or 0 < y_step * hypot(c, d) < FINEST_TILE


def _iter_streams(roots: list[object], checked_ids: set[int]) -> Iterator[PDFStream]:
    pending = list(roots)
    while pending:
        value = pending.pop()
        if isinstance(value, PDFObjRef):
            if value.objid in checked_ids:
                continue
            checked_ids.add(value.objid)
            value = value.resolve()
        if isinstance(value, PDFStream):
            if getattr(value.get("Subtype"), "name", None) == "Image":
                continue
            yield value
            pending += value.attrs.values()
        elif isinstance(value, dict):
            if getattr(value.get("Type"), "name", None) not in _ANCESTOR_TYPES:
                pending += value.values()
        elif isinstance(value, list):
            pending += value


def _unpacked_size(stream: PDFStream, limit: int) -> int:
    """Bytes of a stream once unpacked; more than the limit where it grows beyond that at any step."""
    data = stream.rawdata
    if data is None:
        return len(stream.data or b"")
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        unpacked = _undo_filter(name, data, limit)
        if unpacked is None:
            return limit + 1
        data = unpacked
    return len(data)


def _undo_filter(name: object, data: bytes, limit: int) -> bytes | None:
    """Return the data with one filter undone; ``None`` where that gives more than the limit."""
    if name in LITERALS_FLATE_DECODE:
        return _inflate_limited(data, limit)
    if name in LITERALS_ASCII85_DECODE:
        return ascii85decode(data)
    if name in LITERALS_ASCIIHEX_DECODE:
        return asciihexdecode(data)
    if name in LITERALS_RUNLENGTH_DECODE:
        return None if _run_length_size(data) > limit else rldecode(data)
    if name in LITERALS_LZW_DECODE:
        return None if _lzw_size(data, limit) > limit else lzwdecode(data)
    return data


def _run_length_size(data: bytes) -> int:
    """Return the size of run-length data once unpacked."""
    offset = size = 0
    while offset < len(data) and data[offset] != 128:
        run_size = data[offset] + 1 if data[offset] < 128 else 257 - data[offset]
        offset += run_size + 1 if data[offset] < 128 else 2
        size += run_size
    return size


def _lzw_size(data: bytes, limit: int) -> int:
    """Return what LZW unpacks to, without unpacking it: only the lengths of its table are kept."""
    lengths = [1] * 258
    width, size, last_length = 9, 0, 0
    bits = bit_buffer = 0
    for byte in data:
        bit_buffer, bits = (bit_buffer << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = bit_buffer >> bits & (1 << width) - 1
        if code == 257 or size > limit:
            break
        if code == 256:
            lengths, width, last_length = [1] * 258, 9, 0
            continue
        length = lengths[code] if code < len(lengths) else last_length + 1
        size += length
        if last_length and len(lengths) < 4096:
            lengths.append(last_length + 1)
        last_length = length
        width = 9 + (len(lengths) >= 511) + (len(lengths) >= 1023) + (len(lengths) >= 2047)
    return size


def _inflate_limited(data: bytes, limit: int) -> bytes | None:
    try:
        unpacked = zlib.decompressobj().decompress(data, limit + 1)
    except zlib.error:
        return b""
    return None if len(unpacked) > limit else unpacked
