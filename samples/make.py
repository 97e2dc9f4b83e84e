"""Print the samples anew: ``python -m samples.make``; ``--check`` only says whether they are up to date."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samples.printing import LAYOUTS, carried, printed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record

HERE = Path(str(files("samples")))


def record(name: str) -> Record:
    """The record ``samples/records/NAME.json``."""
    loaded: Record = json.loads((HERE / "records" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def prints() -> list[tuple[str, str]]:
    """Names and layouts of the prints that are shipped."""
    return [(name, layout) for name, layouts in words("prints").items() for layout in layouts]


def made() -> Iterator[tuple[Path, str]]:
    """Path below ``samples/`` and content of every file that is made from a record."""
    for name, layout in prints():
        source = record(name)
        form = json.dumps(carried(source, layout), ensure_ascii=False, indent=2) + "\n"
        yield Path("text") / f"{name}.{layout}.{LAYOUTS[layout].suffix}", printed(source, layout)
        yield Path("expected") / f"{name}.{layout}.json", form


def stale() -> list[str]:
    """Files that are missing, out of date, or left over, relative to ``samples/``."""
    files_made = dict(made())
    there = {path.relative_to(HERE) for folder in ("text", "expected") for path in (HERE / folder).glob("*")}
    old = {
        path
        for path, content in files_made.items()
        if path not in there or (HERE / path).read_bytes() != content.encode()
    }
    return sorted(path.as_posix() for path in old | (there - set(files_made)))


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is out of date.")
def main(check: bool) -> None:
    """Print the records of samples/records as OCR'd text in their layouts."""
    old = stale()
    if check:
        for name in old:
            click.echo(f"out of date: samples/{name}")
        sys.exit(bool(old))
    for path, content in made():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_bytes(content.encode())
        click.echo(f"samples/{path}")


if __name__ == "__main__":
    main()
