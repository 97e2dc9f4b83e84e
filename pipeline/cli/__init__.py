"""The command line ``iku``. Heavy imports wait inside the commands: ``iku --help`` is instant."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.catalogue.build_command import build
from pipeline.cli.catalogue.cache_command import cache
from pipeline.cli.catalogue.find_command import find
from pipeline.cli.catalogue.report_command import report
from pipeline.cli.catalogue.review_command import propose, review
from pipeline.cli.catalogue.waive_command import waive
from pipeline.cli.catalogue.watch_command import watch
from pipeline.cli.decrees.check_command import check
from pipeline.cli.decrees.correct_command import correct
from pipeline.cli.decrees.corrections_command import corrections
from pipeline.cli.decrees.diff_command import diff
from pipeline.cli.decrees.read_command import read
from pipeline.cli.indicators.cluster_command import cluster
from pipeline.cli.indicators.compute_command import compute
from pipeline.cli.indicators.formula_command import compare, formula
from pipeline.cli.indicators.match_command import match
from pipeline.cli.reference.rules_command import explain, rules
from pipeline.cli.reference.schema_command import schema
from pipeline.cli.support.exit_codes import EPILOG, ExitCode, error_exit_code
from pipeline.errors import IkuError


class CommandGroup(click.Group):
    """The group of commands: errors that concern all of them are reported here."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; report an error of the project and end with the exit status bound to it."""
        try:
            return super().invoke(ctx)
        except IkuError as error:
            click.echo(error.describe(), err=True)
            ctx.exit(int(error_exit_code(error)))
        except BrokenPipeError:
            raise  # click ends quietly
        except OSError as error:
            click.echo(f"Cannot write the result: {error.strerror}.", err=True)
            ctx.exit(int(ExitCode.FINDINGS))
        except KeyboardInterrupt:
            click.echo("\nInterrupted; nothing was half-written.", err=True)
            ctx.exit(int(ExitCode.INTERRUPTED))


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
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
    correct,
    corrections,
    report,
    find,
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
