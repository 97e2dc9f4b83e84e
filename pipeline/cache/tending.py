"""Looking after a cache: what lies in it, what of it is damaged, what is no longer needed.

Whatever lies at a place, only files that have the name of an entry are counted or taken away.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.cache.places import TAG, is_mark, is_orphan, is_part
from pipeline.cache.store import is_entry, opened

if TYPE_CHECKING:
    from pipeline.cache.places import Kept
    from pipeline.cache.store import Store

BUILDS = "builds"
"""Kind of the entries that say what the last build into a folder stands on."""
DAY = 86_400.0
GRACE = 1.0
"""Seconds that a file may take to be written, whoever seems to write it."""


@dataclass
class Content:
    """What lies in a cache, by kind."""

    entries: Counter[str] = field(default_factory=Counter)
    size: Counter[str] = field(default_factory=Counter)
    """Bytes."""


def is_cache(store: Store) -> bool:
    """Whether a place is a cache: it is marked as one, or holds nothing but entries. Raises CacheError.

    The latter are older caches at addresses, which were not marked.
    """
    if is_mark(store.data(TAG)):
        return True
    found = False
    for kept in store.files():
        if kept.name == TAG:
            continue
        if not is_entry(kept.name) and not is_part(kept.name):
            return False
        found = True
    return found


def content(store: Store) -> Content:
    """Count what lies there. Raises CacheError."""
    found = Content()
    for kept in _entries(store):
        kind = kept.name.split("/")[0]
        found.entries[kind] += 1
        found.size[kind] += kept.size
    return found


def damaged(store: Store, *, remove: bool = True) -> list[str]:
    """Names of the entries whose checksum is wrong; they are taken away. Raises CacheError."""
    found = []
    for kept in _entries(store):
        data = store.data(kept.name)  # None: another process has pruned it
        if data is not None and opened(data) is None:
            found.append(kept.name)
    for name in found if remove else ():
        store.remove(name)
    return found


def prune(store: Store, days: float, *, everything: bool = False) -> tuple[int, int]:
    """Take away what no last build into any folder stands on and is older; how many entries and bytes.

    What is younger may belong to a build that is at work. Raises CacheError.
    """
    before = time.time() - days * DAY
    needed = set() if everything else _needed(store)
    count = size = 0
    for kept in list(store.files()):
        kind, _, _ = kept.name.partition("/")
        if not is_entry(kept.name) and not is_part(kept.name):
            continue
        if not everything and (kept.changed > before or _is_needed(kept, kind, needed)):
            continue
        store.remove(kept.name)
        count, size = count + 1, size + kept.size
    return count, size


def swept(store: Store) -> int:
    """Take away what processes of this machine that were killed had not written whole; how many files.

    Raises CacheError.
    """
    before = time.time() - GRACE
    found = [kept.name for kept in store.files() if is_part(kept.name) and is_orphan(kept, before)]
    for name in found:
        store.remove(name)
    return len(found)


def _needed(store: Store) -> set[str]:
    found: set[str] = set()
    for kept in _entries(store):
        if kept.name.startswith(f"{BUILDS}/") and (entry := opened(store.data(kept.name) or b"")):
            found.update(entry.text.decode().split())
    return found


def _is_needed(kept: Kept, kind: str, needed: set[str]) -> bool:
    return kind == BUILDS or f"{kind}/{kept.name.rpartition('/')[2]}" in needed


def _entries(store: Store) -> list[Kept]:
    return [kept for kept in store.files() if is_entry(kept.name)]
