"""Places in Word documents and workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase


@dataclass(frozen=True, slots=True)
class WordAddress:
    """A place in a Word document. All numbers count from 1; 0 stands for none."""

    part: str
    """``document``, ``header1``, ``footer2``, ``footnotes``, ``comments`` …"""
    paragraph: int = 0
    """Paragraph of the part, those in tables not counted; of a paragraph in a table, 0."""
    table: int = 0
    """Table of the part; a table within a cell is addressed as that cell."""
    row: int = 0
    cell: int = 0
    """Cell of the row as Word counts them: a merged cell is one."""


@dataclass(frozen=True, slots=True)
class SheetAddress:
    """A cell of a workbook; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it (``C7``)."""
        return f"{column_letters(self.column)}{self.row}"


OfficeAddress = WordAddress | SheetAddress


def column_letters(column: int) -> str:
    """The letters of a column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters
