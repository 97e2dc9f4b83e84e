"""The same work on a real Dask cluster of several processes, one of which is killed on the way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import building
from pipeline.workers import Task, TaskError
from tests.engine_cases import archive, built

distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
from pipeline.workers.dask import Dask  # noqa: E402

CASES = "tests.worker_cases:"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def test_a_build_on_a_cluster_gives_the_same_bytes(cluster: Any, tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out, executor=lambda: Dask(cluster.scheduler_address))
    assert (out / "catalogue.json").read_text("utf-8") == building.build([folder]).to_json()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_limits_hold_on_a_cluster_too(cluster: Any) -> None:
    executor = Dask(cluster.scheduler_address, megabytes=256)
    calls = [Task(name, CASES + name, None, 2 if name == "hang" else 30) for name in ("fall", "hang", "bomb")]
    causes = {done.task.name: done.loss and done.loss.cause for done in executor.run(calls)}
    executor.close()
    assert causes == {"fall": "crashed", "hang": "timeout", "bomb": "out-of-memory"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_what_a_killed_worker_had_to_do_is_done_by_another(cluster: Any) -> None:
    executor = Dask(cluster.scheduler_address)
    tasks = [Task(str(n), CASES + "double", n, 60) for n in range(300)]
    found = {}
    for done in executor.run(tasks):
        if len(found) == 20:
            victim = next(iter(cluster.workers.values()))
            os.kill(victim.pid, signal.SIGKILL)
        found[done.task.name] = done.value
    executor.close()
    assert found == {str(n): 2 * n for n in range(300)}


def test_a_cluster_that_is_not_there_is_told() -> None:
    import pipeline.workers.dask as module

    old, module.CONNECT = module.CONNECT, 1
    try:
        with pytest.raises(TaskError, match="no Dask scheduler answers"):
            Dask("tcp://127.0.0.1:9")
    finally:
        module.CONNECT = old
