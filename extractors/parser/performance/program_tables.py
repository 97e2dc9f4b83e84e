"""Programmes and their budgets in the annex of a Perjanjian Kinerja: ruled tables, and lines with amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from extractors.model.page import Cell, Line, Table, TableRow
from extractors.model.passage import Passage, word_place
from extractors.parser.record_builder import SourcedValue, WordLedger, sourced_text
from extractors.parser.tables import list_items
from extractors.parser.vocabulary import ocr_digits, vocabulary_matcher
from extractors.parser.vocabulary.form_words import form_words
from extractors.parser.vocabulary.vocabulary_matcher import squeeze_text

TITLE_SCORE = 85
"""Indel similarity (0 to 100) from which a column's title is a known one."""
_CURRENCY = r"Rp\.?\s*"
_AMOUNT = re.compile(
    rf"[:\s-]*(?:{_CURRENCY}(\d[\d.]*)|(?<![\w.,])(\d{{1,3}}(?:\.\d{{3}})+|\d{{6,}}))(?:,(?:\d\d|-+))?(?![\d.])",
    re.IGNORECASE,
)
_UNIT_OF_MONEY = re.compile(r"\(?\bRp\b\.?\)?", re.IGNORECASE)
_ROW_MARK = re.compile(r"\(?\d{1,2}[.)]*")
COLUMN_TOLERANCE = 2.0
"""Points by which lines of one column may begin apart."""
MAX_HEADER_ROWS = 2
"""Rows of a table among which the titles stand."""


@dataclass(slots=True)
class ProgramDraft:
    """A programme while its lines are read."""

    name: list[Passage] = field(default_factory=list)
    budget: SourcedValue | None = None
    note: list[Passage] = field(default_factory=list)
    is_numbered: bool = False

    def record_fields(self) -> dict[str, Any]:
        """Return the fields of the record."""
        name = _join(self.name)
        return {
            "name": SourcedValue(name.text, name),
            "budget": self.budget,
            "note": sourced_text(_join(self.note)),
        }


@dataclass(slots=True)
class ProgramTable:
    """A table of programmes: which column holds what, and its rows."""

    columns: list[str | None]
    rows: list[TableRow]

    def is_continued_by(self, table: Table) -> bool:
        """Is a table without titles the next part: as wide, and with amounts?"""
        if table.width != len(self.columns):
            return False
        column = self.columns.index("budget")
        return any(_AMOUNT.match(row[column].text.text) for row in table.rows)

    def read_programs(self, ledger: WordLedger) -> list[ProgramDraft]:
        """Return the programmes; a row without a name or amount of its own goes on with the one above."""
        drafts: list[ProgramDraft] = []
        total: SourcedValue | None = None
        for row in self.rows:
            cells = self._cells_by_field(row, ledger)
            if _is_column_numbering(row):
                ledger.add_furniture(*(cell.text for cell in row))
                continue
            names, row_total = _split_total(cells.get("name", []))
            amounts = [leaf for line in cells.get("budget", []) if (leaf := _read_amount(line, ledger))]
            if row_total is not None:
                ledger.add_furniture(row_total)
                total = amounts.pop() if amounts else total
            if not names and not amounts:
                continue
            if drafts and not (names and amounts) and not cells.get("number"):
                draft = drafts[-1]
            else:
                draft = ProgramDraft(is_numbered=bool(cells.get("number")))
                drafts.append(draft)
            draft.name += names
            draft.note += cells.get("note", [])
            if amounts and draft.budget is None:
                draft.budget = amounts.pop()  # behind an amount before a change stands the one that holds
            for leaf in amounts:
                ledger.note_unplaced(leaf.source)
        drafts = _drop_nameless(drafts, ledger)
        _check_total(drafts, total, ledger)
        return drafts

    def _cells_by_field(self, row: TableRow, ledger: WordLedger) -> dict[str, list[Passage]]:
        cells: dict[str, list[Passage]] = {}
        for cell, name in zip(row, self.columns, strict=False):
            if not cell:
                continue
            lines = [line.text for line in cell.lines if line.text]
            if name == "number":
                if _split_total(lines)[1] is not None:
                    cells.setdefault("name", []).extend(lines)
                    continue
                ledger.add_furniture(*lines)
            cells.setdefault(name or "note", []).extend(lines)
        return cells


