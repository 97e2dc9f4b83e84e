"""From likeness to chance: what a score is worth, by the table ``calibration.yaml``."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from extractors.errors import TableError
from pipeline.words.tables import read_yaml

SORTS = ("same", "guessed", "review", "other")
Points = tuple[tuple[float, float], ...]


@lru_cache(maxsize=16384)
def chance(sort: str, likeness: float) -> float:
    """The chance that a definition is meant, by the sort of the comparison and its likeness (0 to 1)."""
    points = _lines()[sort]
    for (x, low), (end, high) in pairwise(points):
        if likeness <= end:
            return round(low + (high - low) * (likeness - x) / (end - x), 4)
    return points[-1][1]


@cache
def _lines() -> dict[str, Points]:
    table = read_yaml("pipeline.linking", "calibration.yaml")
    if not isinstance(table, dict) or sorted(table) != sorted(SORTS):
        raise TableError(f"pipeline/linking/calibration.yaml: needs {', '.join(SORTS)}, and nothing else.")
    made = {sort: tuple((float(x), float(y)) for x, y in points) for sort, points in table.items()}
    for sort, points in made.items():
        xs, ys = zip(*points, strict=True)
        if sorted(set(xs)) != list(xs) or sorted(ys) != list(ys) or (xs[0], xs[-1]) != (0, 1):
            raise TableError(
                f"pipeline/linking/calibration.yaml, {sort}: likeness rises from 0 to 1, chance too."
            )
    return made
