"""``iku read``: one file to its record."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import command_options, standard_streams
from pipeline.cli.support.exit_codes import EPILOG, ExitCode

if TYPE_CHECKING:
    from extractors.model.record import Decree
    from extractors.parser.coverage import WordTrace


@click.command(epilog=EPILOG, short_help="One file to its record.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@command_options.as_one_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "table"]),
    default="json",
    show_default=True,
    help="json: the complete record, on standard output; table: for people, on standard error.",
)
@click.option(
    "--overlay",
    metavar="OUT.pdf",
    type=click.Path(dir_okay=False, writable=True),
    help="Write a PDF of the pages on which colours show what was read as what.",
)
@click.option("--password", metavar="TEXT", help="Password of an encrypted PDF.")
def read(
    files: tuple[str, ...], as_one: str | None, form: str, overlay: str | None, password: str | None
) -> None:
    """Read FILE (`-`: standard input) and print its record.

    Several files are read only with --as-one, as the pictures of one document.

    The record holds what is printed, where it is printed, and what could not be read with certainty.
    """
    from extractors.errors import ReadError
    from pipeline import read_decree

    file = as_one or files[0]
    if overlay is not None and Path(overlay).resolve() == Path(file).resolve():
        raise click.BadParameter("The overlay would overwrite the decree itself.", param_hint="--overlay")
    try:
        data, name = _read_one_input(files, as_one)
        if overlay is None:
            _print_record(file, read_decree.read_bytes(data, name, password), form)
            return
        decree, trace = read_decree.read_with_trace(data, name, password)
        _print_record(file, decree, form)  # first, so that a failing overlay does not cost the record
        _write_overlay(overlay, data, name, trace, password)
    except ReadError as error:
        standard_streams.print_read_error(file, error)
        standard_streams.exit_with(ExitCode.FINDINGS)


def _read_one_input(files: tuple[str, ...], as_one: str | None) -> tuple[bytes, str]:
    """Return bytes and name of the document: of the one file, or of the pictures that are one."""
    from pipeline.cli.support import picture_series

    if as_one is None:
        if len(files) > 1:
            raise click.UsageError(
                "Several files are read with --as-one NAME alone, as pages of one document."
            )
        return standard_streams.read_input(files[0])
    other_files, combined = picture_series.combine_as_one(files, as_one)
    if other_files:
        raise click.BadParameter(f"{other_files[0]} is not a picture.", param_hint="--as-one")
    return combined[as_one], as_one


def _print_record(file: str, decree: Decree, form: str) -> None:
    if form == "json":
        click.echo(decree.model_dump_json(indent=2).encode())
        _warn_unread_pages(file, decree)
        return
    from pipeline.cli.support.record_table import print_record_table

    print_record_table(decree)


def _warn_unread_pages(file: str, decree: Decree) -> None:
    """Print on standard error which pages could not be read; the table shows all notes itself."""
    from extractors.unread_pages import PAGE_UNREAD_CODE

    for note in decree.notes:
        if note.code == PAGE_UNREAD_CODE:
            click.secho(
                f"{standard_streams.display_name(file)}: {note.code}: ", err=True, fg="yellow", nl=False
            )
            click.echo(note.message, err=True)


def _write_overlay(out: str, data: bytes, name: str, trace: WordTrace, password: str | None) -> None:
    from extractors.debug.overlay import draw_overlay
    from pipeline.atomic_write import write_atomically

    try:
        if not Path(out).parent.is_dir():  # a mistyped path must not create folders
            raise FileNotFoundError(errno.ENOENT, "there is no such folder")
        write_atomically({Path(out): draw_overlay(data, name, trace, password)})
    except OSError as error:
        click.echo(f"{out}: cannot be written: {error.strerror}.", err=True)
        standard_streams.exit_with(ExitCode.FINDINGS)
