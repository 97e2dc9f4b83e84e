"""Damage files at random, according to their structure, for fuzzing (``python -m tools.fuzz``)."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from samples.hostile.pdf import bodies, table

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_OBJECT = re.compile(rb"(?<!\d)(\d{1,6}) 0 obj\b(.*?)\bendobj", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_REFERENCE = re.compile(rb"\b\d{1,6} 0 R\b")
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ODD = (
    b"0", b"-1", b"1", b"2", b"255", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967295",
    b"99999999999999999999", b"0.0000001", b"1e9", b"-0.5", b"null", b"true", b"[]", b"<<>>", b"()", b"/X", b"<ff>",
)  # fmt: skip
_WORDS = (
    b"q", b"Q", b"BT", b"ET", b"re S", b"Do", b"W n", b"h", b"Tj", b"TJ", b"cm", b"Tm", b"Td", b"T*", b"Tr", b"Tz",
    b"gs", b"sh", b"f", b"f*", b"B", b"n", b"BI", b"ID", b"EI", b"[", b"]", b"(", b")", b"<<", b">>", b"'", b'"',
)  # fmt: skip
_MARKS = (
    "<table>", "</table>", "<tr>", "<td colspan=9>", "<td rowspan=999>", "</td>", "<br>", "|", "|---|", "\t", "\n",
    "\n\n", "$$", "\\frac{", "}", "{", "(", ")", "∑", "×", "/", ":", "=", "%", "\u200b", "\u0301", "\x0c", "&#0;", "<!--",
    "1.", "a.", "No", "Indikator Kinerja Utama", "Formulasi", "Sumber Data", "\ufffd", "9" * 40, "-" * 80, "\x1b[0m",
)  # fmt: skip


def mutated(data: bytes, name: str, chance: random.Random) -> bytes:
    """Return a file damaged in one to five ways that suit its kind."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        if not data:
            break
        if name.endswith(".pdf"):
            ways: tuple[Callable[[bytes, random.Random], bytes], ...] = (
                of_bytes,
                of_objects,
                of_objects,
                of_contents,
            )
        elif name.endswith((".txt", ".md", ".html")):
            ways = (of_bytes, of_text, of_text, of_text)
        else:
            ways = (of_bytes,)
        data = chance.choice(ways)(data, chance)
    return data


def of_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return a file whose bytes are cut, flipped, swapped, doubled or overwritten, regardless of their meaning."""
    at, other = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    some = min(other, at + 2 ** chance.randrange(13))
    how = chance.randrange(7)
    if how == 0:
        return data[:other]
    if how == 1:
        return data[:at] + data[some:]
    if how == 2:
        return data[:some] + data[at:]
    if how == 3:
        return data[:at] + chance.randbytes(some - at) + data[some:]
    if how == 4:
        return data[:at] + bytes(some - at) + data[some:]
    if how == 5:
        return data[at:other] + data[:at] + data[other:]
    spoilt = bytearray(data)
    for _ in range(2 ** chance.randrange(6)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def of_objects(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with swapped, doubled, dropped or wrong objects, but a matching index."""
    objects = {int(number): body.strip() for number, body in _OBJECT.findall(data)}
    if not objects:
        return of_bytes(data, chance)
    one, other = chance.choice(list(objects)), chance.choice(list(objects))
    how = chance.randrange(7)
    if how == 0:
        objects[one], objects[other] = objects[other], objects[one]
    elif how == 1:
        objects[one] = objects[other]
    elif how == 2:
        del objects[one]
    else:
        pattern, told = (
            (_NUMBER, chance.choice(_ODD)),
            (_REFERENCE, b"%d 0 R" % chance.choice([one, other, 0, 99_999])),
            (_NAME, chance.choice(_NAME.findall(data) or [b"/X"])),
            (_NUMBER, b"%d" % chance.randrange(-(2**33), 2**33)),
        )[how - 3]
        head, stream, rest = objects[one].partition(b"stream")
        objects[one] = _one_replaced(head, pattern, told, chance) + stream + rest
    if not objects:
        return b"%PDF-1.7\n"
    out, places = bodies(objects)
    trailer = re.search(rb"trailer\s*<<.*?/Root\s+(\d+)", data, re.DOTALL)
    root = int(trailer.group(1)) if trailer else 1
    ending = b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    index = table(places) if max(places) < 10_000 else b""
    return out + index + ending % (max(objects) + 1, root, len(out))


def of_contents(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with a damaged stream, which is compressed again if it was compressed."""
    found = [match for match in _OBJECT.finditer(data) if b"stream" in match.group(2)]
    if not found:
        return of_bytes(data, chance)
    match = chance.choice(found)
    stream = _STREAM.search(match.group(2))
    if stream is None:
        return of_bytes(data, chance)
    held, is_packed = stream.group(2), False
    if b"ASCII85" not in stream.group(1):
        with suppress(zlib.error):
            held, is_packed = zlib.decompress(held), True
    held = _contents(held, chance) if held and chance.random() < 0.8 else of_bytes(held or b" ", chance)
    held = zlib.compress(held) if is_packed else held
    begin = match.start(2)
    return data[: begin + stream.start(2)] + held + data[begin + stream.end(2) :]


def _contents(held: bytes, chance: random.Random) -> bytes:
    how = chance.randrange(3)
    if how == 0:
        return _one_replaced(held, _NUMBER, chance.choice(_ODD), chance)
    tokens = held.split(b" ")
    at = chance.randrange(len(tokens))
    if how == 1:
        tokens.insert(at, chance.choice(_WORDS))
    else:
        tokens[at : at + 1] = tokens[at : at + chance.randrange(1, 30)] * chance.choice((0, 2, 3, 500))
    return b" ".join(tokens)


def of_text(data: bytes, chance: random.Random) -> bytes:
    """Return a text with swapped, doubled or dropped lines, and misplaced marks of tables and formulas."""
    lines = data.decode("utf-8", "replace").split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(6)
    if how == 0:
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 1:
        lines[at:at] = [lines[other]] * chance.choice((1, 2, 50, 400))
    elif how == 2:
        del lines[min(at, other) : max(at, other)]
    elif how == 3:
        lines[at] = lines[at] * chance.choice((0, 2, 60))
    else:
        place = chance.randrange(len(lines[at]) + 1)
        mark = chance.choice(_MARKS) * chance.choice((1, 1, 1, 2, 300))
        lines[at] = lines[at][:place] + mark + lines[at][place + chance.randrange(3) :]
    return "\n".join(lines).encode()


def _one_replaced(data: bytes, pattern: re.Pattern[bytes], told: bytes, chance: random.Random) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + told + data[match.end() :]
