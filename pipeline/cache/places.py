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

TAG = "CACHEDIR.TAG"
"""File by which a cache is known: put there with the first entry, in a folder and at an address alike."""
_MADE_BY = b"# Made by iku;"
_TAGGED = b"Signature: 8a477f597d28d172789f06886806bc55\n" + _MADE_BY + b" may be deleted at any time.\n"
PART = ".part"
"""Ending of what is not yet whole."""


_MINE = f"{re.sub(r'[^A-Za-z0-9]', '', socket.gethostname())}-"
"""Begins the names of what processes of this machine have not yet written whole."""
_PARTS = re.compile(rf"\.{_MINE}(\d+)-[^/]*{re.escape(PART)}$")
_PART_NAME = re.compile(
    rf"[a-z]+/[0-9a-f]{{2}}/\.(?:[A-Za-z0-9]*-\d+-[^/]*|[0-9a-f]{{16}}){re.escape(PART)}", re.ASCII
)


class Kept(NamedTuple):
    """One file of a place."""

    name: str
    size: int
    changed: float
    """Seconds since the epoch; 0 where the place does not tell."""


class Place(Protocol):
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

    def files(self) -> Iterator[Kept]:
        """Everything that lies there, unfinished files too."""


class Folder:
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
            self._prepare(target.parent)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{_MINE}{os.getpid()}-", suffix=PART)
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

    def files(self) -> Iterator[Kept]:
        """See ``Place``."""
        for root, folders, names in os.walk(self._path):
            folders.sort()
            for name in sorted(names):
                path = Path(root, name)
                with suppress(FileNotFoundError):  # another process may prune
                    told = path.stat()
                    yield Kept(path.relative_to(self._path).as_posix(), told.st_size, told.st_mtime)

    def _prepare(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        tag = self._path / TAG
        if not tag.exists():
            tag.write_bytes(_TAGGED)


class Remote:
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
            return bytes(self._fs.cat_file(self._at(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See ``Place``."""
        target = self._at(name)
        if "file" in self._protocols() or "memory" not in self._protocols():
            self._fs.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
        self._mark()
        if self._puts_at_once():
            self._fs.pipe_file(target, data)
            return
        temporary = f"{PurePosixPath(target).parent}/.{os.urandom(8).hex()}{PART}"
        self._fs.pipe_file(temporary, data)
        self._fs.mv(temporary, target)

    def remove(self, name: str) -> None:
        """See ``Place``."""
        with suppress(FileNotFoundError):
            self._fs.rm_file(self._at(name))

    def files(self) -> Iterator[Kept]:
        """See ``Place``."""
        if not self._fs.exists(self._root):
            return
        for path, told in sorted(self._fs.find(self._root, detail=True).items()):
            name = path[len(self._root) :].lstrip("/")
            yield Kept(name, int(told.get("size") or 0), _changed(told))

    def _mark(self) -> None:
        if not self._marked and not self._fs.exists(self._at(TAG)):
            self._fs.pipe_file(self._at(TAG), _TAGGED)
        self._marked = True

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _protocols(self) -> tuple[str, ...]:
        found = self._fs.protocol
        return (found,) if isinstance(found, str) else tuple(found)

    def _puts_at_once(self) -> bool:
        return not {"s3", "gs", "gcs", "abfs", "az", "memory"}.isdisjoint(self._protocols())


def _changed(told: dict[str, Any]) -> float:
    """When a file changed, under whatever name its file system tells it."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        found = told.get(key)
        if isinstance(found, (int, float)):
            return float(found)
        if isinstance(found, datetime):
            return found.timestamp()
    return 0.0


def is_mark(data: bytes | None) -> bool:
    """Whether a tag is that of a cache of ours; other programs tag theirs by the same name."""
    return data is not None and _MADE_BY in data


def is_part(name: str) -> bool:
    """Whether a name is that of an entry which is not yet whole, whoever writes it."""
    return _PART_NAME.fullmatch(name) is not None


def is_orphan(kept: Kept, before: float) -> bool:
    """Whether a file is the unfinished one of a process of this machine that has ended, begun ``before``."""
    found = _PARTS.search(kept.name)
    return found is not None and kept.changed < before and not _runs(int(found.group(1)))


def _runs(pid: int) -> bool:
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


def place_at(address: str) -> Place:
    """The place of an address."""
    return Remote(address) if is_remote(address) else Folder(Path(address))
