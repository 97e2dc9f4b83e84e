"""Where tables are drawn: regions of rules that meet, their column edges and row edges, and their walls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout import fraction_bars as bars
from extractors.layout.ruling_geometry import (
    Rulings,
    cluster_edges,
    covered_length,
    group_touching,
    middle_x,
    middle_y,
)
from extractors.layout.tables import nested_rulings
from extractors.model.passage import Box
from extractors.model.raw_page import PrintedPage, Ruling

REACH = {"digital": 2.5, "scan": 6.0}
"""Points by which a rule may miss another and still meet it."""
MIN_WALL_COVER = 0.94
"""Share of a column's width (or a row's height), margins apart, that rules must cover to be a wall there."""
MIN_WALL_PIECE = 0.25
"""Share of a column's width that is left of a broken wall at least."""
MIN_STANDING_SHARE = 0.4
"""Share of a scanned table's height that a rule between two columns has at least."""
WALL_END_MARGIN = 3.0
"""Points at each end of a wall that may be missing. A fraction's bar ends further from the column's edges."""
END_TOLERANCE = 2.5
"""Points by which a scanned rule may miss the edge that it reaches."""
MIN_BAR_LENGTH = 18.0
"""Points. A shorter rule inside a cell is no fraction's bar."""
COLLINEAR_OFFSET = 1.2
"""Points between two rules that are one line."""
MIN_TABLE_SIZE = 12.0
"""Points. A region that is smaller is no table."""


@dataclass(slots=True)
class TableRegion:
    """A table's area: its column edges, its row edges, and the rules that are its walls."""

    xs: list[float]
    ys: list[float]
    horizontal: list[Ruling]
    vertical: list[Ruling]
    reach: float
    bars: list[Ruling] = field(default_factory=list)
    """Rules inside that are no wall: bars of fractions, underlines."""
    open_columns: frozenset[int] = field(default=frozenset())
    """Column edges (indices into ``xs``) without a rule: a wall wherever no text crosses it."""
    open_rows: bool = False
    """Is a row edge a wall without a rule as well, wherever no text runs on over it?"""
    body: int = 0
    """In open rows: the first edge below the titles, which are parted by rules alone."""
    page_rulings: Rulings = field(default_factory=lambda: Rulings([], [], 0.0))
    """All rules of the page, among which those of small tables inside its cells are looked for."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.ys[0]

    @property
    def box(self) -> Box:
        """The area."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def contains_box(self, box: Box) -> bool:
        """Does a box stand inside, by its middle?"""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def has_floor(self, column: int, edge: int) -> bool:
        """Is there a wall along a row edge, in one column?"""
        nearby_rules = [r for r in self.horizontal if abs(middle_y(r) - self.ys[edge]) <= self.reach]
        return self._is_wall([(r.x0, r.x1) for r in nearby_rules], self.xs[column], self.xs[column + 1])

    def has_partial_floor(self, column: int, edge: int) -> bool:
        """Is a piece of a wall left along a row edge, in one column?"""
        start, end = self.xs[column], self.xs[column + 1]
        nearby_spans = [
            (r.x0, r.x1) for r in self.horizontal if abs(middle_y(r) - self.ys[edge]) <= self.reach
        ]
        return covered_length(nearby_spans, start, end) >= MIN_WALL_PIECE * (end - start)

    def has_wall(self, edge: int, row: int) -> bool:
        """Is there a wall along a column edge, in one row?"""
        nearby_rules = [r for r in self.vertical if abs(middle_x(r) - self.xs[edge]) <= self.reach]
        return self._is_wall([(r.top, r.bottom) for r in nearby_rules], self.ys[row], self.ys[row + 1])

    def _is_wall(self, pieces: Sequence[tuple[float, float]], start: float, end: float) -> bool:
        return is_wall(pieces, start, end, broken=self.reach > REACH["digital"])


def collect_rulings(page: PrintedPage) -> Rulings:
    """The page's rules, collinear pieces joined."""
    return _make_rulings(page.rulings, REACH[page.origin])


