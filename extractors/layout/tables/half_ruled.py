"""Half-ruled tables: rules across alone, perhaps shaded rows; the columns are where no text crosses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import line_grouping
from extractors.layout.ruling_geometry import Rulings, cluster_edges, covered_length, middle_x, middle_y
from extractors.layout.tables import column_headers, half_ruled_scans, table_breaks
from extractors.layout.tables.lattice import MIN_BAR_LENGTH, TableRegion, separates_rows
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling

MIN_COLUMNS = 3
"""Fewer columns of text are prose with labels, not a table of indicators."""
MIN_COLUMN_GAP = 4.0
"""Points of white space that part two columns."""
CUT_ROW_GAP = 0.8
"""White space, in heights of letters, within which text below the last rule is a row that the page cuts."""
MIN_ROW_COVERAGE = 0.55
"""Share of the table's width from which a rule (or its pieces side by side) parts two rows."""
STRAY_SHARE = 0.06
"""Share of a scanned table's lines whose words may stand between two columns: letters of a stamp."""
MAX_CROSSING_SHARE = 0.1
"""Share of a scanned table's lines that may cross an edge between titles: columns touch there."""
MAX_LETTER_WIDTH = 0.8
"""Heights of letters that a letter is wide at most."""
MIN_TABLE_WIDTH = 0.4
"""Share of the page's width from which rules across make a table."""

_Span = tuple[float, float]


def find_half_ruled_tables(
    rulings: Rulings, page: PrintedPage, ruled_tables: Sequence[TableRegion]
) -> list[TableRegion]:
    """Return the tables drawn with rules across, and no rules down from top to bottom.

    Args:
        rulings: the page's rules.
        page: the page.
        ruled_tables: the tables that are known already; none of these reaches over one of them.
    """
    out: list[TableRegion] = []
    for left, right in _shared_extents(rulings.horizontal, page):
        inner_rules = [
            r for r in rulings.horizontal if r.x0 >= left - rulings.reach and r.x1 <= right + rulings.reach
        ]
        ys = _find_row_edges(inner_rules, left, right, rulings.reach)
        band_groups = _split_between_tables(list(pairwise(ys)), left, right, page, rulings)
        next_tops = [*(bands[0][0] for bands in band_groups[1:]), page.height]
        for bands, next_top in zip(band_groups, next_tops, strict=True):
            for top, bottom in _find_column_runs(bands, left, right, page, rulings):
                if any(top < region.top < bottom for region in ruled_tables):
                    continue
                region = _build_region(top, bottom, next_top, left, right, inner_rules, page, rulings)
                if region is not None:
                    out.append(region)
    return out


def _shared_extents(horizontal: Sequence[Ruling], page: PrintedPage) -> list[tuple[float, float]]:
    """Return the left and right ends that at least two long rules share."""
    wide_rules = [r for r in horizontal if r.length >= MIN_TABLE_WIDTH * page.width]
    rule_groups: list[list[Ruling]] = []
    for rule in wide_rules:
        home_group = next(
            (g for g in rule_groups if abs(g[0].x0 - rule.x0) < 4 and abs(g[0].x1 - rule.x1) < 4), None
        )
        if home_group is None:
            rule_groups.append([rule])
        else:
            home_group.append(rule)
    return [(group[0].x0, group[0].x1) for group in rule_groups if len(group) >= 2]


def _find_row_edges(inner_rules: Sequence[Ruling], left: float, right: float, reach: float) -> list[float]:
    """Heights at which rules, pieces side by side, cover most of the table's width."""
    out = []
    for y in cluster_edges([(middle_y(r), r.length) for r in inner_rules], reach):
        pieces = [(r.x0, r.x1) for r in inner_rules if abs(middle_y(r) - y) <= reach]
        if covered_length(pieces, left, right) >= MIN_ROW_COVERAGE * (right - left):
            out.append(y)
    return out


def _find_column_runs(
    bands: Sequence[_Span], left: float, right: float, page: PrintedPage, rulings: Rulings
) -> list[_Span]:
    """Return the stretches of bands whose text stands in columns: the longest first, none inside another."""
    used_bands: set[int] = set()
    out: list[_Span] = []
    min_size = 1 if page.origin == "scan" else 2
    for size in range(len(bands), min_size - 1, -1):
        for start in range(len(bands) - size + 1):
            run = range(start, start + size)
            if used_bands.intersection(run):
                continue
            top, bottom = bands[start][0], bands[start + size - 1][1]
            columns = _find_column_edges(top, bottom, left, right, page, rulings)
            if len(columns) > MIN_COLUMNS and _can_start_table(*bands[start], left, right, page):
                out.append((top, bottom))
                used_bands.update(run)
    return out


