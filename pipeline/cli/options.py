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


def reviewed(command: Callable[P, R]) -> Callable[P, R]:
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


def passwords(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--password``, as often as there are passwords."""
    return click.option(
        "--password",
        "passwords",
        metavar="TEXT",
        multiple=True,
        help="What may open a locked PDF; several (--password A --password B) are tried in turn.",
    )(command)
