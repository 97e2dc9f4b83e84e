"""Rows across a table: headings of the rows that follow, objectives, agencies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.model.page import Cell, Line, TableRow
from extractors.model.passage import EMPTY_PASSAGE, Passage
from extractors.parser.tables import cell_evidence
from extractors.parser.tables.column_assignment import VALUE_FIELDS, MappedColumn
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.tables.table_entry import FORMULA_COLUMNS, ROW_NUMBER, TableEntry
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

_SECTION_LETTER = re.compile(r"\(?(?:[A-Z]|[IVX]{1,5})[.)]?")


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row across the table: a heading of the rows that follow."""

    label: Passage
    lines: list[Line]
    is_objective: bool = False
    is_agency: bool = False

    @property
    def text(self) -> Passage:
        """The heading as one text."""
        return Passage.join(" ", (line.text for line in self.lines)).fold_whitespace()


def read_section_row(row: TableRow, grid: TableGrid, entry: TableEntry) -> SectionRow | None:
    """Return what a row across the table says, if it is one."""
    filled_places = [i for i, cell in enumerate(row) if cell and cell.lines]
    if not filled_places or len(row) < 3 or grid.family != "indicators":
        return None
    place = filled_places[0]
    cell, column = row[place], grid.columns[place]
    if _names_agency(cell, column, entry):
        return SectionRow(EMPTY_PASSAGE, list(cell.lines), is_agency=True)
    if _is_lettered_section(row, grid, filled_places):
        return SectionRow(cell.text, list(row[filled_places[1]].lines))
    if len(filled_places) != 1:
        return None
    line = cell.lines[0]
    label = vocabulary_matcher.find_label(line.text.text)
    if label is not None and label.field == "objective":
        rest = line.text[label.end :]
        cut = len(rest.text) - len(rest.text.lstrip(" :.0123456789"))
        lines = [replace(line, text=rest[cut:]), *cell.lines[1:]]
        return SectionRow(line.text[: label.end], lines, is_objective=True)
    if column.field == "name" and _announces_objective(cell, grid):
        return SectionRow(EMPTY_PASSAGE, list(cell.lines), is_objective=True)
    spans_row = all(other.covered for other in row[place + 1 :])
    is_text_among_numbers = column.field == "number" and not ROW_NUMBER.fullmatch(
        ocr_digits.repair_digits(cell.text.text)
    )
    if place == 0 and (spans_row or is_text_among_numbers):
        return SectionRow(EMPTY_PASSAGE, list(cell.lines))
    return None


def _announces_objective(cell: Cell, grid: TableGrid) -> bool:
    """Does a row without values name an outcome, where objectives stand in the column of indicators?"""
    fields = {column.field for column in grid.columns}
    has_values = bool(fields & {"unit", *VALUE_FIELDS, *FORMULA_COLUMNS})
    return "objective" not in fields and has_values and cell_evidence.is_outcome(cell.text.text)


def _is_lettered_section(row: TableRow, grid: TableGrid, filled_places: Sequence[int]) -> bool:
    """Is it a letter or Roman number in the column of numbers, a heading beside it, and nothing else?"""
    if len(filled_places) != 2 or grid.columns[filled_places[0]].field != "number":
        return False
    is_heading_place = filled_places[1] == filled_places[0] + 1
    return is_heading_place and _SECTION_LETTER.fullmatch(row[filled_places[0]].text.text) is not None


def _names_agency(cell: Cell, column: MappedColumn, entry: TableEntry) -> bool:
    """Does a row without an indicator name, in capitals, the agency of the rows that follow?"""
    text = cell.text.text
    return (
        not entry.field_lines("name")
        and column.field in ("extra", "objective", "number")
        and text.isupper()
        and vocabulary_matcher.starts_with(text, "holder_agencies")
    )
