"""Tables within a cell: a rule down where no column ends, and rules across that meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout import regions
from extractors.layout.regions import Region
from extractors.layout.strokes import Drawn, edges, groups, middle_x, middle_y
from extractors.passage import Box
from extractors.printed import PrintedWord, Rule

EDGE = 3.0
"""Points from a cell's wall within which a rule is the wall itself."""
LEAST = 6.0
"""Points of a rule down that must stand inside a cell."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A small table (or a box) inside a cell, and the rules that draw it."""

    region: Region
    rules: tuple[Rule, ...]

    def draws(self, bar: Rule) -> bool:
        """Is a rule across one of its own?"""
        x, y = middle_x(bar), middle_y(bar)
        return any(abs(middle_y(r) - y) < 1 and r.x0 - 1 <= x <= r.x1 + 1 for r in self.rules if r.horizontal)

    def held(self, words: Sequence[PrintedWord]) -> list[PrintedWord]:
        """The words that stand in it."""
        return [word for word in words if self.region.holds(word.box)]

    def around(
        self, words: Sequence[PrintedWord]
    ) -> tuple[list[PrintedWord], tuple[list[PrintedWord], list[PrintedWord]], list[PrintedWord]]:
        """The other words of the cell: over it, to its left and right, and under it."""
        x0, top, _, bottom = self.region.box
        left = [word for word in words if not self.region.holds(word.box)]
        over = [word for word in left if _level(word) < top]
        under = [word for word in left if _level(word) > bottom]
        level = [word for word in left if top <= _level(word) <= bottom]
        before = [word for word in level if word.box[0] < x0]
        return over, (before, [word for word in level if word.box[0] >= x0]), under


def frames(region: Region, bounds: Box, words: Sequence[PrintedWord]) -> list[Frame]:
    """The small tables inside a cell, from top to bottom."""
    found = [
        frame
        for across, down in groups(_inside(region, bounds))
        if (frame := _frame(across, down, region)) and _is_filled(frame.region, words)
    ]
    return sorted(found, key=lambda frame: frame.region.top)


def _inside(region: Region, bounds: Box) -> Drawn:
    """The rules within a cell, none of its own walls among them, cut at its walls."""
    x0, top, x1, bottom = bounds
    edge = max(EDGE, region.reach)
    down = [
        Rule(r.x0, max(r.top, top), r.x1, min(r.bottom, bottom))
        for r in region.inner.down
        if x0 + edge < middle_x(r) < x1 - edge
        and min(r.bottom, bottom) - max(r.top, top) > LEAST
        and not any(abs(middle_x(r) - x) <= region.reach for x in region.xs)
    ]
    across = [
        Rule(max(r.x0, x0), r.top, min(r.x1, x1), r.bottom)
        for r in region.inner.across
        if top + EDGE < middle_y(r) < bottom - EDGE and min(r.x1, x1) - max(r.x0, x0) >= regions.SHORTEST_BAR
    ]
    return Drawn(across, down, region.reach)


def _frame(across: list[Rule], down: list[Rule], region: Region) -> Frame | None:
    if not across or not down:
        return None
    reach = region.reach
    xs = edges([(middle_x(r), r.bottom - r.top) for r in down], reach)
    xs = _with_ends(xs, min(r.x0 for r in across), max(r.x1 for r in across), reach)
    walls = [r for r in across if any(regions.parts(r, across, a, b, reach) for a, b in pairwise(xs))]
    ys = edges([(middle_y(r), r.length) for r in walls], reach)
    ys = _with_ends(ys, min(r.top for r in down), max(r.bottom for r in down), reach)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(down) < 2):
        return None
    found = Region(xs, ys, walls, down, reach)
    frame = Frame(found, (*walls, *down))
    found.bars = [
        r
        for r in region.inner.across
        if r.length >= regions.SHORTEST_BAR and found.holds(regions.box_of(r)) and not frame.draws(r)
    ]
    return frame


def _with_ends(places: list[float], first: float, last: float, reach: float) -> list[float]:
    """Edges with the ends of the rules that reach beyond them: an outer side may be the cell's own wall."""
    head = [first] if not places or first < places[0] - 2 * reach else []
    tail = [last] if not places or last > places[-1] + 2 * reach else []
    return [*head, *places, *tail]


def _is_filled(region: Region, words: Sequence[PrintedWord]) -> bool:
    """Does it hold text: in two columns at least, where it has as many?"""
    inside = [word for word in words if region.holds(word.box)]
    columns = {sum(edge <= (w.box[0] + w.box[2]) / 2 for edge in region.xs[1:-1]) for w in inside}
    return len(columns) > 1 if len(region.xs) > 2 else bool(columns)


def _level(word: PrintedWord) -> float:
    return (word.box[1] + word.box[3]) / 2
