"""The same work on a real Dask cluster of several processes, one of which is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import pipeline
from extractors.errors import ConfigError
from pipeline.engine.executors import WorkerTask
from pipeline.errors import TaskError
from tests.support import worker_cases
from tests.support.engine_cases import archive, built

distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
import dask  # noqa: E402

from pipeline.engine.executors.dask_cluster import DaskExecutor, ProgramVersion  # noqa: E402

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def test_a_build_on_a_cluster_gives_the_same_bytes(cluster: Any, tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    built(folder, out, executor=lambda: DaskExecutor(cluster.scheduler_address))
    assert (out / "catalogue.json").read_text("utf-8") == pipeline.build([folder]).to_json()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_limits_hold_on_a_cluster_too(cluster: Any) -> None:
    executor = DaskExecutor(cluster.scheduler_address, megabytes=256)
    calls = [
        WorkerTask(name, getattr(worker_cases, name), None, 2 if name == "hang" else 30)
        for name in ("fall", "hang", "bomb")
    ]
    causes = {done.task.name: done.loss and done.loss.cause for done in executor.run(calls)}
    executor.close()
    assert causes == {"fall": "crashed", "hang": "timeout", "bomb": "out-of-memory"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_what_a_killed_worker_had_to_do_is_done_by_another(cluster: Any) -> None:
    executor = DaskExecutor(cluster.scheduler_address)
    tasks = [WorkerTask(str(n), worker_cases.double, n, 60) for n in range(300)]
    found = {}
    for done in executor.run(tasks):
        if len(found) == 20:
            victim = next(iter(cluster.workers.values()))
            os.kill(victim.pid, signal.SIGKILL)
        found[done.task.name] = done.value
    executor.close()
    assert found == {str(n): 2 * n for n in range(300)}


def test_a_cluster_that_is_not_there_is_told() -> None:
    from pipeline.engine.executors import dask_cluster as module

    old, module.CONNECT_SECONDS = module.CONNECT_SECONDS, 1
    try:
        with pytest.raises(TaskError, match="no Dask scheduler answers"):
            DaskExecutor("tcp://127.0.0.1:9")
    finally:
        module.CONNECT_SECONDS = old


@pytest.fixture
def empty() -> Iterator[Any]:
    """A scheduler that nobody works for."""
    with distributed.LocalCluster(
        n_workers=0, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def test_a_cluster_without_workers_is_told_and_given_up(empty: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engine.executors.dask_cluster.JOIN_SECONDS", 1.0)
    executor, said = DaskExecutor(empty.scheduler_address), list[str]()
    with pytest.raises(TaskError, match="no worker joined within 1 s"):
        list(executor.run([WorkerTask("one", worker_cases.double, 1, 60)], said.append))
    executor.close()
    assert len(said) == 1 and "the scheduler has no worker" in said[0]


def test_a_worker_that_joins_late_does_the_work(empty: Any) -> None:
    executor = DaskExecutor(empty.scheduler_address)

    def join(text: str) -> None:
        empty.scale(1)

    tasks = [WorkerTask(str(n), worker_cases.double, n, 60) for n in range(5)]
    assert {done.value for done in executor.run(tasks, join)} == {0, 2, 4, 6, 8}
    executor.close()


def test_a_scheduler_that_goes_away_ends_the_run_with_a_word(
    empty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engine.executors.dask_cluster.POLL_SECONDS", 0.5)
    monkeypatch.setattr("pipeline.engine.executors.dask_cluster.CONNECT_SECONDS", 3)
    empty.scale(1)
    executor = DaskExecutor(empty.scheduler_address)
    with pytest.raises(TaskError, match="the scheduler is gone"):
        for _ in executor.run([WorkerTask(str(n), worker_cases.nap, 0.2, 60) for n in range(100)]):
            empty.close()
    executor.close()


def test_a_scheduler_that_is_killed_is_told_before_anybody_looks_for_it() -> None:
    """Dask takes all futures back at once: they have neither a value nor an error."""
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--no-dashboard",
    ]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder, "scheduler.json")
        asked = ["--port", "0", "--scheduler-file", str(file)]
        scheduler = subprocess.Popen([*command, *asked], stderr=subprocess.DEVNULL)
        stack.callback(scheduler.wait)
        stack.callback(scheduler.kill)
        work = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file)]
        worker = subprocess.Popen([*work, "--nthreads", "1", "--no-dashboard"], stderr=subprocess.DEVNULL)
        stack.callback(worker.wait)
        stack.callback(worker.kill)
        while not file.exists():
            time.sleep(0.1)
        with dask.config.set({"distributed.comm.timeouts.connect": "2s"}):
            executor = DaskExecutor(json.loads(file.read_text())["address"])
            stack.callback(executor.close)
            with pytest.raises(TaskError, match="the scheduler is gone"):
                for _ in executor.run([WorkerTask(str(n), worker_cases.nap, 0.2, 60) for n in range(100)]):
                    scheduler.kill()


def test_what_a_task_raises_is_not_taken_for_another_version(cluster: Any) -> None:
    executor = DaskExecutor(cluster.scheduler_address)
    with pytest.raises(AttributeError, match="of the task"):
        list(executor.run([WorkerTask("one", worker_cases.miss, "of the task", 60)]))
    executor.close()


def test_a_worker_of_another_version_is_refused_and_both_are_named(cluster: Any) -> None:
    executor = DaskExecutor(cluster.scheduler_address, describe=worker_cases.versions)
    with pytest.raises(TaskError, match=rf"reader: 1.{os.getpid()} here, 1.\d+ there") as told:
        list(executor.run([WorkerTask("one", worker_cases.double, 1, 60)]))
    executor.close()
    assert "Python" not in str(told.value)


def test_a_worker_that_lacks_the_program_is_told(cluster: Any) -> None:
    executor = DaskExecutor(cluster.scheduler_address)
    executor._program = ProgramVersion(worker_cases.no_program, {})
    with pytest.raises(TaskError, match="lack this program or run another version"):
        list(executor.run([WorkerTask("one", worker_cases.double, 1, 60)]))
    executor.close()


def test_tasks_do_not_pay_for_how_dask_keeps_its_own_memory(cluster: Any) -> None:
    executor = DaskExecutor(cluster.scheduler_address)
    name = "MALLOC_TRIM_THRESHOLD_"
    assert [done.value for done in executor.run([WorkerTask("one", worker_cases.environment, name, 60)])] == [
        None
    ]
    executor.close()


def test_an_address_without_a_port_is_refused_at_once() -> None:
    with pytest.raises(ConfigError, match="tcp://HOST:PORT"):
        DaskExecutor("kacau")
