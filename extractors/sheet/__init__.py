"""Reader for workbooks (.xlsx): cells as shown, merged cells, several sheets; nothing is calculated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.errors import ReadError, ReadStatus
from extractors.model.office_address import SheetAddress
from extractors.model.page import Aside, AsideReason, Page
from extractors.model.passage import EMPTY_PASSAGE, Passage, PrintedPlace
from extractors.sheet.sheet_blocks import hidden_texts, read_sheet_blocks
from extractors.sheet.workbook import WorkbookReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.sheet.workbook import Sheet

_MAX_NAMED_CELLS = 20
"""Cells without a value that a note names."""


def read_sheets(data: bytes) -> list[Page]:
    """Return the workbook, a page a sheet without a number; its words know their cell.

    Raises:
        ReadError: ``damaged``, ``empty``, ``encrypted``, ``too-large`` or ``unsupported``.
    """
    pages = [_read_page(sheet) for sheet in WorkbookReader(data).read_sheets()]
    if not any(page.blocks for page in pages):
        raise ReadError(
            ReadStatus.EMPTY,
            "The workbook shows no text.",
            "Give the workbook that holds the decree; unhide its sheet.",
        )
    return pages


def _read_page(sheet: Sheet) -> Page:
    """Return a sheet; of a hidden one all cells are set aside."""
    blocks = () if sheet.is_hidden else tuple(read_sheet_blocks(sheet))
    place = PrintedPlace(address=SheetAddress(sheet.name, 1, 1))
    furniture = tuple(Passage.from_text(" ".join(text.split()), place) for text in sheet.header_texts)
    return Page(blocks, furniture=furniture, asides=tuple(_asides(sheet)))


def _asides(sheet: Sheet) -> Iterator[Aside]:
    """Yield what the sheet holds beside the cells that are shown."""
    hidden = hidden_texts(sheet)
    if hidden or sheet.is_hidden:
        detail = f"sheet {sheet.name}, hidden" if sheet.is_hidden else f"sheet {sheet.name}"
        yield Aside(AsideReason.HIDDEN_CELLS, hidden, detail)
    for place, author, text in sheet.comments:
        address = SheetAddress(sheet.name, *place)
        passage = Passage.from_text(" ".join(text.split()), PrintedPlace(address=address))
        yield Aside(AsideReason.COMMENT, passage, ", ".join(filter(None, (author, address.cell))))
    if sheet.missing_values:
        named_cells = [SheetAddress(sheet.name, *p).cell for p in sheet.missing_values[:_MAX_NAMED_CELLS]]
        more = " …" if len(sheet.missing_values) > _MAX_NAMED_CELLS else ""
        detail = f"sheet {sheet.name}: {', '.join(named_cells)}{more}"
        yield Aside(AsideReason.MISSING_VALUE, EMPTY_PASSAGE, detail)