def add_shading_edges(page: PrintedPage, rulings: Rulings) -> Rulings:
    """The rules together with the edges of shaded areas, which bound cells as rules do."""
    sides: list[Ruling] = []
    for x0, top, x1, bottom in page.fills:
        if x1 - x0 > MIN_TABLE_SIZE and bottom - top > MIN_TABLE_SIZE / 2:
            sides += [Ruling(x0, top, x1, top), Ruling(x0, bottom, x1, bottom)]
            sides += [Ruling(x0, top, x0, bottom), Ruling(x1, top, x1, bottom)]
    return _make_rulings([*rulings.horizontal, *rulings.vertical, *sides], rulings.reach)


def rulings_outside(rulings: Rulings, regions: Sequence[TableRegion]) -> Rulings:
    """The rules that stand in none of the regions."""
    outer_rules = [
        [rule for rule in rules if not any(region.contains_box(rule_box(rule)) for region in regions)]
        for rules in (rulings.horizontal, rulings.vertical)
    ]
    return Rulings(outer_rules[0], outer_rules[1], rulings.reach)


def _make_rulings(rules: Sequence[Ruling], reach: float) -> Rulings:
    horizontal = [rule for rule in rules if rule.is_horizontal]
    vertical = [rule for rule in rules if not rule.is_horizontal]
    return Rulings(_join_collinear(horizontal, reach, True), _join_collinear(vertical, reach, False), reach)


def find_lattice_tables(rulings: Rulings) -> list[TableRegion]:
    """The regions in which rules across and down meet and make at least two columns."""
    own_rules = [
        nested_rulings.drop_nested_rulings(horizontal, vertical, rulings.reach)
        for horizontal, vertical in group_touching(rulings)
    ]
    candidates = [_build_region(horizontal, vertical, rulings.reach) for horizontal, vertical in own_rules]
    tables = [r for r in candidates if r is not None and len(r.xs) > 2 and len(r.ys) > 1]
    out = _keep_outermost(tables)
    for region in out:
        region.bars = find_bars(region, rulings)
    return out


def find_bars(region: TableRegion, rulings: Rulings) -> list[Ruling]:
    """Return the rules across inside a region that are no wall of it."""
    return [
        rule
        for rule in rulings.horizontal
        if rule.length >= MIN_BAR_LENGTH
        and rule not in region.horizontal
        and region.contains_box(rule_box(rule))
    ]


def _build_region(horizontal: list[Ruling], vertical: list[Ruling], reach: float) -> TableRegion | None:
    if len(horizontal) < 2 or len(vertical) < 2:
        return None
    xs = cluster_edges([(middle_x(r), r.bottom - r.top) for r in vertical], reach)
    if reach > REACH["digital"]:
        xs = _standing_edges(
            xs, vertical, (min(middle_y(r) for r in horizontal), max(middle_y(r) for r in horizontal)), reach
        )
    columns = list(pairwise(xs))
    walls = [r for r in horizontal if any(separates_rows(r, horizontal, a, b, reach) for a, b in columns)]
    wide_bars = bars.find_fraction_bars(walls, xs, reach)
    walls = [r for r in walls if r not in wide_bars]
    ys = cluster_edges([(middle_y(r), r.x1 - r.x0) for r in walls], reach)
    if len(xs) < 2 or len(ys) < 2 or ys[-1] - ys[0] < MIN_TABLE_SIZE:
        return None
    ys = _add_open_ends(ys, vertical, len(xs), reach)
    return TableRegion(xs, ys, walls, vertical, reach)


def _standing_edges(
    xs: Sequence[float], down: Sequence[Ruling], span: tuple[float, float], reach: float
) -> list[float]:
    """Column edges whose rules stand through enough of the table: on a scan, others are dirt and letters."""

    def standing_share(x: float) -> float:
        pieces = [(r.top, r.bottom) for r in down if abs(middle_x(r) - x) <= reach]
        return covered_length(pieces, *span) / max(span[1] - span[0], 1.0)

    return [x for x in xs if standing_share(x) >= MIN_STANDING_SHARE]


def separates_rows(
    rule: Ruling, horizontal: Sequence[Ruling], start: float, end: float, reach: float
) -> bool:
    """Is a rule, with those at its height, a wall between two column edges, and over one of them itself?"""
    if min(rule.x1, end) <= max(rule.x0, start):
        return False
    level_spans = [(r.x0, r.x1) for r in horizontal if abs(middle_y(r) - middle_y(rule)) <= reach]
    return is_wall(level_spans, start, end, broken=reach > REACH["digital"])


