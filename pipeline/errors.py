"""The error tree of the pipeline; ``extractors.errors`` holds its root and the errors of reading."""

from __future__ import annotations

from extractors.errors import ConfigError, IkuError, ReadError, ReadStatus

__all__ = [
    "BuildError",
    "ConfigError",
    "DataError",
    "FormulaError",
    "IkuError",
    "NoDocumentError",
    "ReadError",
    "ReadStatus",
    "StorageError",
    "TaskError",
]


class FormulaError(IkuError, ValueError):
    """A text that is not a formula, or an id that gives none; the message says where and why."""

    status = "formula"


class DataError(IkuError, ValueError):
    """A file of figures, records or decrees that cannot be used; the message says which and why."""

    status = "data"
    remedy = "Correct the file and run the command again."


class BuildError(IkuError, RuntimeError):
    """A build that cannot go on. Nothing was written."""

    status = "build"


class NoDocumentError(BuildError):
    """The given paths hold no document."""

    status = "no-document"


class TaskError(BuildError):
    """The executor itself failed: workers cannot be started, the cluster is gone."""

    status = "executor"


class StorageError(IkuError):
    """The cache or an output cannot be read or written; the message says where and why."""

    status = "storage"
