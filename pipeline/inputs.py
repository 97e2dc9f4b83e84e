"""Which files a build reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.kinds import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable


def documents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to read: those named, and all of the named folders, each once, sorted.

    Folders are searched to the bottom for files with a known ending; hidden files and folders are left out,
    and so are links to folders, which could lead in circles. A path that does not exist, or a folder that
    may not be read, stays in the list: reading it says so.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(_inside(path))
        else:
            found.add(path)
    return tuple(sorted(found, key=lambda p: (p.name, p.as_posix())))


def _inside(folder: Path) -> Iterable[Path]:
    closed: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.casefold() in ENDINGS:
                yield Path(root, name)
    yield from closed
