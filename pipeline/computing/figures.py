"""Figures of kecamatan from CSV or XLSX: a row each, numbers as Indonesian offices write them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from extractors.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST = 20 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 500
LONGEST = 30
"""Signs of a figure."""
NAMES = ("kecamatan", "nama kecamatan", "unit kerja", "nama", "instansi")
"""Titles of the column that names the office; without, it is the first."""

TOTALS = frozenset("jumlah total jml jlh keseluruhan seluruh seluruhnya rata-rata rerata rata2 grand".split())
"""Words of which the last rows' name is made where they sum up all offices."""

_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_POINT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.(?:\d{1,2}|\d{4,})")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SEPARATOR = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
"""The line in which Excel is told what parts the cells."""
_SAMPLE = 20_000
"""Signs in which the separator is looked for."""
_NOTHING = frozenset({"", "-", "–", "n/a", "na", "nihil"})


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

    def totals(self) -> dict[int, str]:
        """The rows at the end that sum up the others, by line, and what they are called."""
        found: dict[int, str] = {}
        for line, cells in reversed(self.rows):
            named = " ".join(cells[: self.name + 1]).split()
            called = " ".join(word for word in named if not word.strip(".").isdigit()).strip(" :.")
            words = called.casefold().split()
            if not words or not TOTALS.issuperset(words):
                break
            found[line] = called
        return found

    def number(self, text: str) -> Fraction | None:
        """A cell's number; None where it is empty.

        Raises:
            ValueError: something else stands there.
        """
        text = text.strip().removesuffix("%").strip()
        if text.casefold() in _NOTHING:
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
    found = _workbook(data, file.name) if typed else _text(data, file.name)
    rows = [(number, cells) for number, cells in found if any(cell.strip() for cell in cells)]
    while len(rows) > 2 and sum(bool(cell.strip()) for cell in rows[0][1]) < 2 < len(rows[1][1]):
        rows = rows[1:]  # a heading above the titles
    if len(rows) < 2:
        raise DataError(f"{file.name}: needs a line of titles and at least one line of figures")
    titles = tuple(" ".join(title.split()) for title in rows[0][1])[:MOST_COLUMNS]
    width = len(titles)
    body = tuple((n, (*cells[:width], *[""] * (width - len(cells)))) for n, cells in rows[1:])
    folded = [title.casefold() for title in titles]
    name = next((folded.index(known) for known in NAMES if known in folded), 0)
    comma = not typed and _with_comma(cell.strip() for _, cells in body for cell in cells)
    return Figures(titles, body, comma, name)


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
