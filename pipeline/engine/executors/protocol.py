"""Tasks, their results, the interface of executors, and the serial executor."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")
FailureCause = Literal["crashed", "timeout", "out-of-memory"]


@dataclass(frozen=True)
class WorkerTask(Generic[JobT, ResultT]):
    """A function and the job that it is called with, here, in another process or on another machine."""

    name: str
    """The name by which the caller knows the task."""
    function: Callable[[JobT], ResultT]
    """A function of a module, which other processes can import; its job and result can be pickled."""
    job: JobT
    seconds: float | None = None
    """Time limit; the task itself may ask for more (``process_limits.extend_deadline``)."""


class TaskFailure(NamedTuple):
    """Why a task failed twice without an answer."""

    cause: FailureCause
    message: str
    """The cause in words."""


@dataclass(frozen=True)
class TaskResult(Generic[JobT, ResultT]):
    """A task with the value it returned, or with the reason why it returned none."""

    task: WorkerTask[JobT, ResultT]
    value: ResultT | None
    """None where the task was lost."""
    seconds: float
    """Duration."""
    loss: TaskFailure | None = None


def discard_message(text: str) -> None:
    """Ignore a message of an executor."""


class Executor(Protocol):
    """Runs tasks in any order. An exception of a task is raised to the caller and ends the run."""

    @property
    def jobs(self) -> int:
        """Number of tasks that run at once."""

    def run(
        self, tasks: Iterable[WorkerTask[JobT, ResultT]], say: Callable[[str], None] = discard_message
    ) -> Iterator[TaskResult[JobT, ResultT]]:
        """Yield each task once, in the order of completion; ``say`` gets messages for people."""

    def close(self) -> None:
        """End all workers at once."""


class SerialExecutor:
    """Runs tasks in this process, one after the other and without limits."""

    jobs = 1

    def run(
        self, tasks: Iterable[WorkerTask[JobT, ResultT]], say: Callable[[str], None] = discard_message
    ) -> Iterator[TaskResult[JobT, ResultT]]:
        """See ``Executor``."""
        for task in tasks:
            start = time.perf_counter()
            value, loss = None, None
            try:
                value = task.function(task.job)
            except MemoryError:
                loss = TaskFailure("out-of-memory", "it needed more memory than there is")
            yield TaskResult(task, value, time.perf_counter() - start, loss)

    def close(self) -> None:
        """See ``Executor``."""
