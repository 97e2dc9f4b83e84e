"""The corpus of hostile files: each ends with its status, in time and memory, in a worker process."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from extractors.errors import ReadStatus
from pipeline.engine.executors.process_pool import ProcessPool
from pipeline.engine.executors.protocol import WorkerTask
from samples.hostile import Case, cases
from samples.hostile.trial import known, tried

pytestmark = pytest.mark.slow


SECONDS = 60.0
"""A file's limit; the slowest takes a few, on a machine that does nothing else."""
MEGABYTES = 1_500
"""A worker's limit, models of the OCR among it."""
LIGHT = [case for case in cases() if not case.heavy]


HEAVY = [case for case in cases() if case.heavy]
WORK, HEAVY_WORK = 20.0, 120.0
"""Seconds of work for one file: five times what the dearest takes on a slow machine, and no more."""


def _outcomes(chosen: list[Case], seconds: float) -> dict[str, Any]:
    """What became of each file; of one that was lost, how."""
    workers = ProcessPool(1, MEGABYTES)  # each pays for the models of the OCR anew
    tasks = [WorkerTask(case.name, tried, case.name, seconds) for case in chosen]
    try:
        return {done.task.name: done.loss or done.value for done in workers.run(tasks)}
    finally:
        workers.close()


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Any]:
    return _outcomes(LIGHT, SECONDS)


@pytest.fixture(scope="module")
def heavy() -> dict[str, Any]:
    if not os.environ.get("IKU_HEAVY"):
        pytest.skip("two minutes of work: IKU_HEAVY=1 asks for it")
    return _outcomes(HEAVY, 10 * SECONDS)


def test_the_names_are_of_one_file_each() -> None:
    assert {case.name for case in LIGHT} <= set(known())


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_every_hostile_file_gets_its_status(case: Case, outcomes: dict[str, Any]) -> None:
    _holds(case, outcomes[case.name], WORK)


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
@pytest.mark.parametrize("case", HEAVY, ids=lambda case: case.name)
def test_every_heavy_file_gets_its_status_in_bounded_time(case: Case, heavy: dict[str, Any]) -> None:
    _holds(case, heavy[case.name], HEAVY_WORK)


def _holds(case: Case, outcome: Any, work: float) -> None:
    assert isinstance(outcome, dict), f"{outcome.cause}: {outcome.told}"
    assert outcome["status"] == case.status, f"{case.why}: {outcome}"
    assert outcome["work"] < work
    if case.status != ReadStatus.OK:
        assert outcome["message"] and outcome["remedy"]
        return
    assert outcome["unread"] == case.unread, case.why
    if case.indicators is not None:
        assert outcome["indicators"] == case.indicators, case.why
