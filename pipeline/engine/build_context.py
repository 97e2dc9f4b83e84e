"""Where a build works: its cache, its workers, and what it has used so far."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline.engine.cache import make_key
from pipeline.engine.executors import WorkerTask
from pipeline.engine.password_proofs import new_salt, seal_password

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.engine.cache import CacheStore
    from pipeline.engine.executors import Executor, TaskFailure
    from pipeline.engine.request import BuildRequest, Progress

Facts = dict[str, Any]
SALT_KIND = "salt"
"""Kind of the one entry that says what the cache's passwords are salted with."""


class BuildContext:
    """The cache and the workers of one build."""

    def __init__(self, request: BuildRequest, cache: str, store: CacheStore, progress: Progress) -> None:
        self.order = request
        self.cache = cache
        """The cache's address, for the workers."""
        self.store = store
        self.progress = progress
        self.used: set[str] = set()
        """Names of the entries that this build stands on."""
        self._executor: Executor | None = None

    @cached_property
    def password_keys(self) -> tuple[str, ...]:
        """The sealed form of each password, by which records that it opened are known again."""
        if not self.order.passwords:
            return ()
        name = make_key(SALT_KIND)
        stored_facts = self.load_facts(SALT_KIND, name)
        salt = stored_facts["salt"] if stored_facts else new_salt()
        if not stored_facts:
            self.store.put(SALT_KIND, name, {"salt": salt})
            self.record_use(SALT_KIND, name, {})
        return tuple(seal_password(password, salt) for password in self.order.passwords)

    def close(self) -> None:
        """End the workers."""
        if self._executor is not None:
            self._executor.close()

    def load_facts(self, kind: str, key: str) -> Facts | None:
        """What the cache has under a key."""
        entry = self.store.get(kind, key)
        if entry is None:
            return None
        self.record_use(kind, key, entry.facts)
        return {**entry.facts, "sum": entry.checksum}

    def record_use(self, kind: str, key: str, facts: Facts) -> None:
        """Note an entry, and those that its facts point to."""
        self.used.add(f"{kind}/{key}")
        self.used.update(_referenced_entries(kind, facts))

    def run_tasks(self, tasks: list[WorkerTask]) -> Iterator[tuple[str, Any, TaskFailure | None, float]]:
        """Tasks as they come back: name, value, loss, seconds."""
        if not tasks:
            return
        if self._executor is None:
            self._executor = self.order.executor()
        for result in self._executor.run(tasks, self.progress.send_message):
            yield result.task.name, result.value, result.loss, result.seconds
            self.progress.complete_step()


def _referenced_entries(kind: str, facts: Facts) -> Iterator[str]:
    """Names of the entries that hold what an entry's facts tell of."""
    if kind == "link":
        yield from (f"{name}/{facts[name]}" for name in ("links", "open", "headers"))
    elif kind == "cluster":
        yield f"fragment/{facts['section']}"
        yield from (f"share/{key}" for key in facts["shares"].values())
    elif kind == "across":
        yield from (f"found/{key}" for key in facts["found"].values())
    elif kind == "part":
        for piece in facts["pieces"]:
            yield from (f"fragment/{key}" for key in piece["sections"].values())
            yield f"groups/{piece['groups']}"
