"""Where tables are drawn: regions of rules that meet, their column edges and row edges, and their walls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout import bars, smaller
from extractors.layout.strokes import Drawn, covered, edges, groups, middle_x, middle_y
from extractors.passage import Box
from extractors.printed import PrintedPage, Rule

REACH = {"digital": 2.5, "scan": 6.0}
"""Points by which a rule may miss another and still meet it."""
COVER = 0.94
"""Share of a column's width (or a row's height), margins apart, that rules must cover to be a wall there."""
PIECE = 0.25
"""Share of a column's width that is left of a broken wall at least."""
STANDING = 0.4
"""Share of a scanned table's height that a rule between two columns has at least."""
MARGIN = 3.0
"""Points at each end of a wall that may be missing. A fraction's bar ends further from the column's edges."""
TOUCH = 2.5
"""Points by which a scanned rule may miss the edge that it reaches."""
SHORTEST_BAR = 18.0
"""Points. A shorter rule inside a cell is no fraction's bar."""
SAME_LINE = 1.2
"""Points between two rules that are one line."""
SMALLEST = 12.0
"""Points. A region that is smaller is no table."""


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
    open_rows: bool = False
    """Is a row edge a wall without a rule as well, wherever no text runs on over it?"""
    body: int = 0
    """In open rows: the first edge below the titles, which are parted by rules alone."""
    inner: Drawn = field(default_factory=lambda: Drawn([], [], 0.0))
    """All rules of the page, among which those of small tables inside its cells are looked for."""

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
        return self._is_wall([(r.x0, r.x1) for r in near], self.xs[column], self.xs[column + 1])

    def marked(self, column: int, edge: int) -> bool:
        """Is a piece of a wall left along a row edge, in one column?"""
        start, end = self.xs[column], self.xs[column + 1]
        near = [(r.x0, r.x1) for r in self.across if abs(middle_y(r) - self.ys[edge]) <= self.reach]
        return covered(near, start, end) >= PIECE * (end - start)

    def wall(self, edge: int, row: int) -> bool:
        """Is there a wall along a column edge, in one row?"""
        near = [r for r in self.down if abs(middle_x(r) - self.xs[edge]) <= self.reach]
        return self._is_wall([(r.top, r.bottom) for r in near], self.ys[row], self.ys[row + 1])

    def _is_wall(self, pieces: Sequence[tuple[float, float]], start: float, end: float) -> bool:
        return is_wall(pieces, start, end, broken=self.reach > REACH["digital"])


def rules(page: PrintedPage) -> Drawn:
    """The page's rules, collinear pieces joined."""
    return _drawn(page.rules, REACH[page.origin])


