"""Warm reading: generated decrees in one process, against decoding and splitting the same text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.decrees import written
from bench.measure import Figure, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FEW, MANY = 20, 200


def split(path: Path) -> list[list[str]]:
    """Decode bytes, split lines and cells: the floor of reading."""
    return [line.split("\t") for line in path.read_bytes().decode().splitlines()]


def each(action: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """Return the seconds per document."""
    return seconds(lambda: [action(path) for path in paths]) / len(paths)


def figures() -> list[Figure]:
    """Measure the seconds per decree against the floor, and their growth with the number of decrees."""
    from pipeline.read_decree import read

    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), MANY)
        read(paths[0])
        few, many, floor = each(read, paths[:FEW]), each(read, paths), each(split, paths)
    warm = f"one of {MANY} decrees, warm ({60 / many:.0f} decrees a minute)"
    return [
        Figure(warm, many, floor, "decoding and splitting the same text"),
        Figure(f"one decree of {MANY}", many, few, f"one decree of {FEW} (1.0: no growth)"),
    ]
