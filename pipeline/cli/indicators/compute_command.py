"""``iku compute``: a definition's formula on the figures of kecamatan."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.support import json_lines, standard_streams
from pipeline.cli.support.exit_codes import ExitCode


@click.command(
    short_help="A definition's value for each kecamatan, from its figures.",
    epilog="Exit status: 0 fine; 1 a row has problems; 2 wrong use; 130 interrupted.",
)
@click.argument("definition", metavar="DEFINITION")
@click.option(
    "--data",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="CSV or XLSX: a line of titles, then a line a kecamatan.",
)
@click.option(
    "--definitions",
    type=click.Path(exists=True, path_type=Path),
    help="Definitions (YAML) in place of the reviewed ones.",
)
def compute(definition: str, data: Path, definitions: Path | None) -> None:
    """Evaluate the formula of DEFINITION (an id such as `ikm`, or a name) for each kecamatan of the data.

    The columns are found by meaning; IKM may be given by its nine elements (`U1` to `U9`). Writes JSON lines
    `{"line", "kecamatan", "definition", "value", "unit", "band", "steps", "problems"}`.
    """
    from pipeline import linking
    from pipeline.calculation import compute_definition, find_definition, load_figures

    matched_definition = find_definition(definition, linking.load_definitions(definitions))
    has_problems = False
    for result in compute_definition(matched_definition, load_figures(data)):
        has_problems = has_problems or bool(result.problems)
        json_lines.write_json_line(
            {
                "line": result.line,
                "kecamatan": result.kecamatan,
                "definition": matched_definition.id,
                "value": None if result.value is None else round(float(result.value), 4),
                "unit": matched_definition.unit,
                "band": result.band,
                "steps": result.steps,
                "problems": result.problems,
            }
        )
    standard_streams.exit_with(ExitCode.FINDINGS if has_problems else ExitCode.FINE)
