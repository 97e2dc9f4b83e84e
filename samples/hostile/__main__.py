"""Write the corpus: ``python -m samples.hostile FOLDER``; ``--heavy`` adds what takes long or much memory."""

from __future__ import annotations

from pathlib import Path

import click

from samples.hostile import cases


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--heavy", is_flag=True, help="Also the files that take long, or tens of megabytes.")
def main(folder: Path, heavy: bool) -> None:
    """Write every hostile file to FOLDER, and status.tsv: name, status it must get, why."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for case in cases():
        if case.heavy and not heavy:
            continue
        (folder / case.name).write_bytes(case.make())
        rows.append(f"{case.name}\t{case.status}\t{case.password or ''}\t{case.why}\n")
    (folder / "status.tsv").write_text("".join(rows), encoding="utf-8")
    click.echo(f"{len(rows)} files in {folder}")


if __name__ == "__main__":
    main()
