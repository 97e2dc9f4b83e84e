"""``iku check``: findings in the manner of a linter."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options
from pipeline.cli.exits import EPILOG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.catalogue import Catalogue, Finding

WIDTH = 96
"""Characters of a quoted line."""
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_EMPTY = {"id": "(kosong)", "en": "(empty)"}


@click.command(epilog=EPILOG, short_help="What is wrong with a decree, like a linter.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@options.form("text: a line a finding, on standard error; json: findings and failures, on standard output.")
@options.language("of the findings")
@options.reviewed
@options.configured
@options.passwords
def check(
    paths: tuple[str, ...],
    form: str,
    language: str,
    definitions: Path | None,
    decisions: Path | None,
    config: Path | None,
    passwords: tuple[str, ...],
) -> None:
    """Check the decrees in FILE… (folders too; `-`: standard input) and print what is wrong with them.

    For whoever drafts a decree. Several files are also compared with each other. Findings that the settings
    waive are shown as waived and do not count.
    """
    from pipeline.cli import collect, files

    made = collect.catalogue(paths, definitions, decisions, passwords=passwords)
    made = collect.configured(made, config)
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
        if of_document[document.id]:
            click.echo(err=True)  # a file's findings stand together
    counted = [f for f in made.findings if f.waived is None]
    counts = {severity: sum(f.severity == severity for f in counted) for severity in _COLOURS}
    told = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    waived = len(made.findings) - len(counted)
    told += f", {waived} waived" if waived else ""
    documents = f"{len(made.documents)} document{'s' * (len(made.documents) != 1)}"
    click.echo(f"{documents}: {told}; {len(made.failures)} failed.", err=True)


def _line(finding: Finding) -> tuple[int, int]:
    """Page and line of a finding; what has no place stands first."""
    where = finding.place.provenance
    return (where.page or 0, where.lines[0] if where.lines else 0) if where else (0, 0)


def _finding(finding: Finding, places: dict[str, str], language: str) -> None:
    """A line with the place, severity and code; the quoted text under it, with its words marked."""
    page, line = _line(finding)
    place = "".join(f":{number}" for number in (page, line) if number)
    click.echo(f"{places[finding.place.document]}{place}: ", err=True, nl=False)
    grade = "waived" if finding.waived else finding.severity
    colour = None if finding.waived else _COLOURS[finding.severity]
    click.secho(f"{grade} {finding.code} ", err=True, fg=colour, nl=False)
    click.echo(getattr(finding.message, language), err=True, nl=False)
    click.secho(f" [{finding.id}]", err=True, dim=True)
    shown, marks = marked_line(finding.place.quote, finding.place.marks)
    click.secho(f"    | {shown or _EMPTY[language]}", err=True, dim=True)
    click.secho(f"    | {marks or '^' * len(_EMPTY[language])}", err=True, fg=colour)
    if finding.waived:
        accepted = finding.waived
        until = f" until {accepted.until}" if accepted.until else ""
        click.secho(f"    = {accepted.who}, {accepted.when}{until}: {accepted.reason}", err=True, dim=True)


def marked_line(quote: str, marks: Sequence[str], width: int = WIDTH) -> tuple[str, str]:
    """A quote on one line, cut round what is marked, and the line of carets that goes under it.

    Without marks all of the quote is meant.
    """
    text = " ".join(quote.split())
    words = [" ".join(mark.split()) for mark in marks]
    found = [re.search(re.escape(word), text, re.IGNORECASE) for word in words if word]
    spans = [match.span() for match in found if match] or [(0, len(text))]
    start = max(0, min(spans[0][0] - width // 3, len(text) - width))
    end = min(len(text), start + width)
    before, after = "…" * (start > 0), "…" * (end < len(text))
    under = [" "] * (end - start)
    for left, right in spans:
        under[max(0, left - start) : max(0, min(right, end) - start)] = "^" * max(
            0, min(right, end) - max(left, start)
        )
    return f"{before}{text[start:end]}{after}", (" " * len(before) + "".join(under)).rstrip()
