"""A sheet that officers fill in with Excel: what is asked is written, the answers are read back."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as Drawing
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as PillowImage

from extractors.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAX_FILE_BYTES = 20 * 2**20
MOST_ROWS = 100_000
MAX_CELL_TEXT = 32_000
"""Characters that a cell holds."""
_CHARACTER_PIXELS, _POINTS_PER_PIXEL, _MAX_ROW_POINTS = 7, 0.75, 409
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class AnswerSheetError(ConfigError):
    """A workbook that is not the one that was exported."""


@dataclass(frozen=True)
class RejectedRow:
    """A row whose answer cannot be used."""

    row: int
    reason: str


@dataclass(frozen=True)
class AnswerSheet:
    """The form of a sheet."""

    name: str
    columns: tuple[tuple[str, int], ...]
    """Title and width of each column."""
    command: str
    """The command that writes it, for messages."""
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Texts that a column's cells are chosen from, by the column's index from 0."""

    def write(
        self,
        rows: Iterable[tuple[str, ...]],
        out: BytesIO,
        pictures: Mapping[tuple[int, int], bytes] | None = None,
    ) -> None:
        """Write the rows, a text for each column, as a workbook.

        ``pictures`` are laid over cells, by the index of the row and of the column, from 0.
        """
        book = Workbook()
        sheet: Any = book.active
        sheet.title = self.name
        sheet.append([title for title, _ in self.columns])
        for cell, (_, width) in zip(sheet[1], self.columns, strict=True):
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
            sheet.column_dimensions[cell.column_letter].width = width
        sheet.freeze_panes = "B2"
        for number, row in enumerate(rows, start=2):
            _write_row(sheet, number, row)
        for (row_index, column), picture in (pictures or {}).items():
            _add_picture(sheet, row_index + 2, column + 1, picture)
        for column, texts in self.choices.items():
            choice = DataValidation(type="list", formula1=f'"{",".join(texts)}"', allow_blank=True)
            letter = get_column_letter(column + 1)
            choice.add(f"{letter}2:{letter}{max(2, sheet.max_row)}")
            sheet.add_data_validation(choice)
        book.save(out)

    def read(self, file: Path) -> list[list[str]]:
        """Return the rows under the titles, a text for each column.

        Raises:
            AnswerSheetError: the file is no such workbook.
        """
        try:
            if file.stat().st_size > MAX_FILE_BYTES:
                raise AnswerSheetError(f"{file.name}: larger than {MAX_FILE_BYTES // 2**20} MB")
            book = load_workbook(file, read_only=True, data_only=True)
            if self.name not in book.sheetnames:
                raise AnswerSheetError(
                    f"{file.name}: has no sheet “{self.name}”; export it with `{self.command} --export`."
                )
            rows = list(
                book[self.name].iter_rows(max_row=MOST_ROWS, max_col=len(self.columns), values_only=True)
            )
        except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, OSError, ValueError) as error:
            raise AnswerSheetError(
                f"{file.name}: is not an Excel workbook (.xlsx); {self._describe_unreadable(file)}"
            ) from error
        titles = [str(title or "") for title in (rows[0] if rows else ())]
        if titles != [title for title, _ in self.columns]:
            raise AnswerSheetError(f"{file.name}: the columns are not those of `{self.command} --export`.")
        return [["" if value is None else str(value) for value in row] for row in rows[1:]]

    def _describe_unreadable(self, file: Path) -> str:
        """Return what a file is that cannot be opened as a workbook, and what to do."""
        hint = f"give the one that `{self.command} --export` wrote, with its answers."
        try:
            with file.open("rb") as stream:
                begin = stream.read(len(_OLD_EXCEL))
        except OSError as error:
            return f"it cannot be read: {error.strerror}."
        if begin == _OLD_EXCEL:
            return "it is an old .xls file or locked with a password: save it again as .xlsx."
        if begin.startswith(b"PK"):
            return f"it is damaged or of another kind: {hint}"
        return f"its content is of another kind than its name says: {hint}"


def cell_text(text: str) -> str:
    """Return the text without signs that a workbook cannot hold, no longer than a cell."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)[:MAX_CELL_TEXT]


def _add_picture(sheet: Any, row: int, column: int, picture: bytes) -> None:
    """Lay a picture over a cell, in the width of its column; the row grows with it."""
    png = BytesIO()
    with PillowImage.open(BytesIO(picture)) as opened:
        opened.save(png, "PNG")
    drawing = Drawing(png)
    letter = get_column_letter(column)
    scale = min(sheet.column_dimensions[letter].width * _CHARACTER_PIXELS / drawing.width, 1.0)
    drawing.width, drawing.height = drawing.width * scale, drawing.height * scale
    sheet.row_dimensions[row].height = min(drawing.height * _POINTS_PER_PIXEL + 4, _MAX_ROW_POINTS)
    sheet.add_image(drawing, f"{letter}{row}")


def _write_row(sheet: Any, number: int, row: tuple[str, ...]) -> None:
    for column, value in enumerate(row, start=1):
        cell = sheet.cell(number, column)
        cell.value, cell.data_type = cell_text(value), "s"  # never a formula, whatever a decree prints
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
