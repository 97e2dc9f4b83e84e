"""``iku watch``: a folder that is built again whenever something arrives."""

from __future__ import annotations

import time
from typing import Any

import click

from pipeline.cli.support import command_options
from pipeline.cli.support.exit_codes import EPILOG

POLL_SECONDS = 1.0
"""Seconds between two checks of the folder."""


@click.command(epilog=EPILOG, short_help="Builds again whenever a file arrives.")
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=click.Path(exists=True))
@command_options.build_options
@command_options.review_options
@command_options.corrections_option
@command_options.config_option
@command_options.password_option
@click.option(
    "--settle",
    type=click.FloatRange(0),
    default=3.0,
    show_default=True,
    metavar="SECONDS",
    help="A file is read when it has not changed for this long.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show neither progress nor summary.")
def watch(folders: tuple[str, ...], settle: float, quiet: bool, **option_values: Any) -> None:
    """Build FOLDER… as `iku build` does, and again whenever files arrive, change or go; Ctrl-C ends it.

    A file that is still being written waits until it is complete. What failed for a reason that is not the
    file's own (time, memory, a full disk) is tried again after a while.
    """
    from pipeline.engine.watch_folders import FileStabilityTracker, RetrySchedule

    settling, turns = FileStabilityTracker(folders, settle), RetrySchedule()
    click.echo("Watching; Ctrl-C ends it.", err=True)
    last_trouble = ""
    try:
        while True:
            try:
                ready, trouble = settling.list_stable_files(time.monotonic()), settling.describe_missing()
            except OSError as error:
                ready, trouble = {}, f"{error.filename}: cannot be accessed: {error.strerror}."
            if trouble and trouble != last_trouble:
                click.echo(f"{trouble} Waiting; the outputs are unchanged.", err=True)
            last_trouble = trouble
            if not trouble and turns.is_due(ready, time.monotonic(), settling.visible_files):
                settled = _build_once(tuple(map(str, ready)), quiet, option_values)
                turns.record_build(ready, settled, time.monotonic())
            time.sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.", err=True)


def _build_once(paths: tuple[str, ...], quiet: bool, option_values: dict[str, Any]) -> bool:
    """Build once; return False if it must be tried again although no file has changed."""
    from dataclasses import replace

    from pipeline.cli.catalogue.build_command import make_request, print_result, run_build
    from pipeline.cli.support.build_progress import make_progress
    from pipeline.errors import IkuError

    request = replace(make_request(paths, **option_values), empty=True)
    try:
        result = run_build(request, make_progress(quiet))
    except IkuError as error:
        click.echo(error.describe(), err=True)
        return False
    print_result(result, request.out, True)
    return result.is_settled
