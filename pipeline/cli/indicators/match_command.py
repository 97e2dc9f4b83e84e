"""``iku match``: names to definitions, for people and for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.support import json_lines, standard_streams
from pipeline.cli.support.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.linking import NameQuery, Registry

_NOT_JSON = object()
_CONTEXT_KEYS = ("kecamatan", "objective", "regency", "year")
"""Optional fields of a line."""


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
@click.option(
    "--year", type=click.IntRange(*json_lines.YEAR_RANGE), help="Definitions of later years do not count."
)
@click.option(
    "--explain", is_flag=True, help="Show on standard error what each step of normalisation does to the name."
)
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
    from pipeline.linking import NameQuery, json_api
    from pipeline.linking.external_registry import load_registry
    from pipeline.places.regencies import regency_key

    if regency is not None and not all(regency_key(regency)):
        raise click.BadParameter("Write it as `Kabupaten X` or `Kota X`.", param_hint="--regency")
    if not all(name.strip() for name in names):
        raise click.BadParameter("A name is empty.", param_hint="NAME")
    input_lines = json_lines.InputLines(standard_streams.STANDARD_INPUT)
    definition_registry = load_registry(registry)
    if regency is not None:
        _check_regency(regency, definition_registry.registry)
    queries = _read_queries(names, NameQuery("", kecamatan, None, regency, year), input_lines)
    for row in json_api.match_queries(_explain_queries(queries) if explain else queries, definition_registry):
        json_lines.write_json_line(row)
    standard_streams.exit_with(ExitCode.FINDINGS if input_lines.bad else ExitCode.FINE)


def _read_queries(
    names: tuple[str, ...], defaults: NameQuery, input_lines: json_lines.InputLines
) -> Iterator[NameQuery]:
    """Yield the given names; in the place of ``-`` those of standard input."""
    for name in names:
        if name != standard_streams.STANDARD_INPUT:
            yield defaults._replace(name=name)
            continue
        for number, line in input_lines:
            if line.lstrip().startswith("{"):
                if (row := input_lines.parse_object(number, line)) is not None:
                    context = {key: row[key] for key in _CONTEXT_KEYS if row.get(key) is not None}
                    yield defaults._replace(name=row["name"], **context)
                continue
            value = _parse_json(line)
            if value is _NOT_JSON:
                value = line
            if isinstance(value, str):
                yield defaults._replace(name=value)
            else:
                input_lines.reject_line(number, "is JSON, but neither a name in quotes nor an object")


def _parse_json(line: str) -> Any:
    """Return the value of a line that is JSON; most names are not."""
    try:
        return json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return _NOT_JSON


def _refuse_constant(name: str) -> None:
    """Reject ``NaN`` and ``Infinity``: Python accepts them, JSON does not."""
    raise ValueError(name)


def _check_regency(regency: str, registry: Registry) -> None:
    """Reject a regency that is neither in the official list nor declared by a definition."""
    from pipeline.places import regencies

    declared_regencies = {d.scope.regency for d in registry.definitions.values() if d.scope.regency}
    if regencies.official_name(regency, declared_regencies) is None:
        nearest_regency = regencies.nearest_name(regency, declared_regencies)
        suggestion = f" (nearest: {nearest_regency!r})" if nearest_regency else ""
        raise click.BadParameter(f"no regency {regency!r} is known{suggestion}", param_hint="--regency")


def _explain_queries(queries: Iterator[NameQuery]) -> Iterator[NameQuery]:
    """Yield the queries; show what each step of normalisation does to a name before it is answered."""
    from pipeline.linking.json_api import normalisation_steps

    for query in queries:
        click.secho(query.name, err=True, bold=True)
        for step in normalisation_steps(query):
            click.echo(f"  {step.name:9} {step.before}\n  {'':7}→ {step.after}", err=True)
        yield query
