"""Engine: a build as stages whose results are kept, done by workers, written whole or not at all.

What it writes is to the byte what ``pipeline.building.build`` makes in memory from nothing, whatever was in
the cache and whoever did the work. docs/decisions/0004-stages-and-keys.md tells why it is cut as it is.
Light to import: what reads, links or audits is imported by the workers.
"""

from pipeline.engine.orders import BuildError, NoDocumentError, Order, Outcome, Progress, Silent
from pipeline.engine.running import run

__all__ = ["BuildError", "NoDocumentError", "Order", "Outcome", "Progress", "Silent", "run"]
