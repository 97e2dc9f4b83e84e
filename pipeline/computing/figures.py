"""Figures of kecamatan from CSV or XLSX: a row each, numbers as Indonesian offices write them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError

from extractors.errors import TableError
from pipeline.computing.words import folded, words
from pipeline.words.office import bare
from pipeline.words.tables import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LARGEST = 20 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 500
LONGEST = 30
"""Signs of a figure."""
_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_POINT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.(?:\d{1,2}|\d{4,})")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SEPARATOR = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
"""The line in which Excel is told what parts the cells."""
_SAMPLE = 20_000
"""Signs in which the separator is looked for."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How files of Excel before 2007 begin, and locked ones."""


class Total(NamedTuple):
    """A row that sums up others."""

    called: str
    side: str
    """Where these stand: ``above`` or ``below``."""


class DataError(TableError):
    """A file of figures that cannot be used."""


@dataclass(frozen=True)
class Figures:
    """A table of figures."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Line (from 1) and cells, as many as there are titles."""
    comma: bool
    """A comma sets off decimals, a point thousands."""
    name: int
    """The column that names the office."""
    beyond: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """By line, the cells that stand where no title is."""
    typed: bool = False
    """Whether each cell is known to be one: no separator can have torn a figure in two."""

    def totals(self) -> dict[int, Total]:
        """The rows at the end and at the beginning that sum up the others, by line."""
        found: dict[int, Total] = {}
        for side, rows in (("above", reversed(self.rows)), ("below", iter(self.rows))):
            for line, cells in rows:
                called = self._called(cells)
                if line in found or not called or not set(words().totals).issuperset(folded(called).split()):
                    break
                found[line] = Total(called, side)
        return found

    def twice(self) -> dict[int, list[int]]:
        """The lines in which one office stands, by each of them, where they are several."""
        titles = [folded(title) for title in self.titles]
        regency = next((titles.index(title) for title in words().regencies if title in titles), None)
        lines: dict[tuple[str, str], list[int]] = {}
        for line, cells in self.rows:
            if office := "".join(plain(bare(cells[self.name]))):
                home = "" if regency in (None, self.name) else "".join(plain(cells[regency or 0]))
                lines.setdefault((office, home), []).append(line)
        return {line: several for several in lines.values() if len(several) > 1 for line in several}

    def _called(self, cells: tuple[str, ...]) -> str:
        """What a row is called, without its number."""
        named = " ".join(cells[: self.name + 1]).split()
        return " ".join(word for word in named if not word.strip(".").isdigit()).strip(" :.")

    def number(self, text: str) -> Fraction | None:
        """A cell's number; None where it is empty.

        Raises:
            ValueError: something else stands there.
        """
        text = text.strip().removesuffix("%").strip()
        if not text or folded(text) in words().nothing:
            return None
        plain = text.replace(".", "").replace(",", ".") if self.comma else text.replace(",", "")
        if not _NUMBER.fullmatch(plain) or len(plain) > LONGEST:
            raise ValueError(f"“{text[:LONGEST]}” is no number")
        return Fraction(Decimal(plain))


def load_figures(file: Path) -> Figures:
    """The figures of a CSV (comma, semicolon or tab) or XLSX file.

    Raises:
        DataError: it is none, or too large; the message says which line.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise DataError(f"{file.name}: larger than {LARGEST // 2**20} MB")
        data = file.read_bytes()
    except OSError as error:
        raise DataError(f"{file.name}: cannot be read: {error.strerror}") from None
    typed = data[:2] == b"PK"
    if data.startswith(_OLD_EXCEL):
        raise DataError(
            f"{file.name}: is no Excel workbook (.xlsx); it is of the old kind (.xls) or locked with a "
            "password: save it anew as .xlsx."
        )
    if not typed and file.suffix.casefold() in _WORKBOOKS:
        raise DataError(
            f"{file.name}: is no Excel workbook (.xlsx); its content is of another kind, whatever its name "
            "says: save it anew as .xlsx, or give it as .csv if it is a text."
        )
    found = _workbook(data, file.name) if typed else _text(data, file.name)
    rows = [(number, cells) for number, cells in found if any(cell.strip() for cell in cells)]
    while len(rows) > 2 and sum(bool(cell.strip()) for cell in rows[0][1]) < 2 < len(rows[1][1]):
        rows = rows[1:]  # a heading above the titles
    if len(rows) < 2:
        raise DataError(f"{file.name}: needs a line of titles and at least one line of figures")
    titles = _titles(rows[0][1])
    width = len(titles)
    body = tuple((n, (*cells[:width], *[""] * (width - len(cells)))) for n, cells in rows[1:])
    beyond = {n: tuple(cell.strip() for cell in cells[width:] if cell.strip()) for n, cells in rows[1:]}
    known = [folded(title) for title in titles]
    name = next((known.index(title) for title in words().names if title in known), 0)
    comma = not typed and _with_comma(cell.strip() for _, cells in body for cell in cells)
    return Figures(titles, body, comma, name, {n: cells for n, cells in beyond.items() if cells}, typed)


def _titles(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The titles, up to the last column that has one."""
    found = [" ".join(title.split()) for title in cells][:MOST_COLUMNS]
    while len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(found)


def _with_comma(cells: Iterable[str]) -> bool:
    """Do the figures have decimal commas? Where only thousands are set off, as Indonesian offices do."""
    every = list(cells)
    if any(map(_COMMA.fullmatch, every)):
        return True
    return not any(map(_POINT.fullmatch, every)) and any(map(_GROUPED.fullmatch, every))


def _text(data: bytes, name: str) -> list[tuple[int, tuple[str, ...]]]:
    try:
        # Excel's "Unicode text" is UTF-16.
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise DataError(f"{name}: is neither CSV nor XLSX")
    told = _SEPARATOR.match(text)
    body = text[told.end() :] if told else text
    separator = told[1] if told else _separator(body[:_SAMPLE])
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num + bool(told), tuple(cells)) for cells in reader]
    except csv.Error as error:
        raise DataError(f"{name}, line {reader.line_num}: {error}") from None
    if len(rows) > MOST_ROWS:
        raise DataError(f"{name}: more than {MOST_ROWS} lines")
    return rows


def _separator(text: str) -> str:
    """What most often stands in one line; figures with decimal commas hold no more commas than semicolons."""
    lines = text.splitlines() or [""]
    return max(";\t,", key=lambda sign: max(line.count(sign) for line in lines))


def _workbook(data: bytes, name: str) -> list[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = book[book.sheetnames[0]].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        return [(n, tuple(map(_cell, row))) for n, row in enumerate(found, start=1)]
    except (InvalidFileException, zipfile.BadZipFile, ParseError, LookupError, ValueError, OSError) as error:
        raise DataError(f"{name}: is no Excel workbook (.xlsx): {error}") from None


def _cell(value: object) -> str:
    """A cell as text; numbers with a decimal point."""
    if value is None:
        return ""
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)