def shaded(page: PrintedPage, drawn: Drawn) -> Drawn:
    """The rules together with the edges of shaded areas, which bound cells as rules do."""
    sides: list[Rule] = []
    for x0, top, x1, bottom in page.fills:
        if x1 - x0 > SMALLEST and bottom - top > SMALLEST / 2:
            sides += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom)]
            sides += [Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
    return _drawn([*drawn.across, *drawn.down, *sides], drawn.reach)


def without(drawn: Drawn, regions: Sequence[Region]) -> Drawn:
    """The rules that stand in none of the regions."""
    outside = [
        [rule for rule in rules if not any(region.holds(box_of(rule)) for region in regions)]
        for rules in (drawn.across, drawn.down)
    ]
    return Drawn(outside[0], outside[1], drawn.reach)


def _drawn(rules: Sequence[Rule], reach: float) -> Drawn:
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    return Drawn(_joined(across, reach, True), _joined(down, reach, False), reach)


def ruled(drawn: Drawn) -> list[Region]:
    """The regions in which rules across and down meet and make at least two columns."""
    own = [smaller.without(across, down, drawn.reach) for across, down in groups(drawn)]
    found = [_region(across, down, drawn.reach) for across, down in own]
    inner = [r for r in found if r is not None and len(r.xs) > 2 and len(r.ys) > 1]
    out = _outermost(inner)
    for region in out:
        region.bars += [
            r
            for r in drawn.across
            if r.length >= SHORTEST_BAR and r not in region.across and region.holds(box_of(r))
        ]
    return out


def _region(across: list[Rule], down: list[Rule], reach: float) -> Region | None:
    if len(across) < 2 or len(down) < 2:
        return None
    xs = edges([(middle_x(r), r.bottom - r.top) for r in down], reach)
    if reach > REACH["digital"]:
        xs = _standing(xs, down, (min(middle_y(r) for r in across), max(middle_y(r) for r in across)), reach)
    columns = list(pairwise(xs))
    walls = [r for r in across if any(parts(r, across, a, b, reach) for a, b in columns)]
    wide = bars.among(walls, xs, reach)
    walls = [r for r in walls if r not in wide]
    ys = edges([(middle_y(r), r.x1 - r.x0) for r in walls], reach)
    if len(xs) < 2 or len(ys) < 2 or ys[-1] - ys[0] < SMALLEST:
        return None
    ys = _open_ends(ys, down, len(xs), reach)
    return Region(xs, ys, walls, down, reach)


def _standing(
    xs: Sequence[float], down: Sequence[Rule], span: tuple[float, float], reach: float
) -> list[float]:
    """Column edges whose rules stand through enough of the table: on a scan, others are dirt and letters."""

    def share(x: float) -> float:
        pieces = [(r.top, r.bottom) for r in down if abs(middle_x(r) - x) <= reach]
        return covered(pieces, *span) / max(span[1] - span[0], 1.0)

    return [x for x in xs if share(x) >= STANDING]


def parts(rule: Rule, across: Sequence[Rule], start: float, end: float, reach: float) -> bool:
    """Is a rule, with those at its height, a wall between two column edges, and over one of them itself?"""
    if min(rule.x1, end) <= max(rule.x0, start):
        return False
    level = [(r.x0, r.x1) for r in across if abs(middle_y(r) - middle_y(rule)) <= reach]
    return is_wall(level, start, end, broken=reach > REACH["digital"])


def _open_ends(ys: list[float], down: Sequence[Rule], edges_down: int, reach: float) -> list[float]:
    """Row edges with those where most rules down end beyond the last rule across: a row cut by the page."""
    above = [r.top for r in down if r.top < ys[0] - 2 * reach]
    below = [r.bottom for r in down if r.bottom > ys[-1] + 2 * reach]
    first = [min(above)] if 2 * len(above) > edges_down else []
    last = [max(below)] if 2 * len(below) > edges_down else []
    return [*first, *ys, *last]


def _outermost(found: Sequence[Region]) -> list[Region]:
    """Without regions inside another: a nested table is read with the cell that holds it."""
    out: list[Region] = []
    for region in sorted(found, key=lambda r: -(r.xs[-1] - r.xs[0]) * (r.ys[-1] - r.ys[0])):
        box = (region.xs[0], region.ys[0], region.xs[-1], region.ys[-1])
        if not any(other.holds(box) for other in out):
            out.append(region)
    return sorted(out, key=lambda r: (r.top, r.xs[0]))


def _joined(drawn: Sequence[Rule], reach: float, across: bool) -> list[Rule]:
    """Collinear rules that touch or overlap, as one."""
    out: list[Rule] = []
    for rule in sorted(drawn, key=(lambda r: (r.x0, r.top)) if across else (lambda r: (r.top, r.x0))):
        home = next((i for i, known in enumerate(out) if _continues(known, rule, reach, across)), None)
        if home is None:
            out.append(rule)
            continue
        known = out[home]
        out[home] = (
            Rule(known.x0, known.top, max(known.x1, rule.x1), known.bottom)
            if across
            else Rule(known.x0, known.top, known.x1, max(known.bottom, rule.bottom))
        )
    return out


def _continues(known: Rule, rule: Rule, reach: float, across: bool) -> bool:
    """Does a rule, none of whose beginning lies before the known one's, go on with it?"""
    if across:
        return abs(middle_y(known) - middle_y(rule)) <= SAME_LINE and rule.x0 <= known.x1 + reach
    return abs(middle_x(known) - middle_x(rule)) <= SAME_LINE and rule.top <= known.bottom + reach


def _covers(spans: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Do spans, together, cover a stretch, but for a margin at its ends?"""
    start, end = start + MARGIN, end - MARGIN
    if end <= start:
        return any(a <= (start + end) / 2 <= b for a, b in spans)
    return covered(spans, start, end) >= COVER * (end - start)


def is_wall(pieces: Sequence[tuple[float, float]], start: float, end: float, broken: bool) -> bool:
    """Do the pieces of a rule part two cells along a stretch?

    ``broken``: on a scan letters and dirt break rules. There a wall shows by its ends, which reach the
    stretch's own (a fraction's bar keeps away from them), and by most of its length.
    """
    if _covers(pieces, start, end):
        return True
    if not broken:
        return False
    share = covered(pieces, start, end) / max(end - start, 1.0)
    ends = sum(any(a - TOUCH <= edge <= b + TOUCH for a, b in pieces) for edge in (start, end))
    return share >= (0.5 if ends == 2 else 0.75) and ends >= 1


def box_of(rule: Rule) -> Box:
    """Its area."""
    return rule.x0, rule.top, rule.x1, rule.bottom
