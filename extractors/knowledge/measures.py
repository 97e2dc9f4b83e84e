"""Units and grades: what indicators are counted and valued in."""

from __future__ import annotations

from functools import cache

from extractors.knowledge.yaml_loader import TableModel, load_table


class MeasureTable(TableModel):
    """The table of units and grades (``measures.yaml``)."""

    units: frozenset[str]
    grades: frozenset[str]


@cache
def measure_table() -> MeasureTable:
    """Return the table of units and grades."""
    return load_table("extractors.knowledge", "measures.yaml", MeasureTable)
