"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")


def config_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--config``, the settings of the audit."""
    return click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Settings of the audit (YAML): rules selected, ignored or regraded, findings waived. "
        "Default: audit.yaml next to the catalogue, else in the working folder.",
    )(command)


def language_option(subject: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Give a command ``--language``, which is the language of the subject."""
    return click.option(
        "--language",
        type=click.Choice(["id", "en"]),
        default="id",
        show_default=True,
        help=f"Language {subject}.",
    )


def format_option(help_text: str, *forms: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Give a command ``--format``, the first of its forms (text and json, if none are named) by default."""
    choices = forms or ("text", "json")
    return click.option(
        "--format", "form", type=click.Choice(choices), default=choices[0], show_default=True, help=help_text
    )


def review_options(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--definitions`` and ``--decisions``, in place of those of the package."""
    definitions = click.option(
        "--definitions",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder of definitions (YAML) in place of the reviewed ones.",
    )
    decisions = click.option(
        "--decisions",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Reviewer's decisions (YAML) in place of the reviewed ones.",
    )
    return definitions(decisions(command))


def corrections_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--corrections``, what people say is printed."""
    return click.option(
        "--corrections",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Corrections of what was misread (YAML), which `iku correct` writes; "
        "default: corrections.yaml in the folder of the outputs, if there is one.",
    )(command)


def as_one_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--as-one``: several pictures are one document."""
    return click.option(
        "--as-one",
        metavar="NAME",
        help="Read the pictures given (or those of a folder) as the pages of one document, called NAME.",
    )(command)


CACHE_FOLDER = ".iku-cache"
"""Folder of the cache, in the folder of the outputs."""
WORKER_MEGABYTES = 2048
"""Memory of a worker."""


def build_options(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command the options of a build: output, workers, cache and limits."""
    options = (
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            required=True,
            metavar="DIR",
            help="Folder for the outputs; created if it does not exist.",
        ),
        click.option(
            "--jobs", type=click.IntRange(1), metavar="N", help="Worker processes; default: one per core."
        ),
        click.option(
            "--cluster",
            metavar="ADDRESS",
            help="Dask cluster that runs the work (tcp://host:8786); needs the extra 'cluster'.",
        ),
        click.option(
            "--cache",
            metavar="ADDRESS",
            envvar="IKU_CACHE",
            help="Where results are kept: a folder, an fsspec address, or 'none'; "
            f"default: DIR/{CACHE_FOLDER}.",
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(1),
            metavar="SECONDS",
            help="For one document; default: 60, plus 20 per page.",
        ),
        click.option(
            "--memory-limit",
            type=click.IntRange(256),
            default=WORKER_MEGABYTES,
            show_default=True,
            metavar="MB",
            help="For one worker process.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def password_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--password``, as often as there are passwords."""
    return click.option(
        "--password",
        "passwords",
        metavar="TEXT",
        multiple=True,
        help="Password of a locked PDF; several (--password A --password B) are tried in turn.",
    )(command)
