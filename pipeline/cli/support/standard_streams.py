"""Standard input as a file named ``-``, and errors and exit statuses."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.file_names import printable_name
from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from extractors.errors import ReadError

STANDARD_INPUT = "-"


def read_input(file: str) -> tuple[bytes, str]:
    """Return the bytes and the name of a file, or of standard input.

    Raises:
        ReadError: the file cannot be read.
    """
    import extractors

    if file == STANDARD_INPUT:
        return read_stdin(), "stdin"
    return extractors.read_content(Path(file)), Path(file).name


def read_stdin() -> bytes:
    """Return the bytes of standard input, at most one more than the limit of their type.

    Raises:
        ReadError: standard input is closed.
    """
    import extractors
    from extractors.errors import ReadError, ReadStatus

    if sys.stdin is None:
        raise ReadError(ReadStatus.MISSING, "Standard input is closed.", "Give a file, or pipe one in.")
    return extractors.read_limited(sys.stdin.buffer, "stdin")


def display_name(file: str) -> str:
    """Return the name of a file for messages, with nothing in it that a terminal would obey."""
    return "standard input" if file == STANDARD_INPUT else printable_name(file)


def print_read_error(file: str, error: ReadError) -> None:
    """Print on standard error which file failed, why, and what to do."""
    click.secho(f"{display_name(file)}: {error.status.value}: ", err=True, fg="red", nl=False)
    click.echo(str(error), err=True)


def exit_with(status: ExitCode) -> None:
    """End the program with an exit status."""
    raise click.exceptions.Exit(int(status))
