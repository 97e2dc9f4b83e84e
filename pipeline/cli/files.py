"""What commands take as input: files by name, or standard input as ``-``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from extractors.errors import ReadError
    from extractors.record import Decree

STANDARD_INPUT = "-"


def record(file: str, password: str | None = None, overlay: str | None = None) -> Decree:
    """The record of a file, or of standard input; ``password`` opens an encrypted PDF.

    ``overlay``: where to write a PDF that shows what was read as what.

    Raises:
        ReadError: the input gives no record.
    """
    import extractors
    from pipeline import reading

    path = Path(file)
    stdin = file == STANDARD_INPUT
    if overlay is not None and Path(overlay).resolve() == path.resolve():
        raise click.BadParameter(
            "The overlay would be written over the decree itself.", param_hint="--overlay"
        )
    data = standard_input() if stdin else extractors.content(path)
    name = "stdin" if stdin else path.name
    decree, trace = reading.read_traced(data, name, password)
    if overlay is not None:
        from extractors.overlay import draw

        Path(overlay).write_bytes(draw(data, name, trace, password))
    return decree


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


def failed(file: str, error: ReadError) -> None:
    """Say on standard error which file failed, why, and what to do."""
    name = "standard input" if file == STANDARD_INPUT else file
    click.secho(f"{name}: {error.status.value}: ", err=True, fg="red", nl=False)
    click.echo(str(error), err=True)


def leave(status: Exit) -> None:
    """End the program with a status."""
    raise click.exceptions.Exit(int(status))
