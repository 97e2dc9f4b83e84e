"""The appearance of a page layout, from ``vocabulary/paper.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samples.paper.fonts import Style, style

POINTS = 72 / 25.4
SHEETS = {
    "A4": (210 * POINTS, 297 * POINTS),
    "F4": (215 * POINTS, 330 * POINTS),
    "A3": (297 * POINTS, 420 * POINTS),
}
"""Width and height of the sheets, points."""


@dataclass(frozen=True)
class Look:
    """A page layout; sizes are in points, greys from 0 (black) to 1 (white)."""

    name: str
    form: str
    """Whose labels and column headers it prints (``vocabulary/printing.yaml``)."""
    kinds: Sequence[str]
    formulas: Sequence[str]
    drops: Mapping[str, str]
    pages: Sequence[str]
    """Sheet and direction of its first page, and of those behind a ``page`` among the parts."""
    parts: Sequence[str]
    """What it prints, in order (``samples/paper/digital.py``)."""
    face: str = "serif"
    size: float = 11
    cell_size: float = 8.5
    rules: str = "all"
    """Rules of the table: ``all``, ``horizontal``, ``none``."""
    shade: float | None = None
    """Background of header cells."""
    stripes: float | None = None
    """Background of every second row."""
    gap: float = 2.5
    """White inside a cell's edges."""
    page_number: str = ""
    column_numbers: bool = False
    header_once: bool = False
    """The header is not repeated after a page break."""
    merged: bool = True
    """What rows share is one cell over them; else it stands in the first and the others are empty."""
    whole_rows: bool = False
    """No row is cut by a page break."""
    numbered_labels: bool = False
    bold_labels: bool = False
    letter_spaced: bool = False
    function_mark: str = ""
    """What follows the letters of the functions; numbers with a full stop where empty."""
    header_group: Mapping[str, Any] = field(default_factory=dict)
    """``text`` of a header cell over the columns of some ``fields``."""

    @property
    def style(self) -> Style:
        """Return the style of running text."""
        return style(self.face, self.size)

    @property
    def cell_style(self) -> Style:
        """Return the style of table cells."""
        return style(self.face, self.cell_size)

    def sheet(self, number: int) -> tuple[float, float]:
        """Return width and height of the pages of a section, counted from 0."""
        name, direction = self.pages[min(number, len(self.pages) - 1)].split()
        short, long = SHEETS[name]
        return (short, long) if direction == "portrait" else (long, short)
