"""No text of a workbook vanishes: it is shown in a line or a cell, or set aside."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from samples.office_files.workbook_file import BORDERED, PLAIN, SheetContent, workbook_file
from tests.support.office_pages import all_words, read_sheets

WORD = st.text("bcdfghjklm", min_size=4, max_size=9)
COLUMNS = "ABCDE"


@st.composite
def sheets(draw: st.DrawFn) -> SheetContent:
    """A sheet of scattered texts, some in borders, some merged or hidden."""
    places = st.tuples(st.integers(1, 12), st.sampled_from(COLUMNS))
    cells = draw(st.dictionaries(places, st.lists(WORD, min_size=1, max_size=2), min_size=1, max_size=20))
    rows: dict[int, dict[str, str | float]] = {}
    for (row, column), words in sorted(cells.items()):
        rows.setdefault(row, {})[column] = draw(st.sampled_from([" ", "\n"])).join(words)
    corners = draw(st.lists(st.tuples(places, st.integers(0, 3), st.integers(0, 2)), max_size=3))
    merged = [
        f"{column}{row}:{chr(min(ord(column) + width, ord('E')))}{row + height}"
        for (row, column), height, width in corners
    ]
    styles = {f"{column}{row}": draw(st.sampled_from([PLAIN, BORDERED])) for row, column in cells}
    hidden_rows = frozenset(draw(st.lists(st.integers(1, 12), max_size=2)))
    return SheetContent("Lembar", rows, merged, styles, hidden_rows=hidden_rows)


@given(sheets())
@settings(max_examples=80, deadline=None)
def test_every_word_of_a_sheet_is_kept_once(sheet: SheetContent) -> None:
    words = Counter(
        word for cells in sheet.rows.values() for text in cells.values() for word in str(text).split()
    )
    shown = SheetContent("Tampak", {1: {"A": "penutup"}})
    assert Counter(all_words(read_sheets(workbook_file(sheet, shown)))) == words + Counter(["penutup"])
