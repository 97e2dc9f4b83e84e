"""A region's cells: merged where no wall parts them, their words put into lines, bars read as fractions."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout import beginnings, fractions, nested
from extractors.layout.regions import Region
from extractors.page import COVERED, EMPTY, Cell, Line, Row, Table
from extractors.passage import Box, Passage
from extractors.printed import PrintedWord

CROSSES = 3.0
"""Points by which a scanned word must reach over an edge to cross it."""
_Place = tuple[int, int]


def table(region: Region, words: Sequence[PrintedWord]) -> Table:
    """The rows of cells of a region; the cells that a merged one covers say so."""
    homes = _homes(region, words)
    inside: dict[_Place, list[PrintedWord]] = {}
    for word in words:
        inside.setdefault(homes[_place(region, word)], []).append(word)
    rows: list[Row] = []
    for row in range(len(region.ys) - 1):
        rows.append(
            tuple(_cell(region, (row, column), homes, inside) for column in range(len(region.xs) - 1))
        )
    return Table(tuple(rows))


def _cell(
    region: Region, place: _Place, homes: dict[_Place, _Place], inside: dict[_Place, list[PrintedWord]]
) -> Cell:
    if homes[place] != place:
        return COVERED
    words = inside.get(place, [])
    members = [other for other, home in homes.items() if home == place]
    bounds = (
        region.xs[min(c for _, c in members)],
        region.ys[min(r for r, _ in members)],
        region.xs[max(c for _, c in members) + 1],
        region.ys[max(r for r, _ in members) + 1],
    )
    if not words:
        return EMPTY
    return Cell(tuple(_lines(region, bounds, words, nested.frames(region, bounds, words))))


def _lines(
    region: Region, bounds: Box, words: Sequence[PrintedWord], frames: Sequence[nested.Frame]
) -> list[Line]:
    """The lines of a cell; each row of a small table within it is one."""
    bars = [bar for bar in region.bars if not any(frame.draws(bar) for frame in frames)]
    if not frames:
        return [Line(text) for text in fractions.read(words, bars, bounds)]
    frame, others = frames[0], frames[1:]
    above, beside, below = frame.around(words)
    out = [Line(text) for text in fractions.read(above, bars, bounds)]
    out += (Line(text) for text in fractions.read(beside[0], bars, bounds))
    out += _rows(table(frame.region, frame.held(words)))
    out += (Line(text) for text in fractions.read(beside[1], bars, bounds))
    return out + _lines(region, bounds, below, others)


def _rows(small: Table) -> list[Line]:
    """The rows of a small table, each as a line that knows its cells."""
    out: list[Line] = []
    filled = [any(row[column] for row in small.rows) for column in range(small.width)]
    for row in small.rows:
        parts = tuple(
            _whole(cell) for cell, text in zip(row, filled, strict=True) if text and not cell.covered
        )
        if sum(filled) == 1:
            out += (line for cell in row for line in cell.lines)
        elif any(parts):
            out.append(Line(Passage.join(" ", parts), parts=parts))
    return out


def _whole(cell: Cell) -> Passage:
    return Passage.join(" ", (line.text for line in cell.lines))


def _homes(region: Region, words: Sequence[PrintedWord]) -> dict[_Place, _Place]:
    """For each place of the grid the first place of the merged cell that it belongs to."""
    places = [(r, c) for r in range(len(region.ys) - 1) for c in range(len(region.xs) - 1)]
    home = {place: place for place in places}

    def root(place: _Place) -> _Place:
        while home[place] != place:
            place = home[place]
        return place

    for r, c in places:
        if c and not _wall(region, c, r, words):
            a, b = root((r, c - 1)), root((r, c))
            home[max(a, b)] = min(a, b)
        if r and not _floor(region, c, r, words):
            a, b = root((r - 1, c)), root((r, c))
            home[max(a, b)] = min(a, b)
    return {place: root(place) for place in places}


def _floor(region: Region, column: int, edge: int, words: Sequence[PrintedWord]) -> bool:
    """Is there a wall above a cell: drawn, or (on scans) where two texts stand apart?"""
    if region.floor(column, edge):
        return True
    if not region.open_rows:
        return False
    if edge < region.body:
        return False
    if column == 0 or region.marked(column, edge):
        return True
    return beginnings.anew(region, column, edge, words)


def _wall(region: Region, edge: int, row: int, words: Sequence[PrintedWord]) -> bool:
    """Is there a wall left of a cell: drawn, or (in open tables) where no text crosses?"""
    if edge not in region.open_columns:
        return region.wall(edge, row)
    x, top, bottom = region.xs[edge], region.ys[row], region.ys[row + 1]
    deep = CROSSES if region.open_rows else 1.0
    return not any(
        w.box[0] < x - deep and x + deep < w.box[2] and top <= (w.box[1] + w.box[3]) / 2 <= bottom
        for w in words
    )


def _place(region: Region, word: PrintedWord) -> _Place:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    column = sum(edge <= x for edge in region.xs[1:-1])
    row = sum(edge <= y for edge in region.ys[1:-1])
    return row, column
