"""Engine: a build as stages whose results are kept, done by workers, written whole or not at all.

What it writes is to the byte what ``pipeline.build`` returns,
whatever was in the cache and whoever did the work. docs/decisions/0004-stages-and-keys.md tells
why it is cut as it is. Light to import: what reads, links or audits is imported by the workers.
"""

from pipeline.engine.request import (
    BuildRequest,
    BuildResult,
    NullProgress,
    Progress,
)
from pipeline.engine.run import run_build

__all__ = [
    "BuildRequest",
    "BuildResult",
    "NullProgress",
    "Progress",
    "run_build",
]
