"""Tables on pages: header cells over columns and lines, merged cells, rows that page breaks cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samples.paper.lines import stack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samples.paper.lines import Line
    from samples.paper.sheet import Sheet

Lines = tuple["Line", ...]


@dataclass(frozen=True)
class HeadCell:
    """A header cell and the rows and columns it covers."""

    lines: Lines
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table to print. A body cell that is None belongs to the merged cell above it."""

    widths: Sequence[float]
    head: Sequence[HeadCell]
    body: Sequence[Sequence[Lines | None]]

    @property
    def edges(self) -> list[float]:
        """Return the left edges of the columns and the right edge of the last, from the table's left edge."""
        return [sum(self.widths[:number]) for number in range(len(self.widths) + 1)]


@dataclass
class _Open:
    """A cell that is being printed: where it begins on this page, and its lines that are still to come."""

    top: float
    lines: list[Line]
    fill: float | None


@dataclass
class Printer:
    """Prints one table, over as many pages as it takes."""

    sheet: Sheet
    grid: Grid
    open: dict[int, _Open] = field(default_factory=dict)
    """The open cell of each column; a merged cell stays open over its rows."""

    def print(self) -> None:
        """Print the table."""
        heights = self._head_heights()
        self.sheet.need(sum(heights) + 4 * self.sheet.look.cell_style.leading)
        self._head(heights)
        for number, row in enumerate(self.grid.body):
            after = self.grid.body[number + 1] if number + 1 < len(self.grid.body) else ()
            fill = self.sheet.look.stripes if number % 2 else None
            for column, cell in enumerate(row):
                if cell is not None:
                    merged = column < len(after) and after[column] is None
                    self.open[column] = _Open(self.sheet.top, list(cell), None if merged else fill)
            self._row([column for column in range(len(row)) if not after or after[column] is not None])

    def _row(self, ending: Sequence[int]) -> None:
        """Print what ends with this row; where the page ends, what has room stays, the rest goes on."""
        fresh = False
        while self._need(ending) > self.sheet.room:
            room = self.sheet.room
            cut = (fresh or not self.sheet.look.whole_rows) and any(self._fitting(n, room) for n in ending)
            bottom = self.sheet.top - (room if cut else 0)
            for column, cell in self.open.items():
                if cut or cell.top > self.sheet.top:
                    self._close(column, bottom)
            self.sheet.page()
            if not self.sheet.look.header_once:
                self._head(self._head_heights())
            for cell in self.open.values():
                cell.top = self.sheet.top
            fresh = True
        bottom = self.sheet.top - self._need(ending)
        for column in ending:
            self._close(column, bottom)
            del self.open[column]
        self.sheet.top = bottom

    def _need(self, ending: Sequence[int]) -> float:
        """Return height of a row: room for all that is left of the cells that end with it."""
        gaps = 2 * self.sheet.look.gap
        least = self.sheet.look.cell_style.leading + gaps
        ends = (self.open[column] for column in ending)
        return max([least, *(_sum(cell.lines) + gaps - (cell.top - self.sheet.top) for cell in ends)])

    def _fitting(self, column: int, room: float) -> int:
        """Return how many lines of an open cell have room if it goes down so far from here."""
        cell = self.open[column]
        left = room + cell.top - self.sheet.top - 2 * self.sheet.look.gap + 0.01
        count = 0
        for line in cell.lines:
            left -= line.height
            if left < 0:
                break
            count += 1
        return count

    def _close(self, column: int, bottom: float) -> None:
        """Draw an open cell down to there, with the lines that have room; it keeps the others."""
        cell, edges = self.open[column], self.grid.edges
        count = self._fitting(column, self.sheet.top - bottom)
        left, right = edges[column], edges[column + 1]
        self._fill(left, right, cell.top, bottom, cell.fill)
        self._cell(left, right, cell.top, bottom, cell.lines[:count])
        cell.lines = cell.lines[count:]

    def _head_heights(self) -> list[float]:
        count = max(cell.row + cell.rows for cell in self.grid.head)
        heights = [0.0] * count
        for cell in sorted(self.grid.head, key=lambda cell: cell.rows):
            last = cell.row + cell.rows - 1
            need = _sum(cell.lines) + 2 * self.sheet.look.gap - sum(heights[cell.row : last])
            heights[last] = max(heights[last], need)
        return heights

    def _head(self, heights: list[float]) -> None:
        edges, start = self.grid.edges, self.sheet.top
        self._fill(0, edges[-1], start, start - sum(heights), self.sheet.look.shade)
        for cell in self.grid.head:
            top = start - sum(heights[: cell.row])
            bottom = start - sum(heights[: cell.row + cell.rows])
            left, right = edges[cell.column], edges[cell.column + cell.columns]
            middle = (top - bottom - _sum(cell.lines)) / 2 - self.sheet.look.gap
            self._cell(left, right, top, bottom, cell.lines, middle)
        self.sheet.top = start - sum(heights)
        if self.sheet.look.rules == "horizontal":
            canvas = self.sheet.canvas
            canvas.line(self.sheet.left, start, self.sheet.left + edges[-1], start)

    def _fill(self, left: float, right: float, top: float, bottom: float, grey: float | None) -> None:
        if grey is not None:
            canvas = self.sheet.canvas
            canvas.setFillGray(grey)
            canvas.rect(self.sheet.left + left, bottom, right - left, top - bottom, stroke=0, fill=1)
            canvas.setFillGray(0)

    def _cell(
        self, left: float, right: float, top: float, bottom: float, lines: Sequence[Line], down: float = 0
    ) -> None:
        """Draw the rulings and the lines of a cell."""
        sheet, gap = self.sheet, self.sheet.look.gap
        sheet.canvas.setLineWidth(0.5)
        x = sheet.left + left
        if sheet.look.rules == "all":
            sheet.canvas.rect(x, bottom, right - left, top - bottom)
        elif sheet.look.rules == "horizontal":
            sheet.canvas.line(x, bottom, sheet.left + right, bottom)
        stack(sheet.canvas, x + gap, top - gap - down, lines)


def _sum(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)
