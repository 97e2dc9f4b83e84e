"""Reading many files: decrees and failures, the same content once, no failure stopping the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from extractors.errors import ConfigError, ReadError, ReadStatus
from pipeline.models.catalogue import Failure
from pipeline.read_decree import read, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from extractors.model.record import Decree

PROGRAM_FAILURE = "failed"
"""Status of a file on which the program itself failed."""


class ReadDocument(NamedTuple):
    """A decree and the further names under which its bytes were given."""

    decree: Decree
    also_named: tuple[str, ...]


def read_files(
    files: Iterable[Path], contents: Mapping[str, bytes] | None = None, passwords: Sequence[str] = ()
) -> tuple[tuple[ReadDocument, ...], tuple[Failure, ...]]:
    """Every file, and all bytes given by name, as a decree or as a failure; by identity and by name.

    ``passwords`` are tried in turn on a locked PDF.
    """
    by_content: dict[str, list[Decree]] = {}
    failures: list[Failure] = []
    readers = [(file.name, partial(read, file)) for file in files]
    readers += [(name, partial(read_bytes, data, name)) for name, data in sorted((contents or {}).items())]
    for name, reader in readers:
        result = _read_or_fail(name, partial(_read_with_passwords, reader, passwords))
        if isinstance(result, Failure):
            failures.append(result)
        else:
            by_content.setdefault(result.document.sha256, []).append(result)
    reads = tuple(_merge_copies(decrees) for _, decrees in sorted(by_content.items()))
    return reads, tuple(sorted(failures, key=lambda f: (f.name, f.status, f.message)))


def _read_with_passwords(reader: Callable[[str | None], Decree], passwords: Sequence[str]) -> Decree:
    """The decree; of a locked PDF by the first of the passwords that opens it."""
    try:
        return reader(None)
    except ReadError as error:
        locked_error = error
    for password in passwords:
        if locked_error.status is not ReadStatus.ENCRYPTED:
            break
        try:
            return reader(password)
        except ReadError as error:
            locked_error = error
    raise locked_error


def _read_or_fail(name: str, reader: Callable[[], Decree]) -> Decree | Failure:
    try:
        return reader()
    except ConfigError:
        raise  # a table of the project is wrong: that is no document's fault
    except ReadError as error:
        return Failure(name=name, status=str(error.status), message=error.message, mend=error.remedy)
    except Exception as error:  # One document must never cost the others, whatever is wrong with the program.
        return Failure(
            name=name,
            status=PROGRAM_FAILURE,
            message=f"The program itself failed on this file ({type(error).__name__}).",
            mend="Report the file; the other documents are built without it.",
        )


def _merge_copies(decrees: list[Decree]) -> ReadDocument:
    """One decree under the first of its names, so that the order of the files does not matter."""
    names = sorted({decree.document.name for decree in decrees})
    first_decree = min(decrees, key=lambda decree: decree.document.name)
    return ReadDocument(first_decree, tuple(names[1:]))
