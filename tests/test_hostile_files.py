"""The corpus of hostile files: each ends with its status, in time and memory, in a worker process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from extractors.errors import Status
from pipeline.workers.processes import Processes
from pipeline.workers.tasks import Task
from samples.hostile import Case, cases
from samples.hostile.trial import known

SECONDS = 60.0
"""A file's limit; the slowest takes a few."""
MEGABYTES = 1_500
"""A worker's limit, models of the OCR among it."""
LIGHT = [case for case in cases() if not case.heavy]


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[str, Any]]:
    """What became of every file; of one that was lost, how."""
    workers = Processes(1, MEGABYTES)  # each pays for the models of the OCR anew
    tasks = [Task(case.name, "samples.hostile.trial:tried", case.name, SECONDS) for case in LIGHT]
    try:
        yield {done.task.name: done.loss or done.value for done in workers.run(tasks)}
    finally:
        workers.close()


def test_the_names_are_of_one_file_each() -> None:
    assert {case.name for case in LIGHT} <= set(known())


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_every_hostile_file_gets_its_status(case: Case, outcomes: dict[str, Any]) -> None:
    outcome = outcomes[case.name]
    assert isinstance(outcome, dict), f"{outcome.cause}: {outcome.told}"
    assert outcome["status"] == case.status, f"{case.why}: {outcome}"
    if case.status != Status.OK:
        assert outcome["message"] and outcome["mend"]
        return
    assert outcome["unread"] == case.unread, case.why
    if case.indicators is not None:
        assert outcome["indicators"] == case.indicators, case.why
