"""Where a build works: its cache, its workers, and what it has used so far."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline.cache import digest
from pipeline.engine.passwords import new_salt, sealed
from pipeline.workers import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cache import Store
    from pipeline.engine.orders import Order, Progress
    from pipeline.workers import Executor, Loss

Facts = dict[str, Any]
SALT = "salt"
"""Kind of the one entry that says what the cache's passwords are salted with."""


class Desk:
    """The cache and the workers of one build."""

    def __init__(self, order: Order, cache: str, store: Store, progress: Progress) -> None:
        self.order = order
        self.cache = cache
        """The cache's address, for the workers."""
        self.store = store
        self.progress = progress
        self.used: set[str] = set()
        """Names of the entries that this build stands on."""
        self._executor: Executor | None = None

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The sealed form of each password, by which records that it opened are known again."""
        if not self.order.passwords:
            return ()
        name = digest(SALT)
        kept = self.kept(SALT, name)
        salt = kept["salt"] if kept else new_salt()
        if not kept:
            self.store.put(SALT, name, {"salt": salt})
            self.use(SALT, name, {})
        return tuple(sealed(password, salt) for password in self.order.passwords)

    def close(self) -> None:
        """End the workers."""
        if self._executor is not None:
            self._executor.close()

    def kept(self, kind: str, key: str) -> Facts | None:
        """What the cache has under a key."""
        entry = self.store.get(kind, key)
        if entry is None:
            return None
        self.use(kind, key, entry.facts)
        return {**entry.facts, "sum": entry.sum}

    def use(self, kind: str, key: str, facts: Facts) -> None:
        """Note an entry, and those that its facts point to."""
        self.used.add(f"{kind}/{key}")
        self.used.update(_pointed(kind, facts))

    def done(self, tasks: list[Task]) -> Iterator[tuple[str, Any, Loss | None, float]]:
        """Tasks as they come back: name, value, loss, seconds."""
        if not tasks:
            return
        if self._executor is None:
            self._executor = self.order.executor()
        for done in self._executor.run(tasks, self.progress.say):
            yield done.task.name, done.value, done.loss, done.seconds
            self.progress.step()


def _pointed(kind: str, facts: Facts) -> Iterator[str]:
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
