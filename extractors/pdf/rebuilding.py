"""A torn or badly indexed PDF put together anew from the objects that can be found in it.

Viewers mend an index that is wrong, but not a catalogue that is missing or a length that lies. Here every
object is looked for by its own words, each stream gets the length that it has, and what leads to the pages
is made where it is lost.
"""

from __future__ import annotations

import re

LARGEST = 64 * 2**20
"""Bytes of a file that is put together anew; a larger one is left as it is."""

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,7})[ \t\r\n\f\0]+([0-9]{1,5})[ \t\r\n\f\0]+obj(?![a-zA-Z])")
_STREAM = re.compile(rb">>[ \t\r\n\f\0]*stream(\r\n|\n|\r)?")
_LENGTH = re.compile(rb"/Length(?![A-Za-z0-9])[ ]*(?:[0-9]+[ ]+[0-9]+[ ]+R|[^\s/<>\[\]()]*)")
_END = re.compile(rb"[ \t\r\n\f\0]*(?:endobj|startxref|xref(?=\s)|trailer(?=\s))")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_TREE = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog(?![A-Za-z])")
_NONE = re.compile(rb"/Kids\s*\[\s*\]")
_LOCK = re.compile(rb"/Encrypt\s")


def rebuilt(data: bytes) -> bytes | None:
    """The file anew; ``None`` where that is not to be had: it is locked, too large, or holds no page."""
    if len(data) > LARGEST or _LOCK.search(data):
        return None
    objects = _objects(data)
    pages = [number for number, body in objects.items() if _PAGE.search(_head(body))]
    root = _root(objects, pages)
    return None if root is None else _written(objects, root)


def holds_pages(data: bytes) -> bool:
    """Is there a page in the file, whether anything leads to it or not?"""
    return _PAGE.search(data) is not None


def holds_no_page(data: bytes) -> bool:
    """Does the file itself say that it has no page?"""
    return _NONE.search(data) is not None


def _objects(data: bytes) -> dict[int, bytes]:
    """The objects by number; of one that was saved again, the last."""
    found: dict[int, bytes] = {}
    marks = list(_OBJECT.finditer(data))
    behind = 0  # where the last object ends: what looks like one inside a stream is none
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        if mark.start() < behind:
            continue
        start, limit = mark.end(), following.start() if following else len(data)
        stream = _STREAM.search(data, start, limit)
        if stream is None:
            end = _END.search(data, start, limit)
            found[int(mark[1])] = data[start : end.start() if end else limit]
            continue
        behind = _end_of_stream(data, stream.end())
        content = data[stream.end() : behind]
        head = _LENGTH.sub(b"", data[start : stream.start()])
        found[int(mark[1])] = b"%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)
    return found


def _end_of_stream(data: bytes, start: int) -> int:
    """Where a stream ends, by the word for it, the object's end, or the next object."""
    for word in (b"endstream", b"endobj"):
        if (end := data.find(word, start)) >= 0:
            return end - (data[end - 1 : end] == b"\n") if end > start else end
    following = _OBJECT.search(data, start)
    return following.start() if following else len(data)


def _head(body: bytes) -> bytes:
    """An object's entries, without the stream behind them."""
    return body.split(b"stream", 1)[0]


def _root(objects: dict[int, bytes], pages: list[int]) -> int | None:
    """The catalogue; where there is none, or it leads nowhere, one that is made (and added)."""
    trees = [n for n, body in objects.items() if _TREE.search(_head(body)) and b"/Kids" in body]
    for number in reversed([n for n, body in objects.items() if _CATALOGUE.search(_head(body))]):
        tree = re.search(rb"/Pages\s+([0-9]+)", objects[number])
        if tree and int(tree[1]) in trees:
            return number
    if not pages and not trees:
        return next((n for n, body in objects.items() if _CATALOGUE.search(_head(body))), None)
    top = [number for number in trees if b"/Parent" not in objects[number]]
    new = max(objects) + 1
    if not top:
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        objects[new] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)
        top, new = [new], new + 1
    objects[new] = b"<</Type/Catalog/Pages %d 0 R>>" % top[-1]
    return new


def _written(objects: dict[int, bytes], root: int) -> bytes:
    parts, at, places = [b"%PDF-1.7\n"], 9, {}
    for number, body in sorted(objects.items()):
        places[number] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    parts.append(b"xref\n")
    for number, place in {0: 0, **places}.items():
        parts.append(
            b"%d 1\n%010d %05d %s \n" % (number, place, 0 if number else 65535, b"n" if number else b"f")
        )
    parts.append(b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, root, at))
    return b"".join(parts)
