"""Building catalogues of many decrees: time, memory and size, four times as many decrees against one."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.decrees import written
from bench.measure import Figure, program

FEW, MANY = 50, 200
CHILD = """
import json, sys, time
from pipeline.cli import main
start = time.perf_counter()
try:
    main(["build", sys.argv[1], "--out", sys.argv[2]], standalone_mode=False)
except SystemExit as end:
    if end.code not in (None, 0, 1):
        raise
took = time.perf_counter() - start
print()
from bench.memory import peak
print(json.dumps([took, peak()]))
"""


@dataclass(frozen=True)
class Build:
    """What one build cost, in a process of its own."""

    seconds: float
    megabytes: float
    """Peak resident memory; 0 where the platform does not tell."""
    written: int
    """Bytes of the catalogue's files."""


def build(folder: Path, count: int) -> Build:
    """Build a catalogue of ``count`` generated decrees below ``folder``."""
    texts, out = folder / f"in-{count}", folder / f"out-{count}"
    written(texts, count)
    took, peak = json.loads(program(["-c", CHILD, str(texts), str(out)]).splitlines()[-1])
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Build(took, peak, size)


def figures() -> list[Figure]:
    """Each cost of many decrees against that of few."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = build(Path(folder), FEW), build(Path(folder), MANY)
    held = f"{FEW} decrees ({MANY / FEW:.1f}: linear)"
    made = [
        Figure(f"build of {MANY} decrees", many.seconds, few.seconds, held),
        Figure(f"size of the catalogue of {MANY}", many.written / 1e6, few.written / 1e6, held, "MB"),
    ]
    if many.megabytes and few.megabytes:
        made.append(Figure(f"peak memory, build of {MANY}", many.megabytes, few.megabytes, held, "MB"))
    return made
