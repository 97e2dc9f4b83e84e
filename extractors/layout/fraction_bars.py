"""Bars of fractions as wide as their column, which look like the wall between two rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.ruling_geometry import cluster_edges, middle_y
from extractors.model.raw_page import Ruling

BAR_INSET = 0.7
"""Of the reach: a rule that ends so far from both edges of its column touches neither."""


def find_fraction_bars(walls: Sequence[Ruling], xs: Sequence[float], reach: float) -> list[Ruling]:
    """The rules that are bars though they cover a column: short of both its edges, alone at their height.

    Only in tables whose rows are all parted in more columns than one: elsewhere it may be a row of its own.
    """
    inset_walls = [rule for rule in walls if _is_inset(rule, xs, BAR_INSET * reach)]
    bars = [
        rule
        for rule in inset_walls
        if not any(r is not rule and abs(middle_y(r) - middle_y(rule)) <= reach for r in walls)
    ]
    other_walls = [rule for rule in walls if not any(rule is bar for bar in bars)]
    heights = cluster_edges([(middle_y(r), r.length) for r in other_walls], reach)
    rows_are_split = all(
        _count_columns([r for r in other_walls if abs(middle_y(r) - y) <= reach], xs) > 1 for y in heights
    )
    return bars if rows_are_split and len(heights) > 1 else []


def _is_inset(rule: Ruling, xs: Sequence[float], inset: float) -> bool:
    """Does a rule stand within one column and keep away from both its edges?"""
    return any(a + inset <= rule.x0 and rule.x1 <= b - inset for a, b in pairwise(xs))


def _count_columns(rules: Sequence[Ruling], xs: Sequence[float]) -> int:
    """Over how many columns rules run, by the columns' middles."""
    return sum(any(r.x0 <= (a + b) / 2 <= r.x1 for r in rules) for a, b in pairwise(xs))
