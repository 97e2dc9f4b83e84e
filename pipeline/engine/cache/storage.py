"""Where a cache lies: a folder, or any address that fsspec knows (``s3://bucket/cache``)."""

from __future__ import annotations

import os
import re
import socket
import sys
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG_FILE = "CACHEDIR.TAG"
"""File by which a cache is known: put there with the first entry, in a folder and at an address alike."""
_TAG_COMMENT = b"# Made by iku;"
_TAG_CONTENT = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n" + _TAG_COMMENT + b" may be deleted at any time.\n"
)
PARTIAL_SUFFIX = ".part"
"""Ending of what is not yet whole."""


_HOST_PREFIX = f"{re.sub(r'[^A-Za-z0-9]', '', socket.gethostname())}-"
"""Begins the names of what processes of this machine have not yet written whole."""
_HOST_PARTIAL_NAME = re.compile(rf"\.{_HOST_PREFIX}(\d+)-[^/]*{re.escape(PARTIAL_SUFFIX)}$")
_PARTIAL_NAME = re.compile(
    rf"[a-z]+/[0-9a-f]{{2}}/\.(?:[A-Za-z0-9]*-\d+-[^/]*|[0-9a-f]{{16}}){re.escape(PARTIAL_SUFFIX)}", re.ASCII
)


class StoredFile(NamedTuple):
    """One file of a place."""

    name: str
    size: int
    modified_at: float
    """Seconds since the epoch; 0 where the place does not tell."""


class Storage(Protocol):
    """Named bytes, each put there at once."""

    @property
    def address(self) -> str:
        """By which another process finds the same place."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a name, or None. Raises OSError where the place itself fails."""

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name, whole or not at all. Raises OSError."""

    def remove(self, name: str) -> None:
        """Take a name away, if it is there."""

    def list_files(self) -> Iterator[StoredFile]:
        """Everything that lies there, unfinished files too."""


class FolderStorage:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()

    @property
    def address(self) -> str:
        """The folder's full path."""
        return str(self._path)

    def read(self, name: str) -> bytes | None:
        """See ``Place``."""
        try:
            return (self._path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        """See ``Place``. Not synced: an entry that a power cut tears is seen by its checksum."""
        target = self._path / name
        if not target.parent.is_dir():
            self._create_folder(target.parent)
        handle, temporary = tempfile.mkstemp(
            dir=target.parent, prefix=f".{_HOST_PREFIX}{os.getpid()}-", suffix=PARTIAL_SUFFIX
        )
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise

    def remove(self, name: str) -> None:
        """See ``Place``."""
        (self._path / name).unlink(missing_ok=True)

    def list_files(self) -> Iterator[StoredFile]:
        """See ``Place``."""
        for root, folders, names in os.walk(self._path):
            folders.sort()
            for name in sorted(names):
                path = Path(root, name)
                with suppress(FileNotFoundError):  # another process may prune
                    file_status = path.stat()
                    yield StoredFile(
                        path.relative_to(self._path).as_posix(), file_status.st_size, file_status.st_mtime
                    )

    def _create_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        tag = self._path / TAG_FILE
        if not tag.exists():
            tag.write_bytes(_TAG_CONTENT)


class FsspecStorage:
    """An address of fsspec. Object stores put an object at once; elsewhere a file is moved into place."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        self._address = address.rstrip("/")
        self._fs: Any
        self._fs, self._root = url_to_fs(self._address)
        self._marked = False

    @property
    def address(self) -> str:
        """The address as given."""
        return self._address

    def read(self, name: str) -> bytes | None:
        """See ``Place``."""
        try:
            return bytes(self._fs.cat_file(self._full_path(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See ``Place``."""
        target = self._full_path(name)
        if "file" in self._protocol_names() or "memory" not in self._protocol_names():
            self._fs.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
        self._write_tag()
        if self._writes_atomically():
            self._fs.pipe_file(target, data)
            return
        temporary = f"{PurePosixPath(target).parent}/.{os.urandom(8).hex()}{PARTIAL_SUFFIX}"
        self._fs.pipe_file(temporary, data)
        self._fs.mv(temporary, target)

    def remove(self, name: str) -> None:
        """See ``Place``."""
        with suppress(FileNotFoundError):
            self._fs.rm_file(self._full_path(name))

    def list_files(self) -> Iterator[StoredFile]:
        """See ``Place``."""
        if not self._fs.exists(self._root):
            return
        for path, file_info in sorted(self._fs.find(self._root, detail=True).items()):
            name = path[len(self._root) :].lstrip("/")
            yield StoredFile(name, int(file_info.get("size") or 0), _modification_time(file_info))

    def _write_tag(self) -> None:
        if not self._marked and not self._fs.exists(self._full_path(TAG_FILE)):
            self._fs.pipe_file(self._full_path(TAG_FILE), _TAG_CONTENT)
        self._marked = True

    def _full_path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _protocol_names(self) -> tuple[str, ...]:
        protocol = self._fs.protocol
        return (protocol,) if isinstance(protocol, str) else tuple(protocol)

    def _writes_atomically(self) -> bool:
        return not {"s3", "gs", "gcs", "abfs", "az", "memory"}.isdisjoint(self._protocol_names())


def _modification_time(file_info: dict[str, Any]) -> float:
    """When a file changed, under whatever name its file system tells it."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        moment = file_info.get(key)
        if isinstance(moment, (int, float)):
            return float(moment)
        if isinstance(moment, datetime):
            return moment.timestamp()
    return 0.0


def is_cache_tag(data: bytes | None) -> bool:
    """Whether a tag is that of a cache of ours; other programs tag theirs by the same name."""
    return data is not None and _TAG_COMMENT in data


def is_partial(name: str) -> bool:
    """Whether a name is that of an entry which is not yet whole, whoever writes it."""
    return _PARTIAL_NAME.fullmatch(name) is not None


def is_orphan(stored_file: StoredFile, before: float) -> bool:
    """Whether a file is the unfinished one of a process of this machine that has ended, begun ``before``."""
    name_match = _HOST_PARTIAL_NAME.search(stored_file.name)
    return (
        name_match is not None
        and stored_file.modified_at < before
        and not _is_running(int(name_match.group(1)))
    )


def _is_running(pid: int) -> bool:
    """Whether a process of this machine runs; yes where that cannot be asked without harm."""
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
    """Whether an address needs fsspec; everything else is a path of this machine."""
    return "://" in address


def open_storage(address: str) -> Storage:
    """The place of an address."""
    return FsspecStorage(address) if is_remote(address) else FolderStorage(Path(address))
