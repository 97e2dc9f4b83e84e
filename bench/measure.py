"""Measuring: wall times of programs and of functions, taken in turns, and what they are held against."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RUNS = 9
TIMEOUT = 120.0
"""Seconds after which a measured program is given up."""


@dataclass(frozen=True)
class Figure:
    """One measured value and the floor it is held against, in the same unit."""

    name: str
    ours: float
    floor: float
    floor_name: str
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the floor; the smaller the better."""
        return self.ours / self.floor


@dataclass(frozen=True)
class Failure:
    """A benchmark that could not be run, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Peer:
    """A tool beside ours: share of rows right and seconds a document, on digital pages and on scans."""

    name: str
    digital: tuple[float, float] | None = None
    scanned: tuple[float, float] | None = None
    """None: it reads no scans."""
    reason: str = ""
    """Why it was not run."""


def program(
    arguments: Sequence[str], *, statuses: frozenset[int] = frozenset({0}), patience: float = TIMEOUT
) -> str:
    """Run Python with these arguments; its output. RuntimeError where it ends with another status."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
        encoding="utf-8",
    )
    if done.returncode not in statuses:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RuntimeError(f"exit status {done.returncode}: {last}")
    return done.stdout


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turns(
    ours: Callable[[], object], floor: Callable[[], object], runs: int = RUNS
) -> tuple[float, float]:
    """Median seconds of each, taken in turns, as machines have moods; the first is not counted."""
    ours(), floor()
    times = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    return median(first for first, _ in times), median(second for _, second in times)
