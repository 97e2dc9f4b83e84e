"""Workers: tasks done elsewhere, each within its limits, a lost one costing itself alone.

Nothing in this package knows what a task is about.
"""

from pipeline.workers.tasks import Done, Executor, Loss, Serial, Task, TaskError

__all__ = ["Done", "Executor", "Loss", "Serial", "Task", "TaskError"]
