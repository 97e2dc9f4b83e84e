"""Indicators that are computed from element scores, and the bands of their values (``scales.yaml``)."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Annotated

from pydantic import Field

from extractors.knowledge.yaml_loader import load_table
from pipeline.linking.definitions import StrictYamlModel


class ScaleBand(StrictYamlModel):
    """A class of values."""

    name: str
    """Its letter."""
    start: Annotated[float, Field(alias="from")]
    """Lowest value."""
    id: str
    """In Indonesian."""
    en: str
    """In English."""


class ScoreScale(StrictYamlModel):
    """How the only quantity of a definition is computed from element scores."""

    definition: str
    """Id of the definition."""
    source: str
    """The regulation."""
    quantity: str
    """The quantity of the formula that the elements replace."""
    elements: tuple[tuple[str, str], ...]
    """Code and name of each; all have the same weight."""
    scale: tuple[float, float]
    """Lowest and highest score of an element."""
    range: tuple[float, float]
    """Lowest and highest value of the indicator."""
    bands: tuple[ScaleBand, ...]
    """The highest first."""

    def find_band(self, value: Fraction) -> ScaleBand | None:
        """Return the band of a value, which is rounded to two decimals as in publications."""
        rounded = round(float(value), 2)
        return next((band for band in self.bands if rounded >= band.start), None)


class ScaleTable(StrictYamlModel):
    """All scales: ``normalized/scales.yaml``."""

    scales: tuple[ScoreScale, ...]


@cache
def load_scales() -> dict[str, ScoreScale]:
    """Return all scales by definition. Raises ConfigError if the table is wrong."""
    table = load_table("normalized", "scales.yaml", ScaleTable)
    return {scale.definition: scale for scale in table.scales}