def _add_open_ends(ys: list[float], vertical: Sequence[Ruling], edge_count: int, reach: float) -> list[float]:
    """Row edges with those where most rules down end beyond the last rule across: a row cut by the page."""
    tops_above = [r.top for r in vertical if r.top < ys[0] - 2 * reach]
    bottoms_below = [r.bottom for r in vertical if r.bottom > ys[-1] + 2 * reach]
    first = [min(tops_above)] if 2 * len(tops_above) > edge_count else []
    last = [max(bottoms_below)] if 2 * len(bottoms_below) > edge_count else []
    return [*first, *ys, *last]


def _keep_outermost(candidates: Sequence[TableRegion]) -> list[TableRegion]:
    """Without regions inside another: a nested table is read with the cell that holds it."""
    out: list[TableRegion] = []
    for region in sorted(candidates, key=lambda r: -(r.xs[-1] - r.xs[0]) * (r.ys[-1] - r.ys[0])):
        box = (region.xs[0], region.ys[0], region.xs[-1], region.ys[-1])
        if not any(outer_region.contains_box(box) for outer_region in out):
            out.append(region)
    return sorted(out, key=lambda r: (r.top, r.xs[0]))


def _join_collinear(pieces: Sequence[Ruling], reach: float, is_horizontal: bool) -> list[Ruling]:
    """Collinear rules that touch or overlap, as one."""
    out: list[Ruling] = []
    for rule in sorted(pieces, key=(lambda r: (r.x0, r.top)) if is_horizontal else (lambda r: (r.top, r.x0))):
        home = next(
            (
                i
                for i, joined_rule in enumerate(out)
                if _continues_rule(joined_rule, rule, reach, is_horizontal)
            ),
            None,
        )
        if home is None:
            out.append(rule)
            continue
        joined_rule = out[home]
        out[home] = (
            Ruling(joined_rule.x0, joined_rule.top, max(joined_rule.x1, rule.x1), joined_rule.bottom)
            if is_horizontal
            else Ruling(joined_rule.x0, joined_rule.top, joined_rule.x1, max(joined_rule.bottom, rule.bottom))
        )
    return out


def _continues_rule(earlier_rule: Ruling, rule: Ruling, reach: float, is_horizontal: bool) -> bool:
    """Does a rule, none of whose beginning lies before the known one's, go on with it?"""
    if is_horizontal:
        return (
            abs(middle_y(earlier_rule) - middle_y(rule)) <= COLLINEAR_OFFSET
            and rule.x0 <= earlier_rule.x1 + reach
        )
    return (
        abs(middle_x(earlier_rule) - middle_x(rule)) <= COLLINEAR_OFFSET
        and rule.top <= earlier_rule.bottom + reach
    )


def _covers_stretch(spans: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Do spans, together, cover a stretch, but for a margin at its ends?"""
    start, end = start + WALL_END_MARGIN, end - WALL_END_MARGIN
    if end <= start:
        return any(a <= (start + end) / 2 <= b for a, b in spans)
    return covered_length(spans, start, end) >= MIN_WALL_COVER * (end - start)


def is_wall(pieces: Sequence[tuple[float, float]], start: float, end: float, broken: bool) -> bool:
    """Do the pieces of a rule part two cells along a stretch?

    ``broken``: on a scan letters and dirt break rules. There a wall shows by its ends, which reach the
    stretch's own (a fraction's bar keeps away from them), and by most of its length.
    """
    if _covers_stretch(pieces, start, end):
        return True
    if not broken:
        return False
    share = covered_length(pieces, start, end) / max(end - start, 1.0)
    ends = sum(
        any(a - END_TOLERANCE <= edge <= b + END_TOLERANCE for a, b in pieces) for edge in (start, end)
    )
    return share >= (0.5 if ends == 2 else 0.75) and ends >= 1


def rule_box(rule: Ruling) -> Box:
    """Its area."""
    return rule.x0, rule.top, rule.x1, rule.bottom
