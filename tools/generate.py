"""Files made from others: JSON Schemas, printed samples, the published catalogue.

``python -m tools.generate`` makes them anew, ``--check`` says which are not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pipeline
from extractors.errors import TableError
from pipeline.cli.schema import text
from samples import make

ROOT = Path(__file__).parent.parent


def made() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    files = {ROOT / "normalized" / "schema" / f"{of}.json": text(of) for of in ("record", "catalogue")}
    files |= {make.HERE / path: content for path, content in make.made()}
    catalogue = pipeline.build([ROOT / "samples" / "text"])
    if catalogue.failures:
        raise SystemExit(f"a sample cannot be read: {catalogue.failures}")
    files[ROOT / "normalized" / "catalogue.json"] = catalogue.to_json()
    return files


def main() -> int:
    """Write the files, or say which are stale; 1 where any is."""
    try:
        files = made()
    except TableError as error:
        print(error)
        return 1
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"not up to date: {path.relative_to(ROOT).as_posix()} (run: make generate)")
        return bool(stale)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], "utf-8", newline="\n")
        print(f"made: {path.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
