"""The request for a build, its progress and its result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pipeline.engine.executors import Executor

RETRY_STATUSES = frozenset({"crashed", "timeout", "out-of-memory", "failed", "changed"})
"""Statuses that say nothing about the file itself: they are not cached, and the next build tries again."""


class DocumentFailure(NamedTuple):
    """A file that gave no record."""

    name: str
    status: str
    message: str
    remedy: str

    def describe(self) -> str:
        """Return the message and the remedy."""
        return f"{self.message} {self.remedy}".strip()

    def to_row(self) -> dict[str, str]:
        """Return the failure under the catalogue's names."""
        return {"name": self.name, "status": self.status, "message": self.message, "mend": self.remedy}

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> DocumentFailure:
        """Return the failure that ``to_row`` made the row of."""
        return cls(row["name"], row["status"], row["message"], row["mend"])


@dataclass(frozen=True)
class BuildRequest:
    """What to build, from what, with whom and within which limits."""

    paths: tuple[str, ...]
    """Files, folders and fsspec addresses."""
    out: Path
    """Folder of the outputs."""
    executor: Callable[[], Executor]
    """Creates the executor; called only if there is work."""
    cache: str | None = None
    """Address of the cache; None: nothing is kept for later builds."""
    definitions: Path | None = None
    """Folder of definitions; None: the reviewed ones."""
    decisions: tuple[Path | None, ...] = (None,)
    """Files of decisions, one after the other; None: the reviewed ones."""
    corrections: Path | None = None
    """File of corrections; None: everything is as it was read."""
    settings: Path | None = None
    """File of the audit's settings; None: every rule as it is, nothing waived."""
    today: str = field(default_factory=lambda: date.today().isoformat())
    """Decides which waivers still hold; without settings nothing depends on it."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """Documents as bytes, by name."""
    passwords: tuple[str, ...] = ()
    """Passwords that are tried in turn on a locked PDF."""
    seconds: float | None = None
    """Time limit for one document; None: a minute, and 20 seconds a page."""
    empty: bool = False
    """Whether to build a catalogue of no documents, too: the last file of a watched folder is gone."""


@dataclass(frozen=True)
class BuildResult:
    """The result of a build."""

    written_files: tuple[Path, ...]
    documents: int
    failures: tuple[DocumentFailure, ...]
    has_serious_findings: bool
    """Whether there are errors or warnings that nobody waived."""
    is_unchanged: bool = False
    """Whether the outputs of an earlier build were kept."""
    documents_read: int = 0
    """Documents that gave a record and did not come from the cache."""
    seconds: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Return whether another build of the same files would have the same result."""
        return RETRY_STATUSES.isdisjoint(failure.status for failure in self.failures)


class Progress(Protocol):
    """Receives the progress of a build."""

    def start_stage(self, name: str, total: int, done: int) -> None:
        """Begin a stage; ``done`` of its ``total`` steps came from the cache."""

    def complete_step(self) -> None:
        """Count one step as done."""

    def report_failure(self, failure: DocumentFailure) -> None:
        """Report a file that gave no record."""

    def send_message(self, text: str) -> None:
        """Report something that a person should know."""


class NullProgress:
    """Ignores the progress of a build."""

    def start_stage(self, name: str, total: int, done: int) -> None:
        """See ``Progress``."""

    def complete_step(self) -> None:
        """See ``Progress``."""

    def report_failure(self, failure: DocumentFailure) -> None:
        """See ``Progress``."""

    def send_message(self, text: str) -> None:
        """See ``Progress``."""
