"""The root of the project's error tree: every error has a status, a message and a remedy."""

from __future__ import annotations

from enum import StrEnum


class ReadStatus(StrEnum):
    """The outcome of reading a file. Every value except ``ok`` ends the reading of that file alone."""

    OK = "ok"
    MISSING = "missing"
    DIRECTORY = "directory"
    NO_PERMISSION = "no-permission"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TABLE = "no-table"
    OTHER_DECREE = "other-decree"


class IkuError(Exception):
    """Base class of every error that this project raises on purpose.

    ``status`` is a stable word for programs, ``message`` says what was found, ``remedy`` what to do. The
    exit status that belongs to each class is listed in ``pipeline/cli/support/exit_codes.py``.
    """

    status: str = "error"
    remedy: str = ""

    def __init__(self, message: str = "", remedy: str | None = None) -> None:
        super().__init__(message, remedy)
        self.message = message
        if remedy is not None:
            self.remedy = remedy

    def __str__(self) -> str:
        return self.message

    def describe(self) -> str:
        """Return the message and the remedy, for people."""
        stop = "" if not self.message or self.message[-1] in ".!?:;\n" else "."
        return f"{self.message}{stop} {self.remedy}".strip()


class ConfigError(IkuError, ValueError):
    """A YAML file (a table, definitions, decisions, settings) that cannot be used.

    The message names the file, the line and what is wrong. It concerns every document, so no single one is
    blamed for it.
    """

    status = "config"
    remedy = "Correct the file and run the command again."

    def describe(self) -> str:
        """Return the message, and the remedy on a line of its own: the message may have several lines."""
        return f"{self.message}\n{self.remedy}"


class ReadError(IkuError):
    """A file that gives no record: ``status`` says why, ``message`` what was found, ``remedy`` what to do."""

    status: ReadStatus

    def __init__(self, status: ReadStatus, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.status = status

    def __reduce__(self) -> tuple[type[ReadError], tuple[ReadStatus, str, str]]:
        return type(self), (self.status, self.message, self.remedy)

    def __str__(self) -> str:
        return self.describe()
