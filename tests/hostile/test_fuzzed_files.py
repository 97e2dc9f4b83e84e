"""What fuzzing found once is read again: each such file ends with a record or a reason, within its limits."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

import pytest

from pipeline.engine.executors import WorkerTask
from pipeline.engine.executors.process_pool import ProcessPool
from samples.hostile.mutations import mutated
from tools import fuzz

pytestmark = pytest.mark.slow


FRESH = 12
"""Files that are spoilt for this test, the same ones in every run."""
KEPT = {path.name: path.read_bytes() for path in sorted(fuzz.KEPT.glob("*"))}
SMALL = ("structure-plain.pdf", "sendangmulih-iku-2024.decree.pdf", "watugilang-iku-2024.lumajang.txt")


def _fresh() -> Iterator[tuple[str, bytes]]:
    found = {name: data for name, data in fuzz.seeds().items() if name in SMALL}
    assert set(found) == set(SMALL)
    made = fuzz.damaged_files(found, seed=20)
    for _ in range(FRESH):
        number, name, data = next(made)
        yield f"{number}-{name}", data


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
def test_nothing_that_fuzzing_found_breaks_the_reader_and_neither_does_what_is_spoilt_anew() -> None:
    workers = ProcessPool(1, fuzz.MEGABYTES)
    tasks = [
        WorkerTask(name, fuzz.try_file, (name, data), fuzz.SECONDS)
        for name, data in {**KEPT, **dict(_fresh())}.items()
    ]
    try:
        said = {done.task.name: done.loss.message if done.loss else done.value for done in workers.run(tasks)}
    finally:
        workers.close()
    assert len(said) == len(KEPT) + FRESH
    assert {name: text for name, text in said.items() if text} == {}


def test_files_are_spoilt_in_the_same_way_for_the_same_seed_and_in_all_ways() -> None:
    found = {name: data for name, data in fuzz.seeds().items() if name in SMALL}
    once, again = fuzz.damaged_files(found, 3), fuzz.damaged_files(found, 3)
    assert [next(once) for _ in range(30)] == [next(again) for _ in range(30)]
    plain = found["structure-plain.pdf"]
    made = {mutated(plain, "a.pdf", random.Random(n)) for n in range(60)}
    assert len(made - {plain}) > 50
    assert sum(data.startswith(b"%PDF-") and b"xref" in data for data in made) > 20, "most are still PDFs"
