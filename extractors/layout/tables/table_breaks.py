"""Two tables one below the other: titles stand there again, and the numbers or the columns begin anew."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import line_grouping
from extractors.layout.tables import half_ruled_scans
from extractors.model.raw_page import PrintedWord

MIN_TITLES = 3
"""Titles side by side, from which a line without a number may head a table."""

_Rows = Sequence[list[PrintedWord]]


def numbers_begin_again(rows_above: _Rows, rows_below: _Rows, edges: Sequence[float]) -> bool:
    """Return whether lines below a numbered table are titles and, under them, rows from number one on.

    Args:
        rows_above: the lines of the table, in order.
        rows_below: the lines below it.
        edges: the table's column edges.
    """
    if not any(half_ruled_scans.starts_with_number(row, edges) for row in rows_above):
        return False
    first_number = next(
        (i for i, row in enumerate(rows_below) if half_ruled_scans.starts_with_number(row, edges)), 0
    )
    return _can_be_titles(rows_below[:first_number]) and rows_below[first_number][0].text.rstrip(".)") == "1"


def columns_begin_again(
    rows_below: _Rows, edges: tuple[Sequence[float], Sequence[float], Sequence[float]]
) -> bool:
    """Return whether lines below a table begin with titles and stand in other columns than the table does.

    Args:
        rows_below: the lines below it, in order.
        edges: the column edges of the table, of the lines below it, and of all together: the last are
            fewer where the first two disagree.
    """
    edges_above, edges_below, shared_edges = edges
    first_rows = rows_below[:1]
    if any(half_ruled_scans.starts_with_number(row, edges_above) for row in first_rows):
        return False
    return _can_be_titles(first_rows) and len(shared_edges) < min(len(edges_above), len(edges_below))


def _can_be_titles(rows: _Rows) -> bool:
    return any(len(line_grouping.split_pieces(row)) >= MIN_TITLES for row in rows)
