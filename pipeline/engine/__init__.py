"""The build engine: stages whose results are cached, run by workers, with atomic outputs.

It writes the same bytes that ``pipeline.build`` returns, regardless of the cache and the workers. The design
is explained in docs/decisions/0004-stages-and-keys.md. The package is light to import: only the workers
import the modules that read, link and audit.
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
