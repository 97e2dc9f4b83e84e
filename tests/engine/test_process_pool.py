"""Workers: every task comes back or is told as lost, and costs no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.engine.executors import SerialExecutor, WorkerTask
from pipeline.engine.executors.process_pool import ProcessPool
from tests.support import worker_cases

pytestmark = pytest.mark.slow


@pytest.fixture
def workers() -> Iterator[ProcessPool]:
    made = ProcessPool(2, megabytes=256)
    yield made
    made.close()


def task(name: str, argument: object = None, seconds: float | None = 20) -> WorkerTask:
    return WorkerTask(name, getattr(worker_cases, name), argument, seconds)


def test_all_tasks_come_back_with_their_values(workers: ProcessPool) -> None:
    tasks = [WorkerTask(str(n), worker_cases.double, n) for n in range(200)]
    assert {done.task.name: done.value for done in workers.run(tasks)} == {str(n): 2 * n for n in range(200)}
    assert sorted(done.value for done in SerialExecutor().run(tasks)) == [2 * n for n in range(200)]


def test_workers_are_other_processes_with_one_native_thread_and_stay(workers: ProcessPool) -> None:
    pids = {done.value for done in workers.run([task("who")] * 20)}
    assert os.getpid() not in pids and len(pids) <= 2
    assert {done.value for done in workers.run([task("who")] * 20)} <= pids | {
        worker.process.pid for worker in workers._workers
    }
    assert [done.value for done in workers.run([task("threads")])] == ["1"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals and memory limits are POSIX's")
@pytest.mark.parametrize(
    ("call", "seconds", "cause"),
    [
        ("fall", 20, "crashed"),
        ("hang", 0.5, "timeout"),
        ("eat", 60, "out-of-memory"),
        ("bomb", 60, "out-of-memory"),
    ],
)
def test_a_lost_task_is_told_and_costs_itself_alone(
    workers: ProcessPool, call: str, seconds: float, cause: str
) -> None:
    others = [WorkerTask(str(n), worker_cases.double, n, 20) for n in range(20)]
    found = {done.task.name: done for done in workers.run([task(call, seconds=seconds), *others])}
    loss = found.pop(call).loss
    assert loss is not None and loss.cause == cause and loss.message
    assert {name: done.value for name, done in found.items()} == {str(n): 2 * n for n in range(20)}


def test_a_lost_task_is_tried_once_more_alone(workers: ProcessPool, tmp_path: Path) -> None:
    (done,) = workers.run([task("fall_once", str(tmp_path / "mark"))])
    assert (done.value, done.loss) == ("second", None)


def test_a_task_may_ask_for_more_time(workers: ProcessPool) -> None:
    (done,) = workers.run([task("slow_but_told", 2.0, seconds=1.0)])
    assert done.value == "done" and done.seconds >= 2


def test_what_a_task_raises_is_raised(workers: ProcessPool) -> None:
    with pytest.raises(ValueError, match="no such thing"):
        list(workers.run([task("refuse", "no such thing")]))
    (done,) = workers.run([task("double", 4)])
    assert done.value == 8


def test_a_run_that_ended_early_leaves_nothing_to_the_next(workers: ProcessPool) -> None:
    with pytest.raises(ValueError, match="early"):
        list(workers.run([task("hang", seconds=None), task("refuse", "early")]))
    tasks = [WorkerTask(str(n), worker_cases.double, n, 20) for n in range(10)]
    assert {done.task.name for done in workers.run(tasks)} == {str(n) for n in range(10)}


def test_noise_on_standard_output_disturbs_no_answer(workers: ProcessPool) -> None:
    assert [done.value for done in workers.run([task("noisy")] * 3)] == ["heard"] * 3


def test_closing_ends_workers_at_once(workers: ProcessPool) -> None:
    running = workers.run([task("who"), *([task("hang", seconds=None)] * 2)])
    next(running)
    processes = [worker.process for worker in workers._workers]
    start = time.monotonic()
    workers.close()
    assert time.monotonic() - start < 2
    assert all(process.poll() is not None for process in processes)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    script = (
        "from pipeline.engine.executors import WorkerTask\n"
        "from pipeline.engine.executors.process_pool import ProcessPool\n"
        "from tests.support.worker_cases import hang, who\n"
        "tasks = [WorkerTask('who', who, None), WorkerTask('hang', hang, None)]\n"
        "for done in ProcessPool(1).run(tasks): print(done.value, flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while _runs(worker):
        assert time.monotonic() < until, "the worker outlived its parent"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
