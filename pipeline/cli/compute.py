"""``iku compute``: a definition's formula on the figures of kecamatan."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import files, lines
from pipeline.cli.exits import Exit


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
    from pipeline.computing import computed, load_figures

    known = {found.id: found for found in linking.load(definitions)}
    meant = known.get(definition)
    if meant is None:
        target = linking.Registry(known.values()).match(definition)
        meant = known.get(target.target or "")
        if meant is None:
            raise click.BadParameter(f"No definition is “{definition}”: {target.reason}.")
    troubled = False
    for result in computed(meant, load_figures(data)):
        troubled = troubled or bool(result.problems)
        lines.write(
            {
                "line": result.line,
                "kecamatan": result.kecamatan,
                "definition": meant.id,
                "value": None if result.value is None else round(float(result.value), 4),
                "unit": meant.unit,
                "band": result.band,
                "steps": result.steps,
                "problems": result.problems,
            }
        )
    files.leave(Exit.FINDINGS if troubled else Exit.FINE)
