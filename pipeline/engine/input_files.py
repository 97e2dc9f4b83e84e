"""The files of a build, known by their content before anything is read."""

from __future__ import annotations

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from extractors import media_type
from pipeline.engine.cache.storage import is_remote
from pipeline.engine.discover import SEARCHED_ENDINGS, search_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MAX_HASHED_BYTES = 2**29 + 1
"""Bytes of a file that are looked at: no reader takes more."""
HASH_THREADS = 4
"""Files that are hashed at once."""
_CHUNK = 2**20
_HEAD_BYTES = 4096
IN_MEMORY_PREFIX = "given:"
"""Address of a document that was given as bytes: they lie in the cache."""


@dataclass(frozen=True)
class InputFile:
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


def collect_input_files(
    paths: Iterable[str], contents: Mapping[str, bytes], send_message: Callable[[str], None] = lambda _: None
) -> list[InputFile]:
    """Return all files under the paths, hashed, and what was given as bytes; in an order of their own.

    ``send_message`` is told which files are passed over.
    """
    found_files = search_paths(Path(path) for path in paths if not is_remote(path))
    for sentence in found_files.describe_skipped():
        send_message(sentence)
    local = found_files.documents
    remote = sorted({input_files for path in paths if is_remote(path) for input_files in _list_remote(path)})
    thread_pool = ThreadPoolExecutor(HASH_THREADS)
    try:
        input_files = list(thread_pool.map(hash_file, local)) + list(thread_pool.map(_hash_address, remote))
    finally:
        thread_pool.shutdown(wait=False, cancel_futures=True)  # an interrupt waits for no file
    for name, data in sorted(contents.items()):
        sha = hashlib.sha256(data).hexdigest()
        input_files.append(
            InputFile(
                IN_MEMORY_PREFIX + sha,
                name,
                sha,
                media_type.detect_media_type(data[:_HEAD_BYTES], name),
                len(data),
            )
        )
    return input_files


def hash_file(path: Path) -> InputFile:
    """A file of this machine."""
    address, name = str(path.absolute()), path.name
    try:
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as stream:
                return _hash_stream(stream, address, name)
    except OSError:
        pass
    return InputFile(address, name, problem=_explain_problem(path))


def read_content(address: str) -> bytes:
    """The bytes of a source that was not given. Raises ReadError."""
    import extractors

    if not is_remote(address):
        return extractors.read_content(Path(address))
    try:
        with closing(_open_address(address)) as stream:
            return extractors.read_limited(stream, PurePosixPath(address).name)
    except OSError as error:
        raise _to_read_error(error) from None


def current_sha(address: str) -> str:
    """The content that a source has now; empty where it cannot be opened."""
    return (hash_file(Path(address)) if not is_remote(address) else _hash_address(address)).sha


def _hash_address(address: str) -> InputFile:
    name = PurePosixPath(address).name
    try:
        with closing(_open_address(address)) as stream:
            return _hash_stream(stream, address, name)
    except OSError as error:
        read_error = _to_read_error(error)
        return InputFile(address, name, problem=(str(read_error.status), read_error.message, read_error.mend))


def _hash_stream(stream: BinaryIO, address: str, name: str) -> InputFile:
    head = stream.read(_HEAD_BYTES)
    sha256, size = hashlib.sha256(head), len(head)
    while size < MAX_HASHED_BYTES and (chunk := stream.read(min(_CHUNK, MAX_HASHED_BYTES - size))):
        sha256.update(chunk)
        size += len(chunk)
    return InputFile(address, name, sha256.hexdigest(), media_type.detect_media_type(head, name), size)


def _explain_problem(path: Path) -> tuple[str, str, str]:
    """Why a path cannot be read, in the words of the extractors."""
    import extractors

    try:
        extractors.read_content(path)
    except extractors.ReadError as error:
        return str(error.status), error.message, error.remedy
    return "changed", "The file changed while it was looked at.", "Run the build again."


def _to_read_error(error: OSError) -> Any:
    from extractors.errors import ReadError, ReadStatus

    if isinstance(error, FileNotFoundError):
        return ReadError(ReadStatus.MISSING, "There is no such file.", "Check the address.")
    if isinstance(error, PermissionError):
        return ReadError(
            ReadStatus.NO_PERMISSION, "The file may not be read.", "Ask for the right to read it."
        )
    return ReadError(
        ReadStatus.UNREADABLE, f"The file cannot be read: {error.strerror or error}.", "Copy it anew."
    )


def _open_address(address: str) -> BinaryIO:
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(address)
    return cast(BinaryIO, fs.open(path, "rb"))


def _list_remote(address: str) -> Iterator[str]:
    """The documents under an fsspec address, or the one that it names."""
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(address)
    if not fs.isdir(path):
        yield address
        return
    for remote_path in fs.find(path):
        relative_path = PurePosixPath(remote_path[len(path) :].lstrip("/"))
        is_hidden = any(part.startswith(".") for part in relative_path.parts)
        if not is_hidden and relative_path.suffix.casefold() in SEARCHED_ENDINGS:
            yield f"{address.rstrip('/')}/{relative_path}"
