"""Comparison with other tools: correct indicator rows and time of each."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from bench.measure import Peer, seconds
from bench.tools import TOOLS
from samples.make import HERE, papers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.tools import Row, Tool

MARK = re.compile(r"^(?:[-•]|\(?\w{1,2}[.)])\s+")
SIGNS = str.maketrans({"×": "x", "–": "-", "—": "-"})
ALIKE = 0.92
"""Indel similarity from which two folded texts count as equal."""


@dataclass(frozen=True)
class Case:
    """A sample, and name and formula of each of its indicators."""

    path: Path
    rows: Sequence[tuple[str, str | None]]


def cases(*, scanned: bool) -> list[Case]:
    """Return the shipped PDFs, or their scans."""
    found = []
    for name, layout, profile in papers():
        record = json.loads((HERE / "expected" / f"{name}.{layout}.json").read_text(encoding="utf-8"))
        rows = [
            (indicator["name"], indicator["formula"] and indicator["formula"]["raw"])
            for holder in record["holders"]
            for indicator in holder["indicators"]
        ]
        ending = f"{profile}.pdf" if scanned else "pdf"
        found.append(Case(HERE / "pdf" / f"{name}.{layout}.{ending}", rows))
    return found


def right(wanted: Sequence[tuple[str, str | None]], got: Sequence[Row]) -> int:
    """Return how many indicators have their own row, with the name in one cell and the formula in another."""
    left = [[folded(cell) for cell in row if cell] for row in got]
    count = 0
    for name, formula in wanted:
        texts = [folded(text) for text in (name, formula) if text]
        row = next((row for row in left if all(_holds(row, text) for text in texts)), None)
        if row is not None:
            left.remove(row)
            count += 1
    return count


def _holds(row: Sequence[str], text: str) -> bool:
    """Return whether a cell has this text or begins with it: an explanation may follow a formula."""
    return any(
        Indel.normalized_similarity(text, shown, score_cutoff=ALIKE) >= ALIKE
        for cell in row
        for shown in (cell, cell[: len(text)])
    )


def folded(text: str) -> str:
    """Return the text without case, white space and list marks, with uniform signs."""
    text = text.casefold().translate(SIGNS)
    return " ".join(MARK.sub("", text.strip()).replace("∑", "jumlah").split())


def measured(tool: Tool, scanned: bool, folder: Path) -> tuple[float, float]:
    """Return the share of indicator rows that a tool reads correctly, and its seconds per document."""
    sample = cases(scanned=scanned)
    found = 0

    def run() -> None:
        nonlocal found
        for case in sample:
            found += right(case.rows, tool.rows(case.path, folder))

    taken = seconds(run) / len(sample)
    return found / sum(len(case.rows) for case in sample), taken


def figures() -> Iterator[Peer]:
    """Measure each tool; a missing one is reported as such."""
    with tempfile.TemporaryDirectory() as folder:
        for tool in TOOLS:
            missing = tool.missing()
            if missing:
                yield Peer(tool.name, reason=f"{missing} not installed")
            else:
                digital = measured(tool, False, Path(folder))
                yield Peer(tool.name, digital, measured(tool, True, Path(folder)) if tool.scans else None)
