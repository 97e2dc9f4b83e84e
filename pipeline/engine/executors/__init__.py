"""Workers: tasks done elsewhere, each within its limits, a lost one costing itself alone.

Nothing in this package knows what a task is about.
"""

from pipeline.engine.executors.protocol import (
    Executor,
    SerialExecutor,
    TaskFailure,
    TaskResult,
    WorkerTask,
)

__all__ = ["Executor", "SerialExecutor", "TaskFailure", "TaskResult", "WorkerTask"]
