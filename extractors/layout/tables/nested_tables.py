"""Tables within a cell: a rule down where no column ends, and rules across that meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.ruling_geometry import Rulings, cluster_edges, group_touching, middle_x, middle_y
from extractors.layout.tables import lattice
from extractors.layout.tables.lattice import TableRegion
from extractors.model.passage import Box
from extractors.model.raw_page import PrintedWord, Ruling

WALL_MARGIN = 3.0
"""Points from a cell's wall within which a rule is the wall itself."""
MIN_RULING_LENGTH = 6.0
"""Points of a rule down that must stand inside a cell."""


@dataclass(frozen=True, slots=True)
class NestedTable:
    """A small table (or a box) inside a cell, and the rules that draw it."""

    region: TableRegion
    rulings: tuple[Ruling, ...]

    def owns_rule(self, bar: Ruling) -> bool:
        """Is a rule across one of its own?"""
        x, y = middle_x(bar), middle_y(bar)
        return any(
            abs(middle_y(r) - y) < 1 and r.x0 - 1 <= x <= r.x1 + 1 for r in self.rulings if r.is_horizontal
        )

    def contained_words(self, words: Sequence[PrintedWord]) -> list[PrintedWord]:
        """Return the words that stand in it."""
        return [word for word in words if self.region.contains_box(word.box)]

    def split_around(
        self, words: Sequence[PrintedWord]
    ) -> tuple[list[PrintedWord], tuple[list[PrintedWord], list[PrintedWord]], list[PrintedWord]]:
        """Return the other words of the cell: over it, to its left and right, and under it."""
        x0, top, _, bottom = self.region.box
        outer_words = [word for word in words if not self.region.contains_box(word.box)]
        words_over = [word for word in outer_words if _word_level(word) < top]
        words_under = [word for word in outer_words if _word_level(word) > bottom]
        level_words = [word for word in outer_words if top <= _word_level(word) <= bottom]
        words_before = [word for word in level_words if word.box[0] < x0]
        return words_over, (words_before, [word for word in level_words if word.box[0] >= x0]), words_under


def find_nested_tables(region: TableRegion, bounds: Box, words: Sequence[PrintedWord]) -> list[NestedTable]:
    """Return the small tables inside a cell, from top to bottom."""
    tables = [
        frame
        for horizontal, vertical in group_touching(_cell_rulings(region, bounds))
        if (frame := _build_nested_table(horizontal, vertical, region)) and _is_filled(frame.region, words)
    ]
    return sorted(tables, key=lambda frame: frame.region.top)


def _cell_rulings(region: TableRegion, bounds: Box) -> Rulings:
    """Return the rules within a cell, none of its own walls among them, cut at its walls."""
    x0, top, x1, bottom = bounds
    edge = max(WALL_MARGIN, region.reach)
    vertical = [
        Ruling(r.x0, max(r.top, top), r.x1, min(r.bottom, bottom))
        for r in region.page_rulings.vertical
        if x0 + edge < middle_x(r) < x1 - edge
        and min(r.bottom, bottom) - max(r.top, top) > MIN_RULING_LENGTH
        and not any(abs(middle_x(r) - x) <= region.reach for x in region.xs)
    ]
    horizontal = [
        Ruling(max(r.x0, x0), r.top, min(r.x1, x1), r.bottom)
        for r in region.page_rulings.horizontal
        if top + WALL_MARGIN < middle_y(r) < bottom - WALL_MARGIN
        and min(r.x1, x1) - max(r.x0, x0) >= lattice.MIN_BAR_LENGTH
    ]
    return Rulings(horizontal, vertical, region.reach)


def _build_nested_table(
    horizontal: list[Ruling], vertical: list[Ruling], region: TableRegion
) -> NestedTable | None:
    if not horizontal or not vertical:
        return None
    reach = region.reach
    xs = cluster_edges([(middle_x(r), r.bottom - r.top) for r in vertical], reach)
    xs = _add_outer_edges(xs, min(r.x0 for r in horizontal), max(r.x1 for r in horizontal), reach)
    walls = [
        r
        for r in horizontal
        if any(lattice.separates_rows(r, horizontal, a, b, reach) for a, b in pairwise(xs))
    ]
    ys = cluster_edges([(middle_y(r), r.length) for r in walls], reach)
    ys = _add_outer_edges(ys, min(r.top for r in vertical), max(r.bottom for r in vertical), reach)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(vertical) < 2):
        return None
    inner_region = TableRegion(xs, ys, walls, vertical, reach)
    frame = NestedTable(inner_region, (*walls, *vertical))
    inner_region.bars = [
        r
        for r in region.page_rulings.horizontal
        if r.length >= lattice.MIN_BAR_LENGTH
        and inner_region.contains_box(lattice.rule_box(r))
        and not frame.owns_rule(r)
    ]
    return frame


def _add_outer_edges(places: list[float], first: float, last: float, reach: float) -> list[float]:
    """Edges with the ends of the rules that reach beyond them: an outer side may be the cell's own wall."""
    head = [first] if not places or first < places[0] - 2 * reach else []
    tail = [last] if not places or last > places[-1] + 2 * reach else []
    return [*head, *places, *tail]


def _is_filled(region: TableRegion, words: Sequence[PrintedWord]) -> bool:
    """Does it hold text: in two columns at least, where it has as many?"""
    region_words = [word for word in words if region.contains_box(word.box)]
    columns = {sum(edge <= (w.box[0] + w.box[2]) / 2 for edge in region.xs[1:-1]) for w in region_words}
    return len(columns) > 1 if len(region.xs) > 2 else bool(columns)


def _word_level(word: PrintedWord) -> float:
    return (word.box[1] + word.box[3]) / 2
