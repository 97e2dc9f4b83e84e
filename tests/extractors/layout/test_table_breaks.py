"""Half-ruled tables one below the other: the second is none of the first one's rows."""

from __future__ import annotations

from typing import Literal

import pytest

from extractors.layout import layout_page
from extractors.model.page import Table
from extractors.model.passage import PrintedPlace, create_word_ref
from extractors.model.raw_page import PrintedPage, PrintedWord, Ruling

Printed = tuple[float, list[tuple[float, str]]]
"""A line: its top, and its pieces by where they begin."""

GOALS: list[Printed] = [
    (105, [(52, "No"), (92, "Sasaran"), (222, "Indikator"), (332, "Satuan"), (402, "Target")]),
    (125, [(52, "1"), (92, "Tertibnya arsip"), (222, "Arsip yang tertata"), (332, "Berkas"), (402, "40")]),
    (145, [(52, "2"), (92, "Lancarnya antrean"), (222, "Lama antrean"), (332, "Menit"), (402, "15")]),
]
BUDGETS: list[Printed] = [
    (195, [(52, "No"), (92, "Program"), (302, "Anggaran"), (432, "Ket.")]),
    (215, [(52, "1"), (92, "Program Pelayanan Kearsipan Desa Lestari"), (302, "Rp1.250.000"), (432, "APBD")]),
    (235, [(52, "2"), (92, "Program Pemberdayaan Warga Tepi Hutan"), (302, "Rp975.000"), (432, "APBD")]),
]
ALIGNED_BUDGETS: list[Printed] = [
    (195, [(52, "No"), (92, "Program"), (222, "Anggaran"), (402, "Ket.")]),
    (215, [(52, "1"), (92, "Kearsipan"), (222, "Rp1.250.000"), (402, "APBD")]),
    (235, [(52, "2"), (92, "Pemberdayaan"), (222, "Rp975.000"), (402, "APBD")]),
]
GOAL_RULES = (100, 120, 140, 160)
BUDGET_RULES = (190, 210, 230, 250)


def printed_words(rows: list[Printed]) -> tuple[PrintedWord, ...]:
    """The words of lines, in a fixed-width letter of five points."""
    out = []
    for top, pieces in rows:
        for x, text in pieces:
            for part in text.split(" "):
                box = (x, top, x + 5.0 * len(part), top + 10.0)
                out.append(PrintedWord(part, create_word_ref(PrintedPlace(1, box)), box, 10.0))
                x = box[2] + 5.0
    return tuple(out)


def found_tables(
    rows: list[Printed], levels: tuple[int, ...], origin: Literal["digital", "scan"] = "digital"
) -> list[list[list[str]]]:
    rules = tuple(Ruling(50, y, 470, y + 0.5) for y in levels)
    page = layout_page(PrintedPage(1, 600, 800, origin, printed_words(rows), rules))
    return [
        [[" | ".join(line.text.text for line in cell.lines) for cell in row] for row in block.rows]
        for block in page.blocks
        if isinstance(block, Table)
    ]


def as_texts(rows: list[Printed]) -> list[list[str]]:
    return [[text for _, text in pieces] for _, pieces in rows]


@pytest.mark.parametrize("origin", ["digital", "scan"])
def test_a_table_with_other_columns_below_is_another_one(origin: Literal["digital", "scan"]) -> None:
    first, second = found_tables(GOALS + BUDGETS, GOAL_RULES + BUDGET_RULES, origin)
    assert first == as_texts(GOALS)
    assert second == as_texts(BUDGETS)


@pytest.mark.parametrize("origin", ["digital", "scan"])
def test_the_line_between_two_tables_is_no_row_of_either(origin: Literal["digital", "scan"]) -> None:
    caption: list[Printed] = [(160.5, [(92, "Program dan anggarannya")])]
    budgets: list[Printed] = [(top - 20, pieces) for top, pieces in BUDGETS]
    levels = GOAL_RULES + tuple(y - 20 for y in BUDGET_RULES)
    first, second = found_tables(GOALS + caption + budgets, levels, origin)
    assert (first, second) == (as_texts(GOALS), as_texts(BUDGETS))


def test_a_table_in_the_same_columns_is_another_one_if_its_numbers_begin_again() -> None:
    first, second = found_tables(GOALS + ALIGNED_BUDGETS, GOAL_RULES + BUDGET_RULES)
    assert (first, second) == (as_texts(GOALS), as_texts(ALIGNED_BUDGETS))


@pytest.mark.parametrize("budgets", [BUDGETS, ALIGNED_BUDGETS], ids=["other columns", "same columns"])
def test_a_table_whose_rules_are_lost_is_not_joined_to_the_one_above(budgets: list[Printed]) -> None:
    first = found_tables(GOALS + [(top - 15, pieces) for top, pieces in budgets], GOAL_RULES, "scan")[0]
    assert first == as_texts(GOALS)


def test_rows_that_go_on_below_a_section_title_are_rows_of_one_table() -> None:
    """The numbers go on, or begin again without titles: no other table begins there."""
    section: list[Printed] = [(165, [(92, "Urusan kearsipan")])]
    for number in ("3", "1"):
        more: list[Printed] = [
            (
                185,
                [(52, number), (92, "Amannya arsip"), (222, "Arsip hilang"), (332, "Berkas"), (402, "0")],
            )
        ]
        (only,) = found_tables(GOALS + section + more, (100, 120, 140, 160, 180, 200))
        assert only[:3] == as_texts(GOALS)
        assert only[-1] == as_texts(more)[0]


def test_a_table_without_rules_ends_where_the_numbers_of_another_begin() -> None:
    first, second = found_tables(GOALS + [(top - 15, pieces) for top, pieces in ALIGNED_BUDGETS], ())
    assert (first, second) == (as_texts(GOALS), as_texts(ALIGNED_BUDGETS))


def test_tables_without_numbers_are_parted_by_their_columns() -> None:
    first, second = ([(top, pieces[1:]) for top, pieces in rows] for rows in (GOALS, BUDGETS))
    assert found_tables(first + second, GOAL_RULES + BUDGET_RULES) == [as_texts(first), as_texts(second)]


def test_titles_over_a_section_are_those_of_the_rows_below_it() -> None:
    """Titles and texts leave no straight strip of white between them: still they are one table."""
    titles: Printed = (105, [(52, "Sasaran"), (120, "Indikator Kinerja"), (262, "Satuan"), (402, "Target")])
    section: Printed = (125, [(52, "Urusan kearsipan")])
    row: Printed = (145, [(52, "Kewarganegaraan"), (175, "Arsip"), (262, "Berkas"), (402, "40")])
    assert len(found_tables([titles, section, row], GOAL_RULES)) == 1
