"""``iku check``: findings in the manner of a linter."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import command_options
from pipeline.cli.support.exit_codes import EPILOG, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.catalogue import Catalogue, Finding

QUOTE_WIDTH = 96
"""Characters of a quoted line."""
_SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


@click.command(epilog=EPILOG, short_help="What is wrong with a decree, like a linter.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True)
@command_options.format_option(
    "text: each fact once, on standard error; json: findings, groups, failures, html: a page to send, "
    "on standard output.",
    "text",
    "json",
    "html",
)
@click.option(
    "--comment",
    "comment_file",
    metavar="OUT.docx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the findings on the first FILE, a Word draft, as comments at their places to this copy.",
)
@command_options.as_one_option
@command_options.language_option("of the findings")
@command_options.review_options
@command_options.config_option
@command_options.password_option
def check(
    paths: tuple[str, ...],
    form: str,
    comment_file: Path | None,
    as_one: str | None,
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
    from pipeline.cli.support import command_inputs, picture_series, standard_streams

    draft = _read_draft(paths, comment_file) if comment_file is not None else b""
    paths, combined = picture_series.combine_as_one(paths, as_one)
    catalogue = command_inputs.build_catalogue(
        paths, definitions, decisions, passwords=passwords, contents=combined
    )
    catalogue = command_inputs.apply_settings(catalogue, config)
    places = command_inputs.document_paths(paths, catalogue)
    if form == "json":
        payload = catalogue.model_dump(mode="json", include={"findings", "finding_groups", "failures"})
        documents = [{"id": document.id, "file": places[document.id]} for document in catalogue.documents]
        click.echo(json.dumps({"documents": documents, **payload}, ensure_ascii=False, indent=2).encode())
    elif form == "html":
        _print_page(paths, catalogue, passwords)
    else:
        _print_findings(catalogue, places, language)
    if comment_file is not None:
        _write_comments(comment_file, draft, catalogue, language)
    _offer_as_one(places, catalogue)
    standard_streams.exit_with(command_inputs.catalogue_exit_code(catalogue))


def _read_draft(paths: tuple[str, ...], comment_file: Path) -> bytes:
    """Return the bytes of the Word draft that comments are to be written into; anything else is wrong use."""
    import extractors
    from extractors.media_type import WORD, detect_media_type
    from pipeline.cli.support import standard_streams

    draft_path = Path(paths[0])
    if comment_file.resolve() == draft_path.resolve():
        raise click.BadParameter(
            "The comments would be written over the draft itself.", param_hint="--comment"
        )
    try:
        draft = extractors.read_content(draft_path)
    except extractors.ReadError as error:
        standard_streams.print_read_error(str(draft_path), error)
        standard_streams.exit_with(ExitCode.FINDINGS)
        raise
    if detect_media_type(draft, draft_path.name) != WORD:
        raise click.BadParameter(f"{draft_path.name} is not a Word document (.docx).", param_hint="--comment")
    return draft


def _write_comments(comment_file: Path, draft: bytes, catalogue: Catalogue, language: str) -> None:
    """Write the copy of the draft with the findings on it as comments."""
    from hashlib import sha256

    from pipeline.atomic_write import write_atomically
    from pipeline.cli.support import standard_streams
    from pipeline.reports.word_comments import comment_findings

    digest = sha256(draft).hexdigest()
    ids = {document.id for document in catalogue.documents if document.sha256 == digest}
    findings = [finding for finding in catalogue.findings if finding.place.document in ids]
    if not ids:
        click.echo(f"{comment_file}: not written, the draft could not be read.", err=True)
        return
    try:
        write_atomically({comment_file: comment_findings(draft, findings, language)})
    except OSError as error:
        click.echo(f"{comment_file}: cannot be written: {error.strerror}.", err=True)
        standard_streams.exit_with(ExitCode.FINDINGS)
    count = sum(finding.waived is None for finding in findings)
    click.echo(f"{comment_file}: {count} comment{'s' * (count != 1)}.", err=True)


def _print_page(paths: tuple[str, ...], catalogue: Catalogue, passwords: tuple[str, ...]) -> None:
    """Print the report page on what was checked, with what is quoted cut out of the documents."""
    from pipeline import reports
    from pipeline.engine.discover import find_documents

    files = find_documents(path for path in map(Path, paths) if path.exists())
    originals = reports.Originals.from_paths(files, passwords)
    click.echo(reports.render_report_files(catalogue, originals)["audit.html"], nl=False)


def _offer_as_one(places: dict[str, str], catalogue: Catalogue) -> None:
    """Offer to read pictures as one document where one of them lacks the table, the title or the office."""
    from pipeline.cli.support import picture_series

    incomplete = picture_series.incomplete_pictures((f.name, f.status) for f in catalogue.failures)
    incomplete += [d.name for d in catalogue.documents if d.title is None or d.kecamatan is None]
    names = [Path(place).name for place in places.values()] + [f.name for f in catalogue.failures]
    picture_series.offer_as_one(names, incomplete)


def _print_findings(catalogue: Catalogue, places: dict[str, str], language: str) -> None:
    for failure in catalogue.failures:
        click.secho(f"{failure.name}: {failure.status}: ", err=True, fg="red", nl=False)
        click.echo(f"{failure.message} {failure.mend}", err=True)
    entries_by_document = _fold_findings(catalogue)
    for document in catalogue.documents:
        if document.print_of:
            main = places[document.print_of]
            click.echo(f"{places[document.id]}: another print of {main}; checked there.", err=True)
        entries = entries_by_document[document.id]
        for entry in sorted(entries, key=lambda entry: _place_order(entry.finding)):
            _print_finding(entry.finding, places, language)
            for finding in entry.folded:
                _print_folded(finding, entry.finding, places, language)
        if entries:
            click.echo(err=True)  # an empty line between files
    counted = [f for f in catalogue.findings if f.waived is None]
    counts = {severity: sum(f.severity == severity for f in counted) for severity in _SEVERITY_COLOURS}
    summary = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    waived = len(catalogue.findings) - len(counted)
    summary += f", {waived} waived" if waived else ""
    documents = f"{len(catalogue.documents)} document{'s' * (len(catalogue.documents) != 1)}"
    click.echo(f"{documents}: {summary}; {len(catalogue.failures)} failed.", err=True)


@dataclass(frozen=True)
class CheckEntry:
    """A fact as one document shows it."""

    finding: Finding
    """The first finding that tells it there."""
    folded: tuple[Finding, ...]
    """Where it recurs in the document, and what only echoes it there."""


def _fold_findings(catalogue: Catalogue) -> dict[str, list[CheckEntry]]:
    """Return the entries of each document: each fact of it once, each finding in one entry."""
    by_id = {finding.id: finding for finding in catalogue.findings}
    entries: dict[str, list[CheckEntry]] = defaultdict(list)
    for group in catalogue.finding_groups:
        of_document: dict[str, tuple[list[Finding], list[Finding]]] = defaultdict(lambda: ([], []))
        for position, ids in enumerate(([group.root, *group.recurrences], group.echoes)):
            for id_ in ids:
                of_document[by_id[id_].place.document][position].append(by_id[id_])
        for document, (roots, echoes) in of_document.items():
            first, *others = [*sorted(roots, key=_place_order), *sorted(echoes, key=_place_order)]
            entries[document].append(CheckEntry(first, tuple(others)))
    return entries


def _place_order(finding: Finding) -> tuple[int, int, int]:
    """Return page or table, line or row, and paragraph of a finding; those without a place come first."""
    where = finding.place.provenance
    if where is None:
        return 0, 0, 0
    line = where.lines[0] if where.lines else where.row or 0
    return where.page or where.table or 0, line, where.paragraph or 0


def _format_place(finding: Finding, language: str) -> str:
    """Return where a finding is, to be put behind the file: page or line, or the place in an office file."""
    where = finding.place.provenance
    if where is None:
        return ""
    if where.part or where.sheet:
        from pipeline.reports.location_text import describe_location

        return f": {getattr(describe_location(where), language)}"
    numbers = (where.page or 0, where.lines[0] if where.lines else 0)
    return "".join(f":{number}" for number in numbers if number)


def _print_finding(finding: Finding, places: dict[str, str], language: str) -> None:
    """Print a line with place, severity and code, and below it the quoted text with its words marked."""
    from pipeline.cli.support.terminal_labels import terminal_labels

    place = _format_place(finding, language)
    click.echo(f"{places[finding.place.document]}{place}: ", err=True, nl=False)
    grade = "waived" if finding.waived else finding.severity
    colour = None if finding.waived else _SEVERITY_COLOURS[finding.severity]
    click.secho(f"{grade} {finding.code} ", err=True, fg=colour, nl=False)
    click.echo(getattr(finding.message, language), err=True, nl=False)
    click.secho(f" [{finding.id}]", err=True, dim=True)
    quote_line, caret_line = marked_line(finding.place.quote, finding.place.marks)
    empty_quote = terminal_labels().empty_quote[language]
    click.secho(f"    | {quote_line or empty_quote}", err=True, dim=True)
    click.secho(f"    | {caret_line or '^' * len(empty_quote)}", err=True, fg=colour)
    _print_waiver(finding)


def _print_folded(finding: Finding, root: Finding, places: dict[str, str], language: str) -> None:
    """Print a line for a finding under the one that tells its fact: ``+`` recurs, ``>`` only echoes it."""
    sign = "+" if finding.code == root.code else ">"
    place = f"{places[finding.place.document]}{_format_place(finding, language)}"
    message = getattr(finding.message, language)
    click.echo(f"    {sign} {place}: {finding.severity} {finding.code} {message}", err=True, nl=False)
    click.secho(f" [{finding.id}]", err=True, dim=True)
    _print_waiver(finding)


def _print_waiver(finding: Finding) -> None:
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
