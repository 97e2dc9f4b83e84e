"""Pages drawn by hand: what is ruled, half-ruled or merged becomes the table that a person sees."""

from __future__ import annotations

from extractors.layout import layout
from extractors.page import Cell, Line, Page, Table
from extractors.passage import Box, Place, Word
from extractors.printed import PrintedPage, PrintedWord, Rule

HEIGHT = 10.0


def words(x: float, top: float, text: str) -> list[PrintedWord]:
    """Words of a line in a fixed-width letter of five points."""
    out = []
    for part in text.split(" "):
        if part:
            box = (x, top, x + 5.0 * len(part), top + HEIGHT)
            out.append(PrintedWord(Word(part, Place(1, box)), HEIGHT))
        x += 5.0 * (len(part) + 1)
    return out


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y + 0.5)


def down(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x + 0.5, bottom)


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def read(printed: list[PrintedWord], rules: list[Rule], fills: tuple[Box, ...] = ()) -> Page:
    return layout(PrintedPage(1, 600, 800, "digital", tuple(printed), tuple(rules), fills))


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
    rules = [r for r in grid([50, 150, 300], [100, 120, 140, 160]) if not (r.horizontal and r.top == 140)]
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
        ]
        + words(255, 105, "SPJ"),
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
    assert kept == {word.word for word in printed}