def open_program_table(table: Table, ledger: WordLedger) -> ProgramTable | None:
    """Return a table whose titles name programmes and budgets, and no indicators."""
    for depth in range(1, min(MAX_HEADER_ROWS, len(table.rows)) + 1):
        header = table.rows[depth - 1]
        columns = [_title_field(cell) for cell in header]
        if {"name", "budget"} <= set(columns) and all(columns[i] for i, cell in enumerate(header) if cell):
            for row in table.rows[:depth]:
                ledger.add_form_text(*(cell.text for cell in row if cell))
            return ProgramTable(columns, list(table.rows[depth:]))
    return None


def split_glued_table(table: Table) -> tuple[Table, Table] | None:
    """Return the two parts of a table in which titles of programmes and budgets stand below other rows."""
    for index, row in enumerate(table.rows):
        columns = [_title_field(cell) for cell in row]
        is_header = {"name", "budget"} <= set(columns) and all(
            columns[i] for i, cell in enumerate(row) if cell
        )
        if is_header:
            return (
                (Table(table.rows[:index]), Table(table.rows[index:])) if index >= MAX_HEADER_ROWS else None
            )
    return None


def _title_field(cell: Cell) -> str | None:
    """Return what a title names: the field that it is a known title of, or whose title it begins with."""
    letters = squeeze_text(_UNIT_OF_MONEY.sub("", cell.text.text))
    if any(letters.startswith(squeeze_text(title)) for title in form_words().programs.budget):
        return "budget"  # that before or after a change
    best = max(_titles(), key=lambda title: fuzz.ratio(letters, title))
    return _titles()[best] if letters and fuzz.ratio(letters, best) >= TITLE_SCORE else None


@cache
def _titles() -> dict[str, str]:
    words = form_words().programs
    fields = {"number": words.number, "name": words.name, "budget": words.budget, "note": words.note}
    return {squeeze_text(title): name for name, titles in fields.items() for title in titles}


def _is_column_numbering(row: TableRow) -> bool:
    texts = [cell.text.text.strip(" ().") for cell in row if cell]
    return len(texts) > 2 and texts == [str(i + 1) for i in range(len(texts))]


def _split_total(lines: Sequence[Passage]) -> tuple[list[Passage], Passage | None]:
    """Return the lines without one that says that the sum follows, and that line."""
    names, total = list(lines), None
    if names and _total_pattern().fullmatch(names[-1].text):
        total = names.pop()
    return names, total


@cache
def _total_pattern() -> re.Pattern[str]:
    words = vocabulary_matcher.join_alternatives(form_words().programs.totals)
    return re.compile(rf"\W*(?:{words})\W*", re.IGNORECASE)


def _read_amount(text: Passage, ledger: WordLedger) -> SourcedValue | None:
    """Return the rupiah that a text prints; other words are noted."""
    match = _AMOUNT.match(ocr_digits.repair_digits(text.text))
    if match is None:
        ledger.note_unplaced(text)
        return None
    rest = text[match.end() :]
    if rest.strip(" .,-"):
        ledger.note_unplaced(rest)
    digits = re.sub(r"\D", "", match.group(1) or match.group(2))
    return SourcedValue(int(digits), text[: match.end()].strip(" :"))


def _drop_nameless(drafts: Sequence[ProgramDraft], ledger: WordLedger) -> list[ProgramDraft]:
    for draft in drafts:
        if not _join(draft.name):
            texts = [*draft.note, *([draft.budget.source] if draft.budget else [])]
            ledger.note_unplaced(_join(texts))
    return [draft for draft in drafts if _join(draft.name)]


def _check_total(drafts: Sequence[ProgramDraft], total: SourcedValue | None, ledger: WordLedger) -> None:
    """The printed sum is furniture where it is the sum of the rows, else it is noted."""
    if total is None:
        return
    sums = [
        sum(draft.budget.value for draft in summands if draft.budget)
        for summands in (drafts, [draft for draft in drafts if draft.is_numbered])
    ]  # the parts of a numbered programme may be printed below it
    if total.value in sums:
        ledger.add_furniture(total.source)
    else:
        message = (
            f"The sum that is printed below the programmes is not that of the rows: “{total.source.text}”"
        )
        ledger.add_note("sum-differs", message, "/programs", total.source)


