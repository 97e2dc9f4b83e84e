"""The functions that a decree prints for the Camat's office against the tasks that the law gives it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.assessment import TaskEntry, Wording
from pipeline.audit.context import Hit, Spot, level, origin
from pipeline.audit.lexicon import Words, load
from pipeline.audit.telling import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.record import Decree
    from pipeline.audit.context import Context

FEWEST = 3
"""Printed functions from which a list is one; fewer are a summary and are not held against the law."""


@dataclass(frozen=True)
class Task:
    """One task by law, and how a printed function shows that it states it."""

    item: str
    task: Wording
    topic: Words
    acts: tuple[Words, ...]


@cache
def statutory() -> tuple[Task, ...]:
    """The tasks from ``tasks.yaml``, in the law's order."""
    return tuple(
        Task(
            item,
            Wording(**entry["task"]),
            Words.of(entry["topic"]),
            tuple(map(Words.of, entry["acts"])),
        )
        for item, entry in load("tasks.yaml")["tasks"].items()
    )


def tasks(decree: Decree, index: int) -> list[TaskEntry]:
    """Item by item, which printed function of a holder states it; empty for posts below the Camat."""
    functions = decree.holders[index].functions
    if level(decree, index) not in ("agency", "head") or len(functions) < FEWEST:
        return []
    return [_found(task, functions) for task in statutory()]


def _found(task: Task, functions: list[str]) -> TaskEntry:
    """The function that says most of the task: topic and all of what is done, else the topic alone."""
    spoken = [index for index, text in enumerate(functions) if task.topic.holds(text)]
    full = [index for index in spoken if all(act.holds(functions[index]) for act in task.acts)]
    # A function that other tasks fit better may share the topic (desa) only by the way.
    chosen = next(iter(full), next(iter(_own(spoken, task, functions)), None))
    deviates = None if chosen is None else chosen not in full
    return TaskEntry(item=task.item, task=task.task, function=chosen, deviates=deviates)


def _own(spoken: list[int], task: Task, functions: list[str]) -> list[int]:
    """Of the functions with the topic those that state no other task in full."""
    others = [other for other in statutory() if other is not task]
    return [
        index
        for index in spoken
        if not any(
            other.topic.holds(functions[index]) and all(act.holds(functions[index]) for act in other.acts)
            for other in others
        )
    ]


def deviating(context: Context) -> Iterator[Hit]:
    """S033: functions of the Camat's office that leave out a task of the law, or say it otherwise."""
    for decree in context.decrees:
        for index, holder in enumerate(decree.holders):
            found = tasks(decree, index)
            gone = [task for task in found if task.function is None]
            if len(found) - len(gone) < FEWEST:
                continue  # functions of another kind, and no copy of the law's list
            for task in (task for task in found if task.deviates and task.function is not None):
                text = holder.functions[task.function or 0]
                spots = (Spot(decree, f"/holders/{index}/functions/{task.function}", text),)
                yield _hit(decree, spots, [task])
            if gone:
                yield _hit(decree, (Spot(decree, f"/holders/{index}/functions"),), gone)


def _hit(decree: Decree, spots: tuple[Spot, ...], found: list[TaskEntry]) -> Hit:
    told = joined(
        Wording(id=f"{task.item}. {task.task.id}", en=f"{task.item}. {task.task.en}") for task in found
    )
    return Hit(spots, {"tasks_id": told.id, "tasks_en": told.en}, circumstance=origin(decree))


RULES = {"S033": deviating}
