"""An executor on a Dask cluster; each thread of a worker has its own process, so limits apply there, too."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.engine.executors.process_pool import ProcessPool
from pipeline.engine.executors.protocol import (
    TaskFailure,
    TaskResult,
    discard_message,
)
from pipeline.errors import ConfigError, TaskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.engine.executors.protocol import JobT, ResultT, WorkerTask

TASKS_PER_THREAD = 4
"""Tasks that are submitted for each thread of the cluster, so that no thread is idle."""
CONNECT_SECONDS = 30
"""Seconds in which the scheduler must answer."""
JOIN_SECONDS = 120.0
"""Seconds to wait for a worker of a cluster that has none."""
POLL_SECONDS = 5.0
"""Seconds between two checks of the workers."""
_ADDRESS = re.compile(r"(?:\w+://)?[^\s/:]+:\d{1,5}|(?:\w+://)?\[[0-9a-fA-F:]+\]:\d{1,5}|inproc://.+")
DASK_ONLY_VARIABLES = ("MALLOC_TRIM_THRESHOLD_",)
"""Environment variables that Dask sets for its data; they would slow down a reading process by a tenth."""

_thread_state = threading.local()


class WorkerReply(NamedTuple):
    """What a worker of the cluster sends back: a ``TaskResult`` without the task."""

    value: Any
    seconds: float
    loss: TaskFailure | None
    error: Exception | None = None
    """An exception of the task itself, as opposed to one of the cluster."""


class ProgramVersion(NamedTuple):
    """The versions that must be the same here and on the cluster."""

    describe: Callable[[], dict[str, str]]
    """Returns the versions of the program's parts on the machine where it is called."""
    local_versions: dict[str, str]
    """What ``describe`` returns on this machine."""


class DaskExecutor:
    """Runs tasks on the workers of a Dask cluster."""

    def __init__(
        self, address: str, megabytes: int = 0, describe: Callable[[], dict[str, str]] | None = None
    ) -> None:
        """Connect to a scheduler. What ``describe`` returns must be the same on every worker as here."""
        try:
            from distributed import Client
        except ImportError:
            raise TaskError("A cluster needs the extra: pip install 'iku-katalog[cluster]'.") from None
        if not _ADDRESS.fullmatch(address):
            raise ConfigError(
                f"{address}: this is no address of a Dask scheduler. Give it as tcp://HOST:PORT."
            )
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise TaskError(f"{address}: no Dask scheduler answers ({error}).") from None
        self._address = address
        self._megabytes = megabytes
        self._program = ProgramVersion(describe, describe()) if describe else None
        self.jobs = 1

    def run(
        self, tasks: Iterable[WorkerTask[JobT, ResultT]], say: Callable[[str], None] = discard_message
    ) -> Iterator[TaskResult[JobT, ResultT]]:
        """See ``Executor``. Tasks of a lost worker go to another; workers that join later help, too."""
        from distributed import KilledWorker

        monitor = ClusterMonitor(self._client, self._address, say)
        waiting, retried_names = deque(tasks), set[str]()
        running: dict[Any, WorkerTask[JobT, ResultT]] = {}
        ended_futures: queue.SimpleQueue[Any] = queue.SimpleQueue()
        while waiting or running:
            self.jobs = monitor.count_threads()
            while waiting and len(running) < TASKS_PER_THREAD * self.jobs:
                task = waiting.popleft()
                future = self._submit_task(task)
                running[future] = task
                future.add_done_callback(ended_futures.put)
            try:
                future = ended_futures.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            task = running.pop(future)
            if future.status == "finished":
                yield _to_result(task, future.result())
            elif future.status != "error":  # lost connection to the scheduler, not an error of the task
                monitor.force_refresh()
                waiting.appendleft(task)
            elif not isinstance(error := future.exception(), KilledWorker):
                raise self._translate_error(error)
            elif task.name in retried_names:
                yield TaskResult(task, None, 0.0, TaskFailure("crashed", "the cluster's workers ended on it"))
            else:
                retried_names.add(task.name)
                waiting.appendleft(task)
            future.release()

    def close(self) -> None:
        """See ``Executor``: pending tasks are cancelled; the cluster itself keeps running."""
        self._client.close(timeout=1)

    def _submit_task(self, task: WorkerTask[Any, Any]) -> Any:
        return self._client.submit(run_on_worker, task, self._megabytes, self._program, pure=False)

    def _translate_error(self, error: BaseException) -> BaseException:
        """Return the error of a task; one that only another version of the program can raise is explained."""
        if isinstance(error, (ImportError, AttributeError)) or "run_on_worker" in str(error):
            return TaskError(
                f"{self._address}: its workers lack this program or run another version of it ({error}). "
                "Install the same version of iku-katalog on every machine and restart the workers."
            )
        return error


