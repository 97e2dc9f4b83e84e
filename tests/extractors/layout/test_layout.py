"""Pages drawn by hand: what is ruled, half-ruled or merged becomes the table that a person sees."""

from __future__ import annotations

import pytest

from extractors.layout import layout_page
from extractors.model.page import Cell, Line, Page, Table
from extractors.model.passage import Box, PrintedPlace, create_word_ref
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling

HEIGHT = 10.0


def words(x: float, top: float, text: str) -> list[PrintedWord]:
    """Words of a line in a fixed-width letter of five points."""
    out = []
    for part in text.split(" "):
        if part:
            box = (x, top, x + 5.0 * len(part), top + HEIGHT)
            out.append(PrintedWord(part, create_word_ref(PrintedPlace(1, box)), box, HEIGHT))
        x += 5.0 * (len(part) + 1)
    return out


def across(y: float, x0: float, x1: float) -> Ruling:
    return Ruling(x0, y, x1, y + 0.5)


def down(x: float, top: float, bottom: float) -> Ruling:
    return Ruling(x, top, x + 0.5, bottom)


def grid(xs: list[float], ys: list[float]) -> list[Ruling]:
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def read(printed: list[PrintedWord], rules: list[Ruling], fills: tuple[Box, ...] = ()) -> Page:
    return layout_page(PrintedPage(1, 600, 800, "digital", tuple(printed), tuple(rules), fills))


def lines(*texts: tuple[float, float, str]) -> list[PrintedWord]:
    """Printed lines, each by its left, its top and its words."""
    return [word for x, top, text in texts for word in words(x, top, text)]


def table(page: Page) -> list[list[str]]:
    """The first table: cells with ``/`` between their lines, ``^`` for covered ones."""
    found = next(block for block in page.blocks if isinstance(block, Table))
    return [[_shown(cell) for cell in row] for row in found.rows]


def _shown(cell: Cell) -> str:
    return "^" if cell.covered else " | ".join(line.text.text for line in cell.lines)


def test_a_ruled_table_between_lines_of_prose() -> None:
    page = read(
        lines(
            (50, 50, "Sebelum tabel"),
            (55, 105, "No"),
            (105, 105, "Indikator"),
            (55, 125, "1"),
            (105, 125, "Nilai"),
            (105, 137, "IKM"),
            (50, 200, "Sesudah"),
        ),
        grid([50, 100, 300], [100, 120, 150]),
    )
    assert [type(block) for block in page.blocks] == [Line, Table, Line]
    assert table(page) == [["No", "Indikator"], ["1", "Nilai | IKM"]]
    after = page.blocks[-1]
    assert isinstance(after, Line) and after.gap


def test_a_cell_merged_over_rows_covers_those_below() -> None:
    rules = [r for r in grid([50, 150, 300], [100, 120, 140, 160]) if not (r.is_horizontal and r.top == 140)]
    page = read(
        lines(
            (55, 105, "Sasaran"),
            (155, 105, "Indikator"),
            (55, 125, "Tertib"),
            (155, 125, "Satu"),
            (155, 145, "Dua"),
        ),
        [*rules, across(140, 150, 300)],
    )
    assert table(page) == [["Sasaran", "Indikator"], ["Tertib", "Satu"], ["^", "Dua"]]


def test_a_bar_that_does_not_reach_the_column_s_edges_is_a_fraction() -> None:
    page = read(
        [
            *words(60, 105, "Jumlah a"),
            *words(60, 121, "Jumlah b"),
            *words(110, 113, "x 100%"),
            *words(205, 105, "SPJ"),
        ],
        [*grid([50, 200, 300], [100, 140]), across(118, 58, 102)],
    )
    assert table(page) == [["(Jumlah a / Jumlah b) x 100%", "SPJ"]]


def test_a_side_that_computes_gets_brackets() -> None:
    page = read(
        lines((60, 105, "Jumlah a + Jumlah b"), (60, 121, "Jumlah c x 2"), (205, 105, "SPJ")),
        [*grid([50, 200, 300], [100, 140]), across(118, 58, 160)],
    )
    assert table(page)[0][0] == "(Jumlah a + Jumlah b) / (Jumlah c x 2)"


