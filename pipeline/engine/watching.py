"""Which files of a folder are complete: those that nobody has written to for a while."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.inputs import documents

if TYPE_CHECKING:
    from collections.abc import Iterable

Stamp = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, number on its disk."""


class Settling:
    """Files seen again and again, and since when each looks the same."""

    def __init__(self, folders: Iterable[str], seconds: float) -> None:
        self._folders = tuple(map(Path, folders))
        self._seconds = seconds
        self._since: dict[Path, tuple[Stamp, float]] = {}

    def look(self, now: float) -> dict[Path, Stamp]:
        """The files that have looked the same for long enough by ``now``, a clock's seconds."""
        seen: dict[Path, tuple[Stamp, float]] = {}
        for path in documents(self._folders):
            with suppress(OSError):  # gone again, or not to be looked at
                told = path.stat()
                stamp = (told.st_size, told.st_mtime_ns, told.st_ino)
                before = self._since.get(path)
                seen[path] = before if before and before[0] == stamp else (stamp, now)
        self._since = seen
        return {path: stamp for path, (stamp, since) in seen.items() if now - since >= self._seconds}

    @property
    def waiting(self) -> bool:
        """Whether there is any file at all."""
        return bool(self._since)
