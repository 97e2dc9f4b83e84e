"""From likeness to chance: what a score is worth, by the table ``calibration.yaml``."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from extractors.errors import ConfigError
from pipeline.language.lexicon import read_package_yaml

COMPARISON_KINDS = ("same", "guessed", "review", "other")
CurvePoints = tuple[tuple[float, float], ...]


@lru_cache(maxsize=16384)
def link_probability(kind: str, likeness: float) -> float:
    """The chance that a definition is meant, by the sort of the comparison and its likeness (0 to 1)."""
    points = _load_curves()[kind]
    for (start, low), (end, high) in pairwise(points):
        if likeness <= end:
            return round(low + (high - low) * (likeness - start) / (end - start), 4)
    return points[-1][1]


@cache
def _load_curves() -> dict[str, CurvePoints]:
    table = read_package_yaml("pipeline.linking", "calibration.yaml")
    if not isinstance(table, dict) or sorted(table) != sorted(COMPARISON_KINDS):
        raise ConfigError(
            f"pipeline/linking/calibration.yaml: needs {', '.join(COMPARISON_KINDS)}, and nothing else."
        )
    curves = {kind: tuple((float(x), float(y)) for x, y in points) for kind, points in table.items()}
    for kind, points in curves.items():
        xs, ys = zip(*points, strict=True)
        if sorted(set(xs)) != list(xs) or sorted(ys) != list(ys) or (xs[0], xs[-1]) != (0, 1):
            raise ConfigError(
                f"pipeline/linking/calibration.yaml, {kind}: likeness rises from 0 to 1, chance too."
            )
    return curves
