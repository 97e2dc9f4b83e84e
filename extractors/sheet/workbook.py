"""The parts of a workbook (.xlsx): sheets with their cells as shown, merged ranges and borders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from extractors.errors import ReadError, ReadStatus
from extractors.office_package import OfficePackage, iterate_elements
from extractors.sheet.cell_formats import format_code, format_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.office_package import Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MAX_CELLS = 300_000
"""Filled cells of a workbook that are read: a decree has some hundreds."""
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_CELL_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}

_T = TypeVar("_T")
CellPlace = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells that are one: first and last row, first and last column."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet: the texts of its cells and what shapes them."""

    name: str
    texts: dict[CellPlace, str] = field(default_factory=dict)
    bold_cells: set[CellPlace] = field(default_factory=set)
    bordered_cells: set[CellPlace] = field(default_factory=set)
    merged_ranges: list[MergedRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    missing_values: list[CellPlace] = field(default_factory=list)
    """Cells with a formula that no program has calculated."""
    is_hidden: bool = False
    header_texts: list[str] = field(default_factory=list)
    """Headers and footers of its printed pages."""
    comments: list[tuple[CellPlace, str, str]] = field(default_factory=list)
    """Cell, author and text."""


@dataclass(frozen=True, slots=True)
class _CellStyle:
    format_code: str = "General"
    bold: bool = False
    bordered: bool = False


class WorkbookReader:
    """Reads the sheets of a workbook; formulas are never calculated, links never followed."""

    def __init__(self, data: bytes) -> None:
        self._package = OfficePackage(data)
        self._main = self._package.main_part
        self._relationships = self._package.relationships(self._main)
        self._workbook = self._package.parse_part(self._main)
        self._styles = self._read_styles()
        self._shared_texts = self._read_shared_texts()
        properties = self._workbook.find(f"{S}workbookPr")
        self._uses_1904_dates = properties is not None and properties.get("date1904") in ("1", "true")
        self._cell_count = 0

    def read_sheets(self) -> Iterator[Sheet]:
        """Yield the sheets in their order.

        Raises:
            ReadError: ``damaged`` or ``too-large``.
        """
        for node in self._workbook.iter(f"{S}sheet"):
            relation = self._relationships.get(node.get(_R_ID, ""))
            if relation is None or relation.external or relation.kind != "worksheet":
                continue  # a chart
            sheet = Sheet(node.get("name", ""), is_hidden=node.get("state", "visible") != "visible")
            self._read_sheet(sheet, relation.target)
            self._read_comments(sheet, relation.target)
            yield sheet

    def _part_of_kind(self, kind: str) -> str | None:
        names = (r.target for r in self._relationships.values() if r.kind == kind and not r.external)
        return next(filter(self._package.has_part, names), None)

    def _read_styles(self) -> list[_CellStyle]:
        name = self._part_of_kind("styles")
        if name is None:
            return []
        root = self._package.parse_part(name)
        custom_formats = {
            _to_index(node.get("numFmtId")): node.get("formatCode", "") for node in root.iter(f"{S}numFmt")
        }
        bold_fonts = [
            (bold := font.find(f"{S}b")) is not None and bold.get("val", "1") not in ("0", "false")
            for font in root.iterfind(f"{S}fonts/{S}font")
        ]
        borders = [
            any(side.get("style", "none") != "none" for side in border)
            for border in root.iterfind(f"{S}borders/{S}border")
        ]
        return [
            _CellStyle(
                format_code(_to_index(node.get("numFmtId")), custom_formats),
                _item_at(bold_fonts, node.get("fontId")),
                _item_at(borders, node.get("borderId")),
            )
            for node in root.iterfind(f"{S}cellXfs/{S}xf")
        ]

    def _read_shared_texts(self) -> list[str]:
        name = self._part_of_kind("sharedStrings")
        if name is None:
            return []
        return [
            _rich_text(node) for node in iterate_elements(self._package.read_part(name), (f"{S}si",), name)
        ]

    def _read_sheet(self, sheet: Sheet, name: str) -> None:
        tags = (f"{S}row", f"{S}mergeCell", f"{S}col", f"{S}headerFooter")
        row_number = 0
        for node in iterate_elements(self._package.read_part(name), tags, name):
            if node.tag == f"{S}row":
                row_number = min(_to_index(node.get("r"), row_number + 1), MAX_ROWS)
                self._read_row(sheet, node, row_number)
            elif node.tag == f"{S}mergeCell":
                if merged_range := _parse_range(node.get("ref", "")):
                    sheet.merged_ranges.append(merged_range)
            elif node.tag == f"{S}col":
                if node.get("hidden") in ("1", "true"):
                    last = min(_to_index(node.get("max")), MAX_COLUMNS)
                    sheet.hidden_columns.update(range(_to_index(node.get("min"), 1), last + 1))
            else:
                sheet.header_texts += [
                    re.sub(r"&(?:\"[^\"]*\"|[A-Z0-9]+)", " ", child.text or "") for child in node
                ]

    def _read_row(self, sheet: Sheet, row: Element, row_number: int) -> None:
        if row.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(row_number)
        column = 0
        for cell in row.iterfind(f"{S}c"):
            match = _CELL_NAME.fullmatch(cell.get("r", ""))
            column = _column_number(match.group(1)) if match else column + 1
            place = (row_number, min(column, MAX_COLUMNS))
            style = _item_or(self._styles, cell.get("s"), _CellStyle())
            text = self._cell_text(cell, style)
            if style.bordered:
                sheet.bordered_cells.add(place)
                self._count_cell()
            if text is None:
                sheet.missing_values.append(place)
            elif text.strip():
                self._count_cell()
                sheet.texts[place] = text
                if style.bold:
                    sheet.bold_cells.add(place)

    def _count_cell(self) -> None:
        self._cell_count += 1
        if self._cell_count > MAX_CELLS:
            raise ReadError(
                ReadStatus.TOO_LARGE,
                f"The workbook has more than {MAX_CELLS:,} filled cells; a decree has some hundreds.",
                "Save the sheet with the decree alone to a new workbook and give that.",
            )

    def _cell_text(self, cell: Element, style: _CellStyle) -> str | None:
        """Return what a cell shows; nothing where its formula was never calculated."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return _rich_text(inline) if inline is not None else ""
        value = cell.findtext(f"{S}v")
        if value is None or (value == "" and kind != "str"):  # a formula may well give an empty text
            return None if cell.find(f"{S}f") is not None else ""
        if kind == "s":
            return _item_or(self._shared_texts, value, "")
        if kind == "b":
            return _BOOLEANS.get(value, value)
        if kind in ("str", "e", "d"):
            return value
        return format_value(value, style.format_code, self._uses_1904_dates)

    def _read_comments(self, sheet: Sheet, name: str) -> None:
        for relation in self._package.relationships(name).values():
            if relation.kind != "comments" or not self._package.has_part(relation.target):
                continue
            root = self._package.parse_part(relation.target)
            authors = [node.text or "" for node in root.iterfind(f"{S}authors/{S}author")]
            for node in root.iter(f"{S}comment"):
                match = _CELL_NAME.fullmatch(node.get("ref", ""))
                content = node.find(f"{S}text")
                if match and content is not None:
                    place = (int(match.group(2)), _column_number(match.group(1)))
                    author = _item_or(authors, node.get("authorId"), "")
                    sheet.comments.append((place, author, _rich_text(content)))


def _rich_text(node: Element) -> str:
    """Return the text of a string with its runs, without the readings printed above Japanese ones."""
    parts = [node.findtext(f"{S}t") or ""]
    parts += [run.findtext(f"{S}t") or "" for run in node.iterfind(f"{S}r")]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), "".join(parts))


def _to_index(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else default


def _item_at(items: list[bool], index: str | None) -> bool:
    return _item_or(items, index, False)


def _item_or(items: list[_T], index: str | None, default: _T) -> _T:
    position = _to_index(index, -1)
    return items[position] if 0 <= position < len(items) else default


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _parse_range(reference: str) -> MergedRange | None:
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, right = _column_number(match.group(1)), _column_number(match.group(3))
    top, bottom = int(match.group(2)), int(match.group(4))
    if not (0 < top <= bottom <= MAX_ROWS and left <= right <= MAX_COLUMNS):
        return None
    return MergedRange(top, bottom, left, right)
