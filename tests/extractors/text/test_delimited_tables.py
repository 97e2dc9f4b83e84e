"""Rows that are lines: broken ones are put together, page marks and borders are no text of a cell."""

import extractors
from extractors.model.page import Line, Table
from extractors.model.record import Decree, Indicator
from extractors.text.text_blocks import parse_blocks

HEAD = "INDIKATOR KINERJA UTAMA KECAMATAN SUKAMULIH\n\nInstansi : KECAMATAN SUKAMULIH\n\n"
TITLES = "| No | Sasaran | Indikator Kinerja Utama | Rumus | Sumber Data |\n|---|---|---|---|---|\n"


def cells(text: str) -> list[list[list[str]]]:
    """Rows of cells of lines of all tables."""
    tables = [block for block in parse_blocks(text) if isinstance(block, Table)]
    return [
        [[line.text.text for line in cell.lines] for cell in row] for table in tables for row in table.rows
    ]


def lines(text: str) -> list[str]:
    return [block.text.text for block in parse_blocks(text) if isinstance(block, Line)]


def read(text: str) -> Decree:
    return extractors.read_bytes((HEAD + text).encode(), "lembar.txt")


def told(one: Indicator) -> tuple[int | None, str, str, list[str]]:
    assert one.formula is not None
    return one.number, one.name, one.formula.raw, one.data_sources


def unplaced(decree: Decree) -> list[str]:
    return [note.message for note in decree.notes if note.code == "unplaced-text"]


def test_a_row_broken_in_its_cells_is_read_until_it_has_its_columns() -> None:
    decree = read(
        TITLES
        + "| 1 | Mutu naik | Persentase desa\ntertib | Jumlah desa tertib"
        + " dibagi\njumlah desa | Register\ndesa |\n"
        + "| 2 | Tertib aset | Jumlah aset | Aset tercatat\ndalam kartu | Kartu\n"
        + "| 3 | Tertib dana | Jumlah dana | Dana tercatat | Buku |\n"
    )
    assert [told(one) for one in decree.holders[0].indicators] == [
        (1, "Persentase desa tertib", "Jumlah desa tertib dibagi jumlah desa", ["Register desa"]),
        (2, "Jumlah aset", "Aset tercatat dalam kartu", ["Kartu"]),
        (3, "Jumlah dana", "Dana tercatat", ["Buku"]),
    ]
    assert unplaced(decree) == []


def test_a_broken_header_has_the_columns_of_the_rule_below_it() -> None:
    table = cells("| No | Indikator\nKinerja | Rumus |\n|---|---|---|\n| 1 | A | B |\n")
    assert table == [[["No"], ["Indikator", "Kinerja"], ["Rumus"]], [["1"], ["A"], ["B"]]]


def test_a_row_that_lacks_cells_takes_no_prose() -> None:
    text = "| a | b | c |\n|---|---|---|\n| 1 | dua\nDitetapkan di Sukamulih\npada tanggal 2 Mei 2024\n"
    assert cells(text) == [[["a"], ["b"], ["c"]], [["1"], ["dua"], []]]
    assert lines(text) == ["Ditetapkan di Sukamulih", "pada tanggal 2 Mei 2024"]


def test_a_rule_that_is_not_closed_is_no_broken_row() -> None:
    assert cells("|---|---|+--+--+\nsatu|dua||tiga")[0][:4] == [["satu"], ["dua"], [], ["tiga"]]


def test_a_row_broken_by_a_page_is_one_row() -> None:
    text = "| a | b | c |\n|---|---|---|\n| 1 | dua\n- 2 -\n\f\nlagi | tiga |\n| 2 | x | y |\n"
    assert cells(text)[1:] == [[["1"], ["dua", "lagi"], ["tiga"]], [["2"], ["x"], ["y"]]]
    assert lines(text) == ["- 2 -"]


def test_page_marks_between_rows_neither_enter_a_cell_nor_end_the_table() -> None:
    rows = [
        "| 1 | Mutu | Nilai IKM | Nilai survei | SKM |",
        "| 2 | Aset | Jumlah aset | Aset tercatat | Kartu |",
        "| 3 | Dana | Jumlah dana | Dana tercatat | Buku |",
    ]
    for mark in (
        "- 2 -\n",
        "Halaman 2 dari 3\n",
        "\n\nPage 2\n\n",
        "\f",
        "\n\f- 2 -\n\n",
        "hal. 2/3\t\n\f\n",
    ):
        piped = TITLES + rows[0] + "\n" + rows[1] + "\n" + mark + rows[2] + "\n"
        for text in (
            piped,
            piped.replace("|---|---|---|---|---|\n", "").replace(" | ", "\t").replace("|", ""),
        ):
            assert [told(one) for one in read(text).holders[0].indicators] == [
                (1, "Nilai IKM", "Nilai survei", ["SKM"]),
                (2, "Jumlah aset", "Aset tercatat", ["Kartu"]),
                (3, "Jumlah dana", "Dana tercatat", ["Buku"]),
            ], (mark, text)


