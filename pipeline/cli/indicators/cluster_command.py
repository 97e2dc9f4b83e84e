"""``iku cluster``: names that mean the same, without any definition."""

from __future__ import annotations

import click

from pipeline.cli.support import json_lines, standard_streams
from pipeline.cli.support.exit_codes import ExitCode


@click.command(
    short_help="Names that mean the same, without definitions.",
    epilog="Exit status: 0 fine; 1 a line could not be used; 2 wrong use; 130 interrupted.",
)
@click.argument("file", metavar="FILE")
def cluster(file: str) -> None:
    """Group the mentions of FILE (`-`: standard input), JSON lines `{"name", "objective", "kecamatan"}`.

    Writes each line again with its `cluster`: a stable id, the same for all that mean the same. The order
    of the lines makes no difference. A line that is not a text is rejected.
    """
    from pipeline.linking.json_api import cluster_rows

    input_lines = json_lines.InputLines(file)
    for row in cluster_rows(list(input_lines.read_objects())):
        json_lines.write_json_line(row)
    standard_streams.exit_with(ExitCode.FINDINGS if input_lines.bad else ExitCode.FINE)
