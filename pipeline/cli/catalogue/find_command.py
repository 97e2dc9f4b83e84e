"""``iku find``: the indicators of a catalogue that speak of something."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.support import command_inputs, json_lines, standard_streams
from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from pipeline.search.find_indicators import FoundIndicator

MOST_SHOWN = 50
"""Indicators that are shown to people; JSON lines give all."""


@click.command(
    short_help="Indicators that speak of something.",
    epilog="Exit status: 0 something was found; 1 nothing was; 2 wrong use.",
)
@click.argument("catalogue", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("text", required=False, default="")
@click.option("--numerator", default="", help="Words of a quantity above the line.")
@click.option("--denominator", default="", help="Words of a quantity below the line.")
@click.option("--kecamatan", help="Only the decrees of this kecamatan.")
@click.option("--regency", help="Only the decrees of this regency, for example “Kabupaten Sukamaju”.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "jsonl"]),
    help="For people, or JSON lines; default: text on a terminal, else JSON lines.",
)
def find(
    catalogue: Path,
    text: str,
    numerator: str,
    denominator: str,
    kecamatan: str | None,
    regency: str | None,
    output_format: str | None,
) -> None:
    """Find the indicators of a CATALOGUE whose name, definition or formula speaks of TEXT.

    Words are compared by meaning: IKM finds Indeks Kepuasan Masyarakat. Example:

        iku find out/catalogue.json "kepuasan masyarakat" --regency "Kabupaten Lumajang"
    """
    from pipeline.search.find_indicators import SearchQuery, find_indicators

    if not any(part.strip() for part in (text, numerator, denominator)):
        raise click.UsageError("Say what to look for: TEXT, --numerator or --denominator.")
    query = SearchQuery(text, numerator, denominator, kecamatan, regency)
    results = find_indicators(command_inputs.load_catalogue(catalogue), query)
    if not results:
        click.echo("No indicator speaks of that.", err=True)
    elif (output_format or ("text" if sys.stdout.isatty() else "jsonl")) == "text":
        _print_results(results)
    else:
        for result in results:
            json_lines.write_json_line(_to_row(result))
    standard_streams.exit_with(ExitCode.FINE if results else ExitCode.FINDINGS)


def _print_results(results: list[FoundIndicator]) -> None:
    for result in results[:MOST_SHOWN]:
        document = result.document
        place = ", ".join(filter(None, (document.kecamatan, document.regency))) or document.name
        click.echo(f"{result.indicator.name}")
        click.echo(f"    {place} ({document.kind or '?'} {document.year or '?'}) · {result.indicator.id}")
        if result.indicator.formula is not None:
            click.echo(f"    {result.indicator.formula.expression or result.indicator.formula.raw}")
    hidden = len(results) - MOST_SHOWN
    summary = f"{len(results)} indicators" + (f", {hidden} of them not shown" if hidden > 0 else "")
    click.echo(f"{summary}.", err=True)


def _to_row(result: FoundIndicator) -> dict[str, Any]:
    formula = result.indicator.formula
    return {
        "id": result.indicator.id,
        "name": result.indicator.name,
        "kecamatan": result.document.kecamatan,
        "regency": result.document.regency,
        "year": result.document.year,
        "definition": result.indicator.link.target if result.indicator.link.kind == "definition" else None,
        "formula": formula.raw if formula else None,
        "expression": formula.expression if formula else None,
        "found_in": result.field,
        "fit": result.fit,
    }