def read_program_lines(
    elements: Sequence[Line | object], ledger: WordLedger
) -> tuple[list[ProgramDraft], set[int]]:
    """Return programmes that are printed without rules, and the indices of their lines.

    A list begins with a line of titles, or with an amount behind words. Each amount ends a programme;
    lines without one go on with the name above.
    """
    drafts: list[ProgramDraft] = []
    taken: set[int] = set()
    total: SourcedValue | None = None
    is_open = False
    for index, line in enumerate(elements):
        if not isinstance(line, Line):
            is_open = False
        elif _is_title_line(line.text.text):
            ledger.add_form_text(line.text)
            taken.add(index)
            is_open = True
        elif (match := _find_amount(line.text.text)) is not None:
            taken.add(index)
            draft, amount = _read_program_line(line, match, ledger)
            if draft is None:
                total = amount
            else:
                drafts.append(draft)
            is_open = draft is not None
        elif is_open and drafts and not line.gap:
            _extend_program(drafts[-1], line.text, ledger)
            taken.add(index)
        else:
            is_open = False
    _check_total(drafts, total, ledger)
    return drafts, taken


def _extend_program(draft: ProgramDraft, text: Passage, ledger: WordLedger) -> None:
    """Add a line without an amount to the programme above: its number, its note's rest or its name's."""
    left, note_left = _left_edge(text), _left_edge(draft.note[-1]) if draft.note else None
    if _ROW_MARK.fullmatch(text.text):  # printed lower than its row
        ledger.add_furniture(text)
        draft.is_numbered = True
    elif left is not None and note_left is not None and left >= note_left - COLUMN_TOLERANCE:
        draft.note.append(text)
    else:
        draft.name.append(text)


def _left_edge(text: Passage) -> float | None:
    """Where the first word of a text begins, in points; nothing where that is not known."""
    first_span = next(iter(text.word_spans), None)
    box = word_place(first_span[2]).box if first_span else None
    return box[0] if box else None


def _read_program_line(
    line: Line, match: re.Match[str], ledger: WordLedger
) -> tuple[ProgramDraft | None, SourcedValue | None]:
    """Return the programme of a line with an amount, or ``None`` and the sum that it prints."""
    name, is_numbered = _without_marker(line.text[: match.start()], ledger)
    amount = _read_amount(line.text[match.start() : match.end()], ledger)
    if not name or _total_pattern().fullmatch(name.text):
        ledger.add_furniture(name)
        return None, amount
    return ProgramDraft([name], amount, [line.text[match.end() :].strip(" .-")], is_numbered), amount


def _find_amount(text: str) -> re.Match[str] | None:
    """Return the amount in a line: behind words, its currency printed."""
    matches = [m for m in _AMOUNT.finditer(ocr_digits.repair_digits(text)) if m.group(1)]
    return matches[0] if matches else None


_NUMBER = re.compile(r"\d{1,2}\s*[.)]?\s+(?=[^\W\d_])")


def _without_marker(text: Passage, ledger: WordLedger) -> tuple[Passage, bool]:
    """Return a name without the number or dash before it, and whether that was a number."""
    number = _NUMBER.match(text.text)
    marker = list_items.find_marker(text.text)
    cut = number.end() if number else marker.end if marker else 0
    ledger.add_furniture(text[:cut])
    return text[cut:].strip(" :-"), number is not None


def _is_title_line(text: str) -> bool:
    """Is a line made of the titles of such a table, a programme's and a budget's, or the budget's alone?"""
    if _titles().get(squeeze_text(_UNIT_OF_MONEY.sub("", text))) == "budget":
        return True
    words = [squeeze_text(word) for word in _UNIT_OF_MONEY.sub("", text).split()]
    fields = {_titles().get(word) for word in words if word}
    return {"name", "budget"} <= fields and None not in fields


def _join(passages: Sequence[Passage]) -> Passage:
    return list_items.rejoin_torn_words(Passage.join(" ", passages).fold_whitespace())
