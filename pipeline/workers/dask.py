"""A Dask cluster as executor. Each of its workers keeps a process of its own: limits hold there too."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from pipeline.workers.processes import Processes
from pipeline.workers.tasks import Done, Loss, TaskError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.workers.tasks import Task

AHEAD = 4
"""Tasks that are given out for each thread of the cluster, so that none has to wait for the next."""
CONNECT = 30
"""Seconds in which the scheduler must answer."""

_own = threading.local()


class Dask:
    """Does tasks on the workers of a cluster; the program must be installed there in the same version."""

    def __init__(self, address: str, megabytes: int = 0) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise TaskError("A cluster needs the extra: pip install 'iku-katalog[cluster]'.") from None
        try:
            self._client = Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise TaskError(f"{address}: no Dask scheduler answers ({error}).") from None
        self._megabytes = megabytes
        self.jobs = max(1, sum(self._client.nthreads().values()))

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """See ``Executor``. What a lost worker had to do is done by another."""
        from distributed import as_completed

        waiting, again = deque(tasks), set[str]()
        running: dict[Any, Task] = {}
        queue = as_completed(loop=self._client.loop)

        def give(task: Task) -> None:
            future = self._client.submit(done_here, task, self._megabytes, pure=False)
            running[future] = task
            queue.add(future)

        while waiting and len(running) < AHEAD * self.jobs:
            give(waiting.popleft())
        for future in queue:
            task = running.pop(future)
            if future.status == "finished":
                yield future.result()
            elif _is_lost(error := future.exception()):
                if task.name in again:
                    yield Done(task, None, 0.0, Loss("crashed", "the cluster's workers ended on it"))
                else:
                    again.add(task.name)
                    waiting.appendleft(task)
            else:
                raise error
            future.release()
            while waiting and len(running) < AHEAD * self.jobs:
                give(waiting.popleft())

    def close(self) -> None:
        """See ``Executor``: what is still to do is taken back; the cluster itself goes on."""
        self._client.close(timeout=1)


def _is_lost(error: BaseException | None) -> bool:
    """Whether a worker was lost, and not the task failed."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    return isinstance(error, (KilledWorker, FutureCancelledError))


def done_here(task: Task, megabytes: int) -> Done:
    """Runs on a worker of the cluster: the task in a process that can be killed, one for each thread."""
    own: Processes | None = getattr(_own, "processes", None)
    if own is None:
        own = _own.processes = Processes(1, megabytes)
    (done,) = own.run([task])
    return done
