"""``iku correct``: what is printed where something else was read, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.support import standard_streams
from pipeline.cli.support.exit_codes import EPILOG, ExitCode

if TYPE_CHECKING:
    from extractors.model.record import Decree, Provenance
    from pipeline.corrections.field_readings import FieldReading
    from pipeline.review.correction_session import CorrectionSession

ANSWER_HELP = "Enter keeps, a text replaces, d deletes, a adds an indicator, q quits"
SURE = 0.9
"""Confidence below which a workbook shows the page beside a field."""
PICTURE_BYTES = 2_000_000
"""Bytes of the pictures of one workbook."""
ROW_FIELDS = ("name", "objective", "formula", "unit", "data_sources", "responsible")
"""Fields of an added indicator that are asked for."""


@click.command(epilog=EPILOG, short_help="Correct what was misread, field by field.")
@click.argument("document", metavar="DOCUMENT")
@click.option(
    "--corrections",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write (YAML, created if needed); `iku build --corrections` replays it.",
)
@click.option("--who", help="Role or name that the corrections are signed with; asked for if missing.")
@click.option("--reason", help="Why the reading was wrong; default: misread.")
@click.option("--password", metavar="TEXT", help="Password of an encrypted PDF.")
@click.option(
    "--export", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the fields as XLSX."
)
@click.option(
    "--import",
    "answered",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the corrections from such an XLSX.",
)
def correct(
    document: str,
    file: Path,
    who: str | None,
    reason: str | None,
    password: str | None,
    out: Path | None,
    answered: Path | None,
) -> None:
    """Go through the fields of DOCUMENT, the least sure first, and say what is printed.

    A correction says what is printed, never what should have been: faults of the decree stay, and are
    findings. Each answer is written at once. d at the name of an indicator removes its row, a at one of its
    fields adds a row that was not read; a text that is one of the letters itself is typed behind a space.
    """
    from pipeline import read_decree
    from pipeline.review.correction_session import CorrectionSession

    decree = read_decree.read_bytes(*standard_streams.read_input(document), password)
    if out is not None:
        _export_workbook(decree, file, out, _cut_pictures(document, decree, password))
    elif answered is not None:
        _import_workbook(answered, decree, file, who)
    else:
        _print_general_notes(decree)
        who = who or click.prompt("Who corrects (role or name)", err=True)
        _run_session(CorrectionSession(decree, file, who, reason), file)


def _cut_pictures(document: str, decree: Decree, password: str | None) -> dict[str, bytes]:
    """Return the strip of the page on which each doubtful field was read, by the field's pointer."""
    from pipeline.corrections.field_readings import list_fields
    from pipeline.reports.html.source_excerpts import ExcerptSpot, Originals

    digest = decree.document.sha256
    spots = {
        reading.pointer: ExcerptSpot(digest, passage.page, passage.bbox[1], passage.bbox[3])
        for reading in list_fields(decree)
        if (reading.notes or reading.confidence < SURE)
        and (passage := reading.passage) is not None
        and passage.page is not None
        and passage.bbox is not None
    }
    originals = Originals({digest: Path(document)}, (password,) if password else ())
    crops = originals.cut_crops(list(spots.values()), PICTURE_BYTES)
    return {pointer: crops[spot].webp for pointer, spot in spots.items() if spot in crops}


def _export_workbook(decree: Decree, file: Path, out: Path, pictures: dict[str, bytes]) -> None:
    import io

    from pipeline.atomic_write import write_atomically
    from pipeline.corrections.correction_file import load_corrections
    from pipeline.review import correction_workbook
    from pipeline.review.correction_session import list_open_fields

    fields = list_open_fields(decree, load_corrections(file))
    buffer = io.BytesIO()
    correction_workbook.export_fields(decree.document.sha256, fields, _describe_place, pictures, buffer)
    write_atomically({out: buffer.getvalue()})
    click.echo(f"{out}: {len(fields)} fields.", err=True)


def _import_workbook(workbook_file: Path, decree: Decree, file: Path, who: str | None) -> None:
    from datetime import UTC, datetime

    from pipeline.corrections.correction_file import append_corrections, load_corrections
    from pipeline.review import correction_workbook
    from pipeline.review.correction_session import list_open_fields

    fields = list_open_fields(decree, load_corrections(file))
    entries, rejected_rows = correction_workbook.read_corrections(
        workbook_file, decree, fields, who, datetime.now(UTC)
    )
    if entries:
        append_corrections(file, entries)
    for row in rejected_rows:
        click.echo(f"{workbook_file.name}, row {row.row}: {row.reason}", err=True)
    click.echo(f"{file}: {len(entries)} corrections added, {len(rejected_rows)} rows refused.", err=True)
    standard_streams.exit_with(ExitCode.FINDINGS if rejected_rows else ExitCode.FINE)


def _describe_place(passage: Provenance | None) -> str:
    from pipeline.reports.location_text import describe_location

    return describe_location(passage).id


def _print_general_notes(decree: Decree) -> None:
    """Print what the reader was unsure of that is about no field: words that no field took, say."""
    from pipeline.reports.sanitize import reveal_hidden

    for note in decree.notes:
        if not note.pointer:
            click.echo(f"! {reveal_hidden(note.message)}", err=True)


def _run_session(session: CorrectionSession, file: Path) -> None:
    from pipeline.corrections.correction_file import CorrectionError

    while (reading := session.current_field) is not None:
        _print_field(reading, session.remaining_count)
        answer = click.prompt(ANSWER_HELP, err=True, default="", show_default=False)
        if answer == "q":
            break
        try:
            _apply_answer(session, reading, answer)
        except CorrectionError as error:
            click.echo(error.message, err=True)
    click.echo(
        f"{session.corrected_count} corrected, {session.remaining_count} not looked at. {file}", err=True
    )


def _apply_answer(session: CorrectionSession, reading: FieldReading, answer: str) -> None:
    if answer == "d":
        if (removed := session.remove()).pointer != reading.pointer:
            click.echo(f"The row {removed.pointer} is removed.", err=True)
    elif answer == "a":
        texts = {name: click.prompt(f"  {name}", err=True, default="").strip() for name in ROW_FIELDS}
        session.add_row({name: text for name, text in texts.items() if text})
    elif answer.strip():
        session.replace(answer.strip())
    else:
        session.keep()


def _print_field(reading: FieldReading, remaining: int) -> None:
    """Print a field with its place, how sure it is, and the reader's doubts."""
    from pipeline.reports.location_text import describe_location
    from pipeline.reports.sanitize import reveal_hidden

    place = describe_location(reading.passage).en
    click.echo(err=True)
    click.secho(
        f"{reading.pointer}  ({place}, {reading.confidence:.0%} sure, {remaining} left)", err=True, bold=True
    )
    for note in reading.notes:
        click.echo(f"  ! {reveal_hidden(note)}", err=True)
    click.echo(f"  {'(empty)' if reading.value is None else reveal_hidden(str(reading.value))}", err=True)
