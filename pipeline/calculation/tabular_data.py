"""Read the figures of kecamatan from CSV or XLSX: one row each, with Indonesian or English numbers."""

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

from pipeline.calculation.column_names import column_words, fold_text
from pipeline.errors import DataError
from pipeline.language.lexicon import entry_words
from pipeline.language.steps.own_office import strip_kecamatan_prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAX_FILE_BYTES = 20 * 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_FIGURE_LENGTH = 30
"""Characters of a figure."""
_COMMA_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_POINT_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.(?:\d{1,2}|\d{4,})")
_GROUPED_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SEPARATOR_LINE = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
"""A first line that tells Excel the separator."""
_SAMPLE_LENGTH = 20_000
"""Characters from which the separator is guessed."""
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
"""First bytes of a file of Excel before 2007, or of a locked one."""


class TotalRow(NamedTuple):
    """A row with the sum of others."""

    row_name: str
    side: str
    """Where the summed rows are: ``above`` or ``below``."""


@dataclass(frozen=True)
class FigureTable:
    """A table of figures."""

    titles: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Line (from 1) and cells, as many as there are titles."""
    decimal_comma: bool
    """The decimal sign is a comma, points separate thousands."""
    name_column: int
    """Index of the column that names the office."""
    untitled_cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Cells in columns without a title, by line."""
    is_typed: bool = False
    """Whether the cells come from a workbook, where a separator cannot split a figure."""

    def find_totals(self) -> dict[int, TotalRow]:
        """Return the rows at the end and at the beginning with sums of the others, by line."""
        totals: dict[int, TotalRow] = {}
        for side, rows in (("above", reversed(self.rows)), ("below", iter(self.rows))):
            for line, cells in rows:
                row_name = self._row_name(cells)
                if (
                    line in totals
                    or not row_name
                    or not set(column_words().totals).issuperset(fold_text(row_name).split())
                ):
                    break
                totals[line] = TotalRow(row_name, side)
        return totals

    def find_repeated_offices(self) -> dict[int, list[int]]:
        """Return all lines of an office that has several, by each of these lines."""
        titles = [fold_text(title) for title in self.titles]
        regency = next((titles.index(title) for title in column_words().regencies if title in titles), None)
        lines: dict[tuple[str, str], list[int]] = {}
        for line, cells in self.rows:
            if office := "".join(entry_words(strip_kecamatan_prefix(cells[self.name_column]))):
                regency_name = (
                    "" if regency in (None, self.name_column) else "".join(entry_words(cells[regency or 0]))
                )
                lines.setdefault((office, regency_name), []).append(line)
        return {
            line: repeated_lines
            for repeated_lines in lines.values()
            if len(repeated_lines) > 1
            for line in repeated_lines
        }

    def _row_name(self, cells: tuple[str, ...]) -> str:
        """Return the name of a row without its number."""
        name_words = " ".join(cells[: self.name_column + 1]).split()
        return " ".join(word for word in name_words if not word.strip(".").isdigit()).strip(" :.")

    def parse_number(self, text: str) -> Fraction | None:
        """Return a cell's number; None if it is empty.

        Raises:
            ValueError: the cell is not a number.
        """
        text = text.strip().removesuffix("%").strip()
        if not text or fold_text(text) in column_words().nothing:
            return None
        digits = text.replace(".", "").replace(",", ".") if self.decimal_comma else text.replace(",", "")
        if not _PLAIN_NUMBER.fullmatch(digits) or len(digits) > MAX_FIGURE_LENGTH:
            raise ValueError(f"“{text[:MAX_FIGURE_LENGTH]}” is not a number")
        return Fraction(Decimal(digits))


