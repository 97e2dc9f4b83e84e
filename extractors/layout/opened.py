"""Half-ruled tables: rules across alone, perhaps shaded rows; the columns are where no text crosses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import lines, stretched, titles
from extractors.layout.regions import SHORTEST_BAR, Region, parts
from extractors.layout.strokes import Drawn, covered, edges, middle_x, middle_y
from extractors.printed import PrintedPage, PrintedWord, Rule

LEAST_COLUMNS = 3
"""Fewer columns of text are prose with labels, not a table of indicators."""
CLEAR = 4.0
"""Points of white space that part two columns."""
CUT_ROW = 0.8
"""White space, in heights of letters, within which text below the last rule is a row that the page cuts."""
LONG = 0.55
"""Share of the table's width from which a rule (or its pieces side by side) parts two rows."""
STRAY = 0.06
"""Share of a scanned table's lines whose words may stand between two columns: letters of a stamp."""
WIDE = 0.8
"""Heights of letters that a letter is wide at most."""
NARROWEST = 0.4
"""Share of the page's width from which rules across make a table."""


def half_ruled(drawn: Drawn, page: PrintedPage, firm: Sequence[Region]) -> list[Region]:
    """Tables drawn with rules across, one below the other, and no rules down from top to bottom.

    ``firm``: the tables that are known already; none of these reaches over one of them.
    """
    out: list[Region] = []
    for left, right in _extents(drawn.across, page):
        inside = [r for r in drawn.across if r.x0 >= left - drawn.reach and r.x1 <= right + drawn.reach]
        ys = _row_edges(inside, left, right, drawn.reach)
        for top, bottom in _runs(ys, left, right, page, drawn):
            if any(top < region.top < bottom for region in firm):
                continue
            region = _region(top, bottom, left, right, inside, page, drawn)
            if region is not None:
                out.append(region)
    return out


def _extents(across: Sequence[Rule], page: PrintedPage) -> list[tuple[float, float]]:
    """The left and right ends that at least two long rules share."""
    wide = [r for r in across if r.length >= NARROWEST * page.width]
    found: list[list[Rule]] = []
    for rule in wide:
        home = next((g for g in found if abs(g[0].x0 - rule.x0) < 4 and abs(g[0].x1 - rule.x1) < 4), None)
        if home is None:
            found.append([rule])
        else:
            home.append(rule)
    return [(group[0].x0, group[0].x1) for group in found if len(group) >= 2]


def _row_edges(inside: Sequence[Rule], left: float, right: float, reach: float) -> list[float]:
    """Heights at which rules, pieces side by side, cover most of the table's width."""
    out = []
    for y in edges([(middle_y(r), r.length) for r in inside], reach):
        pieces = [(r.x0, r.x1) for r in inside if abs(middle_y(r) - y) <= reach]
        if covered(pieces, left, right) >= LONG * (right - left):
            out.append(y)
    return out


def _runs(
    ys: Sequence[float], left: float, right: float, page: PrintedPage, drawn: Drawn
) -> list[tuple[float, float]]:
    """Stretches of rows whose text stands in columns: the longest first, none inside another."""
    bands = list(pairwise(ys))
    taken: set[int] = set()
    out: list[tuple[float, float]] = []
    least = 1 if page.origin == "scan" else 2
    for size in range(len(bands), least - 1, -1):
        for start in range(len(bands) - size + 1):
            run = range(start, start + size)
            if taken.intersection(run):
                continue
            top, bottom = bands[start][0], bands[start + size - 1][1]
            columns = _columns(top, bottom, left, right, page, drawn)
            if len(columns) > LEAST_COLUMNS and _heads(*bands[start], left, right, page):
                out.append((top, bottom))
                taken.update(run)
    return out


def _heads(top: float, bottom: float, left: float, right: float, page: PrintedPage) -> bool:
    """May a table begin with a band? Not with one without text, nor with lines of which none has columns."""
    rows = lines.rows([w for w in page.words if _within(w, top, bottom, left, right)])
    if len(rows) < 2:
        return bool(rows)
    said = [sum(_says(piece) for piece in lines.pieces(row)) for row in rows]
    return any(pieces >= LEAST_COLUMNS for pieces in said)


def _says(piece: Sequence[PrintedWord]) -> bool:
    """Is a piece of a line more than the colon behind a label?"""
    return any(map(str.isalnum, "".join(w.text for w in piece)))


def _columns(
    top: float, bottom: float, left: float, right: float, page: PrintedPage, drawn: Drawn
) -> list[float]:
    """Column edges of an area: drawn ones where they make a table, else the white space between words."""
    words = [w for w in page.words if _within(w, top, bottom, left, right)]
    rows = lines.rows(words)
    if any(_crosses_all(row, left, right) for row in rows):
        return [left, right]
    down = [
        r for r in drawn.down if left - 3 <= middle_x(r) <= right + 3 and top - 3 <= middle_y(r) <= bottom + 3
    ]
    ruled = edges([(middle_x(r), r.length) for r in down], drawn.reach)
    if len(ruled) > LEAST_COLUMNS:
        return ruled
    tabular = [row for row in rows if _segments(row) >= LEAST_COLUMNS]
    inner = strips(tabular, left, right, page, drawn)
    if page.origin == "scan":
        inner = titles.parted(inner, tabular, left, right, [_span(w) for row in tabular for w in row])
    return [left, *inner, right] if tabular else [left, right]


