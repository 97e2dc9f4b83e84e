"""Ruled tables without outer walls, with a wall beyond the page, and cut by section rows."""

from __future__ import annotations

from extractors.model.page import Line, Table
from tests.extractors.layout.test_layout import across, down, grid, lines, read, table

TITLES = ((55, 105, "No"), (85, 105, "Sasaran"), (185, 105, "Satuan"))
ROW = ((55, 125, "1"), (85, 125, "Desa tertib"), (185, 125, "Persen"))
LEVELS = [100.0, 120.0, 140.0]


def test_rules_across_that_run_on_close_columns_without_outer_walls() -> None:
    rules = [across(y, 50, 260) for y in LEVELS] + [down(x, 100, 140) for x in (80, 180, 230)]
    page = read(lines(*TITLES, (235, 105, "Ket"), *ROW, (235, 125, "APBD")), rules)
    assert table(page) == [["No", "Sasaran", "Satuan", "Ket"], ["1", "Desa tertib", "Persen", "APBD"]]


def test_a_wall_beyond_the_page_closes_the_last_column_all_the_same() -> None:
    rules = [across(y, 400, 620) for y in LEVELS] + [down(x, 100, 140) for x in (400, 430, 500, 560)]
    printed = lines((405, 105, "No"), (435, 105, "Sasaran"), (505, 105, "Satuan"), (565, 105, "Target"))
    printed += lines((405, 125, "1"), (435, 125, "Desa tertib"), (505, 125, "Persen"), (565, 125, "90"))
    assert table(read(printed, rules))[1] == ["1", "Desa tertib", "Persen", "90"]


def test_where_no_word_stands_beyond_the_last_wall_there_is_no_column() -> None:
    rules = [across(y, 50, 260) for y in LEVELS] + [down(x, 100, 140) for x in (50, 80, 180, 230)]
    assert table(read(lines(*TITLES, *ROW), rules)) == [
        ["No", "Sasaran", "Satuan"],
        ["1", "Desa tertib", "Persen"],
    ]


def test_one_long_rule_alone_adds_no_column() -> None:
    rules = [*grid([50, 80, 180, 230], LEVELS), across(120, 50, 300)]
    page = read(lines(*TITLES, *ROW, (240, 105, "Lihat"), (240, 125, "catatan")), rules)
    assert [len(row) for row in table(page)] == [3, 3]


def _parts(section_top: float, gap: float) -> tuple[list[tuple[float, float, str]], list]:
    lower = 140 + gap
    texts = [*TITLES, *ROW, (85, section_top, "ANGKUTAN UMUM")]
    texts += [(x, y + gap + 20, text.replace("1", "2")) for x, y, text in ROW]
    walls = (50, 80, 180, 230)
    rules = [*grid(list(walls), LEVELS), *(down(x, lower, lower + 20) for x in walls)]
    return texts, [*rules, across(lower, 50, 230), across(lower + 20, 50, 230)]


def test_a_section_row_without_walls_joins_the_parts_of_its_table() -> None:
    texts, rules = _parts(143, 16)
    assert table(read(lines(*texts), rules)) == [
        ["No", "Sasaran", "Satuan"],
        ["1", "Desa tertib", "Persen"],
        ["ANGKUTAN UMUM", "^", "^"],
        ["2", "Desa tertib", "Persen"],
    ]


def test_a_heading_with_white_space_round_it_parts_two_tables() -> None:
    texts, rules = _parts(155, 40)
    blocks = read(lines(*texts), rules).blocks
    assert [type(block) for block in blocks] == [Table, Line, Table]
