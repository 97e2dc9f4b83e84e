"""Where tables are drawn: regions of rules that meet, their column edges and row edges, and their walls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.passage import Box
from extractors.printed import PrintedPage, Rule

REACH = {"digital": 2.5, "scan": 6.0}
"""Points by which a rule may miss another and still meet it."""
COVER = 0.94
"""Share of a column's width (or a row's height), margins apart, that rules must cover to be a wall there."""
MARGIN = 3.0
"""Points at each end of a wall that may be missing. A fraction's bar ends further from the column's edges."""
SHORTEST_BAR = 18.0
"""Points. A shorter rule inside a cell is no fraction's bar."""
SMALLEST = 12.0
"""Points. A region that is smaller is no table."""


@dataclass(slots=True)
class Drawn:
    """The rules of a page by direction, edges of shaded areas among them."""

    across: list[Rule]
    down: list[Rule]
    reach: float


@dataclass(slots=True)
class Region:
    """A table's area: its column edges, its row edges, and the rules that are its walls."""

    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]
    reach: float
    bars: list[Rule] = field(default_factory=list)
    """Rules inside that are no wall: bars of fractions, underlines."""
    open_columns: frozenset[int] = field(default=frozenset())
    """Column edges (indices into ``xs``) without a rule: a wall wherever no text crosses it."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.ys[0]

    @property
    def box(self) -> Box:
        """The area."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, box: Box) -> bool:
        """Does a box stand inside, by its middle?"""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def floor(self, column: int, edge: int) -> bool:
        """Is there a wall along a row edge, in one column?"""
        near = [r for r in self.across if abs(middle_y(r) - self.ys[edge]) <= self.reach]
        return _covers([(r.x0, r.x1) for r in near], self.xs[column], self.xs[column + 1])

    def wall(self, edge: int, row: int) -> bool:
        """Is there a wall along a column edge, in one row?"""
        near = [r for r in self.down if abs(middle_x(r) - self.xs[edge]) <= self.reach]
        return _covers([(r.top, r.bottom) for r in near], self.ys[row], self.ys[row + 1])


def rules(page: PrintedPage) -> Drawn:
    """The page's rules, collinear pieces joined; shaded areas give their edges."""
    reach = REACH[page.origin]
    drawn = list(page.rules)
    for x0, top, x1, bottom in page.fills:
        if x1 - x0 > SMALLEST and bottom - top > SMALLEST / 2:
            drawn += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom)]
            drawn += [Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
    across = [rule for rule in drawn if rule.horizontal]
    down = [rule for rule in drawn if not rule.horizontal]
    return Drawn(_joined(across, reach, True), _joined(down, reach, False), reach)


def ruled(drawn: Drawn, page: PrintedPage) -> list[Region]:
    """The regions in which rules across and down meet and make at least two columns."""
    found = [_region(across, down, drawn.reach) for across, down in _groups(drawn)]
    inner = [r for r in found if r is not None and len(r.xs) > 2 and len(r.ys) > 1]
    out = _outermost(inner)
    for region in out:
        region.bars += [
            r
            for r in drawn.across
            if r.length >= SHORTEST_BAR and r not in region.across and region.holds(_box(r))
        ]
    return out


def _region(across: list[Rule], down: list[Rule], reach: float) -> Region | None:
    if len(across) < 2 or len(down) < 2:
        return None
    xs = edges([(middle_x(r), r.bottom - r.top) for r in down], reach)
    columns = list(pairwise(xs))
    walls = [r for r in across if any(_covers([(r.x0, r.x1)], a, b) for a, b in columns)]
    ys = edges([(middle_y(r), r.x1 - r.x0) for r in walls], reach)
    if len(xs) < 2 or len(ys) < 2 or ys[-1] - ys[0] < SMALLEST:
        return None
    return Region(xs, ys, walls, down, reach)


def _groups(drawn: Drawn) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch one another, directly or through others."""
    every = drawn.across + drawn.down
    owner = list(range(len(every)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i in range(len(drawn.across)):
        for k in range(len(drawn.across), len(every)):
            if _meet(every[i], every[k], drawn.reach):
                owner[root(i)] = root(k)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(every):
        across, down = groups.setdefault(root(i), ([], []))
        (across if i < len(drawn.across) else down).append(rule)
    return list(groups.values())


def _meet(across: Rule, down: Rule, reach: float) -> bool:
    return (
        across.x0 - reach <= middle_x(down) <= across.x1 + reach
        and down.top - reach <= middle_y(across) <= down.bottom + reach
    )


def _outermost(found: Sequence[Region]) -> list[Region]:
    """Without regions inside another: a nested table is read with the cell that holds it."""
    out: list[Region] = []
    for region in sorted(found, key=lambda r: -(r.xs[-1] - r.xs[0]) * (r.ys[-1] - r.ys[0])):
        box = (region.xs[0], region.ys[0], region.xs[-1], region.ys[-1])
        if not any(other.holds(box) for other in out):
            out.append(region)
    return sorted(out, key=lambda r: (r.top, r.xs[0]))


def edges(places: Iterable[tuple[float, float]], reach: float) -> list[float]:
    """Clusters of coordinates ``(place, weight)``, each at its weighted mean, in order."""
    clusters: list[list[tuple[float, float]]] = []
    for place in sorted(places):
        if clusters and place[0] - clusters[-1][-1][0] <= reach:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [sum(x * (w + 0.1) for x, w in c) / sum(w + 0.1 for _, w in c) for c in clusters]


def _joined(drawn: Sequence[Rule], reach: float, across: bool) -> list[Rule]:
    """Collinear rules that touch or overlap, as one."""
    keyed = sorted(
        drawn,
        key=(lambda r: (round(middle_y(r)), r.x0)) if across else (lambda r: (round(middle_x(r)), r.top)),
    )
    out: list[Rule] = []
    for rule in keyed:
        last = out[-1] if out else None
        if (
            last is not None
            and across
            and abs(middle_y(last) - middle_y(rule)) <= 1.2
            and rule.x0 <= last.x1 + reach
        ):
            out[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), last.bottom)
        elif (
            last is not None
            and not across
            and abs(middle_x(last) - middle_x(rule)) <= 1.2
            and rule.top <= last.bottom + reach
        ):
            out[-1] = Rule(last.x0, last.top, last.x1, max(last.bottom, rule.bottom))
        else:
            out.append(rule)
    return out


def _covers(spans: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Do spans, together, cover a stretch, but for a margin at its ends?"""
    start, end = start + MARGIN, end - MARGIN
    if end <= start:
        return any(a <= (start + end) / 2 <= b for a, b in spans)
    return covered(spans, start, end) >= COVER * (end - start)


def covered(spans: Iterable[tuple[float, float]], start: float, end: float) -> float:
    """How much of a stretch spans cover together, in points."""
    at, total = start, 0.0
    for a, b in sorted(spans):
        a, b = max(a, at), min(b, end)
        if b > a:
            total += b - a
            at = b
    return total


def _box(rule: Rule) -> Box:
    return rule.x0, rule.top, rule.x1, rule.bottom


def middle_x(rule: Rule) -> float:
    """Where a rule down stands."""
    return (rule.x0 + rule.x1) / 2


def middle_y(rule: Rule) -> float:
    """Where a rule across stands."""
    return (rule.top + rule.bottom) / 2
