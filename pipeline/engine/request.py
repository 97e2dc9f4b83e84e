"""What a build is asked for, what it tells on its way, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pipeline.engine.executors import Executor

RETRY_STATUSES = frozenset({"crashed", "timeout", "out-of-memory", "failed", "changed"})
"""Statuses that say nothing of the file itself: they are never cached, and tried again by the next build."""


@dataclass(frozen=True)
class BuildRequest:
    """One build."""

    paths: tuple[str, ...]
    """Files, folders and fsspec addresses."""
    out: Path
    """Folder of the outputs."""
    executor: Callable[[], Executor]
    """Makes who does the work; called only if there is any."""
    cache: str | None = None
    """Address of the cache; None: nothing is kept."""
    definitions: Path | None = None
    """Folder of definitions; None: the reviewed ones."""
    decisions: tuple[Path | None, ...] = (None,)
    """Files of decisions, one after the other; None: the reviewed ones."""
    settings: Path | None = None
    """File of the audit's settings; None: every rule as it is, nothing waived."""
    today: str = field(default_factory=lambda: date.today().isoformat())
    """Decides which waivers still hold; without settings nothing hangs on it."""
    given: Mapping[str, bytes] = field(default_factory=dict)
    """Documents given as bytes, by name."""
    passwords: tuple[str, ...] = ()
    """What may open a locked PDF, tried in turn."""
    seconds: float | None = None
    """Limit of time for one document; None: a minute, and 20 seconds a page."""
    empty: bool = False
    """Whether a build of no document at all is made, as of a folder whose last one went away."""


@dataclass(frozen=True)
class BuildResult:
    """What a build came to."""

    written_files: tuple[Path, ...]
    documents: int
    failures: tuple[dict[str, str], ...]
    """Of each file that gave no record: name, status, message, mend."""
    has_serious_findings: bool
    """Whether there are findings that count: errors or warnings."""
    is_unchanged: bool = False
    """Whether everything was there already."""
    documents_read: int = 0
    """Documents that were read anew and gave a record; the others came from the cache."""
    seconds: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether another build of the same files would come to the same."""
        return RETRY_STATUSES.isdisjoint(failure["status"] for failure in self.failures)


class Progress(Protocol):
    """Whom a build tells how far it is."""

    def start_stage(self, name: str, total: int, done: int) -> None:
        """A stage begins; ``done`` of its ``total`` steps came from the cache."""

    def complete_step(self) -> None:
        """One step of it is done."""

    def report_failure(self, failure: Mapping[str, str]) -> None:
        """A file gave no record."""

    def send_message(self, text: str) -> None:
        """Something that a person should know."""


class NullProgress:
    """Tells nobody."""

    def start_stage(self, name: str, total: int, done: int) -> None:
        """See ``Progress``."""

    def complete_step(self) -> None:
        """See ``Progress``."""

    def report_failure(self, failure: Mapping[str, str]) -> None:
        """See ``Progress``."""

    def send_message(self, text: str) -> None:
        """See ``Progress``."""
