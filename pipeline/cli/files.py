"""What commands take as input: files by name, or standard input as ``-``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from extractors.errors import ReadError
    from extractors.record import Decree

STANDARD_INPUT = "-"


def record(file: str, password: str | None = None) -> Decree:
    """The record of a file, or of standard input; ``password`` opens an encrypted PDF.

    Raises:
        ReadError: the input gives no record.
    """
    import extractors
    from pipeline import reading

    if file == STANDARD_INPUT:
        return reading.read_bytes(extractors.at_most(sys.stdin.buffer, "stdin"), "stdin", password)
    return reading.read(file, password)


def failed(file: str, error: ReadError) -> None:
    """Say on standard error which file failed, why, and what to do."""
    name = "standard input" if file == STANDARD_INPUT else file
    click.secho(f"{name}: {error.status.value}: ", err=True, fg="red", nl=False)
    click.echo(str(error), err=True)


def leave(status: Exit) -> None:
    """End the program with a status."""
    raise click.exceptions.Exit(int(status))
