"""Print the samples: ``python -m samples.make``; ``--check`` only reports whether they are up to date."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samples import paper
from samples.office_files import drafts
from samples.paper.alike import alike
from samples.paper.scans import scan
from samples.printing import LAYOUTS, carried, printed
from samples.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samples.printing.dress import Record

HERE = Path(str(files("samples")))
SEED = 2024
"""Seed of the published scans."""


def record(name: str) -> Record:
    """Return the record ``samples/records/NAME.json``."""
    loaded: Record = json.loads((HERE / "records" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def prints() -> list[tuple[str, str]]:
    """Return names and layouts of the published prints."""
    return [(name, layout) for name, layouts in words("prints").items() for layout in layouts]


def papers() -> list[tuple[str, str, str]]:
    """Return names, page layouts and scan profiles of the published PDFs."""
    return [
        (name, layout, profile)
        for name, layouts in words("papers").items()
        for layout, profile in layouts.items()
    ]


def generate_texts() -> Iterator[tuple[Path, str]]:
    """Yield the path below ``samples/`` and the content of every text that is printed from a record."""
    for name, layout in prints():
        source = record(name)
        yield Path("text") / f"{name}.{layout}.{LAYOUTS[layout].suffix}", printed(source, layout)
        yield Path("expected") / f"{name}.{layout}.json", _form(carried(source, layout))
    for name, layout, _ in papers():
        yield Path("expected") / f"{name}.{layout}.json", _form(paper.carried(record(name), layout))


OFFICE_RECORD = "sendangmulih-iku-2024"
"""The record that is published as a Word draft and as a workbook."""


def generate_office_files() -> Iterator[tuple[Path, bytes]]:
    """Yield path and bytes of the Word draft and the workbook, and of their expected records."""
    source = record(OFFICE_RECORD)
    for layout, ending, content, expected in (
        ("naskah", "docx", drafts.print_draft(source), drafts.carry_draft(source)),
        ("lembar", "xlsx", drafts.print_workbook(source), drafts.carry_workbook(source)),
    ):
        yield Path("office") / f"{OFFICE_RECORD}.{layout}.{ending}", content
        yield Path("expected") / f"{OFFICE_RECORD}.{layout}.json", _form(expected).encode()


def generate_pdfs() -> Iterator[tuple[Path, bytes]]:
    """Yield the path below ``samples/`` and the bytes of every PDF: each print, and its scan."""
    for name, layout, profile in papers():
        pages = paper.digital(record(name), layout)
        yield Path("pdf") / f"{name}.{layout}.pdf", pages
        yield Path("pdf") / f"{name}.{layout}.{profile}.pdf", scan(pages, profile, SEED)


def _form(seen: Record) -> str:
    return json.dumps(seen, ensure_ascii=False, indent=2) + "\n"


def _files() -> dict[Path, bytes]:
    return {
        **{path: text.encode() for path, text in generate_texts()},
        **dict(generate_office_files()),
        **dict(generate_pdfs()),
    }


def list_stale_files() -> list[str]:
    """Return the files that are missing, outdated or left over, relative to ``samples/``."""
    contents = _files()
    folders = {path.parts[0] for path in contents}
    existing = {path.relative_to(HERE) for folder in folders for path in (HERE / folder).glob("*")}
    outdated = {
        path for path, content in contents.items() if path not in existing or not _has_content(path, content)
    }
    return sorted(path.as_posix() for path in outdated | (existing - set(contents)))


def _has_content(path: Path, content: bytes) -> bool:
    """Return whether a file has this content; PDFs are compared by what they show."""
    content_on_disk = (HERE / path).read_bytes()
    return alike(content_on_disk, content) if path.suffix == ".pdf" else content_on_disk == content


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is out of date.")
def main(check: bool) -> None:
    """Print the records of samples/records in their layouts: OCR'd text, digital PDFs, scans."""
    if check:
        stale_files = list_stale_files()
        for name in stale_files:
            click.echo(f"out of date: samples/{name}")
        sys.exit(bool(stale_files))
    for path, content in _files().items():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_bytes(content)
        click.echo(f"samples/{path}")


if __name__ == "__main__":
    main()
