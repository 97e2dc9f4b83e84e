"""Large and hostile texts: four times the input must not take sixteen times the time, and nothing is lost."""

from __future__ import annotations

import gc
import io
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import extractors
import pipeline
from extractors.errors import ReadError, ReadStatus
from extractors.model.page import Cell, Line, Table
from extractors.model.passage import Passage, PrintedPlace
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import cell_contents, list_items
from extractors.parser.tables.column_mapping import TableGrid, open_grid
from extractors.parser.tables.logical_rows import read_entries
from extractors.text import read_text
from extractors.text.encoding import MAX_TEXT_BYTES
from extractors.text.html_tables import MAX_COLUMNS

pytestmark = pytest.mark.slow


MOST_GROWTH = 10
"""Times the time for four times the input; sixteen would be quadratic. Two to spare for a busy computer."""

TITLES = "No.\tSasaran\tIndikator Kinerja Utama\tRumus\n"

TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "cells merged over all rows and columns": (
        150,
        lambda n: "<table>" + "<tr><td rowspan=9999 colspan=60>x" * n + "</table>",
    ),
    "cells merged over all rows": (700, lambda n: "<table>" + "<tr><td rowspan=9999>x<td>y" * n + "</table>"),
    "a row of many cells": (8000, lambda n: "<table><tr>" + "<td>x" * n + "</table>"),
    "formulas between pipes": (2000, lambda n: "|a|" + "$x$|" * n),
    "scripts that nothing closes": (4000, lambda n: "<script>\n" * n + "akhir"),
    "comments that nothing closes": (20_000, lambda n: "<!--" * n),
    "formulas that nothing closes": (8000, lambda n: "\\[" * n),
    "rows of a table": (2500, lambda n: TITLES + "1\tHal\tNilai IKM\tx 25\n" * n),
    "rows that are broken and never whole": (3000, lambda n: "|a|b|c|\n" + "|1|x\nlagi\n" * n),
    "page marks between rows": (1000, lambda n: "a\tb\n" + "1\tx\n- 2 -\n\f\n" * n),
    "page marks and no row": (4000, lambda n: "a\tb\n" + "- 2 -\n\n" * n),
    "a grid of one row": (2500, lambda n: "+--+--+\n" + "|a|b|\n+--+--+\n" * 3 + "|x| |\n" * n),
    "a border that is none": (100_000, lambda n: "|" + "+-" * n + "x" + " " * n + "x|"),
    "headings": (4000, lambda n: "# Judul\n" * n),
    "one line": (10_000, lambda n: "kata desa " * n),
    "one cell": (4000, lambda n: "<table><tr><td>" + "kata desa<br>" * n + "</table>"),
}


def line(text: str) -> Line:
    return Line(Passage.from_text(text, PrintedPlace(lines=(1, 1))))


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of three goes; the collector's rounds depend on what ran before, so none."""
    taken = []
    gc.disable()
    try:
        for _ in range(3):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(taken)