class ClusterMonitor:
    """Monitor the workers of a cluster; a cluster without workers is reported and finally given up."""

    def __init__(self, client: Any, address: str, say: Callable[[str], None]) -> None:
        self._client = client
        self._address = address
        self._say = say
        self._threads = 0
        self._looked = float("-inf")
        self._alone: float | None = None
        """When the last worker was lost; None while there are workers."""

    def count_threads(self) -> int:
        """Return the number of threads; wait for the first worker. Raises TaskError if none comes."""
        while time.monotonic() - self._looked >= POLL_SECONDS or not self._threads:
            self._threads = self._query_threads()
            self._looked = now = time.monotonic()
            if self._threads:
                self._alone = None
                continue
            if self._alone is None:
                self._alone = now
                self._say(
                    f"{self._address}: the scheduler has no worker; "
                    f"waiting up to {JOIN_SECONDS:.0f} s for one "
                    f"(`dask worker {self._address}` starts it)."
                )
            if now - self._alone >= JOIN_SECONDS:
                raise TaskError(
                    f"{self._address}: no worker joined within {JOIN_SECONDS:.0f} s. Start some "
                    f"(`dask worker {self._address}`) and run the command again; finished work is kept."
                )
            time.sleep(min(1.0, JOIN_SECONDS))
        return self._threads

    def force_refresh(self) -> None:
        """Make ``count_threads`` ask the scheduler again; it raises TaskError if the scheduler is gone."""
        self._looked = float("-inf")

    def _query_threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:  # Dask has many errors for a lost scheduler
            raise TaskError(
                f"{self._address}: the scheduler is gone ({type(error).__name__}). Restart the cluster "
                "and run the command again; finished work is kept."
            ) from None


def _to_result(task: WorkerTask[JobT, ResultT], reply: WorkerReply) -> TaskResult[JobT, ResultT]:
    """Return the result of a reply, or raise the error of the task."""
    if reply.error is not None:
        raise reply.error
    return TaskResult(task, reply.value, reply.seconds, reply.loss)


def run_on_worker(
    task: WorkerTask[Any, Any], megabytes: int, program: ProgramVersion | None = None
) -> WorkerReply:
    """Run a task on a worker of the cluster, in a process that can be killed (one for each thread)."""
    if program is not None and (
        version_difference := describe_difference(program, _worker_versions(program.describe))
    ):
        raise TaskError(version_difference)
    own_pool: ProcessPool | None = getattr(_thread_state, "processes", None)
    if own_pool is None:
        own_pool = _thread_state.processes = ProcessPool(1, megabytes, without=DASK_ONLY_VARIABLES)
    try:
        (result,) = own_pool.run([task])
    except TaskError:
        raise
    except Exception as error:  # the task's own error, raised again by the caller
        return WorkerReply(None, 0.0, None, error)
    return WorkerReply(result.value, result.seconds, result.loss)


@cache
def _worker_versions(describe: Callable[[], dict[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(describe().items())


def describe_difference(program: ProgramVersion, worker_versions: Iterable[tuple[str, str]]) -> str:
    """Return how the program of a worker differs from this one, in words; empty if it does not."""
    versions_there = dict(worker_versions)
    names = [
        name
        for name in {**program.local_versions, **versions_there}
        if program.local_versions.get(name) != versions_there.get(name)
    ]
    if not names:
        return ""
    import socket

    details = "; ".join(
        f"{name}: {program.local_versions.get(name) or 'none'} here, "
        f"{versions_there.get(name) or 'none'} there"
        for name in names
    )
    return (
        f"A worker on {socket.gethostname()} runs another version than this machine ({details}). "
        "Results would "
        "be mixed: install the same versions on every machine and restart the workers."
    )
