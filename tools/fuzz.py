"""Fuzzing: spoils the project's own samples at random and has workers read them, for so many minutes.

``python -m tools.fuzz --minutes 10`` says what broke the reader and keeps each in ``tests/corpus/fuzzed``,
which the tests read again. A file breaks the reader where the worker dies or goes beyond its limits, where
anything but a ``ReadError`` is raised, or where the record that comes of it does not hold what it promises.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
import traceback
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.engine.executors import WorkerTask
from pipeline.engine.executors.process_pool import ProcessPool
from samples.hostile import cases
from samples.hostile.mutations import mutated

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests/corpus/fuzzed"
SECONDS = 300.0
"""Of the clock, after which a file is taken to hang: the machine may do other things besides."""
COSTLY = 20.0
"""Seconds of work for one file that are too many; the worker counts its own."""
MEGABYTES = 1_500
LARGEST = 100_000
"""Bytes of a sample that is spoilt."""
LARGEST_TEXT = 20_000
BATCH = 40
"""Files that are given out at once."""


def seeds() -> dict[str, bytes]:
    """What is spoilt: the samples and the small files of the hostile corpus, by name."""
    found = {
        path.name: path.read_bytes()
        for kind in ("pdf", "text")
        for path in (ROOT / "samples" / kind).iterdir()
    }
    for case in cases():
        if not case.heavy and not case.name.startswith(("bombs-", "texts-too-large")):
            found[case.name] = case.make()
    small = {".txt": LARGEST_TEXT, ".md": LARGEST_TEXT, ".html": LARGEST_TEXT}
    return {
        name: data
        for name, data in sorted(found.items())
        if 0 < len(data) <= small.get(Path(name).suffix, LARGEST)
    }


def tried(job: tuple[str, bytes]) -> str:
    """Read one file in a worker: empty, or what is wrong with the reader."""
    _warmed()
    start = time.process_time()
    said = _said(*job)
    took = time.process_time() - start
    return said or (f"{took:.0f} s of work" if took > COSTLY else "")


@cache
def _warmed() -> None:
    """What the first file of a worker pays for all: libraries and models are loaded."""
    from PIL import Image

    from extractors.errors import ReadError
    from pipeline.read_decree import read_bytes

    sheet = BytesIO()
    Image.new("L", (300, 300), 255).save(sheet, "PNG")
    for name, data in (("warm.txt", b"Undangan rapat"), ("warm.png", sheet.getvalue())):
        with suppress(ReadError):
            read_bytes(data, name)


def _said(name: str, data: bytes) -> str:
    from extractors.errors import ReadError
    from extractors.model.record import Decree
    from pipeline.read_decree import read_bytes

    try:
        decree = read_bytes(data, name)
    except ReadError as error:
        return "" if error.message and error.remedy else f"{error.status}: without message or mend"
    except MemoryError:
        raise
    except Exception as error:  # whatever it is, it is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}: {error}"[:300]
    text = decree.model_dump_json()
    if Decree.model_validate_json(text).model_dump_json() != text:
        return "the record is not the same when written and read again"
    coverage = decree.document.coverage
    if coverage is not None and coverage.words != coverage.fields + coverage.furniture + coverage.notes:
        return f"words are lost: {coverage}"
    return ""


def spoilt(found: dict[str, bytes], seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Without end: number, name and bytes of a spoilt file; the same for the same seed."""
    names = list(found)
    number = 0
    while True:
        number += 1
        chance = random.Random(f"{seed}-{number}")
        name = chance.choice(names)
        data = mutated(found[name], name, chance)
        if data:
            yield f"{seed}-{number}", name, data


def keep(name: str, data: bytes, folder: Path) -> Path:
    """Put a file to what is read again, under a name that its content makes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}-{name}"
    path.write_bytes(data)
    return path


@click.command()
@click.option("--minutes", type=click.FloatRange(0), default=10.0, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, other files.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--keep", "folder", type=click.Path(file_okay=False, path_type=Path), default=KEPT, show_default=False
)
def main(minutes: float, seed: int, jobs: int, folder: Path) -> None:
    """Spoil samples and read them, for so many minutes; exit status 1 where something broke."""
    with suppress(OSError, AttributeError):  # Windows has no nice
        os.nice(10)
    until = time.monotonic() + 60 * minutes
    made, seen = spoilt(seeds(), seed), set[str]()
    workers, count = ProcessPool(jobs, MEGABYTES), 0
    try:
        while time.monotonic() < until:
            batch = {number: (name, data) for number, name, data in (next(made) for _ in range(BATCH))}
            tasks = [WorkerTask(number, tried, job, SECONDS) for number, job in batch.items()]
            for done in workers.run(tasks):
                count += 1
                said: Any = done.loss.message if done.loss else done.value
                if said and said not in seen:
                    seen.add(said)
                    click.echo(f"{done.task.name} {keep(*batch[done.task.name], folder)}: {said}")
    finally:
        workers.close()
    click.echo(f"{count} files read, {len(seen)} ways to break the reader")
    raise SystemExit(1 if seen else 0)


if __name__ == "__main__":
    main()
