"""Bars of fractions as wide as their column, which look like the wall between two rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.strokes import edges, middle_y
from extractors.printed import Rule

SHORT = 0.7
"""Of the reach: a rule that ends so far from both edges of its column touches neither."""


def among(walls: Sequence[Rule], xs: Sequence[float], reach: float) -> list[Rule]:
    """The rules that are bars though they cover a column: short of both its edges, alone at their height.

    Only in tables whose rows are all parted in more columns than one: elsewhere it may be a row of its own.
    """
    short = [rule for rule in walls if _is_short(rule, xs, SHORT * reach)]
    bars = [
        rule
        for rule in short
        if not any(r is not rule and abs(middle_y(r) - middle_y(rule)) <= reach for r in walls)
    ]
    rest = [rule for rule in walls if not any(rule is bar for bar in bars)]
    heights = edges([(middle_y(r), r.length) for r in rest], reach)
    parted = all(_columns([r for r in rest if abs(middle_y(r) - y) <= reach], xs) > 1 for y in heights)
    return bars if parted and len(heights) > 1 else []


def _is_short(rule: Rule, xs: Sequence[float], least: float) -> bool:
    """Does a rule stand within one column and keep away from both its edges?"""
    return any(a + least <= rule.x0 and rule.x1 <= b - least for a, b in pairwise(xs))


def _columns(rules: Sequence[Rule], xs: Sequence[float]) -> int:
    """Over how many columns rules run, by the columns' middles."""
    return sum(any(r.x0 <= (a + b) / 2 <= r.x1 for r in rules) for a, b in pairwise(xs))
