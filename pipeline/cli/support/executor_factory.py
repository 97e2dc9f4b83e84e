"""Create the executor of a command: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.engine.executors import Executor


def make_executor_factory(jobs: int | None, cluster: str | None, megabytes: int) -> Callable[[], Executor]:
    """Return a function that creates the executor when there is work for it."""

    def make_executor() -> Executor:
        if cluster is not None:
            from pipeline.engine.cache.fingerprint import describe_program
            from pipeline.engine.executors.dask_cluster import DaskExecutor

            return DaskExecutor(cluster, megabytes, describe_program)
        from pipeline.engine.executors.process_pool import ProcessPool

        return ProcessPool(jobs or available_cores(), megabytes)

    return make_executor


def available_cores() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
