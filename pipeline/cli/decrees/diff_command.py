"""``iku diff``: what a decree changes against an earlier one of the same kecamatan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from extractors.model.decree_kind import DecreeKind
from pipeline.cli.support import command_options

if TYPE_CHECKING:
    from extractors.model.record import Decree
    from pipeline.compare_decrees import DecreeDiff, FieldChange, IndicatorChange

_STATUS_COLOURS = {"added": "green", "dropped": "red", "renamed": "yellow", "changed": "yellow"}
_FIELD_LABELS = {
    "name": "name",
    "objective": "objective",
    "formula": "formula",
    "explanation": "explanation",
    "unit": "unit",
    "targets": "targets",
    "data_sources": "data sources",
    "responsible": "responsible",
    "goal": "goal",
    "goal_indicator": "goal indicator",
}
_DIFF_EPILOG = "Exit status: 0 nothing changed; 1 something changed, or a file cannot be read; 2 wrong use."
_file_type = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog=_DIFF_EPILOG, short_help="What a decree changes against an earlier one.")
@click.argument("old", metavar="OLD", type=_file_type)
@click.argument("new", metavar="NEW", type=_file_type)
@click.option("--kecamatan", help="Whose decree to take from a catalogue that holds several.")
@click.option(
    "--kind",
    type=click.Choice(get_args(DecreeKind)),
    help="Which kind to take from a catalogue that holds several.",
)
@command_options.format_option("Both on standard output.")
@command_options.language_option("in which differences of formulas are told")
@command_options.review_options
def diff(
    old: Path,
    new: Path,
    kecamatan: str | None,
    kind: str | None,
    form: str,
    language: str,
    definitions: Path | None,
    decisions: Path | None,
) -> None:
    """Compare NEW with the earlier OLD: decrees, records (JSON of `iku read`) or catalogues of one kecamatan.

    Says which indicators were added, dropped, renamed or changed, for question 1.b.6: indicators should last
    within a planning period. Decrees of two kecamatan are refused; where one does not say whose it is, or a
    name may be read wrongly, a warning says so.
    """
    from pipeline import compare_decrees, linking
    from pipeline.cli.support.exit_codes import ExitCode
    from pipeline.cli.support.standard_streams import exit_with

    earlier, later = (_select_decree(file, kecamatan, kind) for file in (old, new))
    if earlier.kind != later.kind:
        raise click.UsageError(
            f"One document is of kind {earlier.kind}, the other {later.kind}: they cannot be compared."
        )
    _check_same_kecamatan(earlier, later)
    known_definitions = linking.load_definitions(definitions)
    decision_list = linking.load_decisions(decisions, [definition.id for definition in known_definitions])
    difference = compare_decrees.diff_decrees(earlier, later, known_definitions, decision_list)
    if form == "json":
        click.echo((difference.model_dump_json(indent=2) + "\n").encode(), nl=False)
    else:
        _print_diff(difference, language)
    exit_with(ExitCode.FINDINGS if difference.has_changes else ExitCode.FINE)


def _select_decree(file: Path, kecamatan: str | None, kind: str | None) -> Decree:
    """The one decree of a file; of several the one that the options name."""
    from pipeline.cli.support.exit_codes import ExitCode
    from pipeline.cli.support.standard_streams import exit_with, print_read_error
    from pipeline.compare_decrees import load_decrees
    from pipeline.errors import DataError, ReadError

    try:
        decrees = load_decrees(file)
    except ReadError as error:
        print_read_error(str(file), error)
        exit_with(ExitCode.FINDINGS)
        raise AssertionError from None  # leave ended the command
    except DataError as error:
        raise click.UsageError(str(error)) from None
    matches = [
        d
        for d in decrees
        if (kecamatan is None or (d.kecamatan or "").casefold() == kecamatan.casefold())
        and (kind is None or d.kind == kind)
    ]
    if len(matches) == 1:
        return matches[0]
    available = ", ".join(
        sorted(f"{d.kind} {d.kecamatan or d.document.name} ({d.year or '?'})" for d in decrees)
    )
    problem = "No decree" if not matches else "More than one decree"
    raise click.UsageError(
        f"{problem} of {file} fits: it holds {available}. Choose by --kecamatan and --kind."
    )


def _check_same_kecamatan(earlier: Decree, later: Decree) -> None:
    """Refuse decrees of two kecamatan; say where it is not sure that they are of one."""
    from pipeline.compare_decrees import compare_kecamatan, describe_owner

    relation = compare_kecamatan(earlier, later)
    owners = f"OLD is of {describe_owner(earlier)}, NEW of {describe_owner(later)}"
    if relation == "other":
        raise click.UsageError(f"{owners}: only decrees of one kecamatan can be compared.")
    if relation == "unknown":
        click.echo(f"Warning: {owners}: whether both are of one kecamatan cannot be told.", err=True)
    if relation == "like":
        click.echo(f"Warning: {owners}: taken for one, whose name may be read wrongly.", err=True)


def _print_diff(difference: DecreeDiff, language: str) -> None:
    for mark, side in (("-", difference.old), ("+", difference.new)):
        period = f", {side.period.start}–{side.period.end}" if side.period else ""
        click.echo(f"{mark * 3} {side.name}: {side.kind} {side.kecamatan or '?'} {side.year or '?'}{period}")
    for change in difference.holders:
        _print_field_change(change, language, "")
    for indicator in difference.indicators:
        _print_indicator_change(indicator, language)
    counts = {
        status: sum(i.status == status for i in difference.indicators)
        for status in (*_STATUS_COLOURS, "same")
    }
    counts_text = ", ".join(f"{count} {status}" for status, count in counts.items())
    click.echo(f"\n{counts_text}; {difference.kept} of {difference.of} indicators kept.")
    if difference.same_period and difference.has_changes:
        click.echo("Both decrees are of one planning period, in which indicators should last (1.b.6).")


def _print_indicator_change(indicator: IndicatorChange, language: str) -> None:
    if indicator.status == "same":
        return
    name = indicator.new or indicator.old or ""
    holder = f"  [{indicator.holder}]" if indicator.holder else ""
    click.secho(f"\n{indicator.status}: ", fg=_STATUS_COLOURS[indicator.status], nl=False)
    click.echo(f"{name}{holder}")
    for change in indicator.changes:
        _print_field_change(change, language, "  ")


def _print_field_change(change: FieldChange, language: str, indent: str) -> None:
    explanation = getattr(change.differences, language) if change.differences else ""
    verdict = f" ({change.verdict}{f': {explanation}' if explanation else ''})" if change.verdict else ""
    click.echo(f"{indent}{_FIELD_LABELS[change.field]}{verdict}")
    for mark, text, colour in (("-", change.old, "red"), ("+", change.new, "green")):
        click.secho(f"{indent}  {mark} {' '.join(text.split()) or '(empty)'}", fg=colour)
