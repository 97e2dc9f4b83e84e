"""``iku check``: findings in the manner of a linter."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG

if TYPE_CHECKING:
    from pipeline.catalogue import Catalogue, Finding

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


@click.command(epilog=EPILOG, short_help="What is wrong with a decree, like a linter.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: a line a finding, on standard error; json: findings and failures, on standard output.",
)
@click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Language of the findings.",
)
@options.reviewed
@options.passwords
def check(
    paths: tuple[str, ...],
    form: str,
    language: str,
    definitions: Path | None,
    decisions: Path | None,
    passwords: tuple[str, ...],
) -> None:
    """Check the decrees in FILE… (folders too; `-`: standard input) and print what is wrong with them.

    For whoever drafts a decree. Several files are also compared with each other.
    """
    from pipeline.cli import collect, files

    made = collect.catalogue(paths, definitions, decisions, passwords=passwords)
    places = collect.places(paths, made)
    if form == "json":
        found = made.model_dump(mode="json", include={"findings", "failures"})
        documents = [{"id": document.id, "file": places[document.id]} for document in made.documents]
        click.echo(json.dumps({"documents": documents, **found}, ensure_ascii=False, indent=2).encode())
    else:
        _print(made, places, language)
    files.leave(collect.outcome(made))


def _print(made: Catalogue, places: dict[str, str], language: str) -> None:
    for failure in made.failures:
        click.secho(f"{failure.name}: {failure.status}: ", err=True, fg="red", nl=False)
        click.echo(f"{failure.message} {failure.mend}", err=True)
    of_document: dict[str, list[Finding]] = defaultdict(list)
    for finding in made.findings:
        of_document[finding.place.document].append(finding)
    for document in made.documents:
        if document.print_of:
            main = places[document.print_of]
            click.echo(f"{places[document.id]}: another print of {main}; checked there.", err=True)
        for finding in sorted(of_document[document.id], key=_line):
            _finding(finding, places, language)
    counts = {severity: sum(f.severity == severity for f in made.findings) for severity in _COLOURS}
    counted = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    documents = f"{len(made.documents)} document{'s' * (len(made.documents) != 1)}"
    click.echo(f"{documents}: {counted}; {len(made.failures)} failed.", err=True)


def _line(finding: Finding) -> tuple[int, int]:
    """Page and line of a finding; what has no place stands first."""
    where = finding.place.provenance
    return (where.page or 0, where.lines[0] if where.lines else 0) if where else (0, 0)


def _finding(finding: Finding, places: dict[str, str], language: str) -> None:
    """A line with the place, severity and code; the quoted text under it."""
    page, line = _line(finding)
    place = "".join(f":{number}" for number in (page, line) if number)
    click.echo(f"{places[finding.place.document]}{place}: ", err=True, nl=False)
    click.secho(f"{finding.severity} {finding.code} ", err=True, fg=_COLOURS[finding.severity], nl=False)
    click.echo(getattr(finding.message, language), err=True)
    if finding.place.quote:
        click.secho(f"    | {' '.join(finding.place.quote.split())}", err=True, dim=True)
