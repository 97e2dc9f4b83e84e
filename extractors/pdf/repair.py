"""Rebuild a torn or badly indexed PDF from the objects that can be found in it.

Viewers repair an index that is wrong, but not a catalogue that is missing or a length that lies. Here every
object is looked for by its own words, each stream gets the length that it has, and what leads to the pages
is made where it is lost.
"""

from __future__ import annotations

import re

LARGEST_REBUILT = 64 * 2**20
"""Bytes of a file that is rebuilt; a larger one is left as it is."""

_OBJECT_START = re.compile(rb"(?<![0-9])([0-9]{1,7})[ \t\r\n\f\0]+([0-9]{1,5})[ \t\r\n\f\0]+obj(?![a-zA-Z])")
_STREAM_START = re.compile(rb">>[ \t\r\n\f\0]*stream(\r\n|\n|\r)?")
_LENGTH_ENTRY = re.compile(rb"/Length(?![A-Za-z0-9])[ ]*(?:[0-9]+[ ]+[0-9]+[ ]+R|[^\s/<>\[\]()]*)")
_OBJECT_END = re.compile(rb"[ \t\r\n\f\0]*(?:endobj|startxref|xref(?=\s)|trailer(?=\s))")
_PAGE_TYPE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGE_TREE_TYPE = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
_CATALOG_TYPE = re.compile(rb"/Type\s*/Catalog(?![A-Za-z])")
_NO_KIDS = re.compile(rb"/Kids\s*\[\s*\]")
_ENCRYPT_ENTRY = re.compile(rb"/Encrypt\s")


def rebuild_pdf(data: bytes) -> bytes | None:
    """Return the rebuilt file; None where it is locked, too large, or holds no page."""
    if len(data) > LARGEST_REBUILT or _ENCRYPT_ENTRY.search(data):
        return None
    objects = _find_objects(data)
    pages = [number for number, body in objects.items() if _PAGE_TYPE.search(_object_entries(body))]
    root = _find_or_make_catalog(objects, pages)
    return None if root is None else _write_pdf(objects, root)


def holds_pages(data: bytes) -> bool:
    """Is there a page in the file, whether anything leads to it or not?"""
    return _PAGE_TYPE.search(data) is not None


def holds_no_page(data: bytes) -> bool:
    """Does the file itself say that it has no page?"""
    return _NO_KIDS.search(data) is not None


def _find_objects(data: bytes) -> dict[int, bytes]:
    """Return the objects by number; of one that was saved again, the last."""
    objects: dict[int, bytes] = {}
    marks = list(_OBJECT_START.finditer(data))
    last_end = 0  # where the last object ends: what looks like an object inside a stream is data
    for mark, next_mark in zip(marks, [*marks[1:], None], strict=False):
        if mark.start() < last_end:
            continue
        start, limit = mark.end(), next_mark.start() if next_mark else len(data)
        stream = _STREAM_START.search(data, start, limit)
        if stream is None:
            end = _OBJECT_END.search(data, start, limit)
            objects[int(mark[1])] = data[start : end.start() if end else limit]
            continue
        last_end = _find_stream_end(data, stream.end())
        content = data[stream.end() : last_end]
        head = _LENGTH_ENTRY.sub(b"", data[start : stream.start()])
        objects[int(mark[1])] = b"%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)
    return objects


def _find_stream_end(data: bytes, start: int) -> int:
    """Return where a stream ends, by the word for it, the object's end, or the next object."""
    for word in (b"endstream", b"endobj"):
        if (end := data.find(word, start)) >= 0:
            return end - (data[end - 1 : end] == b"\n") if end > start else end
    next_object = _OBJECT_START.search(data, start)
    return next_object.start() if next_object else len(data)


def _object_entries(body: bytes) -> bytes:
    """Return an object's entries, without the stream behind them."""
    return body.split(b"stream", 1)[0]


def _find_or_make_catalog(objects: dict[int, bytes], pages: list[int]) -> int | None:
    """Return the catalogue's number; where there is none, or it leads nowhere, that of a new one."""
    trees = [
        n for n, body in objects.items() if _PAGE_TREE_TYPE.search(_object_entries(body)) and b"/Kids" in body
    ]
    for number in reversed([n for n, body in objects.items() if _CATALOG_TYPE.search(_object_entries(body))]):
        tree = re.search(rb"/Pages\s+([0-9]+)", objects[number])
        if tree and int(tree[1]) in trees:
            return number
    if not pages and not trees:
        return next((n for n, body in objects.items() if _CATALOG_TYPE.search(_object_entries(body))), None)
    top = [number for number in trees if b"/Parent" not in objects[number]]
    new_number = max(objects) + 1
    if not top:
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        objects[new_number] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)
        top, new_number = [new_number], new_number + 1
    objects[new_number] = b"<</Type/Catalog/Pages %d 0 R>>" % top[-1]
    return new_number


def _write_pdf(objects: dict[int, bytes], root: int) -> bytes:
    parts, offset, offsets = [b"%PDF-1.7\n"], 9, {}
    for number, body in sorted(objects.items()):
        offsets[number] = offset
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        offset += len(parts[-1])
    parts.append(b"xref\n")
    for number, entry_offset in {0: 0, **offsets}.items():
        parts.append(
            b"%d 1\n%010d %05d %s \n"
            % (number, entry_offset, 0 if number else 65535, b"n" if number else b"f")
        )
    parts.append(
        b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, root, offset)
    )
    return b"".join(parts)
