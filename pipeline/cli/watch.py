"""``iku watch``: a folder that is built again whenever something arrives."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG

if TYPE_CHECKING:
    from pathlib import Path

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

    A file that is still being written waits until it is complete.
    """
    from pipeline.engine.watching import Settling

    settling = Settling(folders, settle)
    built: dict[Path, Any] = {}
    click.echo("Watching; Ctrl-C ends it.", err=True)
    try:
        while True:
            ready = settling.look(time.monotonic())
            if ready != built and ready and _build(tuple(map(str, ready)), quiet, asked):
                built = ready
            time.sleep(LOOK)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.", err=True)


def _build(paths: tuple[str, ...], quiet: bool, asked: dict[str, Any]) -> bool:
    """Build once; False where it must be tried again."""
    from pipeline.cli.build import ordered, tell, watched
    from pipeline.cli.progress import on_terminal
    from pipeline.engine import BuildError
    from pipeline.workers import TaskError

    order = ordered(paths, **asked)
    try:
        outcome = watched(order, on_terminal(quiet))
    except (BuildError, TaskError) as error:
        click.echo(str(error), err=True)
        return False
    tell(outcome, order.out, True)
    return True
