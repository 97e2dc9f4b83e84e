"""Painted paths to rules and shaded areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.model.passage import Box
from extractors.model.raw_page import Ruling
from extractors.pdf.content.page_content import PageContent, PaintedPath

THICKEST_RULING = 3.5
"""Points. A filled rectangle up to this thick is a rule, a thicker one an area."""
SAME_SIDE = 0.1
"""Points: sides of two boxes that lie closer are one side."""
SHORTEST_STROKE = 1.0
"""Points. Shorter strokes are dots of a drawing; dashes and corners are longer."""
MOST_SLANT = 0.02
"""Of its length: how far a rule may lean."""
WHITE_LUMINANCE = 0.98
"""Luminance of paper."""
TOUCHING_GAP = 1.5
"""Points between two strokes that are one rule."""
LONGEST_DASH = 12.0
"""Points: the longest dash of a dashed rule, and (halved) the widest gap in one."""
SAME_LEVEL = 0.8
"""Points across: strokes of one rule lie closer."""
WHOLE_PAGE = 0.9
"""Of the page: a fill this large is its paper."""


@dataclass(frozen=True, slots=True)
class PathShapes:
    """The strokes of a page (white ones among them) and its filled areas, with their painting order."""

    strokes: tuple[tuple[Ruling, float | None], ...]
    """Each with its luminance, None where it is a pattern."""
    areas: tuple[tuple[Box, float | None, int], ...]


def extract_shapes(content: PageContent) -> PathShapes:
    """What the paths of a page are: strokes along its axes, and areas; other shapes are left out."""
    strokes: list[tuple[Ruling, float | None]] = []
    areas: list[tuple[Box, float | None, int]] = []
    for path in content.paths:
        box = _path_bounds(path, content)
        if box is None:
            continue
        is_thin = min(box[2] - box[0], box[3] - box[1]) <= THICKEST_RULING
        if path.fill and is_thin and not path.curved:
            strokes.append((Ruling(*box), path.fill_light))
        elif path.fill and not is_thin:
            areas.append((box, path.fill_light, path.order))
        if path.stroke and not (path.fill and is_thin):
            strokes += [(side, path.stroke_light) for side in _straight_sides(path)]
    return PathShapes(*_frames_to_rulings(strokes, areas))


def _frames_to_rulings(
    strokes: list[tuple[Ruling, float | None]], areas: list[tuple[Box, float | None, int]]
) -> tuple[tuple[tuple[Ruling, float | None], ...], tuple[tuple[Box, float | None, int], ...]]:
    """A fill with another cut out of it is drawn as two areas, one in the other: its thin sides are rules."""
    remaining: list[tuple[Box, float | None, int]] = []
    for area in areas:
        sides = _frame_sides(remaining[-1][0], area[0]) if remaining and remaining[-1][1] == area[1] else ()
        if sides:
            strokes = [*strokes, *((side, area[1]) for side in sides)]
            remaining.pop()
        else:
            remaining.append(area)
    return tuple(strokes), tuple(remaining)


def _frame_sides(first: Box, second: Box) -> tuple[Ruling, ...]:
    """What is left of one box when one inside it is taken out: nothing but thin sides, or it is no frame."""
    outer, inner = (first, second) if _box_area(first) >= _box_area(second) else (second, first)
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    if min(gaps) < -SAME_SIDE or max(gaps) > THICKEST_RULING or max(gaps) <= SAME_SIDE:
        return ()
    x0, top, x1, bottom = outer
    sides = (
        Ruling(x0, top, inner[0], bottom),
        Ruling(x0, top, x1, inner[1]),
        Ruling(inner[2], top, x1, bottom),
        Ruling(x0, inner[3], x1, bottom),
    )
    return tuple(side for side, gap in zip(sides, gaps, strict=True) if gap > SAME_SIDE)


def _box_area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _path_bounds(path: PaintedPath, content: PageContent) -> Box | None:
    """Where it lies, cut at the page's edges; None off the page."""
    xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
    x0, x1 = max(min(xs), 0.0), min(max(xs), content.width)
    top, bottom = max(min(ys), 0.0), min(max(ys), content.height)
    if x0 > x1 or top > bottom or max(x1 - x0, bottom - top) < SHORTEST_STROKE:
        return None
    return (x0, top, x1, bottom)


