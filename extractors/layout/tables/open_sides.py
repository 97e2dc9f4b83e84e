"""Ruled tables whose outer walls are missing or lie beyond the page, and those that section rows cut."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.layout import line_grouping
from extractors.layout.ruling_geometry import Rulings, cluster_edges, middle_y
from extractors.layout.tables import lattice
from extractors.layout.tables.lattice import TableRegion
from extractors.model.raw_page import PrintedWord

MIN_COLUMN_WIDTH = 12.0
"""Points by which rules across run on beyond the last rule down, if there is a column."""
MIN_SHARE_OF_ROWS = 0.6
"""Share of the row edges whose rules run on so far."""
MAX_SECTION_HEIGHT = 2.2
"""Heights of letters that a section row has at most a line: between two tables there is more."""
MAX_SECTION_LINES = 2
"""Lines of text in a section row."""


def complete_tables(
    regions: Sequence[TableRegion], words: Sequence[PrintedWord], rulings: Rulings
) -> list[TableRegion]:
    """Return ruled tables with their open outer columns, parts between section rows as one table."""
    widened = [_add_open_sides(region, words) for region in regions]
    joined: list[TableRegion] = []
    for region in sorted(widened, key=lambda region: region.top):
        if joined and _is_section_between(joined[-1], region, words):
            joined[-1] = _join_regions(joined[-1], region)
        else:
            joined.append(region)
    for region in joined:
        region.bars = lattice.find_bars(region, rulings)
    return joined


def _add_open_sides(region: TableRegion, words: Sequence[PrintedWord]) -> TableRegion:
    """Return a region with a column more on each side where its rules across run on and words stand."""
    left = _open_end(region, words, -1)
    right = _open_end(region, words, 1)
    head = [] if left is None else [left]
    tail = [] if right is None else [right]
    return TableRegion(
        [*head, *region.xs, *tail], region.ys, region.horizontal, region.vertical, region.reach
    )


def _open_end(region: TableRegion, words: Sequence[PrintedWord], side: int) -> float | None:
    """Return where the rules across end beyond the last rule down: -1 on the left, 1 on the right side."""
    last_edge = region.xs[-1] if side > 0 else region.xs[0]
    ends: list[float] = []
    for y in region.ys:
        level_ends = [
            rule.x1 if side > 0 else rule.x0
            for rule in region.horizontal
            if abs(middle_y(rule) - y) <= region.reach
            and rule.x0 - region.reach <= last_edge <= rule.x1 + region.reach
        ]
        end = max(level_ends, key=lambda x: side * x, default=last_edge)
        if side * (end - last_edge) >= MIN_COLUMN_WIDTH:
            ends.append(end)
    if len(ends) < max(2.0, MIN_SHARE_OF_ROWS * len(region.ys)):
        return None
    open_end = median(ends)
    first, last = sorted((last_edge, open_end))
    is_filled = any(
        first < (word.box[0] + word.box[2]) / 2 < last
        and region.ys[0] < (word.box[1] + word.box[3]) / 2 < region.ys[-1]
        for word in words
    )
    return open_end if is_filled else None


def _is_section_between(upper: TableRegion, lower: TableRegion, words: Sequence[PrintedWord]) -> bool:
    """Is what stands between two regions of the same columns a row across them, not text between tables?"""
    reach = max(upper.reach, lower.reach)
    if any(abs(upper.xs[i] - lower.xs[i]) > reach for i in (0, -1)):
        return False
    fewer, more = sorted((upper.xs, lower.xs), key=len)
    if any(min(abs(x - other) for other in more) > reach for x in fewer):
        return False
    top, bottom = upper.ys[-1], lower.ys[0]
    section_words = [word for word in words if top < (word.box[1] + word.box[3]) / 2 < bottom]
    rows = line_grouping.group_rows(section_words)
    height = line_grouping.letter_height(section_words)
    return (
        1 <= len(rows) <= MAX_SECTION_LINES
        and bottom - top <= MAX_SECTION_HEIGHT * height * len(rows)
        and all(upper.xs[0] <= word.box[0] and word.box[2] <= upper.xs[-1] for word in section_words)
    )


def _join_regions(upper: TableRegion, lower: TableRegion) -> TableRegion:
    reach = max(upper.reach, lower.reach)
    return TableRegion(
        cluster_edges([(x, 1.0) for x in (*upper.xs, *lower.xs)], reach),
        [*upper.ys, *lower.ys],
        [*upper.horizontal, *lower.horizontal],
        [*upper.vertical, *lower.vertical],
        reach,
    )
