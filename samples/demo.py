"""Build a catalogue from the samples, texts and paper: ``python -m samples.demo``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli import main as iku

SAMPLES = Path("samples/text"), Path("samples/pdf")
"""Folders of OCR'd texts, and of PDFs with a text layer with their scans."""
OUT = Path("out/demo")
FINDINGS = 1
"""Exit status of a build with findings; those of the samples are planted."""


def run() -> int:
    """Run ``iku build`` on the samples; return the exit status, 0 also if the catalogue has findings."""
    click.echo("Reading texts, PDFs and scans; the scans take a few seconds each.", err=True)
    status = _exit_status()
    if status not in {0, FINDINGS}:
        return status
    click.echo(
        f"\nThe catalogue and the report (audit.html) are in {OUT.as_posix()}/; the findings are planted, "
        "see samples/README.md."
    )
    return 0


def _exit_status() -> int:
    """Return the exit status of ``iku build``, whether it returns or raises it."""
    try:
        returned = iku(
            ["build", *map(Path.as_posix, SAMPLES), "--out", OUT.as_posix(), "--report"],
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (SystemExit, click.exceptions.Exit) as end:
        code = end.code if isinstance(end, SystemExit) else end.exit_code
        return code if isinstance(code, int) else 1
    return returned if isinstance(returned, int) else 0


if __name__ == "__main__":
    sys.exit(run())