def _straight_sides(path: PaintedPath) -> Iterator[Ruling]:
    """The straight parts of an outline that run along the page's axes."""
    if path.curved:
        return
    points = [*path.points, path.points[0]] if path.closed and len(path.points) > 2 else path.points
    half = min(path.width or 1.0, THICKEST_RULING) / 2  # pdfminer tells 0 where no width is set: 1 point
    for (ax, ay), (bx, by) in pairwise(points):
        width, height = abs(bx - ax), abs(by - ay)
        if max(width, height) < SHORTEST_STROKE or min(width, height) > max(
            MOST_SLANT * max(width, height), 0.3
        ):
            continue
        if width >= height:
            yield Ruling(min(ax, bx), (ay + by) / 2 - half, max(ax, bx), (ay + by) / 2 + half)
        else:
            yield Ruling((ax + bx) / 2 - half, min(ay, by), (ax + bx) / 2 + half, max(ay, by))


def shaded_areas(
    areas: Iterable[tuple[Box, float | None, int]], width: float, height: float
) -> tuple[Box, ...]:
    """The areas with a ground of their own: not white, not the whole page, each once."""
    boxes = {
        box: None
        for box, light, _ in areas
        if (light is None or light < WHITE_LUMINANCE)
        and (box[2] - box[0]) * (box[3] - box[1]) < WHOLE_PAGE * width * height
    }
    return tuple(boxes)


def merge_rulings(rules: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Rules in one line that touch, and the dashes of a dashed one, as one; in order of position."""
    across = _merge_horizontal([rule for rule in rules if rule.is_horizontal])
    down = _merge_horizontal([_transpose_ruling(rule) for rule in rules if not rule.is_horizontal])
    return (*across, *(_transpose_ruling(rule) for rule in down))


def _transpose_ruling(rule: Ruling) -> Ruling:
    return Ruling(rule.top, rule.x0, rule.bottom, rule.x1)


def _merge_horizontal(rules: Iterable[Ruling]) -> list[Ruling]:
    """Horizontal rules only. What lies at one height is gathered, then joined from left to right."""
    heights: list[list[Ruling]] = []
    for rule in sorted(rules, key=_center_height):
        if heights and _center_height(rule) - _center_height(heights[-1][0]) <= SAME_LEVEL:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    return [rule for level in heights for rule in _join_level(sorted(level, key=lambda r: (r.x0, r.x1)))]


def _center_height(rule: Ruling) -> float:
    return (rule.top + rule.bottom) / 2


def _join_level(level: list[Ruling]) -> Iterator[Ruling]:
    run = level[0]
    run_is_dashed = run.x1 - run.x0 <= LONGEST_DASH  # is all of the run, so far, dashes?
    for rule in level[1:]:
        both_dashes = run_is_dashed and rule.x1 - rule.x0 <= LONGEST_DASH
        if rule.x0 - run.x1 <= (LONGEST_DASH / 2 if both_dashes else TOUCHING_GAP):
            run = Ruling(run.x0, min(run.top, rule.top), max(run.x1, rule.x1), max(run.bottom, rule.bottom))
            run_is_dashed = both_dashes
        else:
            if _is_long_enough(run):
                yield run
            run, run_is_dashed = rule, rule.x1 - rule.x0 <= LONGEST_DASH
    if _is_long_enough(run):
        yield run


def _is_long_enough(rule: Ruling) -> bool:
    """Long enough to part anything; a lone dot or tick is none."""
    return rule.x1 - rule.x0 >= 4.0
