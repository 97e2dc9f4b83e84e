"""``iku schema``: the JSON Schemas of what the program writes."""

from __future__ import annotations

import json

import click

from pipeline.cli.support.exit_codes import EPILOG

SCHEMA_NAMES = ("record", "catalogue", "findings")


@click.command(epilog=EPILOG, short_help="JSON Schemas of record, catalogue and findings.")
@click.argument("of", type=click.Choice(SCHEMA_NAMES), default="record")
def schema(of: str) -> None:
    """Print the JSON Schema of a decree's record, of the catalogue, or of a report's findings.json.

    Every field has a description. The same schemas are published in normalized/schema/.
    """
    click.echo(schema_text(of).encode(), nl=False)


def schema_text(of: str) -> str:
    """Return a schema as JSON text."""
    if of == "record":
        from extractors.model.record import record_schema as made
    elif of == "findings":
        from pipeline.reports import findings_schema as made
    else:
        from pipeline.models.catalogue import catalogue_schema as made
    return json.dumps(made(), ensure_ascii=False, indent=2) + "\n"
