"""From printed rows to entries: OCR breaks one indicator's row into several, pages break it in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from extractors.model.page import Cell, Line, TableRow
from extractors.model.passage import Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import list_items, nested_cells
from extractors.parser.tables.column_mapping import MappedColumn, TableGrid
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

FORMULA_COLUMNS = ("formula", "formula_or_explanation")
_ROW_NUMBER = re.compile(r"\(?(\d{1,6})[.)]?")
_SUM_SIGN = re.compile(r"[∑Σ]|\\sum|\\Sigma")
_FRACTION_BAR = re.compile(r"[—–―‒─_-]{4,}")


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


@dataclass(slots=True)
class TableEntry:
    """One logical row: the lines of each field, put together from all its printed rows."""

    number: Passage
    group: ObjectiveGroup
    fields: dict[str, list[Line]] = field(default_factory=dict)
    extra: dict[str, list[Line]] = field(default_factory=dict)
    targets: dict[tuple[int | None, str], list[Line]] = field(default_factory=dict)
    target_titles: dict[tuple[int | None, str], Passage] = field(default_factory=dict)
    """Where the title of each column of targets is printed."""
    likeness: dict[str, float] = field(default_factory=dict)

    def field_lines(self, name: str) -> list[Line]:
        """The lines of a field; none where the cell is empty."""
        return self.fields.get(name, [])

    def field_text(self, name: str) -> str:
        """The text of a field, folded."""
        return " ".join(line.text.text for line in self.field_lines(name))


@dataclass(frozen=True, slots=True)
class _TableStyle:
    """How a table tells one entry from the next."""

    has_numbers: bool
    has_markers: bool
    is_split_by_line: bool
    """OCR made a row of each printed line."""


def read_entries(grid: TableGrid, name_field: str, ledger: WordLedger) -> list[TableEntry]:
    """The logical rows of a grid; ``main`` is the field that names an entry."""
    style = _detect_style(grid, name_field)
    all_entries: list[TableEntry] = []
    for row in grid.rows:
        row_entry = _read_row(row, grid.columns)
        last_entry = all_entries[-1] if all_entries else None
        if section := _read_section_row(row, grid):
            ledger.add_furniture(section[0])
            if section[1]:
                all_entries.append(_objective_entry(section[1]))
            continue
        if last_entry is None or _starts_entry(row_entry, last_entry, style, name_field):
            all_entries.append(_begin_entry(row_entry, last_entry, style, ledger))
        else:
            _extend_entry(row_entry, last_entry, ledger)
        _share_merged_cells(row, grid.columns, all_entries)
    for entry in all_entries:
        ledger.add_furniture(entry.number)
    filled_entries = [entry for entry in all_entries if entry.fields or entry.targets or entry.extra]
    _fill_down_fields(filled_entries, ("responsible", "evidence", "position"))
    return filled_entries


def _read_row(row: TableRow, columns: Sequence[MappedColumn]) -> TableEntry:
    """One printed row by fields."""
    entry = TableEntry(Passage(), ObjectiveGroup())
    for cell, column in _pair_cells_with_columns(row, columns):
        if not cell:
            continue
        if column.field == "number" and _ROW_NUMBER.fullmatch(ocr_digits.repair_digits(cell.text.text)):
            entry.number = cell.text
        elif column.field == "objective":
            entry.group.lines += cell.lines
        elif column.field == "target":
            key = column.year, column.title
            entry.targets.setdefault(key, []).extend(cell.lines)
            entry.target_titles.setdefault(key, column.source)
        elif column.field == "extra":
            entry.extra.setdefault(column.title, []).extend(cell.lines)
        else:
            name = "name" if column.field == "number" else column.field
            entry.fields.setdefault(name, []).extend(cell.lines)
            entry.likeness[name] = column.likeness
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


def _detect_style(grid: TableGrid, name_field: str) -> _TableStyle:
    row_entries = [_read_row(row, grid.columns) for row in grid.rows]
    first_lines = [lines[0] for entry in row_entries if (lines := entry.field_lines(name_field))]
    marker_count = sum(
        line.bullet or list_items.find_marker(line.text.text) is not None for line in first_lines
    )
    broken_count = sum(_starts_mid_sentence(line.text.text) for line in first_lines[1:])
    return _TableStyle(
        has_numbers=any(entry.number for entry in row_entries),
        has_markers=marker_count >= 1 and len(first_lines) > 1,
        is_split_by_line=broken_count >= 1,
    )


def _starts_entry(row: TableEntry, current: TableEntry, style: _TableStyle, name_field: str) -> bool:
    """Does a printed row begin a new entry?"""
    name_lines = row.field_lines(name_field)
    if row.number:
        return bool(current.number) or not (name_lines and _starts_mid_sentence(name_lines[0].text.text))
    if not name_lines:
        return (
            bool(row.group.lines)
            and not current.field_lines(name_field)
            and not _continues_objective(row, current)
        )
    text = name_lines[0].text.text
    if name_lines[0].bullet or list_items.find_marker(text) is not None or _opens_formula(row, current):
        return True
    if not current.field_lines(name_field):
        return False
    if _starts_mid_sentence(text) or _ends_mid_sentence(current.field_lines(name_field)):
        return False
    starts_measure = vocabulary_matcher.starts_with(text, "measure_starts")
    if style.has_numbers or style.has_markers:
        return starts_measure
    return (
        starts_measure
        or not style.is_split_by_line
        or vocabulary_matcher.starts_with(row.field_text("formula"), "measure_starts")
    )


def _opens_formula(row: TableEntry, current: TableEntry) -> bool:
    """A sum with a fraction's bar of its own, where the formula before already has two sides."""
    for name in ("formula", "formula_or_explanation", "explanation"):
        text = row.field_text(name).lstrip()
        if _FRACTION_BAR.search(text) and (
            _SUM_SIGN.match(text) or vocabulary_matcher.starts_with(text, "measure_starts")
        ):
            lines_before = current.field_lines(name)
            if (
                lines_before
                and not _FRACTION_BAR.search(lines_before[-1].text.text)
                and _has_sides(lines_before)
            ):
                return True
    return False