def growth(of: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times the time four times the input takes; very short times count as a hundredth second."""
    return seconds(of(4 * size)) / max(seconds(of(size)), 0.01)


def reading(text: str) -> Callable[[], object]:
    def read() -> None:
        with suppress(ReadError):
            read_text(text.encode())

    return read


def grid_of(text: str) -> TableGrid:
    [table] = read_text(text.encode())[0].blocks
    assert isinstance(table, Table)
    found = open_grid(table, WordLedger())
    assert found is not None
    return found[0]


@pytest.mark.parametrize("name", TEXTS)
def test_reading_a_text_takes_time_in_proportion(name: str) -> None:
    size, text = TEXTS[name]
    assert growth(lambda n: reading(text(n)), size) < MOST_GROWTH


PASSAGES: dict[str, Callable[[int], Callable[[], object]]] = {
    "cutting": lambda n: Passage.from_text("kata\n" * n, PrintedPlace()).splitlines,
    "items below each other": lambda n: (
        lambda: list_items.split_items([line("a. satu"), *[line("dua tiga")] * n])
    ),
    "items in one line": lambda n: (
        lambda: list_items.split_items([line(" ".join(f"{i}. satu;" for i in range(1, n)))])
    ),
    "dashes in one line": lambda n: lambda: list_items.split_items([line("- Satu" + " - Dua" * n)]),
    "one word": lambda n: lambda: list_items.rejoin_torn_words(Passage("a" * n)),
}


@pytest.mark.parametrize("name", PASSAGES)
def test_cutting_and_joining_takes_time_in_proportion(name: str) -> None:
    assert growth(PASSAGES[name], 2500) < MOST_GROWTH


def test_rows_that_never_end_take_time_in_proportion() -> None:
    def gathering(n: int) -> Callable[[], object]:
        grid = grid_of(TITLES + "1\tHal\tNilai\tx\n" + "\tdan lagi\tyang lain dan\ty\n" * n)
        return lambda: read_entries(grid, "name", WordLedger())

    assert growth(gathering, 500) < MOST_GROWTH


def laid(html: str) -> list[list[str]]:
    [table] = [block for block in read_text(html.encode())[0].blocks if isinstance(block, Table)]
    return [["^" if cell.covered else cell.text.text for cell in row] for row in table.rows]


def test_a_row_wider_than_any_decree_keeps_its_words_in_the_last_cell() -> None:
    [row] = laid("<table><tr><td colspan=59>awal" + "<td colspan=9>lagi" * 3 + "</table>")
    assert len(row) == MAX_COLUMNS
    assert (row[0], row[-1]) == ("awal", "lagi lagi lagi")
    assert set(row[1:-1]) == {"^"}


def test_merged_cells_still_cover_what_they_span() -> None:
    table = "<table><tr><td rowspan=3>a<td colspan=2>b<tr><td>c<td>d<tr><td>e<td>f</table>"
    assert laid(table) == [["a", "b", "^"], ["^", "c", "d"], ["^", "e", "f"]]


def test_merged_cells_that_cover_no_row_are_one_cell_each() -> None:
    made = read_text(b"<table><tr><td rowspan=9999>a<tr><td>b</table>")[0].blocks[0]
    assert isinstance(made, Table)
    assert len(made.rows) == 2
    assert made.rows[1][0] == Cell(covered=True)


def test_rows_numbered_beyond_a_thousand_are_rows_of_their_own() -> None:
    rows = "".join(f"{i}\tHal\tNilai kepuasan\tx 25\n" for i in range(998, 1004))
    found = read_entries(grid_of(TITLES + rows), "name", WordLedger())
    assert [entry.number.text for entry in found] == [
        "998", "999", "1000", "1001", "1002", "1003",
    ]  # fmt: skip


def test_a_cell_of_very_many_lines_is_not_dealt_by_its_words() -> None:
    names = [Passage("desa lunas"), Passage("warga puas")]
    few = [line("Desa lunas."), line("Jumlah warga puas."), line("Warga puas.")]
    dealt = cell_contents.divide_cell(few, names, [1, 2], by_words=True)
    assert dealt is not None
    assert [[part.text.text for part in share] for share in dealt] == [
        ["Desa lunas."],
        ["Jumlah warga puas.", "Warga puas."],
    ]
    assert cell_contents.divide_cell(few * 100, names, [1, 2], by_words=True) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_refused_without_waiting_for_what_it_gives(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.txt")
    with pytest.raises(ReadError) as error:
        pipeline.read(tmp_path / "pipa.txt")
    assert error.value.status is ReadStatus.UNSUPPORTED
    assert "not a regular file" in error.value.message


@pytest.mark.skipif(not Path(os.devnull).is_char_device(), reason="devices are no files here")
def test_a_device_is_no_file() -> None:
    with pytest.raises(ReadError) as error:
        pipeline.read(os.devnull)
    assert error.value.status is ReadStatus.UNSUPPORTED


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what was taken of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        self.taken += len(memoryview(buffer))
        return len(memoryview(buffer))


def test_no_more_is_read_of_an_endless_stream_than_a_text_may_have() -> None:
    endless = Endless()
    data = extractors.read_limited(io.BufferedReader(endless), "stdin")
    assert len(data) == MAX_TEXT_BYTES + 1
    assert endless.taken < 2 * MAX_TEXT_BYTES
    with pytest.raises(ReadError) as error:
        extractors.read_bytes(b"x" * len(data), "stdin")
    assert error.value.status is ReadStatus.TOO_LARGE
