"""Texts set side by side with tabs, as signatures are: two columns, not lines that run across."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from extractors.model.page import EMPTY_CELL, Block, Cell, Line, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.passage import Passage

_COLUMNS = 2
_MIN_ROWS = 2
"""Lines with a text in either column that make a layout of columns."""


def join_tabbed_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, lines in a row that stand in two columns as a table. ``parts`` of a line are what
    stands between its tabs; all lines come back without them."""
    joined_blocks: list[Block] = []
    for is_tabbed, group in groupby(blocks, _is_tabbed):
        lines = list(group)
        columns = [line.parts for line in lines if isinstance(line, Line) and all(line.parts)]
        if is_tabbed and len(columns) >= _MIN_ROWS:
            joined_blocks.append(Table(tuple(_to_row(line) for line in lines if isinstance(line, Line))))
        else:
            joined_blocks += (replace(line, parts=()) if isinstance(line, Line) else line for line in lines)
    return joined_blocks


def _is_tabbed(block: Block) -> bool:
    """Return whether a line has two columns, one of which may be empty; labels with a colon are none."""
    return (
        isinstance(block, Line)
        and len(block.parts) == _COLUMNS
        and not block.text.text.endswith(":")
        and not any(part.text.startswith(":") for part in block.parts)
    )


def _to_row(line: Line) -> tuple[Cell, ...]:
    return tuple(_to_cell(part) for part in line.parts)


def _to_cell(part: Passage) -> Cell:
    return Cell((Line(part),)) if part else EMPTY_CELL
