"""Measure wall times of programs and functions, alternately, and compare them with a floor."""

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
"""Time limit of a measured program, in seconds."""


@dataclass(frozen=True)
class Figure:
    """A measured value and its floor, in the same unit."""

    name: str
    ours: float
    floor: float
    floor_name: str
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Return the value divided by the floor; smaller is better."""
        return self.ours / self.floor


@dataclass(frozen=True)
class Failure:
    """A benchmark that could not be run, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Peer:
    """A tool for comparison: share of correct rows and seconds per document, on digital pages and scans."""

    name: str
    digital: tuple[float, float] | None = None
    scanned: tuple[float, float] | None = None
    """None if it cannot read scans."""
    reason: str = ""
    """Why it was not run; empty if it was."""


def program(
    arguments: Sequence[str], *, statuses: frozenset[int] = frozenset({0}), patience: float = TIMEOUT
) -> str:
    """Run Python with these arguments and return its output. Raises RuntimeError if it fails."""
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
    """Return the wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turns(
    ours: Callable[[], object], floor: Callable[[], object], runs: int = RUNS
) -> tuple[float, float]:
    """Return the median seconds of each, measured alternately; the first round is not counted."""
    ours(), floor()
    times = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    return median(first for first, _ in times), median(second for _, second in times)
