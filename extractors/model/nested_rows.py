"""Small tables within a cell, as lines that know their cells."""

from __future__ import annotations

from extractors.model.page import Line, Table
from extractors.model.passage import Passage


def nested_row_lines(nested_table: Table) -> list[Line]:
    """Return the rows of a small table, each as a line that knows its cells."""
    lines: list[Line] = []
    filled_columns = [any(row[column] for row in nested_table.rows) for column in range(nested_table.width)]
    for row in nested_table.rows:
        parts = tuple(
            Passage.join(" ", (line.text for line in cell.lines))
            for cell, is_filled in zip(row, filled_columns, strict=True)
            if is_filled and not cell.covered
        )
        if sum(filled_columns) == 1:
            lines += (line for cell in row for line in cell.lines)
        elif any(parts):
            lines.append(Line(Passage.join(" ", parts), parts=parts))
    return lines
