"""The context of a build: its inputs, cache and workers, and the cache entries it has used."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pipeline.engine.request import NullProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.audit.settings.audit_settings import AuditSettings
    from pipeline.corrections.correction_file import CorrectionEntry
    from pipeline.engine.cache import CacheStore
    from pipeline.engine.executors import Executor, TaskResult, WorkerTask
    from pipeline.engine.executors.protocol import JobT, ResultT
    from pipeline.engine.request import Progress
    from pipeline.linking import Decision, Definition

RECORD_KIND = "decree"
"""Kind of the cache entries that hold records."""


@dataclass(frozen=True)
class BuildInputs:
    """Everything but the documents that the catalogue depends on."""

    definitions: tuple[Definition, ...]
    decisions: tuple[Decision, ...] = ()
    settings: AuditSettings | None = None
    settings_file: str = ""
    today: str = field(default_factory=lambda: date.today().isoformat())
    passwords: tuple[str, ...] = ()
    seconds: float | None = None
    """Time limit for one document; None: the default, extended by its pages."""
    corrections: tuple[CorrectionEntry, ...] = ()
    """Entries of a file of corrections, in the order in which they were made."""


class BuildContext:
    """The inputs, the cache and the workers of one build."""

    def __init__(
        self,
        inputs: BuildInputs,
        store: CacheStore,
        make_executor: Callable[[], Executor],
        progress: Progress | None = None,
    ) -> None:
        self.inputs = inputs
        self.store = store
        self.progress = progress or NullProgress()
        self.used: set[str] = set()
        """Names of the cache entries that this build depends on."""
        self.build_id = uuid.uuid4().hex
        """Part of the keys that no other build may find."""
        self._make_executor = make_executor
        self._executor: Executor | None = None
        self._own_records: list[str] = []

    @property
    def cache(self) -> str:
        """The address of the cache, for the workers."""
        return self.store.storage.address

    def close(self) -> None:
        """End the workers and delete the records that are kept for this build alone."""
        if self._executor is not None:
            self._executor.close()
        for key in self._own_records:
            self.store.remove(RECORD_KIND, key)

    def record_use(self, kind: str, keys: Iterable[str]) -> None:
        """Note the cache entries that the build depends on."""
        self.used.update(f"{kind}/{key}" for key in keys)

    def discard_at_end(self, record: str) -> None:
        """Delete a record when the build ends: a password opened its document."""
        self._own_records.append(record)

    def run_tasks(self, tasks: list[WorkerTask[JobT, ResultT]]) -> Iterator[TaskResult[JobT, ResultT]]:
        """Yield the results of tasks in the order of completion."""
        if not tasks:
            return
        if self._executor is None:
            self._executor = self._make_executor()
        for result in self._executor.run(tasks, self.progress.send_message):
            yield result
            self.progress.complete_step()
