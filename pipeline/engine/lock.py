"""One build at a time in a folder; whoever comes second is told who is there."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.engine.orders import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK, HOLDER = ".iku.lock", ".iku.building.json"


@contextmanager
def locked(folder: Path) -> Iterator[str | None]:
    """Hold a folder, which is made if it does not exist; gives what an earlier build that died left behind.

    The lock itself is the operating system's and ends with its process, however that ends. Beside it lies
    who holds it: pid, host, since when. Raises BuildError where another build holds the folder.
    """
    from filelock import FileLock, Timeout

    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / LOCK), folder / HOLDER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BuildError(
            f"{folder}: another build is at work here ({_told(holder) or 'it does not say who'}). "
            "Wait for it, end it, or build into another folder."
        ) from None
    try:
        stale = _told(holder)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        me = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        holder.write_text(json.dumps(me) + "\n", encoding="utf-8")
        yield stale
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        # A lock's file stays: to delete it while another takes hold of it would make two locks of one.
        if made and [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            with suppress(OSError):
                folder.rmdir()
        lock.release()


def _told(holder: Path) -> str | None:
    """Who holds the folder, as that build wrote it."""
    try:
        found = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {found['pid']} on {found['host']}, since {found['since']}"
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return "it does not say who"
