"""Rules of a page as strokes: which of them meet, where they stand, how much of a stretch they cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.model.raw_page import Ruling


@dataclass(slots=True)
class Rulings:
    """The rules of a page by direction, edges of shaded areas among them."""

    horizontal: list[Ruling]
    vertical: list[Ruling]
    reach: float


def group_touching(rulings: Rulings) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Return rules that touch one another, directly or through others."""
    all_rules = rulings.horizontal + rulings.vertical
    owner = list(range(len(all_rules)))

    def find_root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i in range(len(rulings.horizontal)):
        for k in range(len(rulings.horizontal), len(all_rules)):
            if rules_meet(all_rules[i], all_rules[k], rulings.reach):
                owner[find_root(i)] = find_root(k)
    group_by_root: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, rule in enumerate(all_rules):
        horizontal, vertical = group_by_root.setdefault(find_root(i), ([], []))
        (horizontal if i < len(rulings.horizontal) else vertical).append(rule)
    return list(group_by_root.values())


def rules_meet(horizontal: Ruling, vertical: Ruling, reach: float) -> bool:
    """Do a rule across and one down touch or cross?"""
    return (
        horizontal.x0 - reach <= middle_x(vertical) <= horizontal.x1 + reach
        and vertical.top - reach <= middle_y(horizontal) <= vertical.bottom + reach
    )


def cluster_edges(places: Iterable[tuple[float, float]], reach: float) -> list[float]:
    """Return clusters of coordinates ``(place, weight)``, each at its weighted mean, in order."""
    clusters: list[list[tuple[float, float]]] = []
    for place in sorted(places):
        if clusters and place[0] - clusters[-1][-1][0] <= reach:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [sum(x * (w + 0.1) for x, w in c) / sum(w + 0.1 for _, w in c) for c in clusters]


def covered_length(spans: Iterable[tuple[float, float]], start: float, end: float) -> float:
    """Return how much of a stretch spans cover together, in points."""
    position, total = start, 0.0
    for a, b in sorted(spans):
        a, b = max(a, position), min(b, end)
        if b > a:
            total += b - a
            position = b
    return total


def middle_x(rule: Ruling) -> float:
    """Return where a rule down stands."""
    return (rule.x0 + rule.x1) / 2


def middle_y(rule: Ruling) -> float:
    """Return where a rule across stands."""
    return (rule.top + rule.bottom) / 2
