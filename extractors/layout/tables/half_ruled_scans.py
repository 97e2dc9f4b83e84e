"""Half-ruled tables on scans, whose rules are pale and broken: rows by their numbers and gaps as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import line_grouping
from extractors.layout.ruling_geometry import Rulings, cluster_edges, covered_length, middle_y
from extractors.layout.tables.lattice import MIN_BAR_LENGTH, TableRegion
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling

MIN_ROW_COVERAGE = 0.55
"""Share of the table's width from which a rule, or its pieces side by side, parts two rows."""
MAX_ROW_GAP = 2.5
"""White space, in heights of letters, that may part a row from one the rule between is lost of."""
MIN_BLOCK_GAP = 0.5
"""White space, in heights of letters, above a line that may begin another table."""
MIN_CELLS = 2
"""Columns in which the lines below the last rule must stand to be rows of the table."""
MIN_COLUMNS = 3
"""Fewer are no table: rather a column too many than one too few of them."""
MIN_TITLE_OVERLAP = 0.7
"""Share of a title's width that stands over its column at least."""
_NUMBER = re.compile(r"\d{1,2}[.)]?")
_LETTERS = re.compile(r"[^\W\d_]{2}|\d%")

_Words = list[PrintedWord]


def build_scanned_region(
    xs: Sequence[float],
    span: tuple[float, float],
    text_end: float,
    inner_rules: Sequence[Ruling],
    page: PrintedPage,
    rulings: Rulings,
) -> TableRegion | None:
    """The table that begins with a stretch of rules, down to the last line that stands in its columns.

    Args:
        xs: its column edges.
        span: the stretch of rules.
        text_end: where the text that may belong to it ends, at or below the last rule.
        inner_rules: the rules across between its sides.
        page: the page.
        rulings: the page's rules.
    """
    top, bottom = span
    rows = line_grouping.group_rows(_words_within(page, xs, top + 2, text_end))
    body = [row for row in rows if _row_level(row) < bottom]
    xs = drop_untitled_edges(xs, rows)
    lower_rows = _continuing_rows([row for row in rows if _row_level(row) >= bottom], xs, bottom, inner_rules)
    body += lower_rows
    end = max([bottom, *(w.box[3] + 1 for row in lower_rows for w in row)])
    horizontal = [r for r in inner_rules if top - rulings.reach <= middle_y(r) <= end + rulings.reach]
    ys = _find_row_edges(xs, (top, end), horizontal, body, rulings.reach)
    if len(ys) < 2:
        return None
    columns = frozenset(range(1, len(xs) - 1))
    table_region = TableRegion(
        list(xs), ys, [], rulings.vertical, rulings.reach, open_columns=columns, open_rows=True
    )
    first_level = min((_row_level(row) for row in rows if starts_with_number(row, xs)), default=ys[1] + 1)
    table_region.body = next((i for i, y in enumerate(ys) if i and y > first_level), 1) - 1 or 1
    table_region.horizontal = [
        r for r in horizontal if any(abs(middle_y(r) - y) <= rulings.reach for y in ys)
    ]
    table_region.bars = [
        r for r in horizontal if r not in table_region.horizontal and r.length >= MIN_BAR_LENGTH
    ]
    return table_region


def _words_within(page: PrintedPage, xs: Sequence[float], top: float, end: float) -> _Words:
    return [
        w
        for w in page.words
        if xs[0] - 2 <= _word_center_x(w) <= xs[-1] + 2 and top < _word_center_y(w) < end
    ]


def find_text_end(bottom: float, left: float, right: float, page: PrintedPage) -> float:
    """Return where the text that may go on below the last rule ends: at much white space or at prose."""
    words_below = _words_within(page, (left, right), bottom, page.height)
    end = bottom
    for row in line_grouping.group_rows(words_below):
        height = line_grouping.letter_height(row)
        is_prose = len(row) > 5 and len(line_grouping.split_pieces(row)) == 1
        if min(w.box[1] for w in row) - end > MAX_ROW_GAP * height or is_prose:
            break
        end = max(w.box[3] for w in row)
    return end


def find_block_tops(span: tuple[float, float], left: float, right: float, page: PrintedPage) -> list[float]:
    """Return where the lines set apart by white space begin, below the last rule."""
    end = span[0]
    out: list[float] = []
    for row in line_grouping.group_rows(_words_within(page, (left, right), *span)):
        top = min(w.box[1] for w in row)
        if top - end > MIN_BLOCK_GAP * line_grouping.letter_height(row):
            out.append(top)
        end = max(end, *(w.box[3] for w in row))
    return out


