"""Builds of many decrees: growth, a second build, workers of this machine and of a Dask cluster."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.decrees import written
from bench.measure import Figure, program
from bench.papers import printed

SIZES = (10, 100, 1000)
PAPERS = 240
"""Number of digital PDFs for measuring workers: enough to make their start negligible."""
PATIENCE = 1200.0
"""Time limit for one build, in seconds."""
CHILD = """
import json, sys, time
from pipeline.cli import main
start = time.perf_counter()
try:
    main(["build", "--quiet", *sys.argv[1:]], standalone_mode=False)
except SystemExit as end:
    if end.code not in (None, 0, 1):
        raise
took = time.perf_counter() - start
print()
from bench.memory import peak
print(json.dumps([took, peak()]))
"""
CLUSTER = """
import sys, time
from distributed import LocalCluster
with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Build:
    """The cost of one build in its own process."""

    seconds: float
    megabytes: float
    """Peak memory of the parent process; 0 if unknown."""
    catalogue: int
    """Size of catalogue and summary in bytes."""
    cache: int
    """Size of the cache in bytes."""


def build(folder: Path, out: Path, *more: str) -> Build:
    """Build the documents of a folder and return the cost."""
    took, peak = json.loads(
        program(["-c", CHILD, str(folder), "--out", str(out), *more], patience=PATIENCE).splitlines()[-1]
    )
    outputs = sum((out / name).stat().st_size for name in ("catalogue.json", "summary.md"))
    cache = sum(path.stat().st_size for path in (out / ".iku-cache").rglob("*") if path.is_file())
    return Build(took, peak, outputs, cache)


def figures() -> list[Figure]:
    """Measure growth, the second build, and workers."""
    with tempfile.TemporaryDirectory() as name:
        return [*_growth(Path(name)), *_workers(Path(name))]


def _growth(folder: Path) -> list[Figure]:
    builds: dict[int, Build] = {}
    for count in SIZES:
        written(folder / f"in-{count}", count)
        builds[count] = build(folder / f"in-{count}", folder / f"out-{count}")
    few, some, many = (builds[count] for count in SIZES)
    second_build = build(folder / f"in-{SIZES[-1]}", folder / f"out-{SIZES[-1]}")
    growth_floor = f"{SIZES[1]} decrees (10.0: linear; asked: at most 11)"
    results = [
        Figure(f"build of {SIZES[1]} decrees", some.seconds, few.seconds, f"{SIZES[0]} decrees"),
        Figure(f"build of {SIZES[2]} decrees", many.seconds, some.seconds, growth_floor),
        Figure(
            f"second build of {SIZES[2]}, unchanged",
            second_build.seconds,
            many.seconds,
            "the first (asked: at most 0.03, 3 s)",
        ),
        Figure(
            f"size of the catalogue of {SIZES[2]}",
            many.catalogue / 1e6,
            some.catalogue / 1e6,
            growth_floor,
            "MB",
        ),
        Figure(f"cache of {SIZES[2]}", many.cache / 1e6, some.cache / 1e6, growth_floor, "MB"),
    ]
    if many.megabytes and some.megabytes:
        memory_floor = f"{SIZES[1]} decrees (1.0: no growth; asked: at most 1.2)"
        results.append(
            Figure(f"memory of the parent, {SIZES[2]}", many.megabytes, some.megabytes, memory_floor, "MB")
        )
    return results


def _workers(folder: Path) -> list[Figure]:
    papers = folder / "papers"
    papers.mkdir()
    for seed in range(PAPERS):
        (papers / f"{seed:04}.pdf").write_bytes(printed(seed))
    one = build(papers, folder / "one", "--jobs", "1")
    two = build(papers, folder / "two", "--jobs", "2")
    cluster = _on_cluster(papers, folder / "dask")
    name = f"{PAPERS} digital decrees"
    return [
        Figure(f"{name}, one worker", one.seconds, two.seconds, "two workers (asked: at least 1.8)"),
        Figure(f"{name}, two workers", two.seconds, cluster, "Dask with two local workers (asked: 0.85)"),
    ]


def _on_cluster(folder: Path, out: Path) -> float:
    """Return the seconds of a build on a local Dask cluster of two processes."""
    import subprocess
    import sys

    cluster = subprocess.Popen(
        [sys.executable, "-c", CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert cluster.stdout is not None
    try:
        address = cluster.stdout.readline().strip()
        return build(folder, out, "--cluster", address).seconds
    finally:
        cluster.communicate(timeout=60)
