"""A pile of pages and the place that is printed next."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from samples.paper.fonts import draw, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samples.paper.lines import Line
    from samples.paper.looks import Look

MARGIN = 50.0
"""White around the print, points."""


class Sheet:
    """Pages of one look; ``top`` is where the next line goes, in PDF points from the bottom."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.section = 0
        self.number = 1
        self.width, self.height = look.sheet(0)
        self._bytes = io.BytesIO()
        # Fixed dates and identity: the same pages are the same bytes.
        self.canvas = Canvas(self._bytes, pagesize=(self.width, self.height), invariant=True)
        self.top = self.height - MARGIN

    @property
    def left(self) -> float:
        """Return left edge of the print."""
        return MARGIN

    @property
    def measure(self) -> float:
        """Return width of the print."""
        return self.width - 2 * MARGIN

    @property
    def room(self) -> float:
        """Return height that is left on this page."""
        return self.top - MARGIN

    def page(self, *, section: bool = False) -> None:
        """Go to the next page, of a new section perhaps."""
        self._finish()
        self.section += section
        self.number += 1
        self.width, self.height = self.look.sheet(self.section)
        self.canvas.setPageSize((self.width, self.height))
        self.top = self.height - MARGIN

    def space(self, height: float) -> None:
        """Leave white."""
        self.top -= min(height, self.room)

    def need(self, height: float) -> None:
        """Go to the next page if less than this is left."""
        if self.room < height:
            self.page()

    def put(self, *columns: tuple[float, Sequence[Line]]) -> None:
        """Print columns side by side, each at its distance from the left edge; they go on over pages."""
        for number in range(max((len(lines) for _, lines in columns), default=0)):
            row = [(x, lines[number]) for x, lines in columns if number < len(lines)]
            height = max(line.height for _, line in row)
            self.need(height)
            for x, line in row:
                line.draw(self.canvas, self.left + x, self.top)
            self.top -= height

    def pdf(self) -> bytes:
        """Return the whole file; nothing can be printed afterwards."""
        self._finish()
        self.canvas.save()
        return self._bytes.getvalue()

    def _finish(self) -> None:
        if self.look.page_number and self.number > 1:
            text, style = self.look.page_number.format(page=self.number), self.look.style
            draw(self.canvas, (self.width - width(text, style)) / 2, MARGIN / 2, text, style)
        self.canvas.showPage()
