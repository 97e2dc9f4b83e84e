"""``iku cluster``: names that mean the same, without any definition."""

from __future__ import annotations

import click

from pipeline.cli import files, lines
from pipeline.cli.exits import Exit


@click.command(
    short_help="Names that mean the same, without definitions.",
    epilog="Exit status: 0 fine; 1 a line could not be used; 2 wrong use; 130 interrupted.",
)
@click.argument("file", metavar="FILE")
def cluster(file: str) -> None:
    """Group the mentions of FILE (`-`: standard input), JSON lines `{"name", "objective", "kecamatan"}`.

    Writes each line again with its `cluster`: a stable id, the same for all that mean the same. The order
    of the lines makes no difference. What is no text is refused.
    """
    from pipeline.linking.answers import clustered

    read = lines.Lines(file)
    for row in clustered(list(read.objects())):
        lines.write(row)
    files.leave(Exit.FINDINGS if read.bad else Exit.FINE)
