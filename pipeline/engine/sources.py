"""The files of a build, known by their content before anything is read."""

from __future__ import annotations

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from extractors import kinds
from pipeline.cache.places import is_remote
from pipeline.inputs import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HASHED = 2**29 + 1
"""Bytes of a file that are looked at: no reader takes more."""
HANDS = 4
"""Files that are hashed at once."""
_CHUNK = 2**20
_HEAD = 4096
GIVEN = "given:"
"""Address of a document that was given as bytes: they lie in the cache."""


@dataclass(frozen=True)
class Source:
    """One file as it is named, and what its bytes are."""

    address: str
    name: str
    sha: str = ""
    media: str = ""
    size: int = 0
    problem: tuple[str, str, str] | None = None
    """Status, message and mend, where it cannot even be opened."""

    @property
    def unit(self) -> tuple[str, str]:
        """What decides how it is read: the bytes, and among texts the ending."""
        return self.sha, self.media


def sources(paths: Iterable[str], given: Mapping[str, bytes]) -> list[Source]:
    """All files under the paths, hashed, and what was given as bytes; in an order of their own."""
    local = documents(Path(path) for path in paths if not is_remote(path))
    remote = sorted({found for path in paths if is_remote(path) for found in _remote(path)})
    hands = ThreadPoolExecutor(HANDS)
    try:
        found = list(hands.map(of_path, local)) + list(hands.map(_of_address, remote))
    finally:
        hands.shutdown(wait=False, cancel_futures=True)  # an interrupt waits for no file
    for name, data in sorted(given.items()):
        sha = hashlib.sha256(data).hexdigest()
        found.append(Source(GIVEN + sha, name, sha, kinds.media_type(data[:_HEAD], name), len(data)))
    return found


def of_path(path: Path) -> Source:
    """A file of this machine."""
    address, name = str(path.absolute()), path.name
    try:
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as stream:
                return _hashed(stream, address, name)
    except OSError:
        pass
    return Source(address, name, problem=_problem(path))


def content(address: str) -> bytes:
    """The bytes of a source that was not given. Raises ReadError."""
    import extractors

    if not is_remote(address):
        return extractors.content(Path(address))
    try:
        with closing(_opened(address)) as stream:
            return extractors.at_most(stream, PurePosixPath(address).name)
    except OSError as error:
        raise _unreadable(error) from None


def sha_now(address: str) -> str:
    """The content that a source has now; empty where it cannot be opened."""
    return (of_path(Path(address)) if not is_remote(address) else _of_address(address)).sha


def _of_address(address: str) -> Source:
    name = PurePosixPath(address).name
    try:
        with closing(_opened(address)) as stream:
            return _hashed(stream, address, name)
    except OSError as error:
        made = _unreadable(error)
        return Source(address, name, problem=(str(made.status), made.message, made.mend))


def _hashed(stream: BinaryIO, address: str, name: str) -> Source:
    head = stream.read(_HEAD)
    made, size = hashlib.sha256(head), len(head)
    while size < HASHED and (chunk := stream.read(min(_CHUNK, HASHED - size))):
        made.update(chunk)
        size += len(chunk)
    return Source(address, name, made.hexdigest(), kinds.media_type(head, name), size)


def _problem(path: Path) -> tuple[str, str, str]:
    """Why a path cannot be read, in the words of the extractors."""
    import extractors

    try:
        extractors.content(path)
    except extractors.ReadError as error:
        return str(error.status), error.message, error.mend
    return "changed", "The file changed while it was looked at.", "Run the build again."


def _unreadable(error: OSError) -> Any:
    from extractors.errors import ReadError, Status

    if isinstance(error, FileNotFoundError):
        return ReadError(Status.MISSING, "There is no such file.", "Check the address.")
    if isinstance(error, PermissionError):
        return ReadError(Status.NO_PERMISSION, "The file may not be read.", "Ask for the right to read it.")
    return ReadError(
        Status.UNREADABLE, f"The file cannot be read: {error.strerror or error}.", "Copy it anew."
    )


def _opened(address: str) -> BinaryIO:
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(address)
    return cast(BinaryIO, fs.open(path, "rb"))


def _remote(address: str) -> Iterator[str]:
    """The documents under an fsspec address, or the one that it names."""
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(address)
    if not fs.isdir(path):
        yield address
        return
    for found in fs.find(path):
        inside = PurePosixPath(found[len(path) :].lstrip("/"))
        hidden = any(part.startswith(".") for part in inside.parts)
        if not hidden and inside.suffix.casefold() in kinds.ENDINGS:
            yield f"{address.rstrip('/')}/{inside}"
