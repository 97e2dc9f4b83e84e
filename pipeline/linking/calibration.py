"""From likeness to chance: what a comparison is worth, by the table ``calibration.yaml``."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from pydantic import field_validator

from extractors.knowledge.yaml_loader import TableModel, load_table

CurvePoints = tuple[tuple[float, float], ...]


class CalibrationTable(TableModel):
    """Curves of (likeness, chance), one for each decision."""

    same: CurvePoints
    review: CurvePoints
    different: CurvePoints

    @field_validator("same", "review", "different")
    @classmethod
    def _rises(cls, points: CurvePoints) -> CurvePoints:
        xs, ys = zip(*points, strict=True)
        if sorted(set(xs)) != list(xs) or sorted(ys) != list(ys) or (xs[0], xs[-1]) != (0, 1):
            raise ValueError("likeness rises from 0 to 1, and chance with it.")
        return points


@lru_cache(maxsize=16384)
def link_probability(decision: str, likeness: float) -> float:
    """Return the chance that a definition is meant, by the decision and the likeness (0 to 1)."""
    points: CurvePoints = getattr(_load_curves(), decision)
    for (start, low), (end, high) in pairwise(points):
        if likeness <= end:
            return round(low + (high - low) * (likeness - start) / (end - start), 4)
    return points[-1][1]


@cache
def _load_curves() -> CalibrationTable:
    return load_table("pipeline.linking", "calibration.yaml", CalibrationTable)
