"""The functions that a decree prints for the Camat's office against the tasks that the law gives it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractors.knowledge.yaml_loader import TableModel, load_table
from pipeline.audit.core.audit_context import Location, Violation, holder_level, text_origin
from pipeline.audit.core.phrase_pattern import PhrasePattern, Phrases
from pipeline.audit.domain.messages import join_wordings
from pipeline.models.findings import TaskEntry, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.knowledge.yaml_loader import TableModel, load_table
    from extractors.model.record import Decree
from pipeline.audit.core.audit_context import AuditContext

MIN_FUNCTIONS = 3
"""Printed functions from which a list is one; fewer are a summary and are not held against the law."""


class TaskRow(TableModel):
    """One task by law, and how a printed function shows that it states it."""

    task: Wording
    topic: Phrases
    acts: tuple[Phrases, ...]


class TaskTable(TableModel):
    """The Camat's tasks by their letter in the law."""

    tasks: dict[str, TaskRow]


@dataclass(frozen=True)
class StatutoryTask:
    """A task with its letter."""

    item: str
    task: Wording
    topic: PhrasePattern
    acts: tuple[PhrasePattern, ...]


@cache
def load_statutory_tasks() -> tuple[StatutoryTask, ...]:
    """Return the tasks in the law's order."""
    table = load_table(__package__, "statutory_tasks.yaml", TaskTable)
    return tuple(StatutoryTask(item, row.task, row.topic, row.acts) for item, row in table.tasks.items())


def match_tasks(decree: Decree, index: int) -> list[TaskEntry]:
    """Item by item, which printed function of a holder states it; empty for posts below the Camat."""
    functions = decree.holders[index].functions
    if holder_level(decree, index) not in ("agency", "head") or len(functions) < MIN_FUNCTIONS:
        return []
    return [_match_task(task, functions) for task in load_statutory_tasks()]


def _match_task(task: StatutoryTask, functions: list[str]) -> TaskEntry:
    """The function that says most of the task: topic and all of what is done, else the topic alone."""
    topical = [index for index, text in enumerate(functions) if task.topic.occurs_in(text)]
    complete = [index for index in topical if all(act.occurs_in(functions[index]) for act in task.acts)]
    # A function that other tasks fit better may share the topic (desa) only by the way.
    best = next(iter(complete), next(iter(_exclusive_functions(topical, task, functions)), None))
    deviates = None if best is None else best not in complete
    return TaskEntry(item=task.item, task=task.task, function=best, deviates=deviates)


def _exclusive_functions(topical: list[int], task: StatutoryTask, functions: list[str]) -> list[int]:
    """Of the functions with the topic those that state no other task in full."""
    other_tasks = [other_task for other_task in load_statutory_tasks() if other_task is not task]
    return [
        index
        for index in topical
        if not any(
            other_task.topic.occurs_in(functions[index])
            and all(act.occurs_in(functions[index]) for act in other_task.acts)
            for other_task in other_tasks
        )
    ]


def deviating_functions(context: AuditContext) -> Iterator[Violation]:
    """S033: functions of the Camat's office that leave out a task of the law, or say it otherwise."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            task_entries = match_tasks(decree, index)
            missing_tasks = [task for task in task_entries if task.function is None]
            if len(task_entries) - len(missing_tasks) < MIN_FUNCTIONS:
                continue  # functions of another kind, and no copy of the law's list
            for task in (task for task in task_entries if task.deviates and task.function is not None):
                text = holder.functions[task.function or 0]
                spots = (Location(decree, f"/holders/{index}/functions/{task.function}", text),)
                yield _task_violation(decree, spots, [task])
            if missing_tasks:
                yield _task_violation(
                    decree, (Location(decree, f"/holders/{index}/functions"),), missing_tasks
                )


def _task_violation(decree: Decree, spots: tuple[Location, ...], task_entries: list[TaskEntry]) -> Violation:
    task_list = join_wordings(
        Wording(id=f"{task.item}. {task.task.id}", en=f"{task.item}. {task.task.en}") for task in task_entries
    )
    return Violation(
        spots, {"tasks_id": task_list.id, "tasks_en": task_list.en}, circumstance=text_origin(decree)
    )


RULES = {"S033": deviating_functions}
