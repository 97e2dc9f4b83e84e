"""Build a catalogue from the samples, texts and paper: ``python -m samples.demo``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli import main as iku

SAMPLES = Path("samples/text"), Path("samples/pdf")
"""OCR'd text; PDFs with a text layer, and scans of them that are read by OCR."""
OUT = Path("out/demo")
FINDINGS = 1
"""Exit status that says: built, with findings. They are planted here."""


def run() -> int:
    """Run ``iku build`` on the samples; the exit status, 0 also where the catalogue has findings."""
    click.echo("Reading texts, PDFs and scans; the scans take a few seconds each.", err=True)
    status = _built()
    if status not in {0, FINDINGS}:
        return status
    click.echo(
        f"\nThe catalogue and the report (audit.html) lie in {OUT.as_posix()}/; the findings are planted, "
        "see samples/README.md."
    )
    return 0


def _built() -> int:
    """Exit status of ``iku build``, whether it returns it or raises it."""
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
