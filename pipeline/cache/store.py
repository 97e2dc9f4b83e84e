"""Entries of a cache: a few facts and a text, compressed, with a checksum over both."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cache.places import Kept, Place

_MARK = b"iku1 "
_NAME = re.compile(r"[a-z]+/([0-9a-f]{2})/\1[0-9a-f]{62}", re.ASCII)
PIECE = 2**14
"""Packed bytes of a text that are unpacked at once where it is not wanted whole."""
_LEVEL = 1
"""Of compression: records shrink to a sixth at the speed of the disk; more costs time and gains little."""


class CacheError(OSError):
    """The cache cannot be read or written; the message says where and why."""


class GoneError(CacheError):
    """An entry that must be there is not, or is damaged."""


@dataclass(frozen=True)
class Entry:
    """What lies under a key."""

    facts: dict[str, Any]
    """A few facts, to be had without unpacking the text."""
    sum: str
    """Checksum of the content: two entries with one sum say the same."""
    packed: memoryview

    @property
    def text(self) -> bytes:
        """The text."""
        return zlib.decompress(self.packed)

    def pieces(self) -> Iterator[bytes]:
        """The text, never more than a piece of it in memory."""
        unpacking = zlib.decompressobj()
        for begin in range(0, len(self.packed), PIECE):
            yield unpacking.decompress(self.packed[begin : begin + PIECE])


class Store:
    """A cache at some place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def get(self, kind: str, key: str) -> Entry | None:
        """What lies under a key; None where nothing does, or what does is damaged. Raises CacheError."""
        data = self.data(_name(kind, key))
        return None if data is None else opened(data)

    def need(self, kind: str, key: str) -> Entry:
        """What an earlier stage of the same build put there. Raises GoneError."""
        found = self.get(kind, key)
        if found is None:
            raise GoneError(f"{self.place.address}: entries of this build are deleted while it runs.")
        return found

    def put(self, kind: str, key: str, facts: dict[str, Any], text: bytes = b"") -> str:
        """Keep facts and a text under a key; the content's checksum. Raises CacheError."""
        data, found = packed(facts, text)
        try:
            self.place.write(_name(kind, key), data)
        except OSError as error:
            raise self._error("written", error) from None
        return found

    def content(self, kind: str, text: bytes) -> str:
        """Keep a text under its own digest, which is returned. Raises CacheError."""
        key = hashlib.sha256(text).hexdigest()
        if self.get(kind, key) is None:
            self.put(kind, key, {}, text)
        return key

    def data(self, name: str) -> bytes | None:
        """The bytes of a file at the place, None where there is none. Raises CacheError."""
        try:
            return self.place.read(name)
        except OSError as error:
            raise self._error("read", error) from None

    def remove(self, name: str) -> None:
        """Take a file away. Raises CacheError."""
        try:
            self.place.remove(name)
        except OSError as error:
            raise self._error("written", error) from None

    def files(self) -> Iterator[Kept]:
        """Everything at the place. Raises CacheError."""
        try:
            yield from self.place.files()
        except OSError as error:
            raise self._error("read", error) from None

    def _error(self, what: str, error: OSError) -> CacheError:
        return CacheError(f"{self.place.address}: the cache cannot be {what}: {error.strerror or error}.")


def digest(*parts: object) -> str:
    """A key made of parts, which must be JSON: the same parts give the same key."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def packed(facts: dict[str, Any], text: bytes) -> tuple[bytes, str]:
    """An entry's bytes, and the checksum of its content."""
    told = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    body = told + b"\n" + zlib.compress(text, _LEVEL)
    found = hashlib.sha256(body).hexdigest()
    return _MARK + found.encode() + b"\n" + body, found


def opened(data: bytes) -> Entry | None:
    """The entry of some bytes; None where a single bit of them is wrong."""
    begin = data.find(b"\n") + 1
    body = memoryview(data)[begin:]  # no copy: some texts have many megabytes
    found = hashlib.sha256(body).hexdigest()
    if data[:begin] != _MARK + found.encode() + b"\n":
        return None
    told = data.index(b"\n", begin)
    return Entry(json.loads(data[begin:told]), found, body[told + 1 - begin :])


def is_entry(name: str) -> bool:
    """Whether a file's name is one that an entry has: its kind, then a key as ``digest`` makes them."""
    return _NAME.fullmatch(name) is not None


def _name(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}"
