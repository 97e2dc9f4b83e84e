"""A region's cells: merged where no wall parts them, their words put into lines, bars read as fractions."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import drawn_fractions
from extractors.layout.tables import nested_tables, row_breaks
from extractors.layout.tables.hanging_numbers import raise_centred_numbers
from extractors.layout.tables.lattice import TableRegion
from extractors.model.nested_rows import nested_row_lines
from extractors.model.page import COVERED_CELL, EMPTY_CELL, Cell, Line, Table, TableRow
from extractors.model.passage import Box
from extractors.model.raw_page import PrintedWord

MIN_CROSSING = 3.0
"""Points by which a scanned word must reach over an edge to cross it."""
_CellIndex = tuple[int, int]


def build_table(region: TableRegion, words: Sequence[PrintedWord]) -> Table:
    """Return the rows of cells of a region; the cells that a merged one covers say so."""
    homes = _map_merged_cells(region, words)
    words_by_cell: dict[_CellIndex, list[PrintedWord]] = {}
    for word in words:
        words_by_cell.setdefault(homes[_locate_word(region, word)], []).append(word)
    rows: list[TableRow] = []
    for row in range(len(region.ys) - 1):
        rows.append(
            tuple(
                _build_cell(region, (row, column), homes, words_by_cell)
                for column in range(len(region.xs) - 1)
            )
        )
    return Table(tuple(rows))


def _build_cell(
    region: TableRegion,
    place: _CellIndex,
    homes: dict[_CellIndex, _CellIndex],
    words_by_cell: dict[_CellIndex, list[PrintedWord]],
) -> Cell:
    if homes[place] != place:
        return COVERED_CELL
    words = words_by_cell.get(place, [])
    members = [member for member, home in homes.items() if home == place]
    bounds = (
        region.xs[min(c for _, c in members)],
        region.ys[min(r for r, _ in members)],
        region.xs[max(c for _, c in members) + 1],
        region.ys[max(r for r, _ in members) + 1],
    )
    if not words:
        return EMPTY_CELL
    return Cell(
        tuple(_cell_lines(region, bounds, words, nested_tables.find_nested_tables(region, bounds, words)))
    )


def _cell_lines(
    region: TableRegion,
    bounds: Box,
    words: Sequence[PrintedWord],
    frames: Sequence[nested_tables.NestedTable],
) -> list[Line]:
    """Return the lines of a cell; each row of a small table within it is one."""
    bars = [bar for bar in region.bars if not any(frame.owns_rule(bar) for frame in frames)]
    if not frames:
        return [
            Line(text) for text in drawn_fractions.read_cell_lines(raise_centred_numbers(words), bars, bounds)
        ]
    frame, later_frames = frames[0], frames[1:]
    words_above, words_beside, words_below = frame.split_around(words)
    out = [Line(text) for text in drawn_fractions.read_cell_lines(words_above, bars, bounds)]
    out += (Line(text) for text in drawn_fractions.read_cell_lines(words_beside[0], bars, bounds))
    out += nested_row_lines(build_table(frame.region, frame.contained_words(words)))
    out += (Line(text) for text in drawn_fractions.read_cell_lines(words_beside[1], bars, bounds))
    return out + _cell_lines(region, bounds, words_below, later_frames)


def _map_merged_cells(region: TableRegion, words: Sequence[PrintedWord]) -> dict[_CellIndex, _CellIndex]:
    """For each place of the grid the first place of the merged cell that it belongs to."""
    places = [(r, c) for r in range(len(region.ys) - 1) for c in range(len(region.xs) - 1)]
    home = {place: place for place in places}

    def find_root(place: _CellIndex) -> _CellIndex:
        while home[place] != place:
            place = home[place]
        return place

    for r, c in places:
        if c and not _has_wall(region, c, r, words):
            a, b = find_root((r, c - 1)), find_root((r, c))
            home[max(a, b)] = min(a, b)
        if r and not _has_floor(region, c, r, words):
            a, b = find_root((r - 1, c)), find_root((r, c))
            home[max(a, b)] = min(a, b)
    return {place: find_root(place) for place in places}


def _has_floor(region: TableRegion, column: int, edge: int, words: Sequence[PrintedWord]) -> bool:
    """Is there a wall above a cell: drawn, or (on scans) where two texts stand apart?"""
    if region.has_floor(column, edge):
        return True
    if not region.open_rows:
        return False
    if edge < region.body:
        return False
    if column == 0 or region.has_partial_floor(column, edge):
        return True
    return row_breaks.starts_new_text(region, column, edge, words)


def _has_wall(region: TableRegion, edge: int, row: int, words: Sequence[PrintedWord]) -> bool:
    """Is there a wall left of a cell: drawn, or (in open tables) where no text crosses?"""
    if edge not in region.open_columns:
        return region.has_wall(edge, row)
    x, top, bottom = region.xs[edge], region.ys[row], region.ys[row + 1]
    min_crossing = MIN_CROSSING if region.open_rows else 1.0
    return not any(
        w.box[0] < x - min_crossing
        and x + min_crossing < w.box[2]
        and top <= (w.box[1] + w.box[3]) / 2 <= bottom
        for w in words
    )


def _locate_word(region: TableRegion, word: PrintedWord) -> _CellIndex:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    column = sum(edge <= x for edge in region.xs[1:-1])
    row = sum(edge <= y for edge in region.ys[1:-1])
    return row, column
