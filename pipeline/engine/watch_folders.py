"""Which files of a watched folder are complete: those that have not changed for a while."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine.discover import find_documents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0
"""Seconds before the same is tried again: at first, and at most."""

FileStamp = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, number on its disk."""


class FileStabilityTracker:
    """Files seen again and again, and since when each looks the same."""

    def __init__(self, folders: Iterable[str], seconds: float) -> None:
        self._folders = tuple(map(Path, folders))
        self._seconds = seconds
        self._since: dict[Path, tuple[FileStamp, float]] = {}
        self._disks: dict[Path, int] = {}
        """The disk on which a folder's files were last seen."""
        self._missing: set[Path] = set()

    @property
    def visible_files(self) -> Collection[Path]:
        """All files that were seen at the last look, complete or not."""
        return self._since.keys()

    def list_stable_files(self, now: float) -> dict[Path, FileStamp]:
        """The files that have looked the same for long enough by ``now``, a clock's seconds."""
        disks = {folder: _disk_number(folder) for folder in self._folders}
        stamps: dict[Path, tuple[FileStamp, float]] = {}
        for path in find_documents(self._folders):
            with suppress(OSError):  # gone again, or not to be looked at
                file_status = path.stat()
                stamp = (file_status.st_size, file_status.st_mtime_ns, file_status.st_ino)
                previous = self._since.get(path)
                stamps[path] = previous if previous and previous[0] == stamp else (stamp, now)
        self._since = stamps
        for folder, disk in disks.items():
            if disk is not None and any(path.is_relative_to(folder) for path in stamps):
                self._disks[folder] = disk
        self._missing = {f for f, disk in disks.items() if disk is None or disk != self._disks.get(f, disk)}
        return {path: stamp for path, (stamp, since) in stamps.items() if now - since >= self._seconds}

    def describe_missing(self) -> str:
        """What of the folders is not there, in words: a disk that is not mounted has not lost its files.

        The empty folder that stands in its place then is on another disk than the files were.
        """
        missing_folders = [
            str(folder) for folder in self._folders if folder in self._missing or not folder.exists()
        ]
        return f"{', '.join(missing_folders)}: not there." if missing_folders else ""


def _disk_number(folder: Path) -> int | None:
    """The number of the disk that a folder is on; None: there is no such folder."""
    try:
        return folder.stat().st_dev
    except (FileNotFoundError, NotADirectoryError):
        return None


class RetrySchedule:
    """When it is time to build: files came, changed or went, or it is time to try again."""

    def __init__(self) -> None:
        self._built: Mapping[Path, FileStamp] = {}
        self._again = float("inf")
        self._pause = FIRST_PAUSE

    def is_due(
        self, ready: Mapping[Path, FileStamp], now: float, visible_files: Collection[Path] = ()
    ) -> bool:
        """Whether to build what is ready by ``now``.

        A built file that is being written again (visible, but not ready) is waited for: a build without it
        would remove it from the catalogue for that time.
        """
        if any(path in visible_files and path not in ready for path in self._built):
            return False
        return ready != self._built or now >= self._again

    def record_build(self, ready: Mapping[Path, FileStamp], is_settled: bool, now: float) -> None:
        """What is ready was built; not ``settled``: another build of the same may come to something else.

        It is tried after a pause, which doubles as long as nothing comes of it.
        """
        self._pause = (
            FIRST_PAUSE if is_settled or ready != self._built else min(2 * self._pause, LONGEST_PAUSE)
        )
        self._built = ready
        self._again = float("inf") if is_settled else now + self._pause