def test_an_underlined_word_is_no_fraction() -> None:
    page = read(
        lines((60, 105, "Penjelasan"), (60, 118, "Aktif berapat"), (205, 105, "SPJ")),
        [*grid([50, 200, 300], [100, 140]), across(114.8, 60, 110)],
    )
    assert table(page)[0][0] == "Penjelasan | Aktif berapat"


def test_what_follows_a_fraction_is_not_its_denominator() -> None:
    page = read(
        [
            *words(80, 105, "Jumlah a"),
            *words(80, 121, "Jumlah b"),
            *words(55, 141, "Penjelasan : tertib berarti"),
            *words(255, 105, "SPJ"),
        ],
        [*grid([50, 250, 300], [100, 160]), across(118, 70, 130)],
    )
    assert table(page)[0][0] == "Jumlah a / Jumlah b | Penjelasan : tertib berarti"


def half_ruled(*rows: tuple[float, list[tuple[float, str]]]) -> list[PrintedWord]:
    return [word for top, cells in rows for x, text in cells for word in words(x, top, text)]


def test_a_half_ruled_table_has_its_columns_where_no_text_crosses() -> None:
    page = read(
        half_ruled(
            (105, [(52, "No"), (82, "Indikator"), (202, "Rumus"), (352, "Sumber")]),
            (125, [(52, "1"), (82, "Nilai IKM"), (202, "Rerata x 25"), (352, "Survei")]),
            (145, [(52, "2"), (82, "Nilai SAKIP"), (202, "Hasil evaluasi"), (352, "LHE")]),
        ),
        [across(y, 50, 450) for y in (100, 120, 140, 160)],
    )
    assert table(page) == [
        ["No", "Indikator", "Rumus", "Sumber"],
        ["1", "Nilai IKM", "Rerata x 25", "Survei"],
        ["2", "Nilai SAKIP", "Hasil evaluasi", "LHE"],
    ]


@pytest.mark.parametrize("first_title", ["No", "Bidang"])
def test_titles_part_columns_of_a_half_ruled_table_with_a_narrow_gap_between(first_title: str) -> None:
    """Three points of white run down between texts that fill their columns; titles are centred over them."""
    first = ["1", "2"] if first_title == "No" else ["Umum", "Desa"]
    page = read(
        lines(
            *((50, 105, first_title), (120, 105, "Indikator"), (230, 105, "Rumus"), (320, 105, "Satuan")),
            *((50, 125, first[0]), (100, 125, "Desa yang tertib aset"), (208, 125, "Desa tertib aset")),
            *((320, 125, "Desa"), (50, 145, first[1]), (100, 145, "Warga yang terlayani")),
            *((208, 145, "Warga terlayani ini"), (320, 145, "Orang")),
        ),
        [across(y, 50, 360) for y in (100, 120, 140, 160)],
    )
    assert table(page)[1:] == [
        [first[0], "Desa yang tertib aset", "Desa tertib aset", "Desa"],
        [first[1], "Warga yang terlayani", "Warga terlayani ini", "Orang"],
    ]


def test_a_row_that_the_page_cuts_belongs_to_the_half_ruled_table() -> None:
    page = read(
        half_ruled(
            (105, [(52, "No"), (82, "Indikator"), (202, "Rumus"), (352, "Sumber")]),
            (125, [(52, "1"), (82, "Nilai IKM"), (202, "Rerata x 25"), (352, "Survei")]),
            (145, [(52, "2"), (82, "Nilai SAKIP"), (202, "Hasil evaluasi"), (352, "LHE")]),
        ),
        [across(y, 50, 450) for y in (100, 120, 140)],
    )
    assert table(page)[-1] == ["2", "Nilai SAKIP", "Hasil evaluasi", "LHE"]


BARE_TITLES = (105, [(52, "No"), (82, "Sasaran"), (242, "Indikator"), (402, "Sumber")])


def test_in_a_table_without_rules_a_text_on_each_number_is_that_rows_own() -> None:
    """As tall as the text is, nothing but the texts' beginnings parts the rows."""
    rows = [
        (117 + 12 * i, [(52, str(i + 1)), (82, goal), (242, f"Nilai {i}"), (402, "Laporan")])
        for i, goal in enumerate(("Tertibnya arsip desa", "Tertibnya arsip desa", "Lancarnya layanan warga"))
    ]
    assert [row[1] for row in table(read(half_ruled(BARE_TITLES, *rows), []))[1:]] == [
        "Tertibnya arsip desa",
        "Tertibnya arsip desa",
        "Lancarnya layanan warga",
    ]


