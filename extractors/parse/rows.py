"""From printed rows to entries: OCR breaks one indicator's row into several, pages break it in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from extractors.page import Cell, Line, Row
from extractors.parse import digits, items, nested, vocabulary
from extractors.parse.draft import Ledger
from extractors.parse.tables import Column, Grid
from extractors.passage import Passage

FORMULA_COLUMNS = ("formula", "formula_or_explanation")
_NUMBER = re.compile(r"\(?(\d{1,6})[.)]?")
_OPENER = re.compile(r"[∑Σ]|\\sum|\\Sigma")
_BAR = re.compile(r"[—–―‒─_-]{4,}")


@dataclass(slots=True)
class Group:
    """An objective with its printed lines, shared by all entries under it."""

    lines: list[Line] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    """Of the lines counted so far: letters and digits alone, empty ones left out."""
    counted: int = 0
    size: int = 0
    """Number of letters."""

    def reads(self, letters: str) -> bool:
        """Are these its letters? Only new lines are looked at, for it may grow by each row of a table."""
        for line in self.lines[self.counted :]:
            if squeezed := vocabulary.squeezed(line.text.text):
                self.letters.append(squeezed)
                self.size += len(squeezed)
        self.counted = len(self.lines)
        return self.size == len(letters) and "".join(self.letters) == letters


@dataclass(slots=True)
class Entry:
    """One logical row: the lines of each field, put together from all its printed rows."""

    number: Passage
    group: Group
    fields: dict[str, list[Line]] = field(default_factory=dict)
    extra: dict[str, list[Line]] = field(default_factory=dict)
    targets: dict[tuple[int | None, str], list[Line]] = field(default_factory=dict)
    headed: dict[tuple[int | None, str], Passage] = field(default_factory=dict)
    """Where the title of each column of targets is printed."""
    likeness: dict[str, float] = field(default_factory=dict)

    def lines(self, name: str) -> list[Line]:
        """The lines of a field; none where the cell is empty."""
        return self.fields.get(name, [])

    def text(self, name: str) -> str:
        """The text of a field, folded."""
        return " ".join(line.text.text for line in self.lines(name))


@dataclass(frozen=True, slots=True)
class _Style:
    """How a table tells one entry from the next."""

    numbered: bool
    marked: bool
    split: bool
    """OCR made a row of each printed line."""


def entries(grid: Grid, main: str, ledger: Ledger) -> list[Entry]:
    """The logical rows of a grid; ``main`` is the field that names an entry."""
    style = _style(grid, main)
    out: list[Entry] = []
    for row in grid.rows:
        read = _read(row, grid.columns)
        current = out[-1] if out else None
        if section := _section(row, grid):
            ledger.drop(section[0])
            if section[1]:
                out.append(_pending(section[1]))
            continue
        if current is None or _starts(read, current, style, main):
            out.append(_begin(read, current, style, ledger))
        else:
            _continue(read, current, ledger)
        _share_covered(row, grid.columns, out)
    for entry in out:
        ledger.drop(entry.number)
    made = [entry for entry in out if entry.fields or entry.targets or entry.extra]
    _fill_down(made, ("responsible", "evidence", "position"))
    return made


def _read(row: Row, columns: Sequence[Column]) -> Entry:
    """One printed row by fields."""
    entry = Entry(Passage(), Group())
    for cell, column in _side_by_side(row, columns):
        if not cell:
            continue
        if column.field == "number" and _NUMBER.fullmatch(digits.repaired(cell.text.text)):
            entry.number = cell.text
        elif column.field == "objective":
            entry.group.lines += cell.lines
        elif column.field == "target":
            key = column.year, column.title
            entry.targets.setdefault(key, []).extend(cell.lines)
            entry.headed.setdefault(key, column.source)
        elif column.field == "extra":
            entry.extra.setdefault(column.title, []).extend(cell.lines)
        else:
            name = "name" if column.field == "number" else column.field
            entry.fields.setdefault(name, []).extend(cell.lines)
            entry.likeness[name] = column.likeness
    return entry


def _side_by_side(row: Row, columns: Sequence[Column]) -> Iterator[tuple[Cell, Column]]:
    """Cells with their columns; of a formula's cell that walls part in two (``Pembilang | …``) one row."""
    cells = iter(list(zip(row, columns, strict=False)))
    for cell, column in cells:
        if column.field in FORMULA_COLUMNS and cell and nested.is_key(cell.text.text):
            parts = [cell.text]
            for other, title in cells:
                if title.title != column.title or title.field != column.field:
                    yield _row_of(parts, cell), column
                    yield other, title
                    break
                parts.append(other.text)
            else:
                yield _row_of(parts, cell), column
        else:
            yield cell, column


def _row_of(parts: Sequence[Passage], cell: Cell) -> Cell:
    if len(parts) < 2 or not any(parts[1:]):
        return cell
    return Cell((Line(Passage.join(" ", parts), parts=tuple(parts)),))


def _style(grid: Grid, main: str) -> _Style:
    read = [_read(row, grid.columns) for row in grid.rows]
    names = [lines[0] for entry in read if (lines := entry.lines(main))]
    marked = sum(line.bullet or items.marker(line.text.text) is not None for line in names)
    broken = sum(_goes_on(line.text.text) for line in names[1:])
    return _Style(
        numbered=any(entry.number for entry in read),
        marked=marked >= 1 and len(names) > 1,
        split=broken >= 1,
    )