def test_rows_behind_a_page_mark_are_as_wide_though_their_last_cells_are_lost() -> None:
    assert cells("a\tb\tc\n1\tx\ty\n- 2 -\n2\tz\n")[-1] == [["2"], ["z"], []]


def test_a_form_feed_within_a_line_parts_it() -> None:
    assert cells("a\tb\n1\tx\f2\ty\n")[1:] == [[["1"], ["x"]], [["2"], ["y"]]]
    assert lines("satu\fdua") == ["satu", "dua"]


def test_the_lines_between_two_borders_of_a_grid_are_one_row() -> None:
    border = "+----+------+-------+\n"
    grid = (
        border + "| No | Nama | Rumus |\n" + border.replace("-", "=")
        + "| 1  | satu | A     |\n|    | dua  | B     |\n" + border + "| 2  | tiga | C     |\n" + border
    )  # fmt: skip
    rows = [[["No"], ["Nama"], ["Rumus"]], [["1"], ["satu", "dua"], ["A", "B"]], [["2"], ["tiga"], ["C"]]]
    assert cells(grid) == rows
    assert cells(grid.replace("| 2  | tiga", "| b  | tiga").replace("|    | dua", "| a  | dua"))[1] == [
        ["1", "a"], ["satu", "dua"], ["A", "B"],
    ]  # fmt: skip
    assert lines(grid) == []


def test_rows_of_a_grid_without_borders_between_them_stay_apart() -> None:
    border = "+---+---+\n"
    text = border + "| a | b |\n" + border + "| x | y |\n| z | w |\n" + border
    assert cells(text) == [[["a"], ["b"]], [["x"], ["y"]], [["z"], ["w"]]]
    numbered = text.replace("x", "1").replace("z", "2").replace("w", " ")
    assert cells(numbered)[1:] == [[["1"], ["y"]], [["2"], []]]


def test_the_marks_of_a_list_that_is_divided_among_indicators_are_no_lost_words() -> None:
    decree = read(
        TITLES
        + "| 1 | Mutu | 1. Nilai IKM<br>2. Jumlah aset | a. Nilai survei x 25<br>b. Aset tercatat"
        + " | a) Laporan SKM<br>b) Kartu |\n"
        + "| 2 | Dana | a. Jumlah dana<br>b. Jumlah arsip | 1) Dana tercatat<br>2) Arsip tercatat"
        + " | - Buku<br>- Lemari |\n"
    )
    assert [told(one)[1:] for one in decree.holders[0].indicators] == [
        ("Nilai IKM", "Nilai survei x 25", ["Laporan SKM"]),
        ("Jumlah aset", "Aset tercatat", ["Kartu"]),
        ("Jumlah dana", "Dana tercatat", ["Buku"]),
        ("Jumlah arsip", "Arsip tercatat", ["Lemari"]),
    ]
    assert unplaced(decree) == []


def test_words_torn_at_the_end_of_a_cells_line_are_mended_in_every_field() -> None:
    [one] = read(
        TITLES
        + "| 1 | Mutu | Persentase penye-<br>lesaian | Konflik yang disele-<br>saikan"
        + " per rata-<br>rata non-<br>ASN | Daftar undang-<br>undang |\n"
    ).holders[0].indicators  # fmt: skip
    assert told(one)[1:] == (
        "Persentase penyelesaian",
        "Konflik yang diselesaikan per rata-rata non-ASN",
        ["Daftar undang-undang"],
    )


def test_rows_copied_from_below_a_merged_cell_keep_their_columns() -> None:
    text = (
        "No\tSasaran\tIndikator\tSumber\n1\tDesa tertib\tPersentase desa\tRegister\n"
        "Jumlah aset\tBuku aset\n2\tWarga puas\tNilai survei\tLaporan"
    )
    (table,) = parse_blocks(text)
    assert isinstance(table, Table)
    covered_row = table.rows[2]
    assert [cell.covered for cell in covered_row] == [True, True, False, False]
    assert [cell.text.text for cell in covered_row[2:]] == ["Jumlah aset", "Buku aset"]


def test_a_short_row_of_a_table_without_numbers_keeps_its_place() -> None:
    (table,) = parse_blocks("Sasaran\tIndikator\tSumber\nDesa tertib\tPersentase\tRegister\nWarga\tNilai")
    assert isinstance(table, Table)
    assert [cell.text.text for cell in table.rows[2]] == ["Warga", "Nilai", ""]
