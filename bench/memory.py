"""Peak memory of this process."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak() -> float:
    """Return the peak memory in megabytes; 0 if unknown.

    Linux is asked by ``VmHWM``: what ``getrusage`` says there begins with the peak of the process that
    started this one.
    """
    if _STATUS.exists() and (found := re.search(r"VmHWM:\s+(\d+)", _STATUS.read_text("ascii", "replace"))):
        return int(found.group(1)) / 1024
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)
