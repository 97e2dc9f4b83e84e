"""Small tables within a cell: rows that know their cells, wherever their rules lie."""

from __future__ import annotations

from itertools import pairwise

from extractors.model.page import Page, Table
from extractors.model.raw_page import Ruling
from tests.extractors.layout.test_layout import across, down, grid, lines, read, table


def parts(page: Page) -> list[list[str]]:
    """The cells of each row of small tables on a page."""
    return [
        [part.text for part in line.parts]
        for block in page.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for line in cell.lines
        if line.parts
    ]


OUTER = grid([50, 100, 400, 500], [100, 120, 220])
HEADER = lines((55, 105, "No"), (105, 105, "Rumus"), (405, 105, "Sumber"))
SIDES = lines(
    (55, 125, "1"),
    (105, 125, "Persentase ="),
    (115, 145, "Pembilang"),
    (185, 145, "Jumlah desa yang lunas"),
    (115, 165, "Penyebut"),
    (185, 165, "Jumlah desa"),
    (105, 185, "x 100%"),
    (405, 125, "Laporan"),
)


def test_a_small_table_in_a_cell_is_no_fraction_and_splits_no_columns() -> None:
    page = read([*HEADER, *SIDES], [*OUTER, *grid([110, 180, 380], [140, 160, 180])])
    assert parts(page) == [["Pembilang", "Jumlah desa yang lunas"], ["Penyebut", "Jumlah desa"]]
    assert table(page)[1] == [
        "1",
        "Persentase = | Pembilang Jumlah desa yang lunas | Penyebut Jumlah desa | x 100%",
        "Laporan",
    ]


def test_a_small_table_whose_side_is_the_cell_s_wall() -> None:
    small = [*grid([110, 180, 380], [140, 160, 180]), *(across(y, 100, 380) for y in (140, 160, 180))]
    page = read([*HEADER, *SIDES], [*OUTER, *small])
    assert parts(page) == [["Pembilang", "Jumlah desa yang lunas"], ["Penyebut", "Jumlah desa"]]


def test_a_small_table_that_the_page_cuts_meets_the_outer_rule_and_splits_no_columns() -> None:
    rules = [*grid([50, 100, 400, 500], [100, 120, 170, 220]), *grid([110, 180, 380], [190, 205])]
    rules += [down(x, 190, 220) for x in (110, 180, 380)]
    words = lines(
        (55, 125, "1"),
        (105, 125, "Nilai IKM"),
        (55, 175, "2"),
        (115, 192, "Pembilang"),
        (185, 192, "Jumlah desa"),
        (115, 207, "Penyebut"),
        (185, 207, "Jumlah"),
    )
    page = read([*HEADER, *words], rules)
    assert [len(row) for row in next(b for b in page.blocks if isinstance(b, Table)).rows] == [3, 3, 3]
    assert parts(page) == [["Pembilang", "Jumlah desa"], ["Penyebut", "Jumlah"]]


def test_a_column_of_its_own_below_a_shared_title_stays_a_column() -> None:
    rules = [across(y, 50, 500) for y in (100, 120, 140, 160)] + [down(x, 100, 160) for x in (50, 200, 500)]
    page = read(
        lines(
            (55, 105, "Nama"), (205, 105, "Target"), (205, 125, "2024"), (305, 125, "2025"), (55, 145, "a")
        ),
        [*rules, down(300, 120, 160)],
    )
    assert [len(row) for row in next(b for b in page.blocks if isinstance(b, Table)).rows] == [3, 3, 3]


def test_a_box_round_a_formula_is_no_fraction() -> None:
    box: list[Ruling] = [*grid([110, 380], [140, 165])]
    words = lines((105, 125, "Persentase ="), (120, 147, "Jumlah a : Jumlah b"), (105, 180, "x 100%"))
    page = read([*HEADER, *words], [*OUTER, *box])
    assert table(page)[1][1] == "Persentase = | Jumlah a : Jumlah b | x 100%"


def test_a_fraction_within_a_small_table() -> None:
    small = grid([110, 180, 380], [140, 180])
    words = lines((115, 150, "Nilai"), (190, 142, "Jumlah a"), (190, 164, "Jumlah b"))
    page = read([*HEADER, *words], [*OUTER, *small, across(158, 188, 240)])
    assert parts(page) == [["Nilai", "Jumlah a / Jumlah b"]]


def test_words_beside_a_small_table_keep_their_order() -> None:
    words = lines((104, 155, "k"), (115, 145, "A"), (155, 145, "Desa"), (115, 165, "B"), (155, 165, "Dusun"))
    words += lines((350, 155, "x 2"))
    page = read([*HEADER, *words], [*OUTER, *grid([112, 150, 300], [140, 160, 180])])
    assert table(page)[1][1] == "k | A Desa | B Dusun | x 2"


def test_every_word_of_a_small_table_is_kept() -> None:
    words = [*HEADER, *SIDES]
    page = read(words, [*OUTER, *grid([110, 180, 380], [140, 160, 180])])
    kept = [
        w
        for row in next(b for b in page.blocks if isinstance(b, Table)).rows
        for c in row
        for w in c.text.words
    ]
    assert sorted(map(id, kept)) == sorted(id(word.ref) for word in words)
    assert all(a is not b for a, b in pairwise(kept))