def drop_untitled_edges(xs: Sequence[float], rows: Sequence[_Words]) -> list[float]:
    """Column edges without those of columns that have no title.

    Such a column is the ``x 100%`` beside fractions, which belongs to the left, or a strip of list
    marks, which belongs to the right.
    """
    body_start = next(
        (i for i, row in enumerate(rows) if i and starts_with_number(row, xs) and _has_letters(row)), None
    )
    titles = (
        [title for row in rows[:body_start] for title in line_grouping.split_pieces(row)]
        if body_start
        else []
    )
    if not titles:
        return list(xs)
    dropped_edges: set[float] = set()
    for i, (a, b) in enumerate(pairwise(xs)):
        column_words = [w for row in rows[body_start:] for w in row if a < _word_center_x(w) < b]
        if i == 0 or any(_stands_over(title, a, b) for title in titles if _has_text(title)):
            continue
        lettered_count = sum(_has_letters([w]) for w in column_words)
        dropped_edges.add(a if 2 * lettered_count >= len(column_words) or b == xs[-1] else b)
    remaining_edges = [x for x in xs if x not in dropped_edges]
    return remaining_edges if len(remaining_edges) > MIN_COLUMNS else list(xs)


def _stands_over(title: _Words, left: float, right: float) -> bool:
    """Does most of a title stand over a column? That of several columns stands over none of them."""
    start, end = title[0].box[0], title[-1].box[2]
    return min(end, right) - max(start, left) > MIN_TITLE_OVERLAP * (end - start)


def _has_text(title: _Words) -> bool:
    """Is it more than marks and dirt?"""
    return any(map(str.isalnum, "".join(w.text for w in title)))


def _has_letters(words: Sequence[PrintedWord]) -> bool:
    return any(_LETTERS.search(w.text) for w in words)


def starts_with_number(row: _Words, xs: Sequence[float]) -> bool:
    """Does a line begin with a number in the first column?"""
    first_words = [w for w in row if _word_center_x(w) < xs[1]]
    return bool(first_words) and _NUMBER.fullmatch(first_words[0].text) is not None


def _continuing_rows(
    rows: Sequence[_Words], xs: Sequence[float], bottom: float, horizontal: Sequence[Ruling]
) -> list[_Words]:
    """Return the lines below that go on in the table's columns."""
    out: list[_Words] = []
    end = bottom
    for row in rows:
        top, height = min(w.box[1] for w in row), line_grouping.letter_height(row)
        if top - end > MAX_ROW_GAP * height or any(_crosses_edge(w, xs) for w in row):
            break
        is_closed = any(end - height < middle_y(r) < _row_level(row) and r.x0 > xs[1] for r in horizontal)
        if (
            (is_closed or top - end > height)
            and not starts_with_number(row, xs)
            and len(line_grouping.split_pieces(row)) < MIN_CELLS
        ):
            break
        out.append(row)
        end = max(w.box[3] for w in row)
    filled_columns = {cell for row in out for cell in _columns_of_row(row, xs)}
    return out if len(filled_columns) > MIN_CELLS else []


def _find_row_edges(
    xs: Sequence[float],
    span: tuple[float, float],
    across: Sequence[Ruling],
    rows: Sequence[_Words],
    reach: float,
) -> list[float]:
    """Heights where rules cover most of the width; and above each line that begins with a number."""
    width = xs[-1] - xs[0]
    ys = cluster_edges([(middle_y(r), r.length) for r in across], reach / 2)

    def width_share(y: float) -> float:
        return (
            covered_length([(r.x0, r.x1) for r in across if abs(middle_y(r) - y) <= reach], xs[0], xs[-1])
            / width
        )

    numbered_rows = [row for row in rows if starts_with_number(row, xs)]
    first_level = min([_row_level(row) for row in numbered_rows], default=span[1])
    # over the first number stand the titles, where a shorter rule parts a title from those under it
    row_levels = [
        y for y in ys if width_share(y) >= MIN_ROW_COVERAGE or (y < first_level and width_share(y) >= 0.2)
    ]
    for row in numbered_rows:
        first_word = row[0]
        top, height = first_word.box[1], first_word.box[3] - first_word.box[1]
        levels_over = [y for y in row_levels if y < top + 0.4 * height]
        if levels_over and not any(max(levels_over) < _row_level(line) < top for line in rows):
            continue
        levels_near = [y for y in ys if top - height < y < top + 0.4 * height]
        row_levels.append(levels_near[0] if levels_near else top)
    inner_levels = [y for y in row_levels if span[0] + reach < y < span[1] - reach]
    return [span[0], *_merge_close_edges(sorted(inner_levels), reach), span[1]]


def _merge_close_edges(ys: Sequence[float], reach: float) -> list[float]:
    """Edges without those that are one with the edge before."""
    out: list[float] = []
    for y in ys:
        if not out or y - out[-1] > reach:
            out.append(y)
    return out


def _columns_of_row(row: _Words, xs: Sequence[float]) -> set[int]:
    return {sum(edge <= _word_center_x(w) for edge in xs) for w in row}


def _crosses_edge(word: PrintedWord, xs: Sequence[float]) -> bool:
    return any(word.box[0] < edge - 3 and edge + 3 < word.box[2] for edge in xs[1:-1])


def _word_center_x(word: PrintedWord) -> float:
    return (word.box[0] + word.box[2]) / 2


def _word_center_y(word: PrintedWord) -> float:
    return (word.box[1] + word.box[3]) / 2


def _row_level(row: _Words) -> float:
    return sum(w.box[1] + w.box[3] for w in row) / (2 * len(row))
