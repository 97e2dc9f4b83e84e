"""One logical row of a table: what is printed of each field, put together from its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.model.page import Cell, Line, TableRow
from extractors.model.passage import EMPTY_PASSAGE, Passage
from extractors.parser.tables import nested_cells
from extractors.parser.tables.column_assignment import VALUE_FIELDS, MappedColumn
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

FORMULA_COLUMNS = ("formula", "formula_or_explanation")
QUARTERS = 4
ROW_NUMBER = re.compile(r"\(?\d{1,6}(?:\.\d{1,2}){0,3}[.)]?")


@dataclass(slots=True)
class ObjectiveGroup:
    """An objective with its printed lines, shared by all entries under it."""

    lines: list[Line] = field(default_factory=list)
    line_letters: list[str] = field(default_factory=list)
    """Of the lines counted so far: letters and digits alone, empty ones left out."""
    counted_lines: int = 0
    letter_count: int = 0
    """Number of letters."""

    def matches_letters(self, letters: str) -> bool:
        """Are these its letters? Only new lines are looked at, for it may grow by each row of a table."""
        for line in self.lines[self.counted_lines :]:
            if squeezed_line := vocabulary_matcher.squeeze_text(line.text.text):
                self.line_letters.append(squeezed_line)
                self.letter_count += len(squeezed_line)
        self.counted_lines = len(self.lines)
        return self.letter_count == len(letters) and "".join(self.line_letters) == letters


class ValueColumn(NamedTuple):
    """A column of values: what they are, and of when."""

    field: str
    year: int | None
    quarter: int | None
    title: str


@dataclass(slots=True)
class TableEntry:
    """One logical row: the lines of each field, put together from all its printed rows."""

    number: Passage
    group: ObjectiveGroup
    fields: dict[str, list[Line]] = field(default_factory=dict)
    extra: dict[str, list[Line]] = field(default_factory=dict)
    values: dict[ValueColumn, list[Line]] = field(default_factory=dict)
    """Targets, baselines and values reached, by column."""
    value_titles: dict[ValueColumn, Passage] = field(default_factory=dict)
    """Where the title of each column of values is printed."""
    likeness: dict[str, float] = field(default_factory=dict)
    item_number: Passage = EMPTY_PASSAGE
    """The item's own number, in a column beside its name or in front of it."""
    section: Passage = EMPTY_PASSAGE
    """The row across the table under which it stands."""
    agency: Passage = EMPTY_PASSAGE
    """The agency that a row of its own names, where one table holds several."""
    goal: list[Line] = field(default_factory=list)
    """The goal (Tujuan) in whose row it stands."""
    level: str | None = None
    """The level of planning that its column names."""

    def field_lines(self, name: str) -> list[Line]:
        """The lines of a field; none where the cell is empty."""
        return self.fields.get(name, [])

    @property
    def name_source(self) -> Passage:
        """Where its name begins."""
        lines = self.field_lines("name")
        return lines[0].text if lines else EMPTY_PASSAGE

    def add_value(self, column: MappedColumn, lines: Sequence[Line]) -> None:
        """Add what is printed in a column of values."""
        key = ValueColumn(column.field, column.year, column.quarter, column.title)
        self.values.setdefault(key, []).extend(lines)
        self.value_titles.setdefault(key, column.source)

    def field_text(self, name: str) -> str:
        """The text of a field, folded."""
        return " ".join(line.text.text for line in self.field_lines(name))


def read_row(row: TableRow, columns: Sequence[MappedColumn]) -> TableEntry:
    """Return one printed row by fields."""
    entry = TableEntry(Passage(), ObjectiveGroup())
    for cell, column in _pair_cells_with_columns(row, columns):
        if not cell:
            continue
        if column.field == "number" and ROW_NUMBER.fullmatch(ocr_digits.repair_digits(cell.text.text)):
            if entry.number or "." in cell.text.text.strip(" ."):
                entry.item_number = cell.text
            else:
                entry.number = cell.text
        elif column.field == "number" and not any(c.isalpha() for c in cell.text.text):
            entry.extra.setdefault(column.title, []).extend(cell.lines)
        elif column.field == "objective":
            entry.group.lines += cell.lines
        elif column.field == "goal":
            entry.goal += cell.lines
            entry.extra.setdefault(column.title, []).extend(cell.lines)
        elif column.field == "quarter_row" and len(cell.text.text.split()) != QUARTERS:
            entry.extra.setdefault(column.title, []).extend(cell.lines)
        elif column.field in VALUE_FIELDS:
            entry.add_value(column, cell.lines)
        elif column.field == "extra":
            entry.extra.setdefault(column.title, []).extend(cell.lines)
        else:
            name = "name" if column.field == "number" else column.field
            entry.fields.setdefault(name, []).extend(cell.lines)
            entry.likeness[name] = column.likeness
            entry.level = column.level or entry.level
    return entry


def _pair_cells_with_columns(
    row: TableRow, columns: Sequence[MappedColumn]
) -> Iterator[tuple[Cell, MappedColumn]]:
    """Cells with their columns; of a formula's cell that walls part in two (``Pembilang | …``) one row."""
    cells = iter(list(zip(row, columns, strict=False)))
    for cell, column in cells:
        if column.field in FORMULA_COLUMNS and cell and nested_cells.is_row_key(cell.text.text):
            parts = [cell.text]
            for next_cell, next_column in cells:
                if next_column.title != column.title or next_column.field != column.field:
                    yield _join_cell_parts(parts, cell), column
                    yield next_cell, next_column
                    break
                parts.append(next_cell.text)
            else:
                yield _join_cell_parts(parts, cell), column
        else:
            yield cell, column


def _join_cell_parts(parts: Sequence[Passage], cell: Cell) -> Cell:
    if len(parts) < 2 or not any(parts[1:]):
        return cell
    return Cell((Line(Passage.join(" ", parts), parts=tuple(parts)),))
