"""Atomic writes of files."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def write_atomically(texts: Mapping[Path, str | bytes | Iterable[bytes]]) -> None:
    """Write all files or none: each to a temporary file first, then all are renamed.

    Texts in pieces are written piece by piece, in the order of the files.

    Raises OSError; then every file is unchanged. A target that cannot be replaced (a folder) is rejected
    before the first rename, since two renames are not atomic together.
    """
    with ExitStack() as stack:
        temporary_files: list[tuple[Path, Path]] = []
        for path, text in texts.items():
            temporary = _create_temporary(path)
            stack.callback(temporary.unlink, missing_ok=True)
            _write_pieces(temporary, text)
            temporary_files.append((temporary, path))
        for path in texts:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        for temporary, path in temporary_files:
            temporary.replace(path)


def _create_temporary(path: Path) -> Path:
    """Return an empty file in the folder of the target: only there is a rename atomic."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    return Path(name)


def _write_pieces(temporary: Path, text: str | bytes | Iterable[bytes]) -> None:
    pieces = (text.encode(),) if isinstance(text, str) else (text,) if isinstance(text, bytes) else text
    with temporary.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    # mkstemp lets only the owner read; a published file follows the folder's usual rights.
    mask = os.umask(0)
    os.umask(mask)
    temporary.chmod(0o666 & ~mask)
