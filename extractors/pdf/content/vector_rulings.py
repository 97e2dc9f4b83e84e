"""Painted paths to rules and shaded areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from pdfplumber.table import join_edge_group, snap_edges
from pdfplumber.utils.geometry import obj_to_edges

from extractors.model.passage import Box
from extractors.model.raw_page import Ruling
from extractors.pdf.content.painted_page import PaintedPage, PaintedPath, object_box

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
SHORTEST_RULING = 4.0
"""Points: a shorter rule parts nothing; it is a lone dot or tick."""
WHOLE_PAGE = 0.9
"""Of the page: a fill this large is its paper."""


@dataclass(frozen=True, slots=True)
class PathShapes:
    """The strokes of a page (white ones among them) and its filled areas, with their painting order."""

    strokes: tuple[tuple[Ruling, float | None], ...]
    """Each with its luminance, None where it is a pattern."""
    areas: tuple[tuple[Box, float | None, int], ...]


def extract_shapes(page: PaintedPage) -> PathShapes:
    """Return what the paths of a page are: strokes along its axes, and areas; other shapes are left out."""
    strokes: list[tuple[Ruling, float | None]] = []
    areas: list[tuple[Box, float | None, int]] = []
    for path in page.painted_paths:
        box = _crop_to_page(object_box(path), page)
        if box is None:
            continue
        is_thin = min(box[2] - box[0], box[3] - box[1]) <= THICKEST_RULING
        if path["fill"] and is_thin and not path["curved"]:
            strokes.append((Ruling(*box), path["fill_light"]))
        elif path["fill"] and not is_thin:
            areas.append((box, path["fill_light"], path["order"]))
        if path["stroke"] and not (path["fill"] and is_thin):
            strokes += [(side, path["stroke_light"]) for side in _straight_sides(path)]
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


def _crop_to_page(box: Box, page: PaintedPage) -> Box | None:
    """Return the part of a box that lies on the page; None off the page, and for specks."""
    x0, x1 = max(box[0], 0.0), min(box[2], float(page.width))
    top, bottom = max(box[1], 0.0), min(box[3], float(page.height))
    if x0 > x1 or top > bottom or max(x1 - x0, bottom - top) < SHORTEST_STROKE:
        return None
    return (x0, top, x1, bottom)


def _straight_sides(path: PaintedPath) -> Iterator[Ruling]:
    """Yield the straight parts of an outline that run along the page's axes."""
    if path["curved"]:
        return
    half = (
        min(path["linewidth"] or 1.0, THICKEST_RULING) / 2
    )  # pdfminer gives 0 where no width is set: 1 point
    for edge in obj_to_edges(cast("dict[str, Any]", path)):
        x0, top, x1, bottom = edge["x0"], edge["top"], edge["x1"], edge["bottom"]
        width, height = x1 - x0, bottom - top
        if max(width, height) < SHORTEST_STROKE or min(width, height) > max(
            MOST_SLANT * max(width, height), 0.3
        ):
            continue
        if width >= height:
            yield Ruling(x0, (top + bottom) / 2 - half, x1, (top + bottom) / 2 + half)
        else:
            yield Ruling((x0 + x1) / 2 - half, top, (x0 + x1) / 2 + half, bottom)


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
    """Return rules with those in one line that touch, and the dashes of a dashed one, as one; in order."""
    edges = snap_edges([_ruling_edge(rule) for rule in rules], SAME_LEVEL, SAME_LEVEL)
    return (*_join_edges(edges, "h", "top"), *_join_edges(edges, "v", "x0"))


def _ruling_edge(rule: Ruling) -> dict[str, Any]:
    """Return a rule as pdfplumber's edge."""
    return {
        "object_type": "rect_edge",
        "orientation": "h" if rule.is_horizontal else "v",
        "x0": rule.x0,
        "top": rule.top,
        "x1": rule.x1,
        "bottom": rule.bottom,
        "doctop": rule.top,
        "width": rule.x1 - rule.x0,
        "height": rule.bottom - rule.top,
    }


def _join_edges(edges: list[dict[str, Any]], orientation: str, place: str) -> Iterator[Ruling]:
    """Yield the rules of one direction, each level's from its beginning."""
    size = "width" if orientation == "h" else "height"
    level_edges = sorted((e for e in edges if e["orientation"] == orientation), key=itemgetter(place))
    for _, level in groupby(level_edges, key=itemgetter(place)):
        pieces = list(level)
        dashes = [edge for edge in pieces if edge[size] <= LONGEST_DASH]
        strokes = [edge for edge in pieces if edge[size] > LONGEST_DASH]
        joined_dashes = join_edge_group(dashes, orientation, LONGEST_DASH / 2) if dashes else []
        for edge in join_edge_group([*joined_dashes, *strokes], orientation, TOUCHING_GAP):
            if edge[size] >= SHORTEST_RULING:
                yield Ruling(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
