"""From printed rows to entries: OCR breaks one indicator's row into several, pages break it in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import NamedTuple

from extractors.model.page import Cell, Line, TableRow
from extractors.model.passage import EMPTY_PASSAGE, Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import cell_evidence, list_items, nested_cells
from extractors.parser.tables.column_assignment import VALUE_FIELDS, MappedColumn
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher

FORMULA_COLUMNS = ("formula", "formula_or_explanation")
_ROW_NUMBER = re.compile(r"\(?\d{1,6}(?:\.\d{1,2}){0,3}[.)]?")
_ITEM_CODE = re.compile(r"\(?(?:[A-Z]{2,4}[ .-]?)?(\d{1,2}(?:\.\d{1,2}){0,3})[.)]{0,2}\s+(?=[^\W\d_]|%)")
_SECTION_LETTER = re.compile(r"\(?(?:[A-Z]|[IVX]{1,5})[.)]?")
_BARE_MARK = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]?|[-–•]")
QUARTERS = 4
_OWN_FIELDS = ("unit", "formula", "formula_or_explanation", "explanation", "data_sources", "responsible")
_SHARED_FIELDS = {"data_sources", "unit", "explanation", "formula", "formula_or_explanation", "responsible"}
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
    has_item_codes: bool
    """Names begin with numbers that go on from row to row, a stop behind them or none."""
    merges_objectives: bool
    """An objective that holds for several rows is a merged cell, so that an empty one is empty."""


def read_entries(grid: TableGrid, name_field: str, ledger: WordLedger) -> list[TableEntry]:
    """Return the logical rows of a grid; ``name_field`` is the field that names an entry."""
    style = _detect_style(grid, name_field)
    has_objectives = any(column.field == "objective" for column in grid.columns)
    all_entries: list[TableEntry] = []
    section = agency = EMPTY_PASSAGE
    for index, row in enumerate(grid.rows):
        row_entry = _read_row(row, grid.columns)
        last_entry = all_entries[-1] if all_entries else None
        if section_row := _read_section_row(row, grid, row_entry):
            ledger.add_furniture(section_row.label)
            section = section_row.text
            if section_row.is_agency:
                agency = section_row.text
            elif section_row.is_objective or not has_objectives:
                all_entries.append(_objective_entry(section_row.lines))
            continue
        if style.has_item_codes:
            _take_item_code(row_entry, name_field, ledger)
        row_entry.section, row_entry.agency = section if has_objectives else EMPTY_PASSAGE, agency
        is_page_break = index in grid.page_breaks
        if last_entry is None or _starts_entry(row_entry, last_entry, style, name_field, row, is_page_break):
            all_entries.append(_begin_entry(row_entry, last_entry, style, ledger, is_page_break))
            _share_merged_cells(row, grid.columns, all_entries)
        else:
            _extend_entry(row_entry, last_entry, ledger)
    for entry in all_entries:
        ledger.add_furniture(entry.number, entry.item_number)
    filled_entries = [entry for entry in all_entries if entry.fields or entry.values or entry.extra]
    _fill_down_fields(filled_entries, ("responsible", "evidence", "position"))
    return filled_entries


def _read_row(row: TableRow, columns: Sequence[MappedColumn]) -> TableEntry:
    """One printed row by fields."""
    entry = TableEntry(Passage(), ObjectiveGroup())
    for cell, column in _pair_cells_with_columns(row, columns):
        if not cell:
            continue
        if column.field == "number" and _ROW_NUMBER.fullmatch(ocr_digits.repair_digits(cell.text.text)):
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
            key = ValueColumn(column.field, column.year, column.quarter, column.title)
            entry.values.setdefault(key, []).extend(cell.lines)
            entry.value_titles.setdefault(key, column.source)
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


def _detect_style(grid: TableGrid, name_field: str) -> _TableStyle:
    row_entries = [_read_row(row, grid.columns) for row in grid.rows]
    first_lines = [
        (index, lines[0])
        for index, entry in enumerate(row_entries)
        if (lines := entry.field_lines(name_field))
    ]
    marker_count = sum(
        line.bullet or list_items.find_marker(line.text.text) is not None for _, line in first_lines
    )
    broken_count = sum(
        _starts_mid_sentence(line.text.text)
        for index, line in first_lines[1:]
        if index not in grid.page_breaks and not any(cell.covered for cell in grid.rows[index])
    )
    return _TableStyle(
        has_numbers=any(entry.number for entry in row_entries),
        has_markers=marker_count >= 1 and len(first_lines) > 1,
        is_split_by_line=broken_count >= 1,
        has_item_codes=_are_item_codes([line.text.text for _, line in first_lines]),
        merges_objectives=any("objective" in _covered_fields(row, grid.columns) for row in grid.rows),
    )


def _are_item_codes(names: Sequence[str]) -> bool:
    """Do names begin with numbers (``1 X``, ``1.1 X``, ``IKU 1.1 X``) that go on from row to row?"""
    matches = [_ITEM_CODE.match(name) for name in names]
    codes = [tuple(map(int, match.group(1).split("."))) for match in matches if match]
    if len(codes) < 2 or len(codes) < 0.7 * len(names):
        return False
    steps = sum(
        later[:-1] != earlier[:-1] or later[-1] in (earlier[-1] + 1, 1) for earlier, later in pairwise(codes)
    )
    return steps >= 0.8 * (len(codes) - 1) and len(set(codes)) > len(codes) / 2


def _take_item_code(entry: TableEntry, name_field: str, ledger: WordLedger) -> None:
    """Move the number in front of a name to where it belongs."""
    lines = entry.field_lines(name_field)
    match = _ITEM_CODE.match(lines[0].text.text) if lines else None
    if match is None or any(list_items.find_marker(line.text.text) for line in lines[1:2]):
        return
    code, rest = lines[0].text[: match.end()], lines[0].text[match.end() :]
    ledger.add_furniture(code)
    if not entry.item_number:
        entry.item_number = lines[0].text[match.start(1) : match.end(1)]
    entry.fields[name_field] = [replace(lines[0], text=rest), *lines[1:]]


def _starts_entry(
    row: TableEntry,
    current: TableEntry,
    style: _TableStyle,
    name_field: str,
    cells: TableRow,
    is_page_break: bool,
) -> bool:
    """Does a printed row begin a new entry?"""
    name_lines = row.field_lines(name_field)
    if row.number or row.item_number:
        return bool(current.number or current.item_number) or not (
            name_lines and _starts_mid_sentence(name_lines[0].text.text)
        )
    if not name_lines:
        if any(cell.covered for cell in cells) and _repeats_values(row, current):
            return True  # its name was cut off: it follows on the next page
        return (
            bool(row.group.lines)
            and not current.field_lines(name_field)
            and not _continues_objective(row, current)
        )
    if _BARE_MARK.fullmatch(current.field_text(name_field)):
        return False
    text = name_lines[0].text.text
    if name_lines[0].bullet or list_items.find_marker(text) is not None or _opens_formula(row, current):
        return True
    if not current.field_lines(name_field):
        return False
    if not is_page_break and any(cell.covered for cell in cells):
        return True  # a merged cell beside it: the table's own rules part the rows
    if _starts_mid_sentence(text) or _ends_mid_sentence(current.field_lines(name_field)):
        return False
    if not style.is_split_by_line and _stands_alone(row, is_page_break):
        return True
    starts_measure = vocabulary_matcher.starts_with(text, "measure_starts")
    if style.has_numbers or style.has_markers:
        return starts_measure
    return (
        starts_measure
        or not style.is_split_by_line
        or vocabulary_matcher.starts_with(row.field_text("formula"), "measure_starts")
    )


def _repeats_values(row: TableEntry, current: TableEntry) -> bool:
    """Has a row a unit or targets of its own, where the entry before it has them already?"""
    return bool(row.values and current.values and row.field_lines("unit") and current.field_lines("unit"))


def _stands_alone(row: TableEntry, is_page_break: bool) -> bool:
    """Has a row its own unit, target, formula or source beside its name, none of them broken off?"""
    own_fields = [lines for name in _OWN_FIELDS if (lines := row.field_lines(name))]
    own_fields += [lines for lines in row.values.values() if lines]
    if any(_starts_mid_sentence(lines[0].text.text) for lines in own_fields):
        return False
    return len(own_fields) >= (2 if is_page_break or not row.values else 1)


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
    row: TableEntry,
    current: TableEntry | None,
    style: _TableStyle,
    ledger: WordLedger,
    is_page_break: bool,
) -> TableEntry:
    """A new entry; under the objective before it where its own cell is empty or goes on with that."""
    if current is None:
        return row
    if not row.group.lines:
        if not style.merges_objectives or is_page_break:
            row.group = current.group
    elif _continues_objective(row, current) and not (row.number and style.has_numbers and current.number):
        _add_objective(row.group.lines, current.group, ledger)
        row.group = current.group
    return row


def _extend_entry(row: TableEntry, current: TableEntry, ledger: WordLedger) -> None:
    """Add a printed row to the entry that it goes on with."""
    current.number = current.number or row.number
    name_lines, rest = current.fields.get("name", []), row.fields.get("name", [])
    if name_lines and rest and _BARE_MARK.fullmatch(name_lines[-1].text.text.strip()):
        marked_name = Passage.join(" ", [name_lines[-1].text, rest[0].text])
        current.fields["name"] = [*name_lines[:-1], replace(rest[0], text=marked_name)]
        row.fields["name"] = rest[1:]
    _add_objective(row.group.lines, current.group, ledger)
    for own_fields, row_fields in ((current.fields, row.fields), (current.extra, row.extra)):
        for name, lines in row_fields.items():
            own_fields.setdefault(name, []).extend(lines)
    for key, lines in row.values.items():
        current.values.setdefault(key, []).extend(lines)
    current.value_titles = row.value_titles | current.value_titles
    current.likeness |= row.likeness


def _add_objective(lines: Sequence[Line], group: ObjectiveGroup, ledger: WordLedger) -> None:
    letters = vocabulary_matcher.squeeze_text(" ".join(line.text.text for line in lines))
    if letters and group.matches_letters(letters):
        ledger.add_furniture(*(line.text for line in lines))  # the merged cell printed again
        return
    group.lines.extend(lines)


def _covered_fields(row: TableRow, columns: Sequence[MappedColumn]) -> set[str]:
    """The fields whose cell belongs to a merged cell above it (not to the one on its left)."""
    fields: set[str] = set()
    for i, (cell, column) in enumerate(zip(row, columns, strict=False)):
        is_wall_within = (
            i > 0 and columns[i - 1].field == column.field and columns[i - 1].title == column.title
        )
        if cell.covered and not is_wall_within:
            fields.add(column.field)
    return fields


def _share_merged_cells(
    row: TableRow, columns: Sequence[MappedColumn], all_entries: list[TableEntry]
) -> None:
    """A cell merged over several rows holds for each of the entries in them."""
    if len(all_entries) < 2:
        return
    upper, lower = all_entries[-2:]
    covered_fields = _covered_fields(row, columns)
    if "objective" in covered_fields and not lower.group.lines:
        lower.group = upper.group
    if "goal" in covered_fields:
        lower.goal = upper.goal
    for name in covered_fields & _SHARED_FIELDS:
        lines = upper.fields.get(name)
        if lines and name not in lower.fields:
            lower.fields[name] = list(lines)


@dataclass(frozen=True, slots=True)
class _SectionRow:
    """A row across the table: a heading of the rows that follow."""

    label: Passage
    lines: list[Line]
    is_objective: bool = False
    is_agency: bool = False

    @property
    def text(self) -> Passage:
        return Passage.join(" ", (line.text for line in self.lines)).fold_whitespace()


def _read_section_row(row: TableRow, grid: TableGrid, entry: TableEntry) -> _SectionRow | None:
    """Return what a row across the table says, if it is one."""
    filled_places = [i for i, cell in enumerate(row) if cell and cell.lines]
    if not filled_places or len(row) < 3 or grid.family != "indicators":
        return None
    place = filled_places[0]
    cell, column = row[place], grid.columns[place]
    if _names_agency(cell, column, entry):
        return _SectionRow(EMPTY_PASSAGE, list(cell.lines), is_agency=True)
    if _is_lettered_section(row, grid, filled_places):
        return _SectionRow(cell.text, list(row[filled_places[1]].lines))
    if len(filled_places) != 1:
        return None
    line = cell.lines[0]
    label = vocabulary_matcher.find_label(line.text.text)
    if label is not None and label.field == "objective":
        rest = line.text[label.end :]
        cut = len(rest.text) - len(rest.text.lstrip(" :.0123456789"))
        lines = [replace(line, text=rest[cut:]), *cell.lines[1:]]
        return _SectionRow(line.text[: label.end], lines, is_objective=True)
    if column.field == "name" and _announces_objective(cell, grid):
        return _SectionRow(EMPTY_PASSAGE, list(cell.lines), is_objective=True)
    spans_row = all(other.covered for other in row[place + 1 :])
    is_text_among_numbers = column.field == "number" and not _ROW_NUMBER.fullmatch(
        ocr_digits.repair_digits(cell.text.text)
    )
    if place == 0 and (spans_row or is_text_among_numbers):
        return _SectionRow(EMPTY_PASSAGE, list(cell.lines))
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


def _objective_entry(lines: list[Line]) -> TableEntry:
    return TableEntry(Passage(), ObjectiveGroup([line for line in lines if line.text]))


def _fill_down_fields(entries: Sequence[TableEntry], names: Sequence[str]) -> None:
    for name in names:
        for upper_entry, lower_entry in pairwise(entries):
            if upper_entry.field_lines(name) and not lower_entry.field_lines(name):
                lower_entry.fields[name] = upper_entry.fields[name]
                lower_entry.likeness[name] = upper_entry.likeness.get(name, 1.0)