@pytest.mark.parametrize(
    "goal",
    [
        ("Tertibnya arsip milik desa", "dan lancarnya layanan bagi", "warga di kecamatan ini"),
        ("Tertibnya Arsip Milik Desa", "Dan Lancarnya Layanan Bagi", "Warga Semua Kecamatan Ini"),
    ],
    ids=["small", "Each Word With A Capital"],
)
def test_in_a_table_without_rules_a_text_runs_on_over_the_numbers_beside_it(goal: tuple[str, ...]) -> None:
    rows = [
        (117 + 12 * i, [(52, str(i + 1)), (82, part), (242, f"Nilai {i}"), (402, "Laporan")])
        for i, part in enumerate(goal)
    ]
    found = table(read(half_ruled(BARE_TITLES, *rows), []))
    assert [row[1] for row in found[1:]] == [" | ".join(goal), "^", "^"]


def test_rules_under_a_letterhead_are_no_table() -> None:
    prose = "Membantu Bupati dalam urusan pemerintahan umum di wilayah"
    page = read(
        lines((60, 60, "PEMERINTAH KABUPATEN"), (60, 110, prose), (60, 124, prose)),
        [across(80, 50, 450), across(84, 50, 450), across(300, 50, 450)],
    )
    assert all(isinstance(block, Line) for block in page.blocks)


def test_shaded_cells_without_rules_are_a_table() -> None:
    page = read(
        lines(
            (55, 105, "No"),
            (105, 105, "Indikator"),
            (205, 105, "Rumus"),
            (55, 125, "1"),
            (105, 125, "Nilai IKM"),
            (205, 125, "x 25"),
        ),
        [],
        tuple(
            (x0, top, x1, top + 20) for top in (100, 120) for x0, x1 in ((50, 100), (100, 200), (200, 300))
        ),
    )
    assert table(page) == [["No", "Indikator", "Rumus"], ["1", "Nilai IKM", "x 25"]]


def test_every_word_of_a_page_stands_in_a_block() -> None:
    printed = [
        *words(60, 60, "Di luar"),
        *words(60, 105, "Di dalam"),
        *words(205, 105, "kanan"),
        *words(320, 110, "tepi"),
    ]
    page = read(printed, grid([50, 200, 300], [100, 140]))
    kept = {word for block in page.blocks if isinstance(block, Line) for word in block.text.words}
    kept |= {
        word
        for block in page.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for line in cell.lines
        for word in line.text.words
    }
    assert kept == {word.ref for word in printed}


def scanned(printed: list[PrintedWord], rules: list[Ruling]) -> Page:
    return layout_page(PrintedPage(1, 600, 800, "scan", tuple(printed), tuple(rules)))


NUMBERED = half_ruled(
    (105, [(52, "No"), (82, "Indikator"), (202, "Rumus"), (352, "Sumber")]),
    (135, [(52, "1"), (82, "Nilai IKM"), (202, "Rerata x 25"), (352, "Survei")]),
    (147, [(82, "kecamatan")]),
    (171, [(52, "2"), (82, "Nilai SAKIP"), (202, "Hasil evaluasi"), (352, "LHE")]),
    (183, [(82, "kecamatan")]),
)


def test_rows_of_a_scanned_table_whose_rules_are_lost_begin_with_their_numbers() -> None:
    page = scanned(NUMBERED, [across(100, 50, 450), across(122, 50, 450)])
    assert table(page) == [
        ["No", "Indikator", "Rumus", "Sumber"],
        ["1", "Nilai IKM | kecamatan", "Rerata x 25", "Survei"],
        ["2", "Nilai SAKIP | kecamatan", "Hasil evaluasi", "LHE"],
    ]


def test_what_stands_under_no_title_belongs_to_the_column_beside() -> None:
    bare_bar = [*words(290, 141, "x 100%"), *words(338, 171, "-")]
    page = scanned([*NUMBERED, *bare_bar], [across(100, 50, 450), across(122, 50, 450)])
    assert [len(row) for row in table(page)] == [4, 4, 4]
    assert "x 100%" in table(page)[1][2]


