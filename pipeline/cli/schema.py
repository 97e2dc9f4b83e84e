"""``iku schema``: the JSON Schemas of what the program writes."""

from __future__ import annotations

import json

import click

from pipeline.cli.exits import EPILOG


@click.command(epilog=EPILOG, short_help="JSON Schemas of record and catalogue.")
@click.argument("of", type=click.Choice(["record", "catalogue"]), default="record")
def schema(of: str) -> None:
    """Print the JSON Schema of a decree's record, or of the catalogue.

    Every field has a description. The same schemas are published in normalized/schema/.
    """
    click.echo(text(of).encode(), nl=False)


def text(of: str) -> str:
    """A schema as JSON text: ``record`` or ``catalogue``."""
    if of == "record":
        from extractors.record import schema as made
    else:
        from pipeline.catalogue import catalogue_schema as made
    return json.dumps(made(), ensure_ascii=False, indent=2) + "\n"
