"""Worker processes of this machine: each does one task at a time and can be killed."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.workers.child import receive, send
from pipeline.workers.limits import ONE_THREAD, OUT_OF_MEMORY
from pipeline.workers.tasks import Done, Loss, TaskError, nobody

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pipeline.workers.tasks import Task

START = 120.0
"""Seconds in which a worker must have started."""
LOOK = 0.25
"""Seconds after which deadlines are looked at, at the latest."""
LAST_WORDS = 2000
"""Characters of what a worker that could not start printed."""
ROOT = str(Path(__file__).resolve().parents[2])


class Worker:
    """One process, and the task that it does."""

    def __init__(
        self, megabytes: int, events: queue.SimpleQueue[tuple[Worker, Any]], without: Collection[str] = ()
    ) -> None:
        self.task: Task | None = None
        self.alone = False
        """Whether the task is tried for the second time."""
        self.ready = False
        self.late = False
        """Whether it was killed for being late."""
        self.deadline: float | None = time.monotonic() + START
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        around = {name: value for name, value in os.environ.items() if name not in without}
        path = os.pathsep.join([ROOT, *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipeline.workers.child", str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**around, **ONE_THREAD, "PYTHONPATH": path},
        )
        threading.Thread(target=self._listen, args=(events,), daemon=True, name="worker").start()

    def _listen(self, events: queue.SimpleQueue[tuple[Worker, Any]]) -> None:
        assert self.process.stdout is not None
        with suppress(EOFError, OSError, ValueError):  # ValueError: closed while it was read
            while True:
                events.put((self, receive(self.process.stdout)))
        events.put((self, None))

    def give(self, task: Task, alone: bool) -> None:
        """Give it a task; if it has died meanwhile, its end is told as that of the task."""
        self.task, self.alone = task, alone
        assert self.process.stdin is not None
        with suppress(OSError):
            send(self.process.stdin, (task.call, task.argument))

    def kill(self) -> None:
        """End it at once."""
        with suppress(OSError):
            self.process.kill()

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        self.kill()
        status = self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return status

    def last_words(self) -> str:
        """The end of what it printed as errors."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")[-LAST_WORDS:].strip()

    def loss(self) -> Loss:
        """Why it ended in the middle of a task."""
        status = self.ended()
        self._errors.close()
        if self.late:
            return Loss("timeout", "it took longer than the limit of time")
        if status == OUT_OF_MEMORY:
            return Loss("out-of-memory", "it needed more memory than the limit")
        if status < 0:
            with suppress(ValueError):
                return Loss("crashed", f"the worker process was ended by {signal.Signals(-status).name}")
        return Loss("crashed", f"the worker process ended with status {status}")


class Processes:
    """An executor of worker processes, which are started when there is work and stay for the next run."""

    def __init__(self, jobs: int, megabytes: int = 0, without: Collection[str] = ()) -> None:
        """``without``: variables of the environment that the processes do not get."""
        self.jobs = jobs
        self._without = without
        self._megabytes = megabytes
        self._workers: list[Worker] = []
        self._events: queue.SimpleQueue[tuple[Worker, Any]] = queue.SimpleQueue()

    def run(self, tasks: Iterable[Task], say: Callable[[str], None] = nobody) -> Iterator[Done]:
        """See ``Executor``. A lost task is tried again once the others are done, with no other beside it."""
        self._abandon()
        waiting = deque(tasks)
        again: deque[Task] = deque()
        while waiting or again or self._busy():
            self._feed(waiting, again)
            with suppress(queue.Empty):
                worker, message = self._events.get(timeout=LOOK)
                if worker in self._workers:  # else a late word of one that was given up
                    yield from self._heard(worker, message, again)
            self._kill_late()

    def close(self) -> None:
        """See ``Executor``."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.ended()
        self._workers.clear()

    def _abandon(self) -> None:
        """End those that are still at work for a run that ended early: nobody waits for their answers."""
        for worker in self._busy():
            self._workers.remove(worker)
            worker.ended()

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._workers if worker.task is not None]

    def _feed(self, waiting: deque[Task], again: deque[Task]) -> None:
        while waiting and len(self._busy()) < self.jobs:
            self._free().give(waiting.popleft(), alone=False)
        if again and not waiting and not self._busy():
            self._free().give(again.popleft(), alone=True)

    def _free(self) -> Worker:
        for worker in self._workers:
            if worker.task is None:
                return worker
        self._workers.append(Worker(self._megabytes, self._events, self._without))
        return self._workers[-1]

    def _heard(self, worker: Worker, message: Any, again: deque[Task]) -> Iterator[Done]:
        """One word of a worker, or its end."""
        if message is None:
            yield from self._lost(worker, again)
            return
        what, *rest = message
        task = worker.task
        if what == "ready":
            worker.ready, worker.deadline = True, None
        elif task is None or what == "begun":
            seconds = task.seconds if task else None
            worker.deadline = time.monotonic() + seconds if seconds else None
        elif what == "more" and worker.deadline is not None:
            worker.deadline = time.monotonic() + rest[0]
        elif what in ("value", "error"):
            worker.task, worker.deadline = None, None
            if what == "error":
                raise rest[0]
            yield Done(task, *rest)

    def _lost(self, worker: Worker, again: deque[Task]) -> Iterator[Done]:
        self._workers.remove(worker)
        if not worker.ready:
            worker.ended()
            raise TaskError(f"A worker process cannot be started.\n{worker.last_words()}".strip())
        task, loss = worker.task, worker.loss()
        if task is None:
            return
        if worker.alone:
            yield Done(task, None, task.seconds or 0.0 if loss.cause == "timeout" else 0.0, loss)
        else:
            again.append(task)

    def _kill_late(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.deadline is not None and now > worker.deadline and not worker.late:
                worker.late = True
                worker.kill()
