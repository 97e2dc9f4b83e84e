"""Exit statuses, and what every command's help says of them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a run of the program came to."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    INTERRUPTED = 130


EPILOG = (
    "Exit status: 0 fine; 1 findings (errors, warnings) or failed documents; 2 wrong use; 130 interrupted."
)
