"""The storage of a cache: a folder, memory, or any address that fsspec supports (``s3://bucket/cache``)."""

from __future__ import annotations

import os
import re
import socket
import sys
import uuid
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG_FILE = "CACHEDIR.TAG"
"""File that marks a cache; it is written before the first entry."""
_TAG_COMMENT = b"# Made by iku;"
_TAG_CONTENT = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n" + _TAG_COMMENT + b" may be deleted at any time.\n"
)
PARTIAL_SUFFIX = ".part"
"""Ending of incomplete files."""
_HOST_PREFIX = f"{re.sub(r'[^A-Za-z0-9]', '', socket.gethostname())}-"
"""Prefix of the names of incomplete files that a process of this machine writes."""
_HOST_PARTIAL_NAME = re.compile(rf"\.{_HOST_PREFIX}(\d+)-[^/]*{re.escape(PARTIAL_SUFFIX)}$")
_PARTIAL_NAME = re.compile(
    rf"[a-z]+/[0-9a-f]{{2}}/\.[A-Za-z0-9]*-\d+-[^/]*{re.escape(PARTIAL_SUFFIX)}", re.ASCII
)
_ATOMIC_PROTOCOLS = frozenset({"s3", "gs", "gcs", "abfs", "az", "memory"})
"""Protocols of fsspec whose files appear complete or not at all."""


class StoredFile(NamedTuple):
    """One file of a storage."""

    name: str
    size: int
    modified_at: float
    """Seconds since the epoch; 0 if the storage does not know it."""


class Storage:
    """Named bytes below an address of fsspec: a folder, a bucket, or memory.

    A name appears at once with all of its bytes. Object stores and memory do so by themselves; elsewhere the
    bytes are written next to the target and renamed. Nothing is synced: an entry that is damaged by a power
    failure is recognised by its checksum.
    """

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        self._fs: Any
        self.address = address.rstrip("/") if is_remote(address) else str(Path(address).absolute())
        """The address, by which another process finds the same storage."""
        try:
            self._fs, root = url_to_fs(self.address)
        except (ValueError, ImportError) as error:  # an unknown protocol, or one whose library is missing
            raise ConfigError(f"{address}: this is no address of a cache: {error}.") from None
        self._root = str(root).rstrip("/")
        protocol = self._fs.protocol
        self._protocols = {protocol} if isinstance(protocol, str) else set(protocol)
        self._is_tagged = False

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a name, or None. Raises OSError where the storage itself fails."""
        try:
            return bytes(self._fs.cat_file(self._full_path(name)))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name, completely or not at all. Raises OSError."""
        target = self._full_path(name)
        self._write_tag()
        if not _ATOMIC_PROTOCOLS.isdisjoint(self._protocols):
            self._fs.pipe_file(target, data)
            return
        folder = str(PurePosixPath(target).parent)
        self._fs.makedirs(folder, exist_ok=True)
        temporary = f"{folder}/.{_HOST_PREFIX}{os.getpid()}-{os.urandom(8).hex()}{PARTIAL_SUFFIX}"
        try:
            self._fs.pipe_file(temporary, data)
            if "file" in self._protocols:
                Path(temporary).replace(target)
            else:
                self._fs.mv(temporary, target)
        except BaseException:
            with suppress(OSError):
                self._fs.rm_file(temporary)
            raise

    def remove(self, name: str) -> None:
        """Delete a name if it exists."""
        with suppress(FileNotFoundError):
            self._fs.rm_file(self._full_path(name))

    def remove_all(self) -> None:
        """Delete everything below the address."""
        with suppress(FileNotFoundError):
            self._fs.rm(self._root, recursive=True)

    def list_files(self) -> Iterator[StoredFile]:
        """Yield all files, including incomplete ones."""
        if not self._fs.exists(self._root):
            return
        for path, file_info in sorted(self._fs.find(self._root, detail=True).items()):
            name = path[len(self._root) :].lstrip("/")
            yield StoredFile(name, int(file_info.get("size") or 0), _modification_time(file_info))

    def _write_tag(self) -> None:
        """Mark the address as a cache before its first entry is written."""
        tag = self._full_path(TAG_FILE)
        if not self._is_tagged and not self._fs.exists(tag):
            if _ATOMIC_PROTOCOLS.isdisjoint(self._protocols):
                self._fs.makedirs(self._root, exist_ok=True)
            self._fs.pipe_file(tag, _TAG_CONTENT)
        self._is_tagged = True

    def _full_path(self, name: str) -> str:
        return f"{self._root}/{name}"


def _modification_time(file_info: dict[str, Any]) -> float:
    """Return when a file changed; file systems have several names for it."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        moment = file_info.get(key)
        if isinstance(moment, (int, float)):
            return float(moment)
        if isinstance(moment, datetime):
            return moment.timestamp()
    return 0.0


def is_cache_tag(data: bytes | None) -> bool:
    """Return whether a tag is ours; other programs mark their caches by the same file name."""
    return data is not None and _TAG_COMMENT in data


def is_partial(name: str) -> bool:
    """Return whether a name is that of an incomplete entry, whoever writes it."""
    return _PARTIAL_NAME.fullmatch(name) is not None


def is_orphan(stored_file: StoredFile, before: float) -> bool:
    """Return whether a process of this machine left the file incomplete ``before`` and has ended."""
    name_match = _HOST_PARTIAL_NAME.search(stored_file.name)
    return (
        name_match is not None
        and stored_file.modified_at < before
        and not _is_running(int(name_match.group(1)))
    )


def _is_running(pid: int) -> bool:
    """Return whether a process of this machine runs; True where asking would end it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def is_remote(address: str) -> bool:
    """Return whether an address is a URL; everything else is a path of this machine."""
    return "://" in address


def open_storage(address: str) -> Storage:
    """Return the storage of an address: a folder's path, or anything that fsspec knows."""
    return Storage(address)


@contextmanager
def open_memory_storage() -> Iterator[Storage]:
    """Return a storage in the memory of this process that nobody else uses; it is dropped at the end."""
    storage = Storage(f"memory://iku-{uuid.uuid4().hex}")
    try:
        yield storage
    finally:
        storage.remove_all()
