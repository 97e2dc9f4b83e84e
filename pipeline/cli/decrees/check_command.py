"""``iku check``: findings in the manner of a linter."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import command_options
from pipeline.cli.support.exit_codes import EPILOG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.catalogue import Catalogue, Finding

QUOTE_WIDTH = 96
"""Characters of a quoted line."""
_SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


@click.command(epilog=EPILOG, short_help="What is wrong with a decree, like a linter.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@command_options.format_option(
    "text: one line per finding, on standard error; json: findings and failures, on standard output."
)
@command_options.language_option("of the findings")
@command_options.review_options
@command_options.config_option
@command_options.password_option
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

    For people who draft a decree. Several files are also compared with each other. Findings that the settings
    waive are shown as waived and do not count.
    """
    from pipeline.cli.support import command_inputs, standard_streams

    catalogue = command_inputs.build_catalogue(paths, definitions, decisions, passwords=passwords)
    catalogue = command_inputs.apply_settings(catalogue, config)
    places = command_inputs.document_paths(paths, catalogue)
    if form == "json":
        payload = catalogue.model_dump(mode="json", include={"findings", "failures"})
        documents = [{"id": document.id, "file": places[document.id]} for document in catalogue.documents]
        click.echo(json.dumps({"documents": documents, **payload}, ensure_ascii=False, indent=2).encode())
    else:
        _print_findings(catalogue, places, language)
    standard_streams.exit_with(command_inputs.catalogue_exit_code(catalogue))


def _print_findings(catalogue: Catalogue, places: dict[str, str], language: str) -> None:
    for failure in catalogue.failures:
        click.secho(f"{failure.name}: {failure.status}: ", err=True, fg="red", nl=False)
        click.echo(f"{failure.message} {failure.mend}", err=True)
    findings_by_document: dict[str, list[Finding]] = defaultdict(list)
    for finding in catalogue.findings:
        findings_by_document[finding.place.document].append(finding)
    for document in catalogue.documents:
        if document.print_of:
            main = places[document.print_of]
            click.echo(f"{places[document.id]}: another print of {main}; checked there.", err=True)
        for finding in sorted(findings_by_document[document.id], key=_page_and_line):
            _print_finding(finding, places, language)
        if findings_by_document[document.id]:
            click.echo(err=True)  # an empty line between files
    counted = [f for f in catalogue.findings if f.waived is None]
    counts = {severity: sum(f.severity == severity for f in counted) for severity in _SEVERITY_COLOURS}
    summary = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    waived = len(catalogue.findings) - len(counted)
    summary += f", {waived} waived" if waived else ""
    documents = f"{len(catalogue.documents)} document{'s' * (len(catalogue.documents) != 1)}"
    click.echo(f"{documents}: {summary}; {len(catalogue.failures)} failed.", err=True)


def _page_and_line(finding: Finding) -> tuple[int, int]:
    """Return page and line of a finding; findings without a place come first."""
    where = finding.place.provenance
    return (where.page or 0, where.lines[0] if where.lines else 0) if where else (0, 0)


def _print_finding(finding: Finding, places: dict[str, str], language: str) -> None:
    """Print a line with place, severity and code, and below it the quoted text with its words marked."""
    from pipeline.cli.support.terminal_labels import terminal_labels

    page, line = _page_and_line(finding)
    place = "".join(f":{number}" for number in (page, line) if number)
    click.echo(f"{places[finding.place.document]}{place}: ", err=True, nl=False)
    grade = "waived" if finding.waived else finding.severity
    colour = None if finding.waived else _SEVERITY_COLOURS[finding.severity]
    click.secho(f"{grade} {finding.code} ", err=True, fg=colour, nl=False)
    click.echo(getattr(finding.message, language), err=True, nl=False)
    click.secho(f" [{finding.id}]", err=True, dim=True)
    quote_line, caret_line = marked_line(finding.place.quote, finding.place.marks)
    empty_quote = dict(zip(("id", "en"), terminal_labels().empty_quote, strict=True))[language]
    click.secho(f"    | {quote_line or empty_quote}", err=True, dim=True)
    click.secho(f"    | {caret_line or '^' * len(empty_quote)}", err=True, fg=colour)
    if finding.waived:
        waiver = finding.waived
        until = f" until {waiver.until}" if waiver.until else ""
        click.secho(f"    = {waiver.who}, {waiver.when}{until}: {waiver.reason}", err=True, dim=True)


def marked_line(quote: str, marks: Sequence[str], width: int = QUOTE_WIDTH) -> tuple[str, str]:
    """Return a quote on one line, cut around its marks, and the line of carets below it.

    Without marks the entire quote is marked.
    """
    text = " ".join(quote.split())
    words = [" ".join(mark.split()) for mark in marks]
    matches = [re.search(re.escape(word), text, re.IGNORECASE) for word in words if word]
    spans = [match.span() for match in matches if match] or [(0, len(text))]
    start = max(0, min(spans[0][0] - width // 3, len(text) - width))
    end = min(len(text), start + width)
    before, after = "…" * (start > 0), "…" * (end < len(text))
    carets = [" "] * (end - start)
    for span_start, span_end in spans:
        carets[max(0, span_start - start) : max(0, min(span_end, end) - start)] = "^" * max(
            0, min(span_end, end) - max(span_start, start)
        )
    return f"{before}{text[start:end]}{after}", (" " * len(before) + "".join(carets)).rstrip()
