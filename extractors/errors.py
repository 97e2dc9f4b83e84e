"""Why a file could not be read: a status for programs, a sentence for people, and the mend."""

from __future__ import annotations

from enum import StrEnum


class ReadStatus(StrEnum):
    """What became of a file. Every value but ``ok`` ends the reading of that file alone."""

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
    """Base of every error that this project raises on purpose."""


class ConfigError(IkuError, ValueError):
    """A YAML file (a table, definitions, decisions, settings) that cannot be used.

    The message names the file, the line and what is wrong. It concerns every document, so no single one is
    blamed for it.
    """


class ReadError(IkuError):
    """A file that gives no record: ``status`` says why, ``message`` what was found, ``mend`` what to do."""

    def __init__(self, status: ReadStatus, message: str, remedy: str) -> None:
        super().__init__(status, message, remedy)
        self.status = status
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()