def strips(
    rows: Sequence[Sequence[PrintedWord]], left: float, right: float, page: PrintedPage, drawn: Drawn
) -> list[float]:
    """The edges between columns of text: in the strips of white that run down through all lines."""
    stray = STRAY * len(rows) if page.origin == "scan" else 0
    white = _white([_span(w) for row in rows for w in row], left, right, stray)
    clear = CLEAR if len(rows) > 3 else 2 * CLEAR
    return [_edge(a, b, drawn) for a, b in white if b - a >= clear]


def _crosses_all(row: Sequence[PrintedWord], left: float, right: float) -> bool:
    """Is a line running text over most of the width: many words, no gap between any two?"""
    wide = row[-1].box[2] - row[0].box[0] > 0.6 * (right - left)
    return wide and len(row) >= 6 and _segments(row) == 1


def _segments(row: Sequence[PrintedWord]) -> int:
    """Pieces of a line that are further apart than words are."""
    return len(lines.pieces(row))


def _span(word: PrintedWord) -> tuple[float, float]:
    """Where a word stands; a number's box on a scan may be as wide as the empty cell round it."""
    start, _, end, _ = word.box
    spare = end - start - WIDE * (word.box[3] - word.box[1]) * len(word.text)
    return (start + spare / 2, end - spare / 2) if spare > 0 else (start, end)


def _white(
    spans: Sequence[tuple[float, float]], left: float, right: float, stray: float
) -> list[tuple[float, float]]:
    """Where no span stands, or no more than may be a stamp's letters."""
    out: list[tuple[float, float]] = []
    turns = sorted([(a, 1) for a, _ in spans] + [(b, -1) for _, b in spans])
    deep, start = 0, None
    for x, turn in turns:
        if turn > 0 and deep <= stray < deep + 1 and start is not None:
            out.append((start, x))
        deep += turn
        if turn < 0 and deep <= stray < deep + 1:
            start = x
    return [(a, b) for a, b in out if a > left and b < right and b > a]


def _edge(start: float, end: float, drawn: Drawn) -> float:
    """The edge in a strip of white space: where rules end in it, else its middle."""
    ends = [x for r in drawn.across for x in (r.x0, r.x1) if start - 2 <= x <= end + 2]
    edge = sum(ends) / len(ends) if ends else (start + end) / 2
    return min(max(edge, start + 1), end - 1)


def _region(
    top: float,
    bottom: float,
    left: float,
    right: float,
    inside: Sequence[Rule],
    page: PrintedPage,
    drawn: Drawn,
) -> Region | None:
    xs = _columns(top, bottom, left, right, page, drawn)
    across = [r for r in inside if top - drawn.reach <= middle_y(r) <= bottom + drawn.reach]
    if page.origin == "scan":
        foot = stretched.foot(bottom, left, right, page)
        more = _columns(top, foot, left, right, page, drawn)
        xs = more if len(more) > LEAST_COLUMNS else xs
        return stretched.region(xs, (top, bottom), inside, page, drawn)
    region = Region(
        xs, [top, bottom], across, drawn.down, drawn.reach, open_columns=frozenset(range(1, len(xs) - 1))
    )
    walls = [r for r in across if any(parts(r, across, a, b, drawn.reach) for a, b in pairwise(xs))]
    region.ys = edges([(middle_y(r), r.length) for r in walls], drawn.reach)
    region.across = walls
    region.ys = _with_cut_row(region, page)
    region.bars = [r for r in across if r not in walls and r.length >= SHORTEST_BAR]
    return region if len(region.ys) > 1 else None


def _with_cut_row(region: Region, page: PrintedPage) -> list[float]:
    """Row edges with the end of a row that the page cuts: text in columns right below the last rule."""
    bottom = region.ys[-1]
    left, right = region.xs[0], region.xs[-1]
    below = [w for w in page.words if _within(w, bottom, page.height, left, right)]
    end = bottom
    columns: set[int] = set()
    for row in lines.rows(below):
        top = min(w.box[1] for w in row)
        if top - end > CUT_ROW * lines.height(row) or any(_crosses(w, region) for w in row):
            break
        end = max(w.box[3] for w in row)
        columns |= {sum(edge <= (w.box[0] + w.box[2]) / 2 for edge in region.xs) for w in row}
    return [*region.ys, end + 1] if len(columns) >= LEAST_COLUMNS else region.ys


def _crosses(word: PrintedWord, region: Region) -> bool:
    return any(word.box[0] < edge - 1 and edge + 1 < word.box[2] for edge in region.xs[1:-1])


def _within(word: PrintedWord, top: float, bottom: float, left: float, right: float) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return left - 1 <= x <= right + 1 and top < y < bottom
