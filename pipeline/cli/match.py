"""``iku match``: names to definitions, for people and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import files, lines
from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.linking import Query


_TOLD = ("kecamatan", "objective", "regency", "year")
"""What a line may tell beside the name."""


@click.command(
    short_help="Names to definitions, with reasons.",
    epilog="Exit status: 0 fine; 1 a line could not be used; 2 wrong use; 130 interrupted.",
)
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@click.option(
    "--registry",
    type=click.Path(exists=True, path_type=Path),
    help="Other definitions: YAML as ours (file or folder), or a JSON list of names.",
)
@click.option("--kecamatan", help="The own kecamatan: its name inside a name says nothing.")
@click.option("--regency", help="`Kabupaten X` or `Kota X`: its own definitions come first.")
@click.option("--year", type=int, help="Definitions of later years do not count.")
@click.option("--explain", is_flag=True, help="Show on standard error what each step made of the name.")
def match(
    names: tuple[str, ...],
    registry: Path | None,
    kecamatan: str | None,
    regency: str | None,
    year: int | None,
    explain: bool,
) -> None:
    """Say which indicator each NAME is (`-`: a name a line from standard input, or a JSON object
    `{"name", "kecamatan", "objective", "regency", "year"}`; an empty line is answered as no name).

    Writes JSON lines `{"name", "definition", "score", "review", "reasons"}`, one a name, in the order given.
    """
    from pipeline.linking import Query, answers
    from pipeline.linking.regencies import key
    from pipeline.linking.registries import known

    if regency is not None and not all(key(regency)):
        raise click.BadParameter("Write it as `Kabupaten X` or `Kota X`.", param_hint="--regency")
    if not all(name.strip() for name in names):
        raise click.BadParameter("A name is empty.", param_hint="NAME")
    read = lines.Lines(files.STANDARD_INPUT)
    loaded = known(registry)
    queries = _queries(names, Query("", kecamatan, None, regency, year), read)
    for row in answers.matched(_explained(queries) if explain else queries, loaded):
        lines.write(row)
    files.leave(Exit.FINDINGS if read.bad else Exit.FINE)


def _queries(names: tuple[str, ...], given: Query, read: lines.Lines) -> Iterator[Query]:
    """The names given, those of standard input in the place of ``-``."""
    for name in names:
        if name != files.STANDARD_INPUT:
            yield given._replace(name=name)
            continue
        for number, line in read:
            if not line.lstrip().startswith("{"):
                yield given._replace(name=line)
            elif (row := read.parsed(number, line)) is not None:
                told = {key: row[key] for key in _TOLD if row.get(key) is not None}
                yield given._replace(name=row["name"], **told)


def _explained(queries: Iterator[Query]) -> Iterator[Query]:
    """The queries; what each step made of a name is shown before it is answered."""
    from pipeline.linking.answers import steps

    for query in queries:
        click.secho(query.name, err=True, bold=True)
        for step in steps(query):
            click.echo(f"  {step.name:9} {step.before}\n  {'':7}→ {step.after}", err=True)
        yield query
