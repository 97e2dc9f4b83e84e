"""Worker processes of this machine: each runs one task at a time and can be killed."""

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
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.engine.executors.process_limits import OUT_OF_MEMORY, SINGLE_THREAD_ENVIRONMENT
from pipeline.engine.executors.protocol import TaskFailure, TaskResult, discard_message
from pipeline.engine.executors.worker_process import pack_task, receive_message, send_message
from pipeline.errors import TaskError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pipeline.engine.executors.protocol import JobT, ResultT, WorkerTask

AnyTask: TypeAlias = "WorkerTask[Any, Any]"

START_SECONDS = 120.0
"""Seconds in which a worker must have started."""
DEADLINE_POLL_SECONDS = 0.25
"""Longest interval in seconds between two checks of deadlines."""
ERROR_OUTPUT_CHARACTERS = 2000
"""Characters that are kept of the error output of a worker that could not start."""
ROOT = str(Path(__file__).resolve().parents[3])


class WorkerProcess:
    """One process and its current task."""

    def __init__(
        self,
        megabytes: int,
        events: queue.SimpleQueue[tuple[WorkerProcess, Any]],
        without: Collection[str] = (),
    ) -> None:
        self.task: AnyTask | None = None
        self.alone = False
        """Whether the task is tried for the second time, alone."""
        self.ready = False
        self.late = False
        """Whether it was killed after its deadline."""
        self.deadline: float | None = time.monotonic() + START_SECONDS
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        environment = {name: value for name, value in os.environ.items() if name not in without}
        path = os.pathsep.join([ROOT, *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipeline.engine.executors.worker_process", str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**environment, **SINGLE_THREAD_ENVIRONMENT, "PYTHONPATH": path},
        )
        threading.Thread(target=self._forward_messages, args=(events,), daemon=True, name="worker").start()

    def _forward_messages(self, events: queue.SimpleQueue[tuple[WorkerProcess, Any]]) -> None:
        assert self.process.stdout is not None
        with suppress(EOFError, OSError, ValueError):  # ValueError: closed during reading
            while True:
                events.put((self, receive_message(self.process.stdout)))
        events.put((self, None))

    def assign_task(self, task: AnyTask, alone: bool) -> None:
        """Send it a task; if the process has died meanwhile, the task is lost."""
        self.task, self.alone = task, alone
        payload = pack_task(task.function, task.job)
        assert self.process.stdin is not None
        with suppress(OSError):
            send_message(self.process.stdin, payload)

    def kill(self) -> None:
        """End it at once."""
        with suppress(OSError):
            self.process.kill()

    def wait_for_exit(self) -> int:
        """Wait for its end and return its exit status."""
        self.kill()
        status = self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return status

    def error_output(self) -> str:
        """Return the end of its error output."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")[-ERROR_OUTPUT_CHARACTERS:].strip()

    def explain_failure(self) -> TaskFailure:
        """Return why it ended during a task."""
        status = self.wait_for_exit()
        self._errors.close()
        if self.late:
            return TaskFailure("timeout", "it took longer than the limit of time")
        if status == OUT_OF_MEMORY:
            return TaskFailure("out-of-memory", "it needed more memory than the limit")
        if status < 0:
            with suppress(ValueError):
                return TaskFailure(
                    "crashed", f"the worker process was ended by {signal.Signals(-status).name}"
                )
        return TaskFailure("crashed", f"the worker process ended with status {status}")


class ProcessPool:
    """An executor of worker processes, which are started on demand and kept for the next run."""

    def __init__(self, jobs: int, megabytes: int = 0, without: Collection[str] = ()) -> None:
        """Create an empty pool; ``without`` names environment variables to be withheld from the processes."""
        self.jobs = jobs
        self._without = without
        self._megabytes = megabytes
        self._workers: list[WorkerProcess] = []
        self._events: queue.SimpleQueue[tuple[WorkerProcess, Any]] = queue.SimpleQueue()

    def run(
        self, tasks: Iterable[WorkerTask[JobT, ResultT]], say: Callable[[str], None] = discard_message
    ) -> Iterator[TaskResult[JobT, ResultT]]:
        """See ``Executor``. A lost task is tried once more, alone, when the others are done."""
        self._stop_stale_workers()
        waiting = deque(tasks)
        retry_queue: deque[AnyTask] = deque()
        while waiting or retry_queue or self._busy_workers():
            self._assign_tasks(waiting, retry_queue)
            with suppress(queue.Empty):
                worker, message = self._events.get(timeout=DEADLINE_POLL_SECONDS)
                if worker in self._workers:  # otherwise a late message of an abandoned worker
                    yield from self._handle_message(worker, message, retry_queue)
            self._kill_overdue()

    def close(self) -> None:
        """See ``Executor``."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.wait_for_exit()
        self._workers.clear()

    def _stop_stale_workers(self) -> None:
        """End workers that are still busy for a run that ended early."""
        for worker in self._busy_workers():
            self._workers.remove(worker)
            worker.wait_for_exit()

    def _busy_workers(self) -> list[WorkerProcess]:
        return [worker for worker in self._workers if worker.task is not None]

    def _assign_tasks(self, waiting: deque[AnyTask], retry_queue: deque[AnyTask]) -> None:
        while waiting and len(self._busy_workers()) < self.jobs:
            self._idle_worker().assign_task(waiting.popleft(), alone=False)
        if retry_queue and not waiting and not self._busy_workers():
            self._idle_worker().assign_task(retry_queue.popleft(), alone=True)

    def _idle_worker(self) -> WorkerProcess:
        for worker in self._workers:
            if worker.task is None:
                return worker
        self._workers.append(WorkerProcess(self._megabytes, self._events, self._without))
        return self._workers[-1]

    def _handle_message(
        self, worker: WorkerProcess, message: Any, retry_queue: deque[AnyTask]
    ) -> Iterator[TaskResult[Any, Any]]:
        """Handle a message of a worker, or its end."""
        if message is None:
            yield from self._handle_exit(worker, retry_queue)
            return
        message_type, *values = message
        task = worker.task
        if message_type == "ready":
            worker.ready, worker.deadline = True, None
        elif task is None or message_type == "begun":
            seconds = task.seconds if task else None
            worker.deadline = time.monotonic() + seconds if seconds else None
        elif message_type == "more" and worker.deadline is not None:
            worker.deadline = time.monotonic() + values[0]
        elif message_type in ("value", "error"):
            worker.task, worker.deadline = None, None
            if message_type == "error":
                raise values[0]
            yield TaskResult(task, *values)

    def _handle_exit(
        self, worker: WorkerProcess, retry_queue: deque[AnyTask]
    ) -> Iterator[TaskResult[Any, Any]]:
        self._workers.remove(worker)
        if not worker.ready:
            worker.wait_for_exit()
            raise TaskError(f"A worker process cannot be started.\n{worker.error_output()}".strip())
        task, task_failure = worker.task, worker.explain_failure()
        if task is None:
            return
        if worker.alone:
            yield TaskResult(
                task, None, task.seconds or 0.0 if task_failure.cause == "timeout" else 0.0, task_failure
            )
        else:
            retry_queue.append(task)

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.deadline is not None and now > worker.deadline and not worker.late:
                worker.late = True
                worker.kill()
