"""Rules of a page as strokes: which of them meet, where they stand, how much of a stretch they cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.printed import Rule


@dataclass(slots=True)
class Drawn:
    """The rules of a page by direction, edges of shaded areas among them."""

    across: list[Rule]
    down: list[Rule]
    reach: float


def groups(drawn: Drawn) -> list[tuple[list[Rule], list[Rule]]]:
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
            if meet(every[i], every[k], drawn.reach):
                owner[root(i)] = root(k)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(every):
        across, down = found.setdefault(root(i), ([], []))
        (across if i < len(drawn.across) else down).append(rule)
    return list(found.values())


def meet(across: Rule, down: Rule, reach: float) -> bool:
    """Do a rule across and one down touch or cross?"""
    return (
        across.x0 - reach <= middle_x(down) <= across.x1 + reach
        and down.top - reach <= middle_y(across) <= down.bottom + reach
    )


def edges(places: Iterable[tuple[float, float]], reach: float) -> list[float]:
    """Clusters of coordinates ``(place, weight)``, each at its weighted mean, in order."""
    clusters: list[list[tuple[float, float]]] = []
    for place in sorted(places):
        if clusters and place[0] - clusters[-1][-1][0] <= reach:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [sum(x * (w + 0.1) for x, w in c) / sum(w + 0.1 for _, w in c) for c in clusters]


def covered(spans: Iterable[tuple[float, float]], start: float, end: float) -> float:
    """How much of a stretch spans cover together, in points."""
    at, total = start, 0.0
    for a, b in sorted(spans):
        a, b = max(a, at), min(b, end)
        if b > a:
            total += b - a
            at = b
    return total


def middle_x(rule: Rule) -> float:
    """Where a rule down stands."""
    return (rule.x0 + rule.x1) / 2


def middle_y(rule: Rule) -> float:
    """Where a rule across stands."""
    return (rule.top + rule.bottom) / 2
