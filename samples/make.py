"""Print the samples anew: ``python -m samples.make``; ``--check`` only says whether they are up to date."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samples import paper
from samples.paper.alike import alike
from samples.paper.scans import scan
from samples.printing import LAYOUTS, carried, printed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record

HERE = Path(str(files("samples")))
SEED = 2024
"""Of the scans that are shipped."""


def record(name: str) -> Record:
    """The record ``samples/records/NAME.json``."""
    loaded: Record = json.loads((HERE / "records" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def prints() -> list[tuple[str, str]]:
    """Names and layouts of the prints that are shipped."""
    return [(name, layout) for name, layouts in words("prints").items() for layout in layouts]


def papers() -> list[tuple[str, str, str]]:
    """Names, page layouts and scan profiles of the PDFs that are shipped."""
    return [
        (name, layout, profile)
        for name, layouts in words("papers").items()
        for layout, profile in layouts.items()
    ]


def made() -> Iterator[tuple[Path, bytes]]:
    """Path below ``samples/`` and content of every file that is made from a record."""
    for name, layout in prints():
        source = record(name)
        yield Path("text") / f"{name}.{layout}.{LAYOUTS[layout].suffix}", printed(source, layout).encode()
        yield _expected(name, layout, carried(source, layout))
    for name, layout, profile in papers():
        source = record(name)
        pages = paper.digital(source, layout)
        yield Path("pdf") / f"{name}.{layout}.pdf", pages
        yield Path("pdf") / f"{name}.{layout}.{profile}.pdf", scan(pages, profile, SEED)
        yield _expected(name, layout, paper.carried(source, layout))


def _expected(name: str, layout: str, seen: Record) -> tuple[Path, bytes]:
    form = json.dumps(seen, ensure_ascii=False, indent=2) + "\n"
    return Path("expected") / f"{name}.{layout}.json", form.encode()


def stale() -> list[str]:
    """Files that are missing, out of date, or left over, relative to ``samples/``."""
    files_made = dict(made())
    folders = {path.parts[0] for path in files_made}
    there = {path.relative_to(HERE) for folder in folders for path in (HERE / folder).glob("*")}
    old = {path for path, content in files_made.items() if path not in there or not _same(path, content)}
    return sorted(path.as_posix() for path in old | (there - set(files_made)))


def _same(path: Path, content: bytes) -> bool:
    """Does the file hold this? PDFs are compared by what they show."""
    held = (HERE / path).read_bytes()
    return alike(held, content) if path.suffix == ".pdf" else held == content


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is out of date.")
def main(check: bool) -> None:
    """Print the records of samples/records in their layouts: OCR'd text, digital PDFs, scans."""
    old = stale()
    if check:
        for name in old:
            click.echo(f"out of date: samples/{name}")
        sys.exit(bool(old))
    for path, content in made():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_bytes(content)
        click.echo(f"samples/{path}")


if __name__ == "__main__":
    main()
