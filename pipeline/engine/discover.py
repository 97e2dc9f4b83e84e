"""Which files a build reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.media_type import FILE_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable


def find_documents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to read: those named, and all of the named folders, each once, sorted.

    Folders are searched to the bottom for files with a known ending; hidden files and folders are left out,
    and so are links to folders, which could lead in circles. A path that does not exist, or a folder that
    may not be read, stays in the list: reading it says so.
    """
    files: set[Path] = set()
    for path in paths:
        if path.is_dir():
            files.update(_files_in_folder(path))
        else:
            files.add(path)
    return tuple(sorted(files, key=lambda p: (p.name, p.as_posix())))


def _files_in_folder(folder: Path) -> Iterable[Path]:
    unreadable: list[Path] = []
    for root, folders, names in os.walk(
        folder, onerror=lambda error: unreadable.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.casefold() in FILE_ENDINGS:
                yield Path(root, name)
    yield from unreadable
