"""Painted paths to rules and shaded areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.passage import Box
from extractors.pdf.painting import Painted, Path
from extractors.printed import Rule

THICKEST = 3.5
"""Points. A filled rectangle up to this thick is a rule, a thicker one an area."""
SAME = 0.1
"""Points: sides of two boxes that lie closer are one side."""
SHORTEST = 1.0
"""Points. Shorter strokes are dots of a drawing; dashes and corners are longer."""
SLANT = 0.02
"""Of its length: how far a rule may lean."""
WHITE = 0.98
"""Luminance of paper."""
TOUCHING = 1.5
"""Points between two strokes that are one rule."""
DASH = 12.0
"""Points: the longest dash of a dashed rule, and (halved) the widest gap in one."""
APART = 0.8
"""Points across: strokes of one rule lie closer."""
WHOLE = 0.9
"""Of the page: a fill this large is its paper."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The strokes of a page (white ones among them) and its filled areas, with their painting order."""

    strokes: tuple[tuple[Rule, float | None], ...]
    """Each with its luminance, None where it is a pattern."""
    areas: tuple[tuple[Box, float | None, int], ...]


def drawn(painted: Painted) -> Drawn:
    """What the paths of a page are: strokes along its axes, and areas; other shapes are left out."""
    strokes: list[tuple[Rule, float | None]] = []
    areas: list[tuple[Box, float | None, int]] = []
    for path in painted.paths:
        box = _bounds(path, painted)
        if box is None:
            continue
        thin = min(box[2] - box[0], box[3] - box[1]) <= THICKEST
        if path.fill and thin and not path.curved:
            strokes.append((Rule(*box), path.fill_light))
        elif path.fill and not thin:
            areas.append((box, path.fill_light, path.order))
        if path.stroke and not (path.fill and thin):
            strokes += [(side, path.stroke_light) for side in _sides(path)]
    return Drawn(*_without_frames(strokes, areas))


def _without_frames(
    strokes: list[tuple[Rule, float | None]], areas: list[tuple[Box, float | None, int]]
) -> tuple[tuple[tuple[Rule, float | None], ...], tuple[tuple[Box, float | None, int], ...]]:
    """A fill with another cut out of it is drawn as two areas, one in the other: its thin sides are rules."""
    kept: list[tuple[Box, float | None, int]] = []
    for area in areas:
        sides = _thin_sides(kept[-1][0], area[0]) if kept and kept[-1][1] == area[1] else ()
        if sides:
            strokes = [*strokes, *((side, area[1]) for side in sides)]
            kept.pop()
        else:
            kept.append(area)
    return tuple(strokes), tuple(kept)


def _thin_sides(one: Box, other: Box) -> tuple[Rule, ...]:
    """What is left of one box when one inside it is taken out: nothing but thin sides, or it is no frame."""
    outer, inner = (one, other) if _surface(one) >= _surface(other) else (other, one)
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    if min(gaps) < -SAME or max(gaps) > THICKEST or max(gaps) <= SAME:
        return ()
    x0, top, x1, bottom = outer
    sides = (
        Rule(x0, top, inner[0], bottom),
        Rule(x0, top, x1, inner[1]),
        Rule(inner[2], top, x1, bottom),
        Rule(x0, inner[3], x1, bottom),
    )
    return tuple(side for side, gap in zip(sides, gaps, strict=True) if gap > SAME)


def _surface(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _bounds(path: Path, painted: Painted) -> Box | None:
    """Where it lies, cut at the page's edges; None off the page."""
    xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
    x0, x1 = max(min(xs), 0.0), min(max(xs), painted.width)
    top, bottom = max(min(ys), 0.0), min(max(ys), painted.height)
    if x0 > x1 or top > bottom or max(x1 - x0, bottom - top) < SHORTEST:
        return None
    return (x0, top, x1, bottom)


def _sides(path: Path) -> Iterator[Rule]:
    """The straight parts of an outline that run along the page's axes."""
    if path.curved:
        return
    points = [*path.points, path.points[0]] if path.closed and len(path.points) > 2 else path.points
    half = min(path.width or 1.0, THICKEST) / 2  # pdfminer tells 0 where no width is set: 1 point
    for (ax, ay), (bx, by) in pairwise(points):
        wide, high = abs(bx - ax), abs(by - ay)
        if max(wide, high) < SHORTEST or min(wide, high) > max(SLANT * max(wide, high), 0.3):
            continue
        if wide >= high:
            yield Rule(min(ax, bx), (ay + by) / 2 - half, max(ax, bx), (ay + by) / 2 + half)
        else:
            yield Rule((ax + bx) / 2 - half, min(ay, by), (ax + bx) / 2 + half, max(ay, by))


def shaded(areas: Iterable[tuple[Box, float | None, int]], width: float, height: float) -> tuple[Box, ...]:
    """The areas with a ground of their own: not white, not the whole page, each once."""
    kept = {
        box: None
        for box, light, _ in areas
        if (light is None or light < WHITE) and (box[2] - box[0]) * (box[3] - box[1]) < WHOLE * width * height
    }
    return tuple(kept)


def merged(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules in one line that touch, and the dashes of a dashed one, as one; in order of position."""
    across = _merged([rule for rule in rules if rule.horizontal])
    down = _merged([_turned(rule) for rule in rules if not rule.horizontal])
    return (*across, *(_turned(rule) for rule in down))


def _turned(rule: Rule) -> Rule:
    return Rule(rule.top, rule.x0, rule.bottom, rule.x1)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Horizontal rules only. What lies at one height is gathered, then joined from left to right."""
    heights: list[list[Rule]] = []
    for rule in sorted(rules, key=_height):
        if heights and _height(rule) - _height(heights[-1][0]) <= APART:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    return [rule for level in heights for rule in _joined(sorted(level, key=lambda r: (r.x0, r.x1)))]


def _height(rule: Rule) -> float:
    return (rule.top + rule.bottom) / 2


def _joined(level: list[Rule]) -> Iterator[Rule]:
    run = level[0]
    dash = run.x1 - run.x0 <= DASH  # is all of the run, so far, dashes?
    for rule in level[1:]:
        dashes = dash and rule.x1 - rule.x0 <= DASH
        if rule.x0 - run.x1 <= (DASH / 2 if dashes else TOUCHING):
            run = Rule(run.x0, min(run.top, rule.top), max(run.x1, rule.x1), max(run.bottom, rule.bottom))
            dash = dashes
        else:
            if _worth(run):
                yield run
            run, dash = rule, rule.x1 - rule.x0 <= DASH
    if _worth(run):
        yield run


def _worth(rule: Rule) -> bool:
    """Long enough to part anything; a lone dot or tick is none."""
    return rule.x1 - rule.x0 >= 4.0
