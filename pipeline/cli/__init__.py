"""The command line ``iku``. Heavy imports wait inside the commands: ``iku --help`` is instant."""

from __future__ import annotations

import click

from pipeline.cli.build import build
from pipeline.cli.check import check
from pipeline.cli.exits import EPILOG
from pipeline.cli.read import read
from pipeline.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(package_name="iku-katalog", message="%(package)s %(version)s")
def main() -> None:
    """Read the IKU and IKI decrees of kecamatan, link their indicators, check their formulas.

    JSON goes to standard output, everything else (findings, tables, summaries, errors) to standard error.
    A file name `-` means standard input.
    """


for command in (build, check, read, schema):
    main.add_command(command)

__all__ = ["main"]
