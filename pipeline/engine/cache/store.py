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
"""Compressed bytes of a text that are decompressed at once where it is read in pieces."""
_COMPRESSION_LEVEL = 1
"""Level of compression: records shrink to a sixth at the speed of the disk; more costs time for little."""


class MissingEntryError(StorageError):
    """An entry that the build depends on is missing or damaged."""


@dataclass(frozen=True)
class CacheEntry:
    """The content of a key."""

    facts: dict[str, Any]
    """A few JSON values that are read without decompressing the text."""
    checksum: str
    """Checksum of the content: entries with the same checksum are equal."""
    compressed_text: memoryview

    @property
    def text(self) -> bytes:
        """The text."""
        return zlib.decompress(self.compressed_text)

    def iterate_text(self) -> Iterator[bytes]:
        """Yield the text in pieces of bounded size."""
        decompressor = zlib.decompressobj()
        for begin in range(0, len(self.compressed_text), PIECE_BYTES):
            yield decompressor.decompress(self.compressed_text[begin : begin + PIECE_BYTES])


class CacheStore:
    """A cache in a storage."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def get(self, kind: str, key: str) -> CacheEntry | None:
        """Return the entry of a key; None where it is missing or damaged. Raises StorageError."""
        data = self.read_file(_entry_path(kind, key))
        return None if data is None else unpack_entry(data)

    def get_required(self, kind: str, key: str) -> CacheEntry:
        """Return an entry that an earlier stage of the same build has put. Raises MissingEntryError."""
        entry = self.get(kind, key)
        if entry is None:
            raise MissingEntryError(
                f"{self.storage.address}: entries of this build are deleted while it runs."
            )
        return entry

    def put(self, kind: str, key: str, facts: dict[str, Any], text: bytes = b"") -> str:
        """Store facts and a text under a key; return the content's checksum. Raises StorageError."""
        data, checksum = pack_entry(facts, text)
        try:
            self.storage.write(_entry_path(kind, key), data)
        except OSError as error:
            raise self._storage_error("written", error) from None
        return checksum

    def put_text(self, kind: str, text: bytes) -> str:
        """Store a text under its own hash, which is returned. Raises StorageError."""
        key = hashlib.sha256(text).hexdigest()
        if self.get(kind, key) is None:
            self.put(kind, key, {}, text)
        return key

    def remove(self, kind: str, key: str) -> None:
        """Delete the entry of a key if it exists. Raises StorageError."""
        self.remove_file(_entry_path(kind, key))

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of a stored file, or None. Raises StorageError."""
        try:
            return self.storage.read(name)
        except OSError as error:
            raise self._storage_error("read", error) from None

    def remove_file(self, name: str) -> None:
        """Delete a stored file. Raises StorageError."""
        try:
            self.storage.remove(name)
        except OSError as error:
            raise self._storage_error("written", error) from None

    def list_files(self) -> Iterator[StoredFile]:
        """Yield every stored file. Raises StorageError."""
        try:
            yield from self.storage.list_files()
        except OSError as error:
            raise self._storage_error("read", error) from None

    def _storage_error(self, action: str, error: OSError) -> StorageError:
        return StorageError(
            f"{self.storage.address}: the cache cannot be {action}: {error.strerror or error}."
        )


def make_key(*parts: object) -> str:
    """Return a key made of parts, which must be JSON: the same parts give the same key."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def pack_entry(facts: dict[str, Any], text: bytes) -> tuple[bytes, str]:
    """Return an entry's bytes and the checksum of its content."""
    facts_json = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    body = facts_json + b"\n" + zlib.compress(text, _COMPRESSION_LEVEL)
    checksum = hashlib.sha256(body).hexdigest()
    return _ENTRY_PREFIX + checksum.encode() + b"\n" + body, checksum


def unpack_entry(data: bytes) -> CacheEntry | None:
    """Return the entry of some bytes; None where a single bit of them is wrong."""
    begin = data.find(b"\n") + 1
    body = memoryview(data)[begin:]  # no copy: some texts have many megabytes
    checksum = hashlib.sha256(body).hexdigest()
    if data[:begin] != _ENTRY_PREFIX + checksum.encode() + b"\n":
        return None
    facts_end = data.index(b"\n", begin)
    return CacheEntry(json.loads(data[begin:facts_end]), checksum, body[facts_end + 1 - begin :])


def is_entry(name: str) -> bool:
    """Return whether a file's name is that of an entry: its kind, then a key as ``make_key`` returns it."""
    return _ENTRY_NAME.fullmatch(name) is not None


def _entry_path(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}"
