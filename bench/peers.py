"""Side by side with what one would use instead: indicator rows that each gets right, and the time."""

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
"""From here on two texts say the same (Indel similarity, folded)."""


@dataclass(frozen=True)
class Case:
    """A sample, and name and formula of each of its indicators."""

    path: Path
    rows: Sequence[tuple[str, str | None]]


def cases(*, scanned: bool) -> list[Case]:
    """The shipped PDFs, or their scans."""
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
    """How many indicators stand in a row of their own, name in one cell and formula in another."""
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
    """Does a cell say this, or begin with it? An explanation may stand below a formula."""
    return any(
        Indel.normalized_similarity(text, shown, score_cutoff=ALIKE) >= ALIKE
        for cell in row
        for shown in (cell, cell[: len(text)])
    )


def folded(text: str) -> str:
    """Case, white space and the marks of list items folded away; signs in one form."""
    text = text.casefold().translate(SIGNS)
    return " ".join(MARK.sub("", text.strip()).replace("∑", "jumlah").split())


def measured(tool: Tool, scanned: bool, folder: Path) -> tuple[float, float]:
    """Share of indicator rows that a tool gets right, and its seconds a document."""
    sample = cases(scanned=scanned)
    found = 0

    def run() -> None:
        nonlocal found
        for case in sample:
            found += right(case.rows, tool.rows(case.path, folder))

    taken = seconds(run) / len(sample)
    return found / sum(len(case.rows) for case in sample), taken


def figures() -> Iterator[Peer]:
    """A line a tool; one that is not there is named as such."""
    with tempfile.TemporaryDirectory() as folder:
        for tool in TOOLS:
            missing = tool.missing()
            if missing:
                yield Peer(tool.name, reason=f"{missing} not installed")
            else:
                digital = measured(tool, False, Path(folder))
                yield Peer(tool.name, digital, measured(tool, True, Path(folder)) if tool.scans else None)
