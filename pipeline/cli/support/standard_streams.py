"""What commands take as input: files by name, or standard input as ``-``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from extractors.errors import ReadError

STANDARD_INPUT = "-"


def read_input(file: str) -> tuple[bytes, str]:
    """The bytes and the name of a file, or of standard input.

    Raises:
        ReadError: they cannot be had.
    """
    import extractors

    if file == STANDARD_INPUT:
        return read_stdin(), "stdin"
    return extractors.read_content(Path(file)), Path(file).name


def read_stdin() -> bytes:
    """What is piped in, no more than is read of its kind.

    Raises:
        ReadError: standard input is closed.
    """
    import extractors
    from extractors.errors import ReadError, ReadStatus

    if sys.stdin is None:
        raise ReadError(ReadStatus.MISSING, "Standard input is closed.", "Give a file, or pipe one in.")
    return extractors.read_limited(sys.stdin.buffer, "stdin")


def display_name(file: str) -> str:
    """What a file is called where something is said of it."""
    return "standard input" if file == STANDARD_INPUT else file


def print_read_error(file: str, error: ReadError) -> None:
    """Say on standard error which file failed, why, and what to do."""
    click.secho(f"{display_name(file)}: {error.status.value}: ", err=True, fg="red", nl=False)
    click.echo(str(error), err=True)


def exit_with(status: ExitCode) -> None:
    """End the program with a status."""
    raise click.exceptions.Exit(int(status))
