"""Exit statuses, the one table that binds errors to them, and what every command's help says of them."""

from __future__ import annotations

from enum import IntEnum

from pipeline.errors import (
    BuildError,
    ConfigError,
    DataError,
    FormulaError,
    IkuError,
    NoDocumentError,
    ReadError,
    StorageError,
)


class ExitCode(IntEnum):
    """The result of a command."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    INTERRUPTED = 130


ERROR_EXIT_CODES: dict[type[IkuError], ExitCode] = {
    ReadError: ExitCode.FINDINGS,
    BuildError: ExitCode.FINDINGS,
    StorageError: ExitCode.FINDINGS,
    NoDocumentError: ExitCode.USAGE,
    ConfigError: ExitCode.USAGE,
    DataError: ExitCode.USAGE,
    FormulaError: ExitCode.USAGE,
    IkuError: ExitCode.FINDINGS,
}
EPILOG = (
    "Exit status: 0 fine; 1 findings (errors, warnings) or failed documents; 2 wrong use; 130 interrupted."
)


def error_exit_code(error: IkuError) -> ExitCode:
    """Return the exit status of an error: that of the nearest class in the table."""
    return next(ERROR_EXIT_CODES[kind] for kind in type(error).__mro__ if kind in ERROR_EXIT_CODES)
