"""From printed rows to entries: OCR breaks one indicator's row into several, pages break it in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from extractors.model.page import Line, TableRow
from extractors.model.passage import EMPTY_PASSAGE, Passage
from extractors.parser.record_builder import WordLedger
from extractors.parser.tables import list_items
from extractors.parser.tables.column_assignment import MappedColumn
from extractors.parser.tables.column_mapping import TableGrid
from extractors.parser.tables.section_rows import read_section_row
from extractors.parser.tables.staircase_rows import find_row_levels
from extractors.parser.tables.table_entry import FORMULA_COLUMNS as FORMULA_COLUMNS
from extractors.parser.tables.table_entry import ObjectiveGroup as ObjectiveGroup
from extractors.parser.tables.table_entry import TableEntry as TableEntry
from extractors.parser.tables.table_entry import read_row
from extractors.parser.vocabulary import vocabulary_matcher

_ITEM_CODE = re.compile(r"\(?(?:[A-Z]{2,4}[ .-]?)?(\d{1,2}(?:\.\d{1,2}){0,3})[.)]{0,2}\s+(?=[^\W\d_]|%)")
_BARE_MARK = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]?|[-–•]")
_OWN_FIELDS = ("unit", "formula", "formula_or_explanation", "explanation", "data_sources", "responsible")
_SHARED_FIELDS = {"data_sources", "unit", "explanation", "formula", "formula_or_explanation", "responsible"}
_SUM_SIGN = re.compile(r"[∑Σ]|\\sum|\\Sigma")
_FRACTION_BAR = re.compile(r"[—–―‒─_-]{4,}")


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
    row_levels = find_row_levels(grid)
    for index, row in enumerate(grid.rows):
        row_entry = read_row(row, grid.columns)
        row_entry.level = row_entry.level or row_levels[index]
        last_entry = all_entries[-1] if all_entries else None
        if section_row := read_section_row(row, grid, row_entry):
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


def _detect_style(grid: TableGrid, name_field: str) -> _TableStyle:
    row_entries = [read_row(row, grid.columns) for row in grid.rows]
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
        if row.level == "tujuan":
            return row
        if not style.merges_objectives or is_page_break or row.level is not None:
            row.group = current.group
    elif _continues_objective(row, current) and (
        is_page_break or not (row.number and style.has_numbers and current.number)
    ):
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
    for cell, column in zip(row, columns, strict=False):
        if cell.covered and column.field == "extra" and column.level and column.title in upper.extra:
            lower.extra.setdefault(column.title, list(upper.extra[column.title]))
    for name in covered_fields & _SHARED_FIELDS:
        lines = upper.fields.get(name)
        if lines and name not in lower.fields:
            lower.fields[name] = list(lines)


def _objective_entry(lines: list[Line]) -> TableEntry:
    return TableEntry(Passage(), ObjectiveGroup([line for line in lines if line.text]))


def _fill_down_fields(entries: Sequence[TableEntry], names: Sequence[str]) -> None:
    for name in names:
        for upper_entry, lower_entry in pairwise(entries):
            if upper_entry.field_lines(name) and not lower_entry.field_lines(name):
                lower_entry.fields[name] = upper_entry.fields[name]
                lower_entry.likeness[name] = upper_entry.likeness.get(name, 1.0)
