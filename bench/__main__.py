"""Run all benchmarks, print the report and keep it in ``bench/RESULTS.md``: ``python -m bench``."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from bench.measure import Failure, Figure, Peer
from bench.report import markdown

BENCHMARKS = ("startup", "reading", "pages", "building", "linking", "formulas", "reporting", "peers")
RESULTS = Path(__file__).parent / "RESULTS.md"


def figures(name: str) -> list[Figure | Failure | Peer]:
    """Return the results of one benchmark; a failure does not affect the others."""
    print(f"{name} …", file=sys.stderr)
    try:
        return list(import_module(f"bench.{name}").figures())
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        return [Failure(name, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")]


def main() -> int:
    """Run all benchmarks; return 0 if all ran, otherwise 1, and keep the last results."""
    results = [figure for name in BENCHMARKS for figure in figures(name)]
    text = markdown(results)
    print(text)
    if any(isinstance(result, Failure) for result in results):
        return 1
    RESULTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
