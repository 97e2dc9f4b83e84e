"""Reading and auditing what a command was given, for ``iku build`` and ``iku check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.files import STANDARD_INPUT, leave

if TYPE_CHECKING:
    from pipeline.catalogue import Catalogue


def catalogue(paths: tuple[str, ...], definitions: Path | None, decisions: Path | None) -> Catalogue:
    """The catalogue of the given files and folders; ``-`` is standard input.

    Definitions or decisions that cannot be used end the program with exit status 2.
    """
    from pipeline import build, linking

    files = [Path(path) for path in paths if path != STANDARD_INPUT]
    given = {}
    if STANDARD_INPUT in paths:
        given["stdin"] = sys.stdin.buffer.read()
    try:
        known = linking.load(definitions)
        decided = linking.load_decisions(decisions, known=[definition.id for definition in known])
    except (linking.DefinitionError, linking.DecisionError) as error:
        click.echo(str(error), err=True)
        leave(Exit.USAGE)
        raise AssertionError from error  # leave() does not return
    return build.build(files, known, decided, given)


def outcome(made: Catalogue) -> Exit:
    """``FINDINGS`` where there are errors, warnings or failed documents."""
    serious = any(finding.severity in ("error", "warning") for finding in made.findings)
    return Exit.FINDINGS if serious or made.failures else Exit.FINE
