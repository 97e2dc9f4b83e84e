"""The files of a build, identified by their content before anything is read."""

from __future__ import annotations

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from extractors import media_type
from extractors.errors import ReadError, ReadStatus
from extractors.file_names import printable_name
from pipeline.engine.cache.storage import is_remote
from pipeline.engine.discover import SEARCHED_ENDINGS, search_paths
from pipeline.engine.request import DocumentFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.engine.cache import CacheStore

MAX_HASHED_BYTES = 2**29 + 1
"""Bytes of a file that are looked at: no reader takes more."""
HASH_THREADS = 4
"""Files that are hashed at once."""
_CHUNK = 2**20
_HEAD_BYTES = 4096
IN_MEMORY_PREFIX = "given:"
"""Prefix of the address of a document that was given as bytes, which are in the cache."""


@dataclass(frozen=True)
class InputFile:
    """One file as it is named, and what its bytes are."""

    address: str
    name: str
    sha: str = ""
    media: str = ""
    size: int = 0
    problem: DocumentFailure | None = None
    """Why it cannot be opened."""

    @property
    def unit(self) -> tuple[str, str]:
        """Return what decides how it is read: the bytes and the media type."""
        return self.sha, self.media


def collect_input_files(
    paths: Iterable[str], contents: Mapping[str, bytes], send_message: Callable[[str], None] = lambda _: None
) -> list[InputFile]:
    """Return all files under the paths, and the contents that are given by name, with their hashes.

    ``send_message`` gets a message on skipped files.
    """
    found_files = search_paths(Path(path) for path in paths if not is_remote(path))
    for sentence in found_files.describe_skipped():
        send_message(sentence)
    local = found_files.documents
    remote = sorted({address for path in paths if is_remote(path) for address in _list_remote(path)})
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
                printable_name(name),
                sha,
                media_type.detect_media_type(data[:_HEAD_BYTES], name),
                len(data),
            )
        )
    return input_files


def store_contents(store: CacheStore, contents: Mapping[str, bytes]) -> None:
    """Put documents that are given as bytes into the cache, where workers find them."""
    for data in contents.values():
        store.put("given", hashlib.sha256(data).hexdigest(), {}, data)


def hash_file(path: Path) -> InputFile:
    """Return a file of this machine with the hash of its content."""
    address, name = str(path.absolute()), printable_name(path.name)
    try:
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as stream:
                return _hash_stream(stream, address, name)
    except OSError:
        pass
    return InputFile(address, name, problem=_explain_problem(path, name))


def read_content(address: str) -> bytes:
    """Return the bytes at an address. Raises ReadError."""
    import extractors

    if not is_remote(address):
        return extractors.read_content(Path(address))
    try:
        with closing(_open_address(address)) as stream:
            return extractors.read_limited(stream, PurePosixPath(address).name)
    except OSError as error:
        raise _to_read_error(error) from None


def current_sha(address: str) -> str:
    """Return the hash of the content that an address has now; empty where it cannot be opened."""
    return (hash_file(Path(address)) if not is_remote(address) else _hash_address(address)).sha


def _hash_address(address: str) -> InputFile:
    name = printable_name(PurePosixPath(address).name)
    try:
        with closing(_open_address(address)) as stream:
            return _hash_stream(stream, address, name)
    except OSError as error:
        return InputFile(address, name, problem=_to_failure(name, _to_read_error(error)))


def _hash_stream(stream: BinaryIO, address: str, name: str) -> InputFile:
    head = stream.read(_HEAD_BYTES)
    sha256, size = hashlib.sha256(head), len(head)
    while size < MAX_HASHED_BYTES and (chunk := stream.read(min(_CHUNK, MAX_HASHED_BYTES - size))):
        sha256.update(chunk)
        size += len(chunk)
    return InputFile(address, name, sha256.hexdigest(), media_type.detect_media_type(head, name), size)


def _explain_problem(path: Path, name: str) -> DocumentFailure:
    """Return why a path cannot be read, in the words of the extractors."""
    import extractors

    try:
        extractors.read_content(path)
    except extractors.ReadError as error:
        return _to_failure(name, error)
    return DocumentFailure(name, "changed", "The file changed while it was opened.", "Run the build again.")


def _to_failure(name: str, error: ReadError) -> DocumentFailure:
    return DocumentFailure(name, str(error.status), error.message, error.remedy)


def _to_read_error(error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError):
        return ReadError(ReadStatus.MISSING, "There is no such file.", "Check the address.")
    if isinstance(error, PermissionError):
        return ReadError(
            ReadStatus.NO_PERMISSION, "The file may not be read.", "Ask for the right to read it."
        )
    return ReadError(
        ReadStatus.UNREADABLE, f"The file cannot be read: {error.strerror or error}.", "Copy the file again."
    )


def _open_address(address: str) -> BinaryIO:
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(address)
    return cast(BinaryIO, fs.open(path, "rb"))


def _list_remote(address: str) -> Iterator[str]:
    """Yield the documents under an fsspec address, or the one that it names."""
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
