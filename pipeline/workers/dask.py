"""A Dask cluster as executor. Each of its workers keeps a process of its own: limits hold there too."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.workers.processes import Processes
from pipeline.workers.tasks import Done, Loss, TaskError, function, nobody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.workers.tasks import Task

AHEAD = 4
"""Tasks that are given out for each thread of the cluster, so that none has to wait for the next."""
CONNECT = 30
"""Seconds in which the scheduler must answer."""
JOIN = 120.0
"""Seconds that a cluster without any worker is waited for."""
LOOK = 5.0
"""Seconds between two looks at who is there."""
NOT_OURS = ("MALLOC_TRIM_THRESHOLD_",)
"""Environment that Dask gives its workers for the sake of the data that they hold. A process that reads pages
would pay for it with a tenth of its time."""

_own = threading.local()


class Back(NamedTuple):
    """What a worker of the cluster sends back: all of a ``Done`` but for the task, which is known here."""

    value: Any
    seconds: float
    loss: Loss | None
    error: Exception | None = None
    """What the task itself raised, told apart from what the cluster raises."""


class Program(NamedTuple):
    """What must be the same here and on the cluster: a call that tells parts and their versions."""

    call: str
    here: dict[str, str]
    """What it says here."""


class Dask:
    """Does tasks on the workers of a cluster; what ``same`` tells must be the same there as here."""

    def __init__(self, address: str, megabytes: int = 0, same: str | None = None) -> None:
        """``same`` names a call (``package.module:function``) that takes None and gives versions by name."""
        try:
            from distributed import Client
        except ImportError:
            raise TaskError("A cluster needs the extra: pip install 'iku-katalog[cluster]'.") from None
        try:
            self._client = Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise TaskError(f"{address}: no Dask scheduler answers ({error}).") from None
        self._address = address
        self._megabytes = megabytes
        self._program = Program(same, function(same)(None)) if same else None
        self.jobs = 1

    def run(self, tasks: Iterable[Task], say: Callable[[str], None] = nobody) -> Iterator[Done]:
        """See ``Executor``. What a lost worker had to do is done by another; who joins later helps too."""
        from distributed import KilledWorker

        watch = Watch(self._client, self._address, say)
        waiting, again = deque(tasks), set[str]()
        running: dict[Any, Task] = {}
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        while waiting or running:
            self.jobs = watch.threads()
            while waiting and len(running) < AHEAD * self.jobs:
                task = waiting.popleft()
                future = self._submitted(task)
                running[future] = task
                future.add_done_callback(ended.put)
            try:
                future = ended.get(timeout=LOOK)
            except queue.Empty:
                continue
            task = running.pop(future)
            if future.status == "finished":
                yield _done(task, future.result())
            elif future.status != "error":  # the connection to the scheduler broke: not the task's fault
                watch.look_anew()
                waiting.appendleft(task)
            elif not isinstance(error := future.exception(), KilledWorker):
                raise self._told(error)
            elif task.name in again:
                yield Done(task, None, 0.0, Loss("crashed", "the cluster's workers ended on it"))
            else:
                again.add(task.name)
                waiting.appendleft(task)
            future.release()

    def close(self) -> None:
        """See ``Executor``: what is still to do is taken back; the cluster itself goes on."""
        self._client.close(timeout=1)

    def _submitted(self, task: Task) -> Any:
        return self._client.submit(done_here, task, self._megabytes, self._program, pure=False)

    def _told(self, error: BaseException) -> BaseException:
        """What a task raised; what only another version of the program raises, in words."""
        if isinstance(error, (ImportError, AttributeError)) or "done_here" in str(error):
            return TaskError(
                f"{self._address}: its workers lack this program or run another version of it ({error}). "
                "Install the same version of iku-katalog on every machine and start the workers anew."
            )
        return error


class Watch:
    """Who is there to work, looked at now and then; a cluster on which nobody works is told, and given up."""

    def __init__(self, client: Any, address: str, say: Callable[[str], None]) -> None:
        self._client = client
        self._address = address
        self._say = say
        self._threads = 0
        self._looked = float("-inf")
        self._alone: float | None = None
        """Since when nobody is there."""

    def threads(self) -> int:
        """Threads of the cluster. Waits for the first worker. Raises TaskError where none comes."""
        while time.monotonic() - self._looked >= LOOK or not self._threads:
            self._threads = self._counted()
            self._looked = now = time.monotonic()
            if self._threads:
                self._alone = None
                continue
            if self._alone is None:
                self._alone = now
                self._say(
                    f"{self._address}: the scheduler has no worker; waiting up to {JOIN:.0f} s for one "
                    f"(`dask worker {self._address}` starts it)."
                )
            if now - self._alone >= JOIN:
                raise TaskError(
                    f"{self._address}: no worker joined within {JOIN:.0f} s. Start some "
                    f"(`dask worker {self._address}`) and run the command again; what was done is kept."
                )
            time.sleep(min(1.0, JOIN))
        return self._threads

    def look_anew(self) -> None:
        """What was seen holds no longer: ``threads`` asks the scheduler again, and tells if it is gone."""
        self._looked = float("-inf")

    def _counted(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:  # a scheduler that is gone is told in many ways
            raise TaskError(
                f"{self._address}: the scheduler is gone ({type(error).__name__}). Start the cluster anew "
                "and run the command again; what was done is kept."
            ) from None


def _done(task: Task, back: Back) -> Done:
    """What came back, or the error that the task raised."""
    if back.error is not None:
        raise back.error
    return Done(task, back.value, back.seconds, back.loss)


def done_here(task: Task, megabytes: int, program: Program | None = None) -> Back:
    """Runs on a worker of the cluster: the task in a process that can be killed, one for each thread."""
    if program is not None and (said := difference(program, _told_here(program.call))):
        raise TaskError(said)
    own: Processes | None = getattr(_own, "processes", None)
    if own is None:
        own = _own.processes = Processes(1, megabytes, without=NOT_OURS)
    try:
        (done,) = own.run([task])
    except TaskError:
        raise
    except Exception as error:  # the task's own: raised again where it was given out
        return Back(None, 0.0, None, error)
    return Back(done.value, done.seconds, done.loss)


@cache
def _told_here(call: str) -> tuple[tuple[str, str], ...]:
    return tuple(function(call)(None).items())


def difference(program: Program, there: Iterable[tuple[str, str]]) -> str:
    """In words how the program of a worker differs from the one that asks; empty where it does not."""
    others = dict(there)
    names = [name for name in {**program.here, **others} if program.here.get(name) != others.get(name)]
    if not names:
        return ""
    import socket

    told = "; ".join(
        f"{name}: {program.here.get(name) or 'none'} here, {others.get(name) or 'none'} there"
        for name in names
    )
    return (
        f"A worker on {socket.gethostname()} runs another version than this machine ({told}). Results would "
        "be mixed: install the same versions on every machine and start the workers anew."
    )
