"""``iku read``: one file to its record."""

from __future__ import annotations

import click

from pipeline.cli import files
from pipeline.cli.exits import EPILOG, Exit


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

    try:
        decree = files.record(file, password, overlay)
    except ReadError as error:
        files.failed(file, error)
        files.leave(Exit.FINDINGS)
        return
    if form == "json":
        click.echo(decree.model_dump_json(indent=2).encode())
        return
    from pipeline.cli.table import show

    show(decree)
