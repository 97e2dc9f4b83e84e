"""Generate files from others: JSON Schemas, samples as text and on paper, the published catalogue.

``python -m tools.generate`` writes them, ``--check`` lists those that are not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pipeline
from extractors.errors import ConfigError
from pipeline.audit.rulebook.rule_markdown import format_all_rules
from pipeline.cli.reference.schema_command import SCHEMA_NAMES, schema_text
from samples import make
from samples.paper.alike import alike

ROOT = Path(__file__).parent.parent


def generate_contents() -> dict[Path, bytes]:
    """Return the content of every generated file."""
    texts = {ROOT / "normalized" / "schema" / f"{of}.json": schema_text(of) for of in SCHEMA_NAMES}
    texts |= {make.HERE / path: content for path, content in make.generate_texts()}
    texts[ROOT / "docs" / "rules.md"] = format_all_rules()
    catalogue = pipeline.build([ROOT / "samples" / "text"])
    if catalogue.failures:
        raise SystemExit(f"a sample cannot be read: {catalogue.failures}")
    texts[ROOT / "normalized" / "catalogue.json"] = catalogue.to_json()
    files = {path: text.encode() for path, text in texts.items()}
    files |= {make.HERE / path: content for path, content in make.generate_office_files()}
    return files | {make.HERE / path: content for path, content in make.generate_pdfs()}


def has_content(path: Path, content: bytes) -> bool:
    """Return whether a file has this content; PDFs are compared by what they show."""
    if not path.exists():
        return False
    present = path.read_bytes()
    return alike(present, content) if path.suffix == ".pdf" else present == content


def main() -> int:
    """Write the outdated files, or list them with ``--check``; return 1 if any is listed."""
    try:
        files = generate_contents()
    except ConfigError as error:
        print(error)
        return 1
    stale = [path for path, content in files.items() if not has_content(path, content)]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"not up to date: {path.relative_to(ROOT).as_posix()} (run: make generate)")
        return bool(stale)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
        print(f"written: {path.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
