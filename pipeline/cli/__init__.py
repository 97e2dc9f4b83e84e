"""The command line ``iku``. Heavy imports wait inside the commands: ``iku --help`` is instant."""

from __future__ import annotations

from typing import Any

import click

from extractors.errors import TableError
from pipeline.cli.build import build
from pipeline.cli.cache import cache
from pipeline.cli.check import check
from pipeline.cli.cluster import cluster
from pipeline.cli.compute import compute
from pipeline.cli.diff import diff
from pipeline.cli.exits import EPILOG, Exit
from pipeline.cli.formula import compare, formula
from pipeline.cli.match import match
from pipeline.cli.read import read
from pipeline.cli.report import report
from pipeline.cli.review import propose, review
from pipeline.cli.rules import explain, rules
from pipeline.cli.schema import schema
from pipeline.cli.waive import waive
from pipeline.cli.watch import watch


class Program(click.Group):
    """The group of commands; what concerns all of them ends in one line and an exit status of its own."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A table that cannot be used is wrong use; an interrupt is told as such."""
        try:
            return super().invoke(ctx)
        except TableError as error:
            click.echo(f"{error}\nMend the file and run the command again.", err=True)
            ctx.exit(int(Exit.USAGE))
        except BrokenPipeError:
            raise  # click ends quietly
        except OSError as error:
            click.echo(f"Cannot write the result: {error.strerror}.", err=True)
            ctx.exit(int(Exit.FINDINGS))
        except KeyboardInterrupt:
            click.echo("\nInterrupted; nothing was half-written.", err=True)
            ctx.exit(int(Exit.INTERRUPTED))


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(package_name="iku-katalog", message="%(package)s %(version)s")
def main() -> None:
    """Read the IKU and IKI decrees of kecamatan, link their indicators, check their formulas.

    JSON goes to standard output, and so do the texts of rules, explain and diff; everything else (findings,
    tables, summaries, errors) goes to standard error.
    A file name `-` means standard input.
    """


COMMANDS = (
    build,
    watch,
    cache,
    check,
    read,
    report,
    diff,
    rules,
    explain,
    waive,
    match,
    cluster,
    review,
    propose,
    formula,
    compare,
    compute,
    schema,
)
for command in COMMANDS:
    main.add_command(command)

__all__ = ["main"]
