"""``iku match``: names to definitions, for people and for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import files, lines
from pipeline.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.linking import Query, Registry

_NO_JSON = object()
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
@click.option("--year", type=click.IntRange(*lines.YEARS), help="Definitions of later years do not count.")
@click.option("--explain", is_flag=True, help="Show on standard error what each step made of the name.")
def match(
    names: tuple[str, ...],
    registry: Path | None,
    kecamatan: str | None,
    regency: str | None,
    year: int | None,
    explain: bool,
) -> None:
    """Say which indicator each NAME is (`-`: a name a line from standard input, as it is or as a JSON
    string, or a JSON object `{"name", "kecamatan", "objective", "regency", "year"}`; an empty line is
    answered as no name).

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
    if regency is not None:
        _check_regency(regency, loaded.registry)
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
            if line.lstrip().startswith("{"):
                if (row := read.parsed(number, line)) is not None:
                    told = {key: row[key] for key in _TOLD if row.get(key) is not None}
                    yield given._replace(name=row["name"], **told)
                continue
            value = _value(line)
            if value is _NO_JSON:
                value = line
            if isinstance(value, str):
                yield given._replace(name=value)
            else:
                read.refused(number, "is JSON, but neither a name in quotes nor an object")


def _value(line: str) -> Any:
    """What a line is as JSON, if it is any; a name mostly is none."""
    try:
        return json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return _NO_JSON


def _no_constant(name: str) -> None:
    """``NaN`` and ``Infinity``, which Python reads, are no JSON."""
    raise ValueError(name)


def _check_regency(regency: str, registry: Registry) -> None:
    """Refuse a regency that is neither in the list nor in a definition, as definitions do."""
    from pipeline.linking import regencies

    declared = {d.scope.regency for d in registry.definitions.values() if d.scope.regency}
    if regencies.official(regency, declared) is None:
        like = regencies.nearest(regency, declared)
        meant = f" (nearest: {like!r})" if like else ""
        raise click.BadParameter(f"no regency {regency!r} is known{meant}", param_hint="--regency")


def _explained(queries: Iterator[Query]) -> Iterator[Query]:
    """The queries; what each step made of a name is shown before it is answered."""
    from pipeline.linking.answers import steps

    for query in queries:
        click.secho(query.name, err=True, bold=True)
        for step in steps(query):
            click.echo(f"  {step.name:9} {step.before}\n  {'':7}→ {step.after}", err=True)
        yield query
