"""A small table in a cell whose rules meet those of the table round it, as where a page cuts both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.strokes import Drawn, edges, groups, meet, middle_x, middle_y
from extractors.printed import Rule

SHORT = 0.75
"""Share of a table's height from which a rule down is none of a small table."""


def without(across: list[Rule], down: list[Rule], reach: float) -> tuple[list[Rule], list[Rule]]:
    """The rules of a table, without those of a small table whose rules meet them.

    A table's own rule across meets two of its own rules down, and its own rule down ends at its own rules
    across, or at none; its outer sides are its own.
    """
    if not _may_hold_one(down):
        return across, down
    level, upright = _own(across, down, reach)
    xs = edges([(middle_x(down[i]), down[i].length) for i in upright], reach)
    other = Drawn(
        [rule for i, rule in enumerate(across) if i not in level],
        [rule for i, rule in enumerate(down) if i not in upright],
        reach,
    )
    small = [group for group in groups(other) if _in_one_column(*group, xs, reach)]
    lost = {id(rule) for group in small for part in group for rule in part}
    return [r for r in across if id(r) not in lost], [r for r in down if id(r) not in lost]


def _may_hold_one(down: Sequence[Rule]) -> bool:
    """Is there a rule down that is much shorter than the table?"""
    if len(down) < 3:
        return False
    height = max(r.bottom for r in down) - min(r.top for r in down)
    return any(r.length < SHORT * height for r in down)


def _own(across: Sequence[Rule], down: Sequence[Rule], reach: float) -> tuple[set[int], set[int]]:
    """Which rules are the table's own."""
    meeting = [[i for i, rule in enumerate(down) if meet(bar, rule, reach)] for bar in across]
    ends = [[_at_end(k, rule, i, across, meeting, reach) for k in (0, 1)] for i, rule in enumerate(down)]
    first, last = min(map(middle_x, down)), max(map(middle_x, down))
    upright = {i for i, r in enumerate(down) if not first + reach < middle_x(r) < last - reach}
    while True:
        level = {
            k
            for k, met in enumerate(meeting)
            if _apart([middle_x(down[i]) for i in met if i in upright], reach)
        }
        more = {i for i, both in enumerate(ends) if all(not met or level.intersection(met) for met in both)}
        if more <= upright:
            return level, upright
        upright |= more


def _at_end(
    which: int, rule: Rule, i: int, across: Sequence[Rule], meeting: Sequence[Sequence[int]], reach: float
) -> list[int]:
    """The rules across that a rule down meets with its upper or its lower end."""
    end = rule.bottom if which else rule.top
    return [k for k, bar in enumerate(across) if abs(middle_y(bar) - end) <= reach and i in meeting[k]]


def _apart(xs: Sequence[float], reach: float) -> bool:
    return bool(xs) and max(xs) - min(xs) > 2 * reach


def _in_one_column(across: Sequence[Rule], down: Sequence[Rule], xs: Sequence[float], reach: float) -> bool:
    """Do rules draw something between two edges of the table's columns, with a rule down off both?"""
    if not across or not down:
        return False
    first = min(*(r.x0 for r in across), *map(middle_x, down))
    last = max(*(r.x1 for r in across), *map(middle_x, down))
    off = any(all(abs(middle_x(r) - x) > reach for x in xs) for r in down)
    return off and any(a - reach <= first and last <= b + reach for a, b in pairwise(xs))
