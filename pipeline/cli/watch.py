"""``iku watch``: a folder that is built again whenever something arrives."""

from __future__ import annotations

import time
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG

LOOK = 1.0
"""Seconds between two looks."""


@click.command(epilog=EPILOG, short_help="Builds again whenever a file arrives.")
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=click.Path(exists=True))
@options.built
@options.reviewed
@options.configured
@options.passwords
@click.option(
    "--settle",
    type=click.FloatRange(0),
    default=3.0,
    show_default=True,
    metavar="SECONDS",
    help="A file is read when nobody has written to it for so long.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show neither progress nor summary.")
def watch(folders: tuple[str, ...], settle: float, quiet: bool, **asked: Any) -> None:
    """Build FOLDER… as `iku build` does, and again whenever files arrive, change or go; Ctrl-C ends it.

    A file that is still being written waits until it is complete. What failed for a reason that is not the
    file's own (time, memory, a full disk) is tried again after a while.
    """
    from pipeline.engine.watching import Settling, Turns

    settling, turns = Settling(folders, settle), Turns()
    click.echo("Watching; Ctrl-C ends it.", err=True)
    told = ""
    try:
        while True:
            try:
                ready, trouble = settling.look(time.monotonic()), settling.trouble()
            except OSError as error:
                ready, trouble = {}, f"{error.filename}: cannot be looked at: {error.strerror}."
            if trouble and trouble != told:
                click.echo(f"{trouble} Waiting; the outputs stand as they are.", err=True)
            told = trouble
            if not trouble and turns.due(ready, time.monotonic(), settling.there):
                settled = _build(tuple(map(str, ready)), quiet, asked)
                turns.done(ready, settled, time.monotonic())
            time.sleep(LOOK)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.", err=True)


def _build(paths: tuple[str, ...], quiet: bool, asked: dict[str, Any]) -> bool:
    """Build once; False where it must be tried again, though no file has changed."""
    from dataclasses import replace

    from extractors.errors import TableError
    from pipeline.cli.build import ordered, tell, unwritten, watched
    from pipeline.cli.progress import on_terminal
    from pipeline.engine import BuildError
    from pipeline.workers import TaskError

    order = replace(ordered(paths, **asked), empty=True)
    try:
        outcome = watched(order, on_terminal(quiet))
    except (BuildError, TaskError, TableError) as error:
        click.echo(str(error), err=True)
        return False
    except OSError as error:
        click.echo(unwritten(order, error), err=True)
        return False
    tell(outcome, order.out, True)
    return outcome.settled