def load_figures(file: Path) -> FigureTable:
    """Return the figures of a CSV (comma, semicolon or tab) or XLSX file.

    Raises:
        DataError: the file is of another kind, damaged or too large.
    """
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise DataError(f"{file.name}: larger than {MAX_FILE_BYTES // 2**20} MB")
        data = file.read_bytes()
    except OSError as error:
        raise DataError(f"{file.name}: cannot be read: {error.strerror}") from None
    is_workbook = data[:2] == b"PK"
    if data.startswith(_OLD_EXCEL_MAGIC):
        raise DataError(
            f"{file.name}: is not an Excel workbook (.xlsx); it is of the old kind (.xls) or locked with a "
            "password: save it again as .xlsx."
        )
    if not is_workbook and file.suffix.casefold() in _WORKBOOK_SUFFIXES:
        raise DataError(
            f"{file.name}: is not an Excel workbook (.xlsx); its content is of another kind than its name "
            "says: save it again as .xlsx, or rename it to .csv if it is a text."
        )
    table_lines = _read_workbook_rows(data, file.name) if is_workbook else _read_text_rows(data, file.name)
    rows = [(number, cells) for number, cells in table_lines if any(cell.strip() for cell in cells)]
    while len(rows) > 2 and sum(bool(cell.strip()) for cell in rows[0][1]) < 2 < len(rows[1][1]):
        rows = rows[1:]  # a heading above the titles
    if len(rows) < 2:
        raise DataError(f"{file.name}: needs a line of titles and at least one line of figures")
    titles = _read_titles(rows[0][1])
    width = len(titles)
    body = tuple((n, (*cells[:width], *[""] * (width - len(cells)))) for n, cells in rows[1:])
    untitled_cells = {
        n: tuple(cell.strip() for cell in cells[width:] if cell.strip()) for n, cells in rows[1:]
    }
    folded_titles = [fold_text(title) for title in titles]
    name = next((folded_titles.index(title) for title in column_words().names if title in folded_titles), 0)
    comma = not is_workbook and _has_decimal_commas(cell.strip() for _, cells in body for cell in cells)
    return FigureTable(
        titles, body, comma, name, {n: cells for n, cells in untitled_cells.items() if cells}, is_workbook
    )


def _read_titles(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the titles, up to the last column that has one."""
    titles = [" ".join(title.split()) for title in cells][:MAX_COLUMNS]
    while len(titles) > 1 and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _has_decimal_commas(cells: Iterable[str]) -> bool:
    """Return whether the figures have decimal commas; grouped thousands alone are read the Indonesian way."""
    figures = list(cells)
    if any(map(_COMMA_NUMBER.fullmatch, figures)):
        return True
    return not any(map(_POINT_NUMBER.fullmatch, figures)) and any(map(_GROUPED_NUMBER.fullmatch, figures))


def _read_text_rows(data: bytes, name: str) -> list[tuple[int, tuple[str, ...]]]:
    try:
        # Excel's "Unicode text" is UTF-16.
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise DataError(f"{name}: is neither CSV nor XLSX")
    separator_line = _SEPARATOR_LINE.match(text)
    body = text[separator_line.end() :] if separator_line else text
    separator = separator_line[1] if separator_line else _guess_separator(body[:_SAMPLE_LENGTH])
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num + bool(separator_line), tuple(cells)) for cells in reader]
    except csv.Error as error:
        raise DataError(f"{name}, line {reader.line_num}: {error}") from None
    if len(rows) > MAX_ROWS:
        raise DataError(f"{name}: more than {MAX_ROWS} lines")
    return rows


def _guess_separator(text: str) -> str:
    """Return the most frequent separator of a line; at a tie the semicolon, since commas may be decimal."""
    lines = text.splitlines() or [""]
    return max(";\t,", key=lambda sign: max(line.count(sign) for line in lines))


def _read_workbook_rows(data: bytes, name: str) -> list[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet_rows = book[book.sheetnames[0]].iter_rows(
            max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True
        )
        return [(n, tuple(map(_cell_as_text, row))) for n, row in enumerate(sheet_rows, start=1)]
    except (InvalidFileException, zipfile.BadZipFile, ParseError, LookupError, ValueError, OSError) as error:
        raise DataError(f"{name}: is not an Excel workbook (.xlsx): {error}") from None


def _cell_as_text(value: object) -> str:
    """Return a cell as text; numbers with a decimal point."""
    if value is None:
        return ""
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else str(value)
