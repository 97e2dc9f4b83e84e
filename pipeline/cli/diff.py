"""``iku diff``: what a decree changes against an earlier one of the same kecamatan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options

if TYPE_CHECKING:
    from extractors.record import Decree
    from pipeline.diffing import DecreeDiff, FieldChange, IndicatorChange

_COLOURS = {"added": "green", "dropped": "red", "renamed": "yellow", "changed": "yellow"}
_FIELDS = {
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
_EPILOG = "Exit status: 0 nothing changed; 1 something changed, or a file cannot be read; 2 wrong use."
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog=_EPILOG, short_help="What a decree changes against an earlier one.")
@click.argument("old", metavar="OLD", type=_file)
@click.argument("new", metavar="NEW", type=_file)
@click.option("--kecamatan", help="Whose decree to take from a catalogue that holds several.")
@click.option(
    "--kind", type=click.Choice(["IKU", "IKI"]), help="Which kind to take from a catalogue that holds both."
)
@options.form("Both on standard output.")
@options.language("in which differences of formulas are told")
@options.reviewed
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
    from pipeline import diffing, linking
    from pipeline.cli.exits import Exit
    from pipeline.cli.files import leave

    earlier, later = (_one(file, kecamatan, kind) for file in (old, new))
    if earlier.kind != later.kind:
        raise click.UsageError("One decree is an IKU, the other an IKI: they cannot be compared.")
    _of_one(earlier, later)
    known = linking.load(definitions)
    decided = linking.load_decisions(decisions, [definition.id for definition in known])
    made = diffing.diff(earlier, later, known, decided)
    if form == "json":
        click.echo((made.model_dump_json(indent=2) + "\n").encode(), nl=False)
    else:
        _print(made, language)
    leave(Exit.FINDINGS if made.changed else Exit.FINE)


def _one(file: Path, kecamatan: str | None, kind: str | None) -> Decree:
    """The one decree of a file; of several the one that the options name."""
    import extractors
    from pipeline.cli.exits import Exit
    from pipeline.cli.files import failed, leave
    from pipeline.diffing import InputError, decrees_of

    try:
        found = decrees_of(file)
    except extractors.ReadError as error:
        failed(str(file), error)
        leave(Exit.FINDINGS)
        raise AssertionError from None  # leave ended the command
    except InputError as error:
        raise click.UsageError(str(error)) from None
    wanted = [
        d
        for d in found
        if (kecamatan is None or (d.kecamatan or "").casefold() == kecamatan.casefold())
        and (kind is None or d.kind == kind)
    ]
    if len(wanted) == 1:
        return wanted[0]
    held = ", ".join(sorted(f"{d.kind} {d.kecamatan or d.document.name} ({d.year or '?'})" for d in found))
    what = "No decree" if not wanted else "More than one decree"
    raise click.UsageError(f"{what} of {file} fits: it holds {held}. Choose by --kecamatan and --kind.")


def _of_one(earlier: Decree, later: Decree) -> None:
    """Refuse decrees of two kecamatan; say where it is not sure that they are of one."""
    from pipeline.diffing import kinship, told

    found = kinship(earlier, later)
    whose = f"OLD is of {told(earlier)}, NEW of {told(later)}"
    if found == "other":
        raise click.UsageError(f"{whose}: only decrees of one kecamatan can be compared.")
    if found == "unknown":
        click.echo(f"Warning: {whose}: whether both are of one kecamatan cannot be told.", err=True)
    if found == "like":
        click.echo(f"Warning: {whose}: taken for one, whose name may be read wrongly.", err=True)


def _print(made: DecreeDiff, language: str) -> None:
    for mark, side in (("-", made.old), ("+", made.new)):
        period = f", {side.period.start}–{side.period.end}" if side.period else ""
        click.echo(f"{mark * 3} {side.name}: {side.kind} {side.kecamatan or '?'} {side.year or '?'}{period}")
    for change in made.holders:
        _field(change, language, "")
    for one in made.indicators:
        _indicator(one, language)
    counts = {status: sum(i.status == status for i in made.indicators) for status in (*_COLOURS, "same")}
    told = ", ".join(f"{count} {status}" for status, count in counts.items())
    click.echo(f"\n{told}; {made.kept} of {made.of} indicators kept.")
    if made.same_period and made.changed:
        click.echo("Both decrees are of one planning period, in which indicators should last (1.b.6).")


def _indicator(one: IndicatorChange, language: str) -> None:
    if one.status == "same":
        return
    name = one.new or one.old or ""
    holder = f"  [{one.holder}]" if one.holder else ""
    click.secho(f"\n{one.status}: ", fg=_COLOURS[one.status], nl=False)
    click.echo(f"{name}{holder}")
    for change in one.changes:
        _field(change, language, "  ")


def _field(change: FieldChange, language: str, indent: str) -> None:
    told = getattr(change.differences, language) if change.differences else ""
    verdict = f" ({change.verdict}{f': {told}' if told else ''})" if change.verdict else ""
    click.echo(f"{indent}{_FIELDS[change.field]}{verdict}")
    for mark, text, colour in (("-", change.old, "red"), ("+", change.new, "green")):
        click.secho(f"{indent}  {mark} {' '.join(text.split()) or '(empty)'}", fg=colour)
