"""A small table in a cell whose rules meet those of the table round it, as where a page cuts both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.ruling_geometry import (
    Rulings,
    cluster_edges,
    group_touching,
    middle_x,
    middle_y,
    rules_meet,
)
from extractors.model.raw_page import Ruling

MIN_HEIGHT_SHARE = 0.75
"""Share of a table's height from which a rule down does not belong to a small table."""


def drop_nested_rulings(
    horizontal: list[Ruling], vertical: list[Ruling], reach: float
) -> tuple[list[Ruling], list[Ruling]]:
    """Return the rules of a table, without those of a small table whose rules meet them.

    A table's own rule across meets two of its own rules down, and its own rule down ends at its own rules
    across, or at none; its outer sides are its own.
    """
    if not _may_hold_nested(vertical):
        return horizontal, vertical
    own_horizontal, own_vertical = _find_own_rulings(horizontal, vertical, reach)
    xs = cluster_edges([(middle_x(vertical[i]), vertical[i].length) for i in own_vertical], reach)
    other_rulings = Rulings(
        [rule for i, rule in enumerate(horizontal) if i not in own_horizontal],
        [rule for i, rule in enumerate(vertical) if i not in own_vertical],
        reach,
    )
    nested_groups = [group for group in group_touching(other_rulings) if _fits_one_column(*group, xs, reach)]
    nested_ids = {id(rule) for group in nested_groups for part in group for rule in part}
    return [r for r in horizontal if id(r) not in nested_ids], [
        r for r in vertical if id(r) not in nested_ids
    ]


def _may_hold_nested(vertical: Sequence[Ruling]) -> bool:
    """Is there a rule down that is much shorter than the table?"""
    if len(vertical) < 3:
        return False
    height = max(r.bottom for r in vertical) - min(r.top for r in vertical)
    return any(r.length < MIN_HEIGHT_SHARE * height for r in vertical)


def _find_own_rulings(
    horizontal: Sequence[Ruling], vertical: Sequence[Ruling], reach: float
) -> tuple[set[int], set[int]]:
    """Return which rules are the table's own."""
    crossings = [[i for i, rule in enumerate(vertical) if rules_meet(bar, rule, reach)] for bar in horizontal]
    ends = [
        [_crossings_at_end(k, rule, i, horizontal, crossings, reach) for k in (0, 1)]
        for i, rule in enumerate(vertical)
    ]
    first, last = min(map(middle_x, vertical)), max(map(middle_x, vertical))
    own_vertical = {i for i, r in enumerate(vertical) if not first + reach < middle_x(r) < last - reach}
    while True:
        own_horizontal = {
            k
            for k, indices in enumerate(crossings)
            if _are_apart([middle_x(vertical[i]) for i in indices if i in own_vertical], reach)
        }
        next_vertical = {
            i
            for i, end_pair in enumerate(ends)
            if all(not indices or own_horizontal.intersection(indices) for indices in end_pair)
        }
        if next_vertical <= own_vertical:
            return own_horizontal, own_vertical
        own_vertical |= next_vertical


def _crossings_at_end(
    end_index: int,
    rule: Ruling,
    i: int,
    horizontal: Sequence[Ruling],
    crossings: Sequence[Sequence[int]],
    reach: float,
) -> list[int]:
    """Return the rules across that a rule down meets with its upper or its lower end."""
    end = rule.bottom if end_index else rule.top
    return [k for k, bar in enumerate(horizontal) if abs(middle_y(bar) - end) <= reach and i in crossings[k]]


def _are_apart(xs: Sequence[float], reach: float) -> bool:
    return bool(xs) and max(xs) - min(xs) > 2 * reach


def _fits_one_column(
    horizontal: Sequence[Ruling], vertical: Sequence[Ruling], xs: Sequence[float], reach: float
) -> bool:
    """Do rules draw something between two edges of the table's columns, with a rule down off both?"""
    if not horizontal or not vertical:
        return False
    first = min(*(r.x0 for r in horizontal), *map(middle_x, vertical))
    last = max(*(r.x1 for r in horizontal), *map(middle_x, vertical))
    is_off_edges = any(all(abs(middle_x(r) - x) > reach for x in xs) for r in vertical)
    return is_off_edges and any(a - reach <= first and last <= b + reach for a, b in pairwise(xs))
