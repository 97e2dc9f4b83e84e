"""One build at a time in a folder; whoever comes second is told who is there."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE, HOLDER_FILE = ".iku.lock", ".iku.building.json"


@contextmanager
def lock_folder(folder: Path) -> Iterator[str | None]:
    """Hold a folder, which is made if it does not exist; gives what an earlier build that died left behind.

    The lock itself is the operating system's and ends with its process, however that ends. Beside it lies
    who holds it: pid, host, since when. Raises BuildError where another build holds the folder.
    """
    from filelock import FileLock, Timeout

    is_new_folder = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / LOCK_FILE), folder / HOLDER_FILE
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BuildError(
            f"{folder}: another build is at work here ({_describe_holder(holder) or 'it does not say who'}).",
            "Wait for it, end it, or build into another folder.",
        ) from None
    try:
        stale_holder = _describe_holder(holder)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        this_process = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        holder.write_text(json.dumps(this_process) + "\n", encoding="utf-8")
        yield stale_holder
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        # A lock's file stays: to delete it while another takes hold of it would make two locks of one.
        if is_new_folder and [path.name for path in folder.iterdir()] == [LOCK_FILE]:
            (folder / LOCK_FILE).unlink()
            with suppress(OSError):
                folder.rmdir()
        lock.release()


def _describe_holder(holder: Path) -> str | None:
    """Who holds the folder, as that build wrote it."""
    try:
        holder_fields = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {holder_fields['pid']} on {holder_fields['host']}, since {holder_fields['since']}"
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return "it does not say who"
