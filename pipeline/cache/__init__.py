"""Cache: what was computed once, kept under a key made of all that it was computed from.

An entry is written whole or not at all and carries a checksum: what is damaged is not there. Nothing in this
package knows what is kept.
"""

from pipeline.cache.places import Folder, Place, place_at
from pipeline.cache.store import CacheError, Entry, GoneError, Store, digest

__all__ = ["CacheError", "Entry", "Folder", "GoneError", "Place", "Store", "digest", "place_at"]