def _split_between_tables(
    bands: Sequence[_Span], left: float, right: float, page: PrintedPage, rulings: Rulings
) -> list[Sequence[_Span]]:
    """Return the bands in groups, without those without columns that part one table from the next.

    A table has titles and a row: two bands at least.
    """
    tabular_flags = [_is_tabular(band, left, right, page) for band in bands]
    out: list[Sequence[_Span]] = []
    start = 0
    for end, next_start in _find_gaps(tabular_flags):
        above = [(top, bands[end][1]) for top, _ in bands[start:end]]
        below = [(bands[next_start][0], bottom) for _, bottom in reversed(bands[next_start + 1 :])]
        upper, lower = (
            next((span for span in spans if _has_columns(span, left, right, page, rulings)), None)
            for spans in (above, below)
        )
        if upper and lower and _are_two_tables(upper, lower, left, right, page, rulings):
            out.append(bands[start : end + 1])
            start = next_start
    return [*out, bands[start:]]


def _find_gaps(tabular_flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the bands in columns, by their places, that have others between them: each with the next."""
    places = [i for i, is_tabular in enumerate(tabular_flags) if is_tabular]
    return [(a, b) for a, b in pairwise(places) if b > a + 1]


def _is_tabular(band: _Span, left: float, right: float, page: PrintedPage) -> bool:
    """Does a line of a band stand in columns?"""
    words = [w for w in page.words if _is_within(w, *band, left, right)]
    return any(_count_pieces(row) >= MIN_COLUMNS for row in line_grouping.group_rows(words))


def _has_columns(span: _Span, left: float, right: float, page: PrintedPage, rulings: Rulings) -> bool:
    return len(_find_column_edges(*span, left, right, page, rulings)) > MIN_COLUMNS


def _are_two_tables(
    upper: _Span, lower: _Span, left: float, right: float, page: PrintedPage, rulings: Rulings
) -> bool:
    """Does another table begin below a table, at the top of the lower stretch?"""
    spans = (upper, lower, (upper[0], lower[1]))
    above, below, shared = (_find_column_edges(*span, left, right, page, rulings) for span in spans)
    rows_above, rows_below = (
        line_grouping.group_rows([w for w in page.words if _is_within(w, *span, left, right)])
        for span in (upper, lower)
    )
    return table_breaks.numbers_begin_again(
        rows_above, rows_below, above
    ) or table_breaks.columns_begin_again(rows_below, (above, below, shared))


def _can_start_table(top: float, bottom: float, left: float, right: float, page: PrintedPage) -> bool:
    """May a table begin with a band? Not with one without text, nor with lines of which none has columns."""
    rows = line_grouping.group_rows([w for w in page.words if _is_within(w, top, bottom, left, right)])
    if len(rows) < 2:
        return bool(rows)
    piece_counts = [sum(_has_text(piece) for piece in line_grouping.split_pieces(row)) for row in rows]
    return any(count >= MIN_COLUMNS for count in piece_counts)


def _has_text(piece: Sequence[PrintedWord]) -> bool:
    """Is a piece of a line more than the colon behind a label?"""
    return any(map(str.isalnum, "".join(w.text for w in piece)))


def _find_column_edges(
    top: float, bottom: float, left: float, right: float, page: PrintedPage, rulings: Rulings
) -> list[float]:
    """Column edges of an area: drawn ones where they make a table, else the white space between words."""
    words = [w for w in page.words if _is_within(w, top, bottom, left, right)]
    rows = line_grouping.group_rows(words)
    if any(_is_running_text(row, left, right) for row in rows):
        return [left, right]
    vertical = [
        r
        for r in rulings.vertical
        if left - 3 <= middle_x(r) <= right + 3 and top - 3 <= middle_y(r) <= bottom + 3
    ]
    ruled_edges = cluster_edges([(middle_x(r), r.length) for r in vertical], rulings.reach)
    if len(ruled_edges) > MIN_COLUMNS:
        return ruled_edges
    tabular_rows = [row for row in rows if _count_pieces(row) >= MIN_COLUMNS]
    inner_edges = find_white_edges(tabular_rows, left, right, page, rulings)
    spans = [_word_span(w) for row in tabular_rows for w in row]
    most_crossings = MAX_CROSSING_SHARE * len(tabular_rows) if page.origin == "scan" else 0
    inner_edges = column_headers.split_by_titles(
        inner_edges,
        tabular_rows,
        left,
        right,
        spans,
        _titles_end(top, bottom, left, right, rulings),
        most_crossings,
    )
    return [left, *inner_edges, right] if tabular_rows else [left, right]


def _titles_end(top: float, bottom: float, left: float, right: float, rulings: Rulings) -> float:
    """Return where the first rule over most of an area's width parts its titles from its rows."""
    levels = [
        middle_y(rule)
        for rule in rulings.horizontal
        if covered_length([(rule.x0, rule.x1)], left, right) >= MIN_ROW_COVERAGE * (right - left)
    ]
    return min((y for y in levels if top + rulings.reach < y < bottom - rulings.reach), default=top)


def find_white_edges(
    rows: Sequence[Sequence[PrintedWord]], left: float, right: float, page: PrintedPage, rulings: Rulings
) -> list[float]:
    """Return the edges between columns of text: in the strips of white that run down through all lines."""
    stray_limit = STRAY_SHARE * len(rows) if page.origin == "scan" else 0
    white_spans = _find_white_spans([_word_span(w) for row in rows for w in row], left, right, stray_limit)
    min_gap = MIN_COLUMN_GAP if len(rows) > 3 else 2 * MIN_COLUMN_GAP
    return [_edge_in_gap(a, b, rulings) for a, b in white_spans if b - a >= min_gap]


def _is_running_text(row: Sequence[PrintedWord], left: float, right: float) -> bool:
    """Is a line running text over most of the width: many words, no gap between any two?"""
    is_wide = row[-1].box[2] - row[0].box[0] > 0.6 * (right - left)
    return is_wide and len(row) >= 6 and _count_pieces(row) == 1


def _count_pieces(row: Sequence[PrintedWord]) -> int:
    """Return how many pieces of a line are further apart than words are."""
    return len(line_grouping.split_pieces(row))


def _word_span(word: PrintedWord) -> tuple[float, float]:
    """Return where a word stands; a number's box on a scan may be as wide as the empty cell round it."""
    start, _, end, _ = word.box
    spare = end - start - MAX_LETTER_WIDTH * (word.box[3] - word.box[1]) * len(word.text)
    return (start + spare / 2, end - spare / 2) if spare > 0 else (start, end)


def _find_white_spans(
    spans: Sequence[tuple[float, float]], left: float, right: float, stray_limit: float
) -> list[tuple[float, float]]:
    """Return where no span stands, or no more than may be a stamp's letters."""
    out: list[tuple[float, float]] = []
    events = sorted([(a, 1) for a, _ in spans] + [(b, -1) for _, b in spans])
    depth, start = 0, None
    for x, step in events:
        if step > 0 and depth <= stray_limit < depth + 1 and start is not None:
            out.append((start, x))
        depth += step
        if step < 0 and depth <= stray_limit < depth + 1:
            start = x
    return [(a, b) for a, b in out if a > left and b < right and b > a]


def _edge_in_gap(start: float, end: float, rulings: Rulings) -> float:
    """Return the edge in a strip of white space: where rules end in it, else its middle."""
    ends = [x for r in rulings.horizontal for x in (r.x0, r.x1) if start - 2 <= x <= end + 2]
    edge = sum(ends) / len(ends) if ends else (start + end) / 2
    return min(max(edge, start + 1), end - 1)


def _build_region(
    top: float,
    bottom: float,
    next_top: float,
    left: float,
    right: float,
    inner_rules: Sequence[Ruling],
    page: PrintedPage,
    rulings: Rulings,
) -> TableRegion | None:
    xs = _find_column_edges(top, bottom, left, right, page, rulings)
    horizontal = [r for r in inner_rules if top - rulings.reach <= middle_y(r) <= bottom + rulings.reach]
    if page.origin == "scan":
        text_end = min(half_ruled_scans.find_text_end(bottom, left, right, page), next_top)
        has_rows = _titles_end(top, bottom, left, right, rulings) > top
        for table_top in half_ruled_scans.find_block_tops((bottom, text_end), left, right, page):
            if has_rows and _are_two_tables((top, bottom), (table_top, text_end), left, right, page, rulings):
                text_end = table_top
                break
        extended_edges = _find_column_edges(top, text_end, left, right, page, rulings)
        xs = extended_edges if len(extended_edges) > MIN_COLUMNS else xs
        return half_ruled_scans.build_scanned_region(xs, (top, bottom), text_end, inner_rules, page, rulings)
    region = TableRegion(
        xs,
        [top, bottom],
        horizontal,
        rulings.vertical,
        rulings.reach,
        open_columns=frozenset(range(1, len(xs) - 1)),
    )
    walls = [
        r
        for r in horizontal
        if any(separates_rows(r, horizontal, a, b, rulings.reach) for a, b in pairwise(xs))
    ]
    region.ys = cluster_edges([(middle_y(r), r.length) for r in walls], rulings.reach)
    region.horizontal = walls
    region.ys = _add_cut_row(region, page)
    region.bars = [r for r in horizontal if r not in walls and r.length >= MIN_BAR_LENGTH]
    return region if len(region.ys) > 1 else None


def _add_cut_row(region: TableRegion, page: PrintedPage) -> list[float]:
    """Row edges with the end of a row that the page cuts: text in columns right below the last rule."""
    bottom = region.ys[-1]
    left, right = region.xs[0], region.xs[-1]
    words_below = [w for w in page.words if _is_within(w, bottom, page.height, left, right)]
    end = bottom
    columns: set[int] = set()
    for row in line_grouping.group_rows(words_below):
        top = min(w.box[1] for w in row)
        if top - end > CUT_ROW_GAP * line_grouping.letter_height(row) or any(
            _crosses_edge(w, region) for w in row
        ):
            break
        end = max(w.box[3] for w in row)
        columns |= {sum(edge <= (w.box[0] + w.box[2]) / 2 for edge in region.xs) for w in row}
    return [*region.ys, end + 1] if len(columns) >= MIN_COLUMNS else region.ys


def _crosses_edge(word: PrintedWord, region: TableRegion) -> bool:
    return any(word.box[0] < edge - 1 and edge + 1 < word.box[2] for edge in region.xs[1:-1])


def _is_within(word: PrintedWord, top: float, bottom: float, left: float, right: float) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return left - 1 <= x <= right + 1 and top < y < bottom
