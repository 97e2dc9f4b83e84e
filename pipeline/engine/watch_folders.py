"""Which files of a watched folder are complete: those that have not changed for a while."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine.discover import find_documents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0
"""Seconds before a failed build is tried again: at first, and at most."""

FileStamp = tuple[int, int, int]
"""Size, modification time in nanoseconds, inode number."""


class FileStabilityTracker:
    """Tracker of files that records since when each has not changed."""

    def __init__(self, folders: Iterable[str], seconds: float) -> None:
        self._folders = tuple(map(Path, folders))
        self._seconds = seconds
        self._since: dict[Path, tuple[FileStamp, float]] = {}
        self._disks: dict[Path, int] = {}
        """The disk on which a folder's files were last seen."""
        self._missing: set[Path] = set()

    @property
    def visible_files(self) -> Collection[Path]:
        """Return all files of the last check, complete or not."""
        return self._since.keys()

    def list_stable_files(self, now: float) -> dict[Path, FileStamp]:
        """Return the files that have been unchanged for long enough at ``now`` (seconds of a clock)."""
        disks = {folder: _disk_number(folder) for folder in self._folders}
        stamps: dict[Path, tuple[FileStamp, float]] = {}
        for path in find_documents(self._folders):
            with suppress(OSError):  # deleted meanwhile, or not accessible
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
        """Return which folders are missing, in words; also those whose disk is not mounted.

        The empty mount point of such a disk is recognised: it is on another disk than the files were.
        """
        missing_folders = [
            str(folder) for folder in self._folders if folder in self._missing or not folder.exists()
        ]
        return f"{', '.join(missing_folders)}: not there." if missing_folders else ""


def _disk_number(folder: Path) -> int | None:
    """Return the device number of a folder; None if it does not exist."""
    try:
        return folder.stat().st_dev
    except (FileNotFoundError, NotADirectoryError):
        return None


class RetrySchedule:
    """Decide when to build: files were added, changed or removed, or it is time for another try."""

    def __init__(self) -> None:
        self._built: Mapping[Path, FileStamp] = {}
        self._again = float("inf")
        self._pause = FIRST_PAUSE

    def is_due(
        self, ready: Mapping[Path, FileStamp], now: float, visible_files: Collection[Path] = ()
    ) -> bool:
        """Return whether to build the ready files at ``now``.

        While a built file is being rewritten (visible, but not ready), the build waits: otherwise the file
        would disappear from the catalogue for a while.
        """
        if any(path in visible_files and path not in ready for path in self._built):
            return False
        return ready != self._built or now >= self._again

    def record_build(self, ready: Mapping[Path, FileStamp], is_settled: bool, now: float) -> None:
        """Record a build of the ready files; if it is not settled, another build may have another result.

        That build follows after a pause, which doubles each time nothing changes.
        """
        self._pause = (
            FIRST_PAUSE if is_settled or ready != self._built else min(2 * self._pause, LONGEST_PAUSE)
        )
        self._built = ready
        self._again = float("inf") if is_settled else now + self._pause
