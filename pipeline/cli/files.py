"""What commands take as input: files by name, or standard input as ``-``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from extractors.errors import ReadError

STANDARD_INPUT = "-"


def content(file: str) -> tuple[bytes, str]:
    """The bytes and the name of a file, or of standard input.

    Raises:
        ReadError: they cannot be had.
    """
    import extractors

    if file == STANDARD_INPUT:
        return standard_input(), "stdin"
    return extractors.content(Path(file)), Path(file).name


def standard_input() -> bytes:
    """What is piped in, no more than is read of its kind.

    Raises:
        ReadError: standard input is closed.
    """
    import extractors
    from extractors.errors import ReadError, Status

    if sys.stdin is None:
        raise ReadError(Status.MISSING, "Standard input is closed.", "Give a file, or pipe one in.")
    return extractors.at_most(sys.stdin.buffer, "stdin")


def shown(file: str) -> str:
    """What a file is called where something is said of it."""
    return "standard input" if file == STANDARD_INPUT else file


def failed(file: str, error: ReadError) -> None:
    """Say on standard error which file failed, why, and what to do."""
    click.secho(f"{shown(file)}: {error.status.value}: ", err=True, fg="red", nl=False)
    click.echo(str(error), err=True)


def leave(status: Exit) -> None:
    """End the program with a status."""
    raise click.exceptions.Exit(int(status))
