"""Write the report: the results and the machine, as Markdown."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from bench.measure import Failure, Figure, Peer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIBRARIES = (
    "click",
    "lark",
    "onnxruntime",
    "opencv-python-headless",
    "pdfplumber",
    "pydantic",
    "pypdfium2",
    "pyyaml",
    "rapidfuzz",
    "rapidocr",
    "rich",
    "spacy",
)
HEAD = """# Benchmarks

Each figure is held against a floor measured in the same run; the ratio is what counts, as seconds differ by
machine. Made by `make bench`.
"""

PEERS = """## Side by side

The PDFs and scans of `samples/pdf`; an indicator is read right where one row has its name in a cell and its
formula in another (alike by at least 0.92, case and white space folded).
"""


def markdown(results: Sequence[Figure | Failure | Peer]) -> str:
    """Return the report, without host names, dates and paths."""
    peers = [result for result in results if isinstance(result, Peer)]
    figures = [result for result in results if not isinstance(result, Peer)]
    return "\n".join([HEAD, *_machine(), "", *_table(figures), *_peers(peers)]) + "\n"


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


def _peers(peers: Sequence[Peer]) -> Iterator[str]:
    if not peers:
        return
    yield from ("", PEERS)
    yield "| tool | digital: rows right | s a document | scans: rows right | s a document |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for peer in peers:
        cells = [peer.reason, "", "", ""] if peer.reason else [*_share(peer.digital), *_share(peer.scanned)]
        yield f"| {peer.name} | {' | '.join(cells)} |"


def _share(measured: tuple[float, float] | None) -> tuple[str, str]:
    if measured is None:
        return "reads none", ""
    share, taken = measured
    return f"{share:.0%}", f"{taken:.2f}"


def _amount(value: float, unit: str) -> str:
    """Return an amount; short times in milliseconds or microseconds."""
    if unit == "s" and value < 1e-3:
        return f"{value * 1e6:.0f} µs"
    if unit == "s" and value < 0.1:
        return f"{value * 1e3:.1f} ms"
    return f"{value:.2f} {unit}"
