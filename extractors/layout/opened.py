"""Half-ruled tables: rules across alone; the columns are where no line of text crosses."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import lines, regions
from extractors.layout.regions import Drawn, Region
from extractors.printed import PrintedPage, PrintedWord, Rule

LEAST_COLUMNS = 3
"""Fewer columns of text are prose with labels, not a table of indicators."""
CLEAR = 4.0
"""Points of white space that part two columns."""
CROSSED = 0.12
"""Share of lines that may cross the white space between two columns (titles over several columns)."""


def half_ruled(drawn: Drawn, page: PrintedPage) -> list[Region]:
    """Tables drawn with rules across, one below the other, and no or few rules down."""
    return []
