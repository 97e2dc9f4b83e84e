"""Write a workbook in which nothing that a decree prints can become more than text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from extractors.own_outputs import OWN_MARK
from pipeline.reports.report_labels import load_labels
from pipeline.reports.sanitize import reveal_hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CELL_CHARACTERS = 32_000
"""Characters of a cell; a workbook allows 32 767."""
_FORMULA_STARTS = ("=", "+", "-", "@")
"""A text that begins with one of these (after spaces and tabs) would be computed if somebody typed it."""
_FIXED_TIME = datetime(2000, 1, 1)  # no time of writing: the same catalogue gives the same workbook
_WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TOP_ALIGNED = {"valign": "top", "text_wrap": True, "font_size": 10}
_BORDER = {"border": 1, "border_color": "#C8CED3"}
CELL_FORMATS: dict[str, dict[str, Any]] = {
    "text": {**_TOP_ALIGNED, **_BORDER},
    "sign": {**_BORDER, "align": "center", "valign": "vcenter", "bold": True},
    "number": {**_TOP_ALIGNED, **_BORDER, "align": "center"},
    "percent": {**_TOP_ALIGNED, **_BORDER, "align": "center", "num_format": "0.0"},
    "head": {
        **_BORDER,
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "bg_color": "#DCE6EE",
    },
    "turned": {**_BORDER, "bold": True, "rotation": 90, "align": "center", "bg_color": "#DCE6EE"},
    "title": {"bold": True, "font_size": 13},
    "note": {"italic": True, "font_color": "#4E5A66"},
    "equivalent": {"bg_color": "#DCEBF5", "font_color": "#124A70"},
    "differs": {"bg_color": "#FBE2BD", "font_color": "#6D3A00"},
    "absent": {"bg_color": "#F3CFCB", "font_color": "#7C1710"},
    "unreadable": {"bg_color": "#E4DCF0", "font_color": "#4B2E78"},
    "unlinked": {"bg_color": "#ECEEEF", "font_color": "#47525C"},
    "none": {"font_color": "#6B7680"},
    "error": {"font_color": "#A11D16", "bold": True},
    "warning": {"font_color": "#8A4B00", "bold": True},
    "info": {"font_color": "#3D5A73", "bold": True},
}


@dataclass(frozen=True)
class SheetColumn:
    """A column of a table: its title in both languages, its width in characters, its format."""

    title: str
    width: float
    style: str = "text"


class WorkbookWriter:
    """A workbook in memory."""

    def __init__(self, title: str) -> None:
        self._bytes = io.BytesIO()
        self.workbook = Workbook(self._bytes, _WORKBOOK_OPTIONS)
        self.workbook.set_properties(
            {"title": reveal_hidden(title)[:200], "author": OWN_MARK, "created": _FIXED_TIME}
        )
        self._formats: dict[tuple[str, ...], Any] = {}

    def add_sheet(self, name: str, rows_on_top: int, columns_left: int) -> SheetWriter:
        """Return a new sheet (A4 landscape); the first rows and columns stay in sight when it is scrolled."""
        worksheet = self.workbook.add_worksheet(name)
        worksheet.freeze_panes(rows_on_top, columns_left)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        worksheet.set_footer("&L&A&R&P / &N")
        return SheetWriter(self, worksheet)

    def combined_format(self, *names: str) -> Any:
        """Return a format that combines several."""
        if names not in self._formats:
            values: dict[str, Any] = {}
            for name in names:
                values |= {"quote_prefix": True} if name == "quoted" else CELL_FORMATS[name]
            self._formats[names] = self.workbook.add_format(values)
        return self._formats[names]

    def to_bytes(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.workbook.close()
        return self._bytes.getvalue()


@dataclass(frozen=True)
class SheetWriter:
    """A sheet of a workbook."""

    book: WorkbookWriter
    worksheet: Any

    def write_cell(self, row: int, column: int, value: str | float | None, *styles: str) -> None:
        """Write a cell; a text stays a text, whatever it begins with."""
        if value is None or value == "":
            self.worksheet.write_blank(row, column, None, self.book.combined_format(*styles))
        elif isinstance(value, str):
            text = cell_text(value)
            styles = (*styles, "quoted") if text.lstrip().startswith(_FORMULA_STARTS) else styles
            self.worksheet.write_string(row, column, text, self.book.combined_format(*styles))
        else:
            self.worksheet.write_number(row, column, value, self.book.combined_format(*styles))

    def write_table(
        self, head_row: int, columns: Sequence[SheetColumn], rows: Sequence[Sequence[str | float | None]]
    ) -> None:
        """Write a table with filters; its titles, in ``head_row``, are repeated on each printed page."""
        for number, column in enumerate(columns):
            self.worksheet.set_column(number, number, column.width)
            self.write_cell(head_row, number, column.title, "head")
        for row_number, row in enumerate(rows, start=head_row + 1):
            for number, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.write_cell(row_number, number, value, column.style)
        self.worksheet.autofilter(head_row, 0, head_row + max(1, len(rows)), len(columns) - 1)
        self.worksheet.repeat_rows(head_row)


def cell_text(text: str) -> str:
    """Return the text without characters that a workbook cannot hold, cut if too long for a cell."""
    visible = reveal_hidden(text)
    if len(visible) <= MOST_CELL_CHARACTERS:
        return visible
    suffix = load_labels()["cut"].id
    return visible[: MOST_CELL_CHARACTERS - len(suffix)] + suffix


def column_title(key: str) -> str:
    """Return a column's title: Indonesian, with English below."""
    label = load_labels()[key]
    return label.id if label.id == label.en else f"{label.id}\n{label.en}"
