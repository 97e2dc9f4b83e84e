"""Who does the work of a command: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.workers import Executor


def executor(jobs: int | None, cluster: str | None, megabytes: int) -> Callable[[], Executor]:
    """Makes the executor, when there is work for it."""

    def make() -> Executor:
        if cluster is not None:
            from pipeline.workers.dask import Dask

            return Dask(cluster, megabytes, same="pipeline.cache.fingerprint:program")
        from pipeline.workers.processes import Processes

        return Processes(jobs or cores(), megabytes)

    return make


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
