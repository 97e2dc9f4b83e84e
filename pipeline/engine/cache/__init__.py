"""Cache: results under the hash of everything that they depend on.

An entry is written completely or not at all and carries a checksum; a damaged entry counts as missing. This
package does not know what the entries mean.
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
