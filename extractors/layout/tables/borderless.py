"""Tables without any rule: lines of text in columns, white strips running down between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout import line_grouping
from extractors.layout.ruling_geometry import Rulings, middle_x, middle_y
from extractors.layout.tables import half_ruled, half_ruled_scans, table_breaks
from extractors.layout.tables.lattice import MIN_BAR_LENGTH, TableRegion
from extractors.model.raw_page import PrintedPage, PrintedWord

MIN_COLUMNS = 3
"""Columns of words that make a table; a label, its colon and its text are fewer."""
MIN_LINES = 3
"""Lines that make a table."""
MAX_ROW_GAP = 3.0
"""White space, in heights of letters, that may part two rows."""

_Words = list[PrintedWord]


def find_borderless_tables(
    page: PrintedPage, rulings: Rulings, known_regions: Sequence[TableRegion]
) -> list[TableRegion]:
    """Return the tables among the words that stand in no known one."""
    free_words = [w for w in page.words if not any(region.contains_box(w.box) for region in known_regions)]
    rows = line_grouping.group_rows(free_words)
    out: list[TableRegion] = []
    start = 0
    while start < len(rows):
        end = _find_table_end(rows, start, known_regions)
        table_region = _build_region(rows[start:end], page, rulings) if end - start >= MIN_LINES else None
        if table_region is not None:
            out.append(table_region)
        start = end if table_region is not None else start + 1
    return out


def _find_table_end(rows: Sequence[_Words], start: int, known_regions: Sequence[TableRegion]) -> int:
    """Behind the last line of a table that begins with a line: at prose, much white, or another table."""
    if len(_pieces_with_words(rows[start])) < MIN_COLUMNS:
        return start
    bottom = _row_bottom(rows[start])
    first_column = _first_column(rows[start])
    for i in range(start + 1, len(rows)):
        row = rows[i]
        top, height = min(w.box[1] for w in row), line_grouping.letter_height(row)
        pieces = line_grouping.split_pieces(row)
        is_separate = top - bottom > line_grouping.PARAGRAPH_GAP * height and (
            len(pieces) < MIN_COLUMNS
            or table_breaks.numbers_begin_again(rows[start:i], rows[i:], first_column)
        )
        crosses_table = any(bottom <= region.top <= top for region in known_regions)
        if is_separate or crosses_table or top - bottom > MAX_ROW_GAP * height or _is_prose(row, rows[start]):
            return i
        bottom = max(bottom, _row_bottom(row))
    return len(rows)


def _first_column(titles: _Words) -> tuple[float, float]:
    """Return where the first column stands: up to the second title."""
    first_title, second_title, *_ = line_grouping.split_pieces(titles)
    return first_title[0].box[0], second_title[0].box[0]


def _pieces_with_words(row: _Words) -> list[_Words]:
    """Return the pieces of a line that have words in them, not marks and numbers alone."""
    return [
        piece
        for piece in line_grouping.split_pieces(row)
        if any(sum(map(str.isalpha, w.text)) > 1 for w in piece)
    ]


def _is_prose(row: _Words, first_row: _Words) -> bool:
    """Does a piece of a line reach over most of the table's width?"""
    width = first_row[-1].box[2] - first_row[0].box[0]
    return any(piece[-1].box[2] - piece[0].box[0] > 0.5 * width for piece in line_grouping.split_pieces(row))


def _build_region(rows: Sequence[_Words], page: PrintedPage, rulings: Rulings) -> TableRegion | None:
    words = [w for row in rows for w in row]
    left, right = min(w.box[0] for w in words) - 1, max(w.box[2] for w in words) + 1
    top, bottom = min(w.box[1] for w in words) - 1, max(w.box[3] for w in words) + 1
    xs = half_ruled_scans.drop_untitled_edges(
        [left, *half_ruled.find_white_edges(rows, left, right, page, rulings), right], rows
    )
    if _count_worded_columns(xs, words) < MIN_COLUMNS or len(xs) <= MIN_COLUMNS + 1:
        return None
    ys = _find_row_edges(rows, xs)
    inner_columns = frozenset(range(1, len(xs) - 1))
    region = TableRegion(
        xs, [top, *ys, bottom], [], [], rulings.reach, open_columns=inner_columns, open_rows=True, body=1
    )
    region.bars = [
        r
        for r in rulings.horizontal
        if r.length >= MIN_BAR_LENGTH and left < middle_x(r) < right and top < middle_y(r) < bottom
    ]
    return region if len(region.ys) > 2 else None


def _count_worded_columns(xs: Sequence[float], words: Sequence[PrintedWord]) -> int:
    """Return how many columns hold at least two words."""
    counts: dict[int, int] = {}
    for word in words:
        if sum(map(str.isalpha, word.text)) > 1:
            column = sum(edge <= (word.box[0] + word.box[2]) / 2 for edge in xs)
            counts[column] = counts.get(column, 0) + 1
    return sum(count >= 2 for count in counts.values())


def _find_row_edges(rows: Sequence[_Words], xs: Sequence[float]) -> list[float]:
    """Above each line that begins with a number; in a table that has none, above each set apart."""
    tops = [(_row_bottom(a) + min(w.box[1] for w in b)) / 2 for a, b in pairwise(rows)]
    numbered_tops = [
        y for y, row in zip(tops, rows[1:], strict=True) if half_ruled_scans.starts_with_number(row, xs)
    ]
    separated_tops = [
        y
        for y, (a, b) in zip(tops, pairwise(rows), strict=True)
        if min(w.box[1] for w in b) - _row_bottom(a)
        > line_grouping.PARAGRAPH_GAP * line_grouping.letter_height(b)
    ]
    return numbered_tops or separated_tops


def _row_bottom(row: _Words) -> float:
    return max(w.box[3] for w in row)
