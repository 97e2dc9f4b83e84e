"""Entries of a cache: a few facts and a text, compressed, with a checksum over both."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.engine.cache.storage import Storage, StoredFile

_ENTRY_PREFIX = b"iku1 "
_ENTRY_NAME = re.compile(r"[a-z]+/([0-9a-f]{2})/\1[0-9a-f]{62}", re.ASCII)
PIECE_BYTES = 2**14
"""Packed bytes of a text that are unpacked at once where it is not wanted whole."""
_COMPRESSION_LEVEL = 1
"""Of compression: records shrink to a sixth at the speed of the disk; more costs time and gains little."""


class MissingEntryError(StorageError):
    """An entry that must be there is not, or is damaged."""


@dataclass(frozen=True)
class CacheEntry:
    """What lies under a key."""

    facts: dict[str, Any]
    """A few facts, to be had without unpacking the text."""
    checksum: str
    """Checksum of the content: two entries with one sum say the same."""
    compressed_text: memoryview

    @property
    def text(self) -> bytes:
        """The text."""
        return zlib.decompress(self.compressed_text)

    def iterate_text(self) -> Iterator[bytes]:
        """The text, never more than a piece of it in memory."""
        decompressor = zlib.decompressobj()
        for begin in range(0, len(self.compressed_text), PIECE_BYTES):
            yield decompressor.decompress(self.compressed_text[begin : begin + PIECE_BYTES])


class CacheStore:
    """A cache at some place."""

    def __init__(self, place: Storage) -> None:
        self.place = place

    def get(self, kind: str, key: str) -> CacheEntry | None:
        """What lies under a key; None where nothing does, or what does is damaged. Raises StorageError."""
        data = self.read_file(_entry_path(kind, key))
        return None if data is None else unpack_entry(data)

    def get_required(self, kind: str, key: str) -> CacheEntry:
        """What an earlier stage of the same build put there. Raises MissingEntryError."""
        entry = self.get(kind, key)
        if entry is None:
            raise MissingEntryError(f"{self.place.address}: entries of this build are deleted while it runs.")
        return entry

    def put(self, kind: str, key: str, facts: dict[str, Any], text: bytes = b"") -> str:
        """Keep facts and a text under a key; the content's checksum. Raises StorageError."""
        data, checksum = pack_entry(facts, text)
        try:
            self.place.write(_entry_path(kind, key), data)
        except OSError as error:
            raise self._storage_error("written", error) from None
        return checksum

    def put_text(self, kind: str, text: bytes) -> str:
        """Keep a text under its own digest, which is returned. Raises StorageError."""
        key = hashlib.sha256(text).hexdigest()
        if self.get(kind, key) is None:
            self.put(kind, key, {}, text)
        return key

    def read_file(self, name: str) -> bytes | None:
        """The bytes of a file at the place, None where there is none. Raises StorageError."""
        try:
            return self.place.read(name)
        except OSError as error:
            raise self._storage_error("read", error) from None

    def remove_file(self, name: str) -> None:
        """Take a file away. Raises StorageError."""
        try:
            self.place.remove(name)
        except OSError as error:
            raise self._storage_error("written", error) from None

    def list_files(self) -> Iterator[StoredFile]:
        """Everything at the place. Raises StorageError."""
        try:
            yield from self.place.list_files()
        except OSError as error:
            raise self._storage_error("read", error) from None

    def _storage_error(self, action: str, error: OSError) -> StorageError:
        return StorageError(f"{self.place.address}: the cache cannot be {action}: {error.strerror or error}.")


def make_key(*parts: object) -> str:
    """A key made of parts, which must be JSON: the same parts give the same key."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def pack_entry(facts: dict[str, Any], text: bytes) -> tuple[bytes, str]:
    """An entry's bytes, and the checksum of its content."""
    facts_json = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    body = facts_json + b"\n" + zlib.compress(text, _COMPRESSION_LEVEL)
    checksum = hashlib.sha256(body).hexdigest()
    return _ENTRY_PREFIX + checksum.encode() + b"\n" + body, checksum


def unpack_entry(data: bytes) -> CacheEntry | None:
    """The entry of some bytes; None where a single bit of them is wrong."""
    begin = data.find(b"\n") + 1
    body = memoryview(data)[begin:]  # no copy: some texts have many megabytes
    checksum = hashlib.sha256(body).hexdigest()
    if data[:begin] != _ENTRY_PREFIX + checksum.encode() + b"\n":
        return None
    facts_end = data.index(b"\n", begin)
    return CacheEntry(json.loads(data[begin:facts_end]), checksum, body[facts_end + 1 - begin :])


def is_entry(name: str) -> bool:
    """Whether a file's name is one that an entry has: its kind, then a key as ``digest`` makes them."""
    return _ENTRY_NAME.fullmatch(name) is not None


def _entry_path(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}"
