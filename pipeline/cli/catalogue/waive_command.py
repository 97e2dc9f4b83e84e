"""``iku waive``: accept a finding that is known, with a reason."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from pipeline.cli.support.exit_codes import EPILOG, ExitCode


@click.command(epilog=EPILOG, short_help="Accept a known finding, with a reason.")
@click.argument(
    "catalogue", metavar="CATALOGUE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("finding", metavar="FINDING-ID")
@click.option("--reason", required=True, help="Why it is accepted; it is shown with the finding.")
@click.option("--who", required=True, help="Role or initials of the person who accepts it.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Last day on which the waiver holds.",
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Settings to write to; created if needed. Default: audit.yaml next to CATALOGUE.",
)
def waive(
    catalogue: Path, finding: str, reason: str, who: str, until: datetime | None, config: Path | None
) -> None:
    """Accept the finding FINDING-ID of CATALOGUE (a catalogue.json): it stays visible but no longer counts.

    The waiver applies to the present text: when the text at that place changes, the finding is back.
    """
    from pipeline.audit.settings import waivers
    from pipeline.audit.settings.audit_settings import SETTINGS_FILE
    from pipeline.cli.support.command_inputs import load_catalogue
    from pipeline.cli.support.standard_streams import exit_with

    if not reason.strip() or not who.strip():
        raise click.UsageError("--reason and --who must say something.")
    loaded_catalogue = load_catalogue(catalogue)
    target = next((candidate for candidate in loaded_catalogue.findings if candidate.id == finding), None)
    if target is None:
        from pipeline.reports.xlsx.sheet_names import load_sheet_names

        raise click.UsageError(
            f"{catalogue} has no finding {finding!r}; `iku check` prints the ids, and `iku report` writes "
            f"them into the sheet {load_sheet_names().findings}."
        )
    if target.waived is not None:
        raise click.UsageError(
            f"{finding} is already accepted by {target.waived.who}: {target.waived.reason}"
        )
    last_day = until.date() if until else None
    today = date.today()
    if last_day is not None and last_day < today:
        raise click.UsageError(f"--until {last_day.isoformat()} is in the past.")
    file = config if config is not None else catalogue.with_name(SETTINGS_FILE)
    entry = waivers.build_waiver(loaded_catalogue, target, reason.strip(), who.strip(), today, last_day)
    try:
        waivers.append_waiver(file, entry)
    except OSError as error:
        click.echo(f"{file}: cannot be written: {error.strerror}. Nothing was changed.", err=True)
        exit_with(ExitCode.FINDINGS)
    click.echo(
        f"{file}: {finding} is accepted ({entry.of}). Build again to see it in the catalogue.", err=True
    )
