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


def configured(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command ``--config``, the settings of the audit."""
    return click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Settings of the audit (YAML): rules selected, ignored or regraded, findings waived. "
        "Default: audit.yaml beside the catalogue that is built, else in the working folder.",
    )(command)


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
