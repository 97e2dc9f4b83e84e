"""The report: what was measured, on what machine, as Markdown."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from bench.measure import Failure, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIBRARIES = ("click", "lark", "pydantic", "pyyaml", "rapidfuzz", "rich", "spacy")
HEAD = """# Benchmarks

Each figure is held against a floor measured in the same run; the ratio is what counts, as seconds differ by
machine. Made by `make bench`.
"""


def markdown(results: Sequence[Figure | Failure]) -> str:
    """The whole report; no names of hosts, no dates, no paths."""
    return "\n".join([HEAD, *_machine(), "", *_table(results)]) + "\n"


def _machine() -> Iterator[str]:
    yield f"- {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    yield f"- {platform.python_implementation()} {platform.python_version()}"
    yield "- " + ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _table(results: Sequence[Figure | Failure]) -> Iterator[str]:
    yield "| what | measured | floor | ratio | held against |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for result in results:
        if isinstance(result, Failure):
            yield f"| {result.name} | not run | | | {result.reason} |"
        else:
            ours, floor = (_amount(value, result.unit) for value in (result.ours, result.floor))
            yield f"| {result.name} | {ours} | {floor} | {result.ratio:.2f} | {result.floor_name} |"


def _amount(value: float, unit: str) -> str:
    """Seconds below a tenth as milliseconds, below a thousandth as microseconds."""
    if unit == "s" and value < 1e-3:
        return f"{value * 1e6:.0f} µs"
    if unit == "s" and value < 0.1:
        return f"{value * 1e3:.1f} ms"
    return f"{value:.2f} {unit}"
