"""Writing a workbook so that nothing a decree prints can become more than text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from pipeline.report.disarm import shown
from pipeline.report.labels import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 32_000
"""Characters of a cell; a workbook allows 32 767."""
_RUNS = ("=", "+", "-", "@")
"""What begins with one of these, spaces and tabs aside, would be computed if somebody typed it."""
_ALWAYS = datetime(2000, 1, 1)  # the same workbook for the same catalogue: no time is in it
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_TOP = {"valign": "top", "text_wrap": True, "font_size": 10}
_LINES = {"border": 1, "border_color": "#C8CED3"}
FORMATS: dict[str, dict[str, Any]] = {
    "text": {**_TOP, **_LINES},
    "sign": {**_LINES, "align": "center", "valign": "vcenter", "bold": True},
    "number": {**_TOP, **_LINES, "align": "center"},
    "percent": {**_TOP, **_LINES, "align": "center", "num_format": "0.0"},
    "head": {
        **_LINES,
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "bg_color": "#DCE6EE",
    },
    "turned": {**_LINES, "bold": True, "rotation": 90, "align": "center", "bg_color": "#DCE6EE"},
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
class Column:
    """A column of a table: its titles in both languages, and how wide it is."""

    title: str
    width: float
    style: str = "text"


class Book:
    """A workbook in memory."""

    def __init__(self, title: str) -> None:
        self._bytes = io.BytesIO()
        self.workbook = Workbook(self._bytes, _OPTIONS)
        self.workbook.set_properties({"title": shown(title)[:200], "created": _ALWAYS})
        self._formats: dict[tuple[str, ...], Any] = {}

    def sheet(self, name: str, rows_on_top: int, columns_left: int) -> Sheet:
        """A sheet more, on A4 landscape; so many rows and columns stay in sight."""
        made = self.workbook.add_worksheet(name)
        made.freeze_panes(rows_on_top, columns_left)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        made.set_footer("&L&A&R&P / &N")
        return Sheet(self, made)

    def format(self, *names: str) -> Any:
        """A format put together of several."""
        if names not in self._formats:
            values: dict[str, Any] = {}
            for name in names:
                values |= {"quote_prefix": True} if name == "quoted" else FORMATS[name]
            self._formats[names] = self.workbook.add_format(values)
        return self._formats[names]

    def packed(self) -> bytes:
        """The whole workbook."""
        self.workbook.close()
        return self._bytes.getvalue()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a book."""

    book: Book
    inner: Any

    def put(self, row: int, column: int, value: str | float | None, *styles: str) -> None:
        """A cell; a text is a text, whatever it begins with."""
        if value is None or value == "":
            self.inner.write_blank(row, column, None, self.book.format(*styles))
        elif isinstance(value, str):
            text = plain(value)
            styles = (*styles, "quoted") if text.lstrip().startswith(_RUNS) else styles
            self.inner.write_string(row, column, text, self.book.format(*styles))
        else:
            self.inner.write_number(row, column, value, self.book.format(*styles))

    def table(self, at: int, columns: Sequence[Column], rows: Sequence[Sequence[str | float | None]]) -> None:
        """A table with its titles in the row ``at``, which is repeated on each printed page; with filters."""
        for number, column in enumerate(columns):
            self.inner.set_column(number, number, column.width)
            self.put(at, number, column.title, "head")
        for down, row in enumerate(rows, start=at + 1):
            for number, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.put(down, number, value, column.style)
        self.inner.autofilter(at, 0, at + max(1, len(rows)), len(columns) - 1)
        self.inner.repeat_rows(at)


def plain(text: str) -> str:
    """The text without signs that a workbook cannot hold, cut with a sign where it is longer than a cell."""
    visible = shown(text)
    if len(visible) <= LONGEST:
        return visible
    cut = labels()["cut"].id
    return visible[: LONGEST - len(cut)] + cut


def title(key: str) -> str:
    """A column's title: Indonesian, and English below."""
    label = labels()[key]
    return label.id if label.id == label.en else f"{label.id}\n{label.en}"