def test_a_piece_of_a_rule_that_runs_through_a_part_of_a_scanned_table_is_no_column() -> None:
    printed = lines((55, 105, "No"), (105, 105, "Indikator"), (55, 125, "1"), (105, 125, "Nilai IKM"))
    page = scanned(printed, [*grid([50, 100, 300], [100, 120, 200]), down(200, 100, 122)])
    assert table(page) == [["No", "Indikator"], ["1", "Nilai IKM"]]


def test_what_begins_behind_a_bar_s_end_is_not_under_it() -> None:
    printed = [
        *words(60, 105, "Jumlah desa"),
        *words(60, 121, "Jumlah RW"),
        *words(117, 113, "x"),
        *words(124, 113, "100%"),
        *words(205, 105, "SPJ"),
    ]
    page = scanned(printed, [*grid([50, 200, 300], [100, 140]), across(118, 58, 118)])
    assert table(page) == [["(Jumlah desa / Jumlah RW) x 100%", "SPJ"]]


def test_a_dash_whose_box_touches_its_item_stands_on_the_item_s_line() -> None:
    box = (48.0, 101.5, 60.0, 111.5)
    dash = PrintedWord("-", create_word_ref(PrintedPlace(1, box)), box, HEIGHT)
    page = scanned([dash, *words(57, 100, "Jumlah surat")], [])
    assert [str(block.text.text) for block in page.blocks if isinstance(block, Line)] == ["- Jumlah surat"]


def test_lines_in_columns_are_a_table_without_any_rule() -> None:
    page = read(
        half_ruled(
            (60, [(50, "Instansi"), (130, ":"), (140, "Kecamatan Watugilang")]),
            (72, [(50, "Tugas"), (130, ":"), (140, "Membantu Bupati menyelenggarakan pemerintahan umum")]),
            (105, [(52, "No"), (82, "Indikator"), (202, "Rumus"), (352, "Sumber")]),
            (129, [(52, "1."), (82, "Nilai IKM"), (202, "Rerata tertimbang"), (352, "Survei")]),
            (141, [(82, "kecamatan"), (202, "x 25")]),
            (165, [(52, "2."), (82, "Nilai SAKIP"), (202, "Hasil evaluasi"), (352, "LHE")]),
            (200, [(300, "Watugilang, 7 Februari 2024")]),
        ),
        [],
    )
    assert [type(block) for block in page.blocks] == [Line, Line, Table, Line]
    assert table(page) == [
        ["No", "Indikator", "Rumus", "Sumber"],
        ["1.", "Nilai IKM | kecamatan", "Rerata tertimbang | x 25", "Survei"],
        ["2.", "Nilai SAKIP", "Hasil evaluasi", "LHE"],
    ]


def test_labels_with_lists_are_no_table() -> None:
    page = read(
        half_ruled(
            (60, [(50, "Fungsi"), (130, ":"), (145, "a."), (170, "pembinaan desa")]),
            (72, [(145, "b."), (170, "pelayanan umum")]),
            (84, [(145, "c."), (170, "ketertiban umum")]),
            (96, [(50, "Tujuan"), (130, ":"), (145, "Desa yang tertib")]),
        ),
        [],
    )
    assert all(isinstance(block, Line) for block in page.blocks)


def test_a_bar_nearly_as_wide_as_its_column_is_no_row() -> None:
    printed = lines(
        (55, 105, "No"),
        (105, 105, "Rumus"),
        (55, 125, "1"),
        (150, 125, "jumlah surat selesai"),
        (150, 140, "jumlah surat masuk"),
        (55, 165, "2"),
        (105, 165, "jumlah desa"),
    )
    page = read(printed, [*grid([50, 100, 350], [100, 120, 160, 180]), across(137.5, 103, 347)])
    read_as = "jumlah surat selesai / jumlah surat masuk"
    assert table(page) == [["No", "Rumus"], ["1", read_as], ["2", "jumlah desa"]]


def test_a_rule_that_ends_at_its_columns_edges_parts_two_rows_that_share_a_number() -> None:
    printed = lines(
        (55, 105, "No"),
        (105, 105, "Rumus"),
        (55, 125, "1"),
        (105, 125, "jumlah surat"),
        (105, 140, "jumlah desa"),
    )
    page = read(printed, [*grid([50, 100, 350], [100, 120, 160]), across(137.5, 100.5, 349.5)])
    assert table(page) == [["No", "Rumus"], ["1", "jumlah surat"], ["^", "jumlah desa"]]
