"""What a task is, what becomes of it, and the plainest executor."""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FailureCause = Literal["crashed", "timeout", "out-of-memory"]


@dataclass(frozen=True)
class WorkerTask:
    """A call of a function by name, so that it can be made in another process or on another machine."""

    name: str
    """By which the caller knows it."""
    call: str
    """``package.module:function``; it takes the argument and returns plain values."""
    argument: Any
    seconds: float | None = None
    """Limit of time; the task itself may ask for more (``limits.allow``)."""


class TaskFailure(NamedTuple):
    """How a task was lost, twice."""

    cause: FailureCause
    message: str
    """In words, for the message."""


@dataclass(frozen=True)
class TaskResult:
    """A task that came back, or was lost."""

    task: WorkerTask
    value: Any
    seconds: float
    """That it took."""
    loss: TaskFailure | None = None


def discard_message(text: str) -> None:
    """Whom an executor tells what a person should know, where there is none."""


class Executor(Protocol):
    """Does tasks, in whatever order; what a task raises is raised to the caller, and ends the run."""

    @property
    def jobs(self) -> int:
        """How many tasks are done at once."""

    def run(
        self, tasks: Iterable[WorkerTask], say: Callable[[str], None] = discard_message
    ) -> Iterator[TaskResult]:
        """Every task once, as it comes back; ``say`` hears what a person should know meanwhile."""

    def close(self) -> None:
        """End all workers at once, whatever they do."""


class SerialExecutor:
    """Does tasks in this process, one after the other: no limits, nothing to be killed."""

    jobs = 1

    def run(
        self, tasks: Iterable[WorkerTask], say: Callable[[str], None] = discard_message
    ) -> Iterator[TaskResult]:
        """See ``Executor``."""
        for task in tasks:
            start = time.perf_counter()
            value = resolve_call(task.call)(task.argument)
            yield TaskResult(task, value, time.perf_counter() - start)

    def close(self) -> None:
        """See ``Executor``."""


def resolve_call(call: str) -> Callable[[Any], Any]:
    """The function that a task calls."""
    module, _, name = call.partition(":")
    callable_object: Callable[[Any], Any] = getattr(import_module(module), name)
    return callable_object
