"""The progress of a build: a bar on a terminal, plain lines elsewhere, nothing with ``-q``."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.engine.request import DocumentFailure

STAGE_TITLES = {
    "read": "Reading documents",
    "offices": "Finding whose documents they are",
    "link": "Linking regencies",
    "compare": "Comparing regencies",
    "audit": "Auditing regencies",
}
REPORT_INTERVAL = 10.0
"""Seconds between two plain lines of one stage."""
MIN_STEPS, MIN_SHARE, MIN_SECONDS = 10, 0.05, 20.0
"""Steps, share of all steps, and seconds before the remaining time is estimated."""
PACE_WINDOW = 200
"""Number of recent steps from which the remaining time is estimated."""


class ProgressLines:
    """Plain lines on standard error: each failure, and the progress every few seconds."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.done = self.total = 0
        self.now = ""
        self._began = self._told = time.monotonic()
        self._cached = 0
        self._pace: deque[float] = deque(maxlen=PACE_WINDOW)
        """Times at which the last steps were completed."""

    def start_stage(self, name: str, total: int, done: int) -> None:
        """See ``pipeline.engine.Progress``."""
        self.begin_stage(name, total, done)
        if done < total:
            self.print_unless_quiet(
                f"{STAGE_TITLES[name]}: {total}{f', {done} of them kept' if done else ''}"
            )

    def begin_stage(self, name: str, total: int, done: int) -> None:
        """Reset the counts for a new stage."""
        self.now, self.total, self.done, self._cached = name, total, done, done
        self._began = self._told = time.monotonic()
        self._pace.clear()
        self._pace.append(self._began)

    def count_step(self) -> None:
        """Count a step."""
        self.done += 1
        self._pace.append(time.monotonic())

    def complete_step(self) -> None:
        """See ``pipeline.engine.Progress``."""
        self.count_step()
        if time.monotonic() - self._told >= REPORT_INTERVAL:
            self._told = time.monotonic()
            self.print_unless_quiet(
                f"{STAGE_TITLES[self.now]}: {self.done} of {self.total}{self.time_left()}"
            )

    def report_failure(self, failure: DocumentFailure) -> None:
        """See ``pipeline.engine.Progress``. Failures are printed even with ``-q``."""
        self.print_line(format_failure(failure))

    def send_message(self, text: str) -> None:
        """See ``pipeline.engine.Progress``."""
        self.print_line(text)

    def print_unless_quiet(self, text: str) -> None:
        """Print a line of progress."""
        if not self.quiet:
            self.print_line(text)

    def print_line(self, text: str) -> None:
        """Print a line."""
        click.echo(text, err=True)

    def close(self) -> None:
        """End the progress."""

    def time_left(self) -> str:
        """Return the remaining time, estimated from the last steps; empty before it can be estimated.

        The largest documents come first and the workers have to start, so the first steps say little.
        """
        pace, now = self._pace, time.monotonic()
        fewest_steps = max(MIN_STEPS, MIN_SHARE * (self.total - self._cached))
        if (
            self.done - self._cached < fewest_steps
            or now - self._began < MIN_SECONDS
            or self.done >= self.total
        ):
            return ""
        seconds = (now - pace[0]) / max(1, len(pace) - 1) * (self.total - self.done)
        return f", about {format_duration(seconds)} left"


class ProgressBar(ProgressLines):
    """A bar on a terminal; lines are printed above it."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
        )
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: Any = None
        self._bar.start()

    def start_stage(self, name: str, total: int, done: int) -> None:
        """See ``pipeline.engine.Progress``."""
        self.begin_stage(name, total, done)
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(STAGE_TITLES[name], total=total, completed=done, left="")

    def complete_step(self) -> None:
        """See ``pipeline.engine.Progress``."""
        self.count_step()
        self._bar.update(self._task, advance=1, left=self.time_left().lstrip(", "))

    def print_line(self, text: str) -> None:
        """Print a line above the bar."""
        self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        """Remove the bar."""
        self._bar.stop()


def make_progress(quiet: bool) -> ProgressLines:
    """Return the progress that suits standard error."""
    import sys

    return ProgressLines(quiet) if quiet or sys.stderr is None or not sys.stderr.isatty() else ProgressBar()


def format_failure(failure: DocumentFailure) -> str:
    """Return a failure as one line."""
    return f"{failure.name}: {failure.status}: {failure.describe()}"


def format_duration(seconds: float) -> str:
    """Return a duration for people."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"
