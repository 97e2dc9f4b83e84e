"""Progress: what is said of the time left, and when."""

from __future__ import annotations

import pytest

from pipeline.cli.support import build_progress
from pipeline.cli.support.build_progress import ProgressLines


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(build_progress, "time", made)
    return made


def _steps(lines: ProgressLines, clock: Clock, count: int, seconds: float) -> None:
    for _ in range(count):
        clock.now += seconds
        lines.complete_step()


def test_nothing_is_said_of_the_time_left_before_it_can_be_known(clock: Clock) -> None:
    lines = ProgressLines(quiet=True)
    lines.start_stage("read", 1000, 0)
    assert lines.time_left() == ""
    _steps(lines, clock, 40, 10.0)
    assert lines.time_left() == "", "the largest come first: a twentieth must be done"
    _steps(lines, clock, 10, 10.0)
    assert lines.time_left() == ", about 2 h 38 min left"
    fast = ProgressLines(quiet=True)
    fast.start_stage("read", 1000, 0)
    _steps(fast, clock, 60, 0.1)
    assert fast.time_left() == "", "workers have hardly started"


def test_the_time_left_follows_the_pace_of_the_last_steps(clock: Clock) -> None:
    lines = ProgressLines(quiet=True)
    lines.start_stage("read", 1000, 0)
    _steps(lines, clock, 300, 10.0)
    _steps(lines, clock, 400, 0.1)
    assert lines.time_left() == ", about 30 s left"


def test_what_the_cache_had_says_nothing_of_the_pace(clock: Clock) -> None:
    lines = ProgressLines(quiet=True)
    lines.start_stage("read", 1000, 900)
    assert lines.time_left() == ""
    _steps(lines, clock, 50, 1.0)
    assert lines.time_left() == ", about 50 s left"
    _steps(lines, clock, 50, 1.0)
    assert lines.time_left() == "", "it is done"
