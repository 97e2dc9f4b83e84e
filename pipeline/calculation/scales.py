"""Indicators that are put together of element scores, and the bands of their values (``scales.yaml``)."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field, ValidationError

from extractors.errors import ConfigError
from pipeline.knowledge.yaml_rows import parse_rows
from pipeline.linking.definitions import StrictYamlModel, format_validation_error


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
    """How a definition's one quantity comes out of element scores."""

    definition: str
    """Id of the definition."""
    source: str
    """The regulation."""
    quantity: str
    """The quantity of the formula that the elements make."""
    elements: tuple[tuple[str, str], ...]
    """Code and name of each; all weigh the same."""
    scale: tuple[float, float]
    """Lowest and highest score of an element."""
    range: tuple[float, float]
    """Lowest and highest value of the indicator."""
    bands: tuple[ScaleBand, ...]
    """From the highest."""

    def find_band(self, value: Fraction) -> ScaleBand | None:
        """The band of a value, which is rounded to two places as it is published."""
        rounded = round(float(value), 2)
        return next((band for band in self.bands if rounded >= band.start), None)


@cache
def load_scales() -> dict[str, ScoreScale]:
    """All scales by definition. Raises ConfigError where the file is wrong."""
    text = files("normalized").joinpath("scales.yaml").read_text("utf-8")
    scales_by_definition: dict[str, ScoreScale] = {}
    for line, row in parse_rows(text, "scales", "scales.yaml", ConfigError):
        try:
            scale = ScoreScale.model_validate(row)
        except ValidationError as error:
            raise ConfigError(f"scales.yaml, line {line}: {format_validation_error(error)}") from None
        scales_by_definition[scale.definition] = scale
    return scales_by_definition
