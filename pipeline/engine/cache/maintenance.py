"""Maintenance of a cache: count its entries, find damaged ones, delete what is no longer needed.

Only files with the name of an entry are counted or deleted; other files in the folder are ignored.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.engine.cache.storage import TAG_FILE, is_cache_tag, is_orphan, is_partial
from pipeline.engine.cache.store import is_entry, unpack_entry

if TYPE_CHECKING:
    from pipeline.engine.cache.storage import StoredFile
    from pipeline.engine.cache.store import CacheStore

BUILDS_KIND = "builds"
"""Kind of the entries that list what the last build into a folder depends on."""
DAY_SECONDS = 86_400.0
GRACE_SECONDS = 1.0
"""Seconds for which an incomplete file is left alone, even if its process seems to have ended."""


@dataclass
class CacheContents:
    """Entries and bytes of a cache, by kind."""

    entries: Counter[str] = field(default_factory=Counter)
    size: Counter[str] = field(default_factory=Counter)
    """Bytes."""


def is_cache(store: CacheStore) -> bool:
    """Return whether a storage is a cache: it is tagged as one, or holds only entries. Raises StorageError.

    Older caches at addresses have no tag.
    """
    if is_cache_tag(store.read_file(TAG_FILE)):
        return True
    has_entries = False
    for stored_file in store.list_files():
        if stored_file.name == TAG_FILE:
            continue
        if not is_entry(stored_file.name) and not is_partial(stored_file.name):
            return False
        has_entries = True
    return has_entries


def count_contents(store: CacheStore) -> CacheContents:
    """Return the number and size of the entries by kind. Raises StorageError."""
    contents = CacheContents()
    for stored_file in _list_entries(store):
        kind = stored_file.name.split("/")[0]
        contents.entries[kind] += 1
        contents.size[kind] += stored_file.size
    return contents


def find_damaged(store: CacheStore, *, remove: bool = True) -> list[str]:
    """Return the names of entries with a wrong checksum, and delete them. Raises StorageError."""
    damaged_names = []
    for stored_file in _list_entries(store):
        data = store.read_file(stored_file.name)  # None: another process has pruned it
        if data is not None and unpack_entry(data) is None:
            damaged_names.append(stored_file.name)
    for name in damaged_names if remove else ():
        store.remove_file(name)
    return damaged_names


def prune_entries(store: CacheStore, days: float, *, everything: bool = False) -> tuple[int, int]:
    """Delete older entries that no recent build uses; return their count and size.

    Younger entries may belong to a running build. Raises StorageError.
    """
    before = time.time() - days * DAY_SECONDS
    needed_names = set() if everything else _needed_entries(store)
    count = size = 0
    for stored_file in list(store.list_files()):
        kind, _, _ = stored_file.name.partition("/")
        if not is_entry(stored_file.name) and not is_partial(stored_file.name):
            continue
        if not everything and (
            stored_file.modified_at > before or _is_needed(stored_file, kind, needed_names)
        ):
            continue
        store.remove_file(stored_file.name)
        count, size = count + 1, size + stored_file.size
    return count, size


def sweep_partial_files(store: CacheStore) -> int:
    """Delete incomplete files of killed processes of this machine; return their count.

    Raises StorageError.
    """
    before = time.time() - GRACE_SECONDS
    orphan_names = [
        stored_file.name
        for stored_file in store.list_files()
        if is_partial(stored_file.name) and is_orphan(stored_file, before)
    ]
    for name in orphan_names:
        store.remove_file(name)
    return len(orphan_names)


def _needed_entries(store: CacheStore) -> set[str]:
    entry_names: set[str] = set()
    for stored_file in _list_entries(store):
        if stored_file.name.startswith(f"{BUILDS_KIND}/") and (
            entry := unpack_entry(store.read_file(stored_file.name) or b"")
        ):
            entry_names.update(entry.text.decode().split())
    return entry_names


def _is_needed(stored_file: StoredFile, kind: str, needed: set[str]) -> bool:
    return kind == BUILDS_KIND or f"{kind}/{stored_file.name.rpartition('/')[2]}" in needed


def _list_entries(store: CacheStore) -> list[StoredFile]:
    return [stored_file for stored_file in store.list_files() if is_entry(stored_file.name)]
