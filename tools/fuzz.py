"""Fuzz the readers: damage the project's samples at random and let workers read them, for some minutes.

``python -m tools.fuzz --minutes 10`` reports what broke the reader and stores each file in
``tests/corpus/fuzzed``, which the tests read again. A file breaks the reader if the worker dies or exceeds
its limits, if anything but a ``ReadError`` is raised, or if the record is inconsistent.
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
"""Wall-clock seconds after which a file is considered to hang; the machine may be busy."""
COSTLY = 20.0
"""Processor seconds for one file that are too many."""
MEGABYTES = 1_500
LARGEST = 100_000
"""Largest sample to be damaged, in bytes."""
LARGEST_TEXT = 20_000
BATCH = 40
"""Number of files in one run of the workers."""


def seeds() -> dict[str, bytes]:
    """Return the files to be damaged, by name: the samples and small files of the hostile corpus."""
    files = {
        path.name: path.read_bytes()
        for kind in ("pdf", "text")
        for path in (ROOT / "samples" / kind).iterdir()
    }
    for case in cases():
        if not case.heavy and not case.name.startswith(("bombs-", "texts-too-large")):
            files[case.name] = case.make()
    small = {".txt": LARGEST_TEXT, ".md": LARGEST_TEXT, ".html": LARGEST_TEXT}
    return {
        name: data
        for name, data in sorted(files.items())
        if 0 < len(data) <= small.get(Path(name).suffix, LARGEST)
    }


def try_file(job: tuple[str, bytes]) -> str:
    """Read one file in a worker; return what is wrong with the reader, or an empty text."""
    _warm_up()
    start = time.process_time()
    defect = _find_defect(*job)
    took = time.process_time() - start
    return defect or (f"{took:.0f} s of work" if took > COSTLY else "")


@cache
def _warm_up() -> None:
    """Load libraries and models, so that their time does not count for the first file."""
    from PIL import Image

    from extractors.errors import ReadError
    from pipeline.read_decree import read_bytes

    sheet = BytesIO()
    Image.new("L", (300, 300), 255).save(sheet, "PNG")
    for name, data in (("warm.txt", b"Undangan rapat"), ("warm.png", sheet.getvalue())):
        with suppress(ReadError):
            read_bytes(data, name)


def _find_defect(name: str, data: bytes) -> str:
    from extractors.errors import ReadError
    from extractors.model.record import Decree
    from pipeline.read_decree import read_bytes

    try:
        decree = read_bytes(data, name)
    except ReadError as error:
        return "" if error.message and error.remedy else f"{error.status}: without message or remedy"
    except MemoryError:
        raise
    except Exception as error:  # any other error is a defect of the reader
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}: {error}"[:300]
    text = decree.model_dump_json()
    if Decree.model_validate_json(text).model_dump_json() != text:
        return "the record is not the same when written and read again"
    coverage = decree.document.coverage
    if coverage is not None and coverage.words != coverage.fields + coverage.furniture + coverage.notes:
        return f"words are lost: {coverage}"
    return ""


def damaged_files(found: dict[str, bytes], seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield number, name and bytes of damaged files without end; the same for the same seed."""
    names = list(found)
    number = 0
    while True:
        number += 1
        chance = random.Random(f"{seed}-{number}")
        name = chance.choice(names)
        data = mutated(found[name], name, chance)
        if data:
            yield f"{seed}-{number}", name, data


def store_file(name: str, data: bytes, folder: Path) -> Path:
    """Store a file for the tests, under a name with the hash of its content."""
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
    """Damage samples and read them for some minutes; exit status 1 if something broke."""
    with suppress(OSError, AttributeError):  # Windows has no nice
        os.nice(10)
    until = time.monotonic() + 60 * minutes
    damaged, known_defects = damaged_files(seeds(), seed), set[str]()
    workers, count = ProcessPool(jobs, MEGABYTES), 0
    try:
        while time.monotonic() < until:
            batch = {number: (name, data) for number, name, data in (next(damaged) for _ in range(BATCH))}
            tasks = [WorkerTask(number, try_file, job, SECONDS) for number, job in batch.items()]
            for done in workers.run(tasks):
                count += 1
                defect: Any = done.loss.message if done.loss else done.value
                if defect and defect not in known_defects:
                    known_defects.add(defect)
                    click.echo(f"{done.task.name} {store_file(*batch[done.task.name], folder)}: {defect}")
    finally:
        workers.close()
    click.echo(f"{count} files read, {len(known_defects)} ways to break the reader")
    raise SystemExit(1 if known_defects else 0)


if __name__ == "__main__":
    main()
