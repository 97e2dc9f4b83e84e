"""Cache: what was computed once, kept under a key made of all that it was computed from.

An entry is written whole or not at all and carries a checksum: what is damaged is not there. Nothing in this
package knows what is kept.
"""

from pipeline.engine.cache.storage import Storage, open_memory_storage, open_storage
from pipeline.engine.cache.store import CacheEntry, CacheStore, MissingEntryError, make_key

__all__ = [
    "CacheEntry",
    "CacheStore",
    "MissingEntryError",
    "Storage",
    "make_key",
    "open_memory_storage",
    "open_storage",
]
