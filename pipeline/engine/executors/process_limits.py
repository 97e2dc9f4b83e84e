"""Limits inside a worker process: memory, native threads, and extensions of the deadline."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OUT_OF_MEMORY = 77
"""Exit status of a worker that exceeded its memory limit."""
MEMORY_POLL_SECONDS = 0.1
"""Seconds between two checks of the memory."""
RESERVATION_FACTOR = 4
"""How many times its memory limit a worker may reserve: native code reserves far more than it uses, but a
larger reservation comes from a decompression bomb and fails at once."""
SINGLE_THREAD_ENVIRONMENT = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OMP_THREAD_LIMIT",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "OPENCV_FOR_THREADS_NUM",
    ),
    "1",
)
"""Environment variables that limit native libraries to one thread."""

_STATM = Path("/proc/self/statm")
_deadline_handler: Callable[[float], None] | None = None


def extend_deadline(seconds: float) -> None:
    """Move the deadline to ``seconds`` from now; without effect if there is no limit."""
    if _deadline_handler is not None:
        _deadline_handler(seconds)


def set_deadline_handler(handler: Callable[[float], None]) -> None:
    """Set the function that ``extend_deadline`` calls."""
    global _deadline_handler
    _deadline_handler = handler


def resident_bytes() -> int:
    """Return the resident bytes of this process; on macOS their maximum; 0 where it is unknown."""
    if _STATM.exists():
        return int(_STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0


def guard_memory(max_bytes: int) -> None:
    """End this process as soon as it exceeds its memory limit (bytes)."""
    _limit_address_space(max_bytes)

    def watch_memory() -> None:
        while True:
            if resident_bytes() > max_bytes:
                os._exit(OUT_OF_MEMORY)
            time.sleep(MEMORY_POLL_SECONDS)

    threading.Thread(target=watch_memory, daemon=True, name="memory").start()


def _limit_address_space(max_bytes: int) -> None:
    """Limit the reservable address space, where the platform supports it."""
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft_limit = max_bytes * RESERVATION_FACTOR
    if hard == resource.RLIM_INFINITY or soft_limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (soft_limit, hard))