def _has_sides(lines: Sequence[Line]) -> bool:
    """Do two of the lines begin a side of a fraction?"""
    texts = (line.text.text.lstrip() for line in lines)
    sides = (t for t in texts if _SUM_SIGN.match(t) or vocabulary_matcher.starts_with(t, "measure_starts"))
    return len(list(islice(sides, 2))) == 2


def _starts_mid_sentence(text: str) -> bool:
    """Does a text begin in the middle of a sentence?"""
    return text[:1].islower() or text[:1] in ",;)/&"


def _ends_mid_sentence(lines: Sequence[Line]) -> bool:
    """Do lines end in the middle of a sentence?"""
    text = next((line.text.text for line in reversed(lines) if line.text), "")
    last_word = text.rstrip().rsplit(" ", 1)[-1].lower()
    return last_word in vocabulary_matcher.word_list("open_ends") or text.rstrip().endswith(
        (",", "-", "(", "/")
    )


def _continues_objective(row: TableEntry, current: TableEntry) -> bool:
    if not row.group.lines or not current.group.lines:
        return False
    text = row.group.lines[0].text.text
    return (
        _starts_mid_sentence(text)
        or _ends_mid_sentence(current.group.lines)
        or current.group.matches_letters(vocabulary_matcher.squeeze_text(text))
    )


def _begin_entry(
    row: TableEntry, current: TableEntry | None, style: _TableStyle, ledger: WordLedger
) -> TableEntry:
    """A new entry; under the objective before it where its own cell is empty or goes on with that."""
    if current is None:
        return row
    if not row.group.lines:
        row.group = current.group
    elif _continues_objective(row, current) and not (row.number and style.has_numbers and current.number):
        _add_objective(row.group.lines, current.group, ledger)
        row.group = current.group
    return row


def _extend_entry(row: TableEntry, current: TableEntry, ledger: WordLedger) -> None:
    """Add a printed row to the entry that it goes on with."""
    current.number = current.number or row.number
    _add_objective(row.group.lines, current.group, ledger)
    for own_fields, row_fields in ((current.fields, row.fields), (current.extra, row.extra)):
        for name, lines in row_fields.items():
            own_fields.setdefault(name, []).extend(lines)
    for key, lines in row.targets.items():
        current.targets.setdefault(key, []).extend(lines)
    current.target_titles = row.target_titles | current.target_titles
    current.likeness |= row.likeness


def _add_objective(lines: Sequence[Line], group: ObjectiveGroup, ledger: WordLedger) -> None:
    letters = vocabulary_matcher.squeeze_text(" ".join(line.text.text for line in lines))
    if letters and group.matches_letters(letters):
        ledger.add_furniture(*(line.text for line in lines))  # the merged cell printed again
        return
    group.lines.extend(lines)


def _share_merged_cells(
    row: TableRow, columns: Sequence[MappedColumn], all_entries: list[TableEntry]
) -> None:
    """A cell merged over several rows holds for each of the entries in them."""
    if len(all_entries) < 2:
        return
    for cell, column in zip(row, columns, strict=False):
        if cell.covered and column.field in ("data_sources", "unit", "explanation", "formula", "responsible"):
            lines = all_entries[-2].fields.get(column.field)
            if lines and column.field not in all_entries[-1].fields:
                all_entries[-1].fields[column.field] = list(lines)


def _read_section_row(row: TableRow, grid: TableGrid) -> tuple[Passage, list[Line]] | None:
    """A row across the table: its label, and its lines where it names the objective of what follows."""
    filled_cells = [cell for cell in row if cell]
    if len(filled_cells) != 1 or len(row) < 3 or not filled_cells[0].lines:
        return None
    line = filled_cells[0].lines[0]
    label = vocabulary_matcher.find_label(line.text.text)
    if label is None or label.field not in ("objective",):
        return None
    rest = line.text[label.end :]
    cut = len(rest.text) - len(rest.text.lstrip(" :.0123456789"))
    return line.text[: label.end], [Line(rest[cut:]), *filled_cells[0].lines[1:]]


def _objective_entry(lines: list[Line]) -> TableEntry:
    return TableEntry(Passage(), ObjectiveGroup([line for line in lines if line.text]))


def _fill_down_fields(entries: Sequence[TableEntry], names: Sequence[str]) -> None:
    for name in names:
        for upper_entry, lower_entry in pairwise(entries):
            if upper_entry.field_lines(name) and not lower_entry.field_lines(name):
                lower_entry.fields[name] = upper_entry.fields[name]
                lower_entry.likeness[name] = upper_entry.likeness.get(name, 1.0)
