"""Nothing lost: builds that are killed, interrupted, run out of disk or meet another in their folder."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.engine.folder_lock import HOLDER_FILE, LOCK_FILE, lock_folder
from pipeline.engine.watch_folders import FileStabilityTracker, RetrySchedule
from pipeline.errors import BuildError, StorageError
from tests.support.engine_cases import Heard, archive, built, sheet

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parents[2]
KILLS = 4
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


def _start(folder: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    script = "from pipeline.cli import main; main()"
    arguments = ["build", str(folder), "--out", str(out), "--jobs", "2", *more]
    return subprocess.Popen([sys.executable, "-c", script, *arguments], stderr=subprocess.PIPE, cwd=ROOT)


def _outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in ("catalogue.json", "summary.md")}


@posix
def test_a_build_killed_at_any_point_leaves_the_last_outputs_and_goes_on(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    start = time.monotonic()
    _start(folder, out, "--cache", "none").wait()
    whole = time.monotonic() - start
    sheet(folder, "WANASARI", crop="jagung")
    built(folder, tmp_path / "right", cache=None)
    old, right = _outputs(out), _outputs(tmp_path / "right")
    assert old != right
    chance = random.Random(7)
    for _ in range(KILLS):
        build = _start(folder, out)
        time.sleep(chance.uniform(0.1, whole))
        build.kill()
        build.communicate()
        assert _outputs(out) in (old, right)
    done = _start(folder, out)
    done.communicate()
    assert _outputs(out) == right
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == [
        ".iku-cache",
        LOCK_FILE,
    ]


@posix
def test_an_interrupt_ends_the_build_within_two_seconds_and_says_so(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    build = _start(folder, out)
    while not (out / HOLDER_FILE).exists() and build.poll() is None:
        time.sleep(0.02)
    time.sleep(0.5)
    build.send_signal(signal.SIGINT)
    start = time.monotonic()
    _, told = build.communicate(timeout=20)
    assert time.monotonic() - start < 2
    assert build.returncode == 130
    assert "Interrupted" in told.decode() and "the same command goes on" in told.decode()
    assert not (out / "catalogue.json").exists() and not (out / HOLDER_FILE).exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of few megabytes of its own; skips where none can be had."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if (
        mount is None
        or sys.platform != "linux"
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk can be made here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_leaves_the_last_outputs_and_a_cache_to_go_on_from(
    small_disk: Path, tmp_path: Path
) -> None:
    folder, out = archive(tmp_path / "in"), small_disk / "out"
    built(folder, out, cache=str(small_disk / "cache"))
    before = _outputs(out)
    sheet(folder, "WANASARI", crop="jagung")
    built(folder, tmp_path / "right", cache=None)
    filler = small_disk / "filler"
    for room in (0, 3_000, 12_000, 30_000):
        filler.write_bytes(b"")
        free = shutil.disk_usage(small_disk).free
        filler.write_bytes(b"x" * max(0, free - room))
        with pytest.raises(StorageError, match="space left"):
            built(folder, out, cache=str(small_disk / "cache"))
        assert _outputs(out) == before
        assert not list(small_disk.rglob("*.part"))
    filler.unlink()
    built(folder, out, cache=str(small_disk / "cache"))
    assert _outputs(out) == _outputs(tmp_path / "right")


def test_two_builds_do_not_mix_and_the_second_is_told_who_is_there(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    with lock_folder(out), pytest.raises(BuildError, match=f"process {os.getpid()} on .* since 20"):
        built(folder, out)
    assert built(folder, out).documents == 6


def test_the_lock_of_a_build_that_died_is_known_to_be_stale(tmp_path: Path) -> None:
    folder, out = archive(tmp_path / "in"), tmp_path / "out"
    out.mkdir()
    holder = {"pid": 4_000_000, "host": "elsewhere", "since": "2024-01-01T00:00:00+00:00"}
    (out / HOLDER_FILE).write_text(json.dumps(holder), "utf-8")
    heard = Heard()
    assert built(folder, out, heard).documents == 6
    assert "process 4000000 on elsewhere" in heard.said[0]
    assert not (out / HOLDER_FILE).exists()


def test_a_file_counts_once_nobody_writes_to_it_any_more(tmp_path: Path) -> None:
    whole, growing = tmp_path / "a.txt", tmp_path / "b.txt"
    whole.write_text("a", "utf-8")
    settling = FileStabilityTracker([str(tmp_path)], seconds=3)
    assert settling.list_stable_files(0) == {}
    growing.write_text("b", "utf-8")
    assert settling.list_stable_files(2) == {}
    growing.write_text("bb", "utf-8")
    assert list(settling.list_stable_files(4)) == [whole]
    growing.write_text("bbb", "utf-8")
    assert list(settling.list_stable_files(6)) == [whole]
    assert list(settling.list_stable_files(9)) == [whole, growing]
    whole.unlink()
    assert list(settling.list_stable_files(10)) == [growing]


@posix
def test_watching_builds_what_arrives_and_stops_when_told(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    script = "from pipeline.cli import main; main()"
    arguments = ["watch", str(folder), "--out", str(out), "--settle", "0.5", "--jobs", "1"]
    watch = subprocess.Popen([sys.executable, "-c", script, *arguments], stderr=subprocess.PIPE, cwd=ROOT)
    try:
        for count, name in enumerate(("WANASARI", "CIHERANG"), start=1):
            sheet(folder, name)
            until = time.monotonic() + 120
            while _documents(out) != count:
                assert time.monotonic() < until and watch.poll() is None
                time.sleep(0.1)
        for path in folder.iterdir():
            path.unlink()
        until = time.monotonic() + 120
        while _documents(out) != 0:  # the last one is gone too
            assert time.monotonic() < until and watch.poll() is None
            time.sleep(0.1)
    finally:
        time.sleep(1.5)  # idle: what is built is not built again
        watch.send_signal(signal.SIGINT)
        _, told = watch.communicate(timeout=20)
    assert watch.returncode == 0
    assert "No longer watching" in told.decode()


def test_what_may_yet_come_to_something_is_tried_again_later_and_later() -> None:
    turns, ready = RetrySchedule(), {Path("a.txt"): (1, 1, 1)}
    assert not turns.is_due({}, 0), "nothing was there and nothing is"
    assert turns.is_due(ready, 0)
    turns.record_build(ready, False, 10)
    assert not turns.is_due(ready, 39)
    assert turns.is_due(ready, 40)
    turns.record_build(ready, False, 50)
    assert not turns.is_due(ready, 109)
    assert turns.is_due(ready, 110)
    assert turns.is_due({}, 60), "a file that goes is a change"
    turns.record_build(ready, True, 120)
    assert not turns.is_due(ready, 1e9)


def test_a_folder_that_is_not_there_has_lost_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    settling = FileStabilityTracker([str(tmp_path / "a"), str(tmp_path / "b")], seconds=0)
    assert str(tmp_path / "b") in settling.describe_missing()
    (tmp_path / "b").mkdir()
    assert not settling.describe_missing()


def test_the_empty_folder_under_a_disk_that_is_not_mounted_has_lost_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = {"number": 1}
    monkeypatch.setattr("pipeline.engine.watch_folders._disk_number", lambda folder: disk["number"])
    settling = FileStabilityTracker([str(tmp_path)], seconds=0)
    file = tmp_path / "a.txt"
    file.write_text("a")
    assert settling.list_stable_files(0) and not settling.describe_missing()
    file.unlink()
    disk["number"] = 2
    assert not settling.list_stable_files(1) and str(tmp_path) in settling.describe_missing()
    disk["number"] = 1
    assert not settling.list_stable_files(2) and not settling.describe_missing(), "the file itself is gone"
    disk["number"] = 2
    file.write_text("b")
    assert settling.list_stable_files(3) and not settling.describe_missing(), "another disk, with files"


def test_a_file_that_is_written_anew_stays_in_the_catalogue_until_it_is_complete(tmp_path: Path) -> None:
    settling, turns = FileStabilityTracker([str(tmp_path)], seconds=3), RetrySchedule()
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text("a")
    other.write_text("b")
    settling.list_stable_files(0)
    ready = settling.list_stable_files(3)
    assert ready.keys() == {one, other} and turns.is_due(ready, 3, settling.visible_files)
    turns.record_build(ready, True, 3)
    one.write_text("longer")
    assert not turns.is_due(settling.list_stable_files(4), 4, settling.visible_files), (
        "a build now would lack it"
    )
    assert turns.is_due(settling.list_stable_files(7), 7, settling.visible_files)
    one.unlink()
    assert turns.is_due(settling.list_stable_files(8), 8, settling.visible_files), "it is gone"


def _documents(out: Path) -> int:
    try:
        return len(json.loads((out / "catalogue.json").read_bytes())["documents"])
    except FileNotFoundError:
        return 0
