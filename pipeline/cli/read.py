"""``iku read``: one file to its record."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import files
from pipeline.cli.exits import EPILOG, Exit

if TYPE_CHECKING:
    from extractors.parse.covering import Trace
    from extractors.record import Decree


@click.command(epilog=EPILOG, short_help="One file to its record.")
@click.argument("file")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table"]),
    default="json",
    show_default=True,
    help="json: the whole record, on standard output; table: for people, on standard error.",
)
@click.option(
    "--overlay",
    metavar="OUT.pdf",
    type=click.Path(dir_okay=False, writable=True),
    help="Draw what was read as what over the pages, in colours, to this PDF.",
)
@click.option("--password", metavar="TEXT", help="What opens FILE, where it is an encrypted PDF.")
def read(file: str, form: str, overlay: str | None, password: str | None) -> None:
    """Read FILE (`-`: standard input) and show the record that it becomes.

    The record holds what is printed, where it stands, and what could not be read for sure.
    """
    from extractors.errors import ReadError
    from pipeline import reading

    if overlay is not None and Path(overlay).resolve() == Path(file).resolve():
        raise click.BadParameter(
            "The overlay would be written over the decree itself.", param_hint="--overlay"
        )
    try:
        data, name = files.content(file)
        if overlay is None:
            _show(file, reading.read_bytes(data, name, password), form)
            return
        decree, trace = reading.read_traced(data, name, password)
        _show(file, decree, form)  # first: an overlay that cannot be drawn costs no record
        _draw(overlay, data, name, trace, password)
    except ReadError as error:
        files.failed(file, error)
        files.leave(Exit.FINDINGS)


def _show(file: str, decree: Decree, form: str) -> None:
    if form == "json":
        click.echo(decree.model_dump_json(indent=2).encode())
        _tell_unread(file, decree)
        return
    from pipeline.cli.table import show

    show(decree)


def _tell_unread(file: str, decree: Decree) -> None:
    """Say on standard error which pages the record lacks; the table shows every note by itself."""
    from extractors.unread import CODE

    for note in decree.notes:
        if note.code == CODE:
            click.secho(f"{files.shown(file)}: {note.code}: ", err=True, fg="yellow", nl=False)
            click.echo(note.message, err=True)


def _draw(out: str, data: bytes, name: str, trace: Trace, password: str | None) -> None:
    from extractors.overlay import draw
    from pipeline.whole import write_whole

    try:
        if not Path(out).parent.is_dir():  # a mistyped path makes no folders
            raise FileNotFoundError(errno.ENOENT, "there is no such folder")
        write_whole({Path(out): draw(data, name, trace, password)})
    except OSError as error:
        click.echo(f"{out}: cannot be written: {error.strerror}.", err=True)
        files.leave(Exit.FINDINGS)
