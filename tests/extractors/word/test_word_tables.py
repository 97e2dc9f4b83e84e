"""Tables of Word documents: merged cells, nested tables, addresses."""

from __future__ import annotations

from extractors.model.office_address import WordAddress
from extractors.model.page import Table
from extractors.model.passage import word_place
from samples.office_files.word_file import DASHES, NUMBERS, cell, list_definitions, paragraph, table
from tests.support.office_pages import aside_texts, line_texts, read_body, table_texts


def test_merged_cells_cover_the_places_that_they_take() -> None:
    body = table(
        [
            [cell("Sasaran", merge="restart"), cell("Target", span=2)],
            [cell(merge="continue"), "2024", "2025"],
            [cell("Mutu", merge="restart"), "80", "85"],
            [cell(merge="continue"), "90", "95"],
        ]
    )
    assert table_texts(read_body(body)) == [
        ["Sasaran", "Target", "^"],
        ["^", "2024", "2025"],
        ["Mutu", "80", "85"],
        ["^", "90", "95"],
    ]


def test_text_under_a_merged_cell_is_not_seen_and_set_aside() -> None:
    body = table([[cell("A", merge="restart"), "B"], [cell("tertutup", merge="continue"), "C"]])
    page = read_body(body)
    assert table_texts(page) == [["A", "B"], ["^", "C"]]
    assert aside_texts(page) == [("hidden-text", "tertutup")]


def test_a_cell_that_continues_nothing_is_a_cell_of_its_own() -> None:
    assert table_texts(read_body(table([["A", "B"], [cell("x", merge="continue"), "C"]])))[1] == ["x", "C"]


def test_numbers_of_lists_stand_in_the_cells_that_they_are_printed_in() -> None:
    numbered = cell(paragraph(list_id="1"))
    sources = cell(paragraph("Register", list_id="2") + paragraph("Rekap", list_id="2"))
    body = table([["No", "Sumber"], [numbered, sources], [numbered, "Laporan"]])
    page = read_body(body, {"numbering": list_definitions(NUMBERS, DASHES)})
    assert table_texts(page) == [["No", "Sumber"], ["1.", "• Register / • Rekap"], ["2.", "Laporan"]]


def test_words_know_the_cell_that_they_stand_in() -> None:
    page = read_body(paragraph("judul") + table([["A", "B"], ["C", cell(paragraph("x") + paragraph("D"))]]))
    [_, printed_table] = page.blocks
    assert isinstance(printed_table, Table)
    word = printed_table.rows[1][1].lines[1].text.words[0]
    assert word_place(word).address == WordAddress("document", paragraph=2, table=1, row=2, cell=2)


def test_rows_that_were_deleted_or_hidden_are_set_aside() -> None:
    body = table([["A", "B"], ["C", "D"], ["E", "F"]])
    body = body.replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1" w:author="x"/></w:trPr>', 1)
    page = read_body(body)
    assert table_texts(page) == [["C", "D"], ["E", "F"]]
    assert aside_texts(page) == [("deleted-text", "A B")]


def test_a_table_of_one_column_only_frames_what_stands_in_it() -> None:
    framed = table([[cell(paragraph("PERJANJIAN KINERJA") + table([["A", "B"], ["C", "D"]]))]])
    page = read_body(framed)
    assert line_texts(page) == ["PERJANJIAN KINERJA"]
    assert table_texts(page) == [["A", "B"], ["C", "D"]]


def test_a_small_table_within_a_cell_is_lines_that_know_their_cells() -> None:
    page = read_body(table([["A", cell(table([["bobot", "20"], ["nilai", "30"]]))], ["B", "C"]]))
    [printed_table] = page.blocks
    assert isinstance(printed_table, Table)
    lines = printed_table.rows[0][1].lines
    assert [[part.text for part in line.parts] for line in lines] == [["bobot", "20"], ["nilai", "30"]]


def test_tables_nested_fifty_deep_lose_no_word() -> None:
    body = table([["kiri", "terdalam"]])
    for _ in range(49):
        body = table([[cell(body), "x"]])
    [printed_table] = read_body(body).blocks
    assert isinstance(printed_table, Table)
    lines = [line for row in printed_table.rows for printed_cell in row for line in printed_cell.lines]
    words = [word for line in lines for word in line.text.text.split()]
    assert sorted(words) == ["kiri", "terdalam", *["x"] * 49]


def test_a_row_wider_than_any_decree_joins_its_last_cells() -> None:
    page = read_body(table([[f"k{i}" for i in range(200)]] * 2))
    cells = table_texts(page)[0]
    assert len(cells) == 60
    assert cells[-1].endswith("k199")
