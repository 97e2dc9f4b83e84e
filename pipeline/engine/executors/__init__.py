"""Executors: tasks that run elsewhere within limits; a lost task costs itself alone.

This package does not know what the tasks mean.
"""

from pipeline.engine.executors.protocol import (
    Executor,
    SerialExecutor,
    TaskFailure,
    TaskResult,
    WorkerTask,
)

__all__ = ["Executor", "SerialExecutor", "TaskFailure", "TaskResult", "WorkerTask"]