def _starts(row: Entry, current: Entry, style: _Style, main: str) -> bool:
    """Does a printed row begin a new entry?"""
    name = row.lines(main)
    if row.number:
        return bool(current.number) or not (name and _goes_on(name[0].text.text))
    if not name:
        return bool(row.group.lines) and not current.lines(main) and not _continues_objective(row, current)
    text = name[0].text.text
    if name[0].bullet or items.marker(text) is not None or _opens_formula(row, current):
        return True
    if not current.lines(main):
        return False
    if _goes_on(text) or _is_open(current.lines(main)):
        return False
    measure = vocabulary.starts_with(text, "measure_starts")
    if style.numbered or style.marked:
        return measure
    return measure or not style.split or vocabulary.starts_with(row.text("formula"), "measure_starts")


def _opens_formula(row: Entry, current: Entry) -> bool:
    """A sum with a fraction's bar of its own, where the formula before already has two sides."""
    for name in ("formula", "formula_or_explanation", "explanation"):
        text = row.text(name).lstrip()
        if _BAR.search(text) and (_OPENER.match(text) or vocabulary.starts_with(text, "measure_starts")):
            before = current.lines(name)
            if before and not _BAR.search(before[-1].text.text) and _has_sides(before):
                return True
    return False


def _has_sides(lines: Sequence[Line]) -> bool:
    """Do two of the lines begin a side of a fraction?"""
    texts = (line.text.text.lstrip() for line in lines)
    sides = (t for t in texts if _OPENER.match(t) or vocabulary.starts_with(t, "measure_starts"))
    return len(list(islice(sides, 2))) == 2


def _goes_on(text: str) -> bool:
    """Does a text begin in the middle of a sentence?"""
    return text[:1].islower() or text[:1] in ",;)/&"


def _is_open(lines: Sequence[Line]) -> bool:
    """Do lines end in the middle of a sentence?"""
    text = next((line.text.text for line in reversed(lines) if line.text), "")
    last = text.rstrip().rsplit(" ", 1)[-1].lower()
    return last in vocabulary.words("open_ends") or text.rstrip().endswith((",", "-", "(", "/"))


def _continues_objective(row: Entry, current: Entry) -> bool:
    if not row.group.lines or not current.group.lines:
        return False
    text = row.group.lines[0].text.text
    return _goes_on(text) or _is_open(current.group.lines) or current.group.reads(vocabulary.squeezed(text))


def _begin(row: Entry, current: Entry | None, style: _Style, ledger: Ledger) -> Entry:
    """A new entry; under the objective before it where its own cell is empty or goes on with that."""
    if current is None:
        return row
    if not row.group.lines:
        row.group = current.group
    elif _continues_objective(row, current) and not (row.number and style.numbered and current.number):
        _add_objective(row.group.lines, current.group, ledger)
        row.group = current.group
    return row


def _continue(row: Entry, current: Entry, ledger: Ledger) -> None:
    """Add a printed row to the entry that it goes on with."""
    current.number = current.number or row.number
    _add_objective(row.group.lines, current.group, ledger)
    for mine, theirs in ((current.fields, row.fields), (current.extra, row.extra)):
        for name, lines in theirs.items():
            mine.setdefault(name, []).extend(lines)
    for key, lines in row.targets.items():
        current.targets.setdefault(key, []).extend(lines)
    current.headed = row.headed | current.headed
    current.likeness |= row.likeness


def _add_objective(lines: Sequence[Line], group: Group, ledger: Ledger) -> None:
    letters = vocabulary.squeezed(" ".join(line.text.text for line in lines))
    if letters and group.reads(letters):
        ledger.drop(*(line.text for line in lines))  # the merged cell printed again
        return
    group.lines.extend(lines)


def _share_covered(row: Row, columns: Sequence[Column], out: list[Entry]) -> None:
    """A cell merged over several rows holds for each of the entries in them."""
    if len(out) < 2:
        return
    for cell, column in zip(row, columns, strict=False):
        if cell.covered and column.field in ("data_sources", "unit", "explanation", "formula", "responsible"):
            lines = out[-2].fields.get(column.field)
            if lines and column.field not in out[-1].fields:
                out[-1].fields[column.field] = list(lines)


def _section(row: Row, grid: Grid) -> tuple[Passage, list[Line]] | None:
    """A row across the table: its label, and its lines where it names the objective of what follows."""
    filled = [cell for cell in row if cell]
    if len(filled) != 1 or len(row) < 3 or not filled[0].lines:
        return None
    line = filled[0].lines[0]
    label = vocabulary.find_label(line.text.text)
    if label is None or label.field not in ("objective",):
        return None
    rest = line.text[label.end :]
    cut = len(rest.text) - len(rest.text.lstrip(" :.0123456789"))
    return line.text[: label.end], [Line(rest[cut:]), *filled[0].lines[1:]]


def _pending(lines: list[Line]) -> Entry:
    return Entry(Passage(), Group([line for line in lines if line.text]))


def _fill_down(entries: Sequence[Entry], names: Sequence[str]) -> None:
    for name in names:
        for above, below in pairwise(entries):
            if above.lines(name) and not below.lines(name):
                below.fields[name] = above.fields[name]
                below.likeness[name] = above.likeness.get(name, 1.0)
