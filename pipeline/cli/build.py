"""``iku build``: files and folders to a checked catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG, Exit


@click.command(epilog=EPILOG, short_help="Files and folders to a checked catalogue.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option(
    "--out",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for catalogue.json and summary.md; made if it does not exist.",
)
@options.reviewed
@options.configured
@options.passwords
@click.option("-q", "--quiet", is_flag=True, help="Do not show the summary.")
def build(
    paths: tuple[str, ...],
    out: Path,
    definitions: Path | None,
    decisions: Path | None,
    config: Path | None,
    passwords: tuple[str, ...],
    quiet: bool,
) -> None:
    """Build the catalogue of all decrees under PATH… (files, folders, `-` for standard input).

    Writes DIR/catalogue.json (documents, indicators with their definitions and verdicts, findings) and
    DIR/summary.md, both or neither, and shows the summary. A document that cannot be read is
    reported and costs itself alone. Decisions that `iku review` wrote to DIR/decisions.yaml hold. The same
    input gives the same bytes.
    """
    from pipeline import building, summary
    from pipeline.cli import collect, files

    made = collect.catalogue(paths, definitions, decisions, out / collect.OWN_DECISIONS, passwords)
    made = collect.configured(made, config, out)
    if not made.documents:
        for failure in made.failures:
            click.echo(f"{failure.name}: {failure.status}: {failure.message} {failure.mend}", err=True)
        click.echo("No document could be read: nothing was written.", err=True)
        files.leave(Exit.FINDINGS)
    text = summary.markdown(made)
    try:
        written = building.write(made, out, text)
    except OSError as error:
        click.echo(f"{out}: cannot be written: {error.strerror}. Nothing was changed.", err=True)
        files.leave(Exit.FINDINGS)
        return
    for failure in made.failures if quiet else ():
        click.echo(f"{failure.name}: {failure.status}: {failure.message} {failure.mend}", err=True)
    if not quiet:
        from rich.console import Console

        summary.show(made, Console(stderr=True))
    click.echo("\n".join(str(path) for path in written), err=True)
    files.leave(collect.outcome(made))
